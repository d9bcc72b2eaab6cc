// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * value.c - Via, CSeq, Content-Type
 */
#include "test.h"

#include <string.h>

#include <sipfast/value.h>

static void vias(void **state)
{
	static const struct {
		const char *text;
		u8 transport;
		const char *host;
		u16 port;
		const char *hostport;
		const char *params;
	} rows[] = {
		{ "SIP/2.0/UDP 192.0.2.1", SF_TRANSPORT_UDP, "192.0.2.1", 0,
		  "192.0.2.1", "" },
		{ "SIP/2.0/TCP h.example.com:5060;branch=z9hG4bK1;rport",
		  SF_TRANSPORT_TCP, "h.example.com", 5060,
		  "h.example.com:5060", ";branch=z9hG4bK1;rport" },
		{ "SIP / 2.0 / tls first.example.com: 4000;ttl=16\r\n ;a",
		  SF_TRANSPORT_TLS, "first.example.com", 4000,
		  "first.example.com: 4000", ";ttl=16\r\n ;a" },
		{ "SIP  / 2.0\r\n / UDP\r\n\t192.0.2.2 ;branch=390skdjuw",
		  SF_TRANSPORT_UDP, "192.0.2.2", 0, "192.0.2.2",
		  ";branch=390skdjuw" },
		{ "SIP/2.0/SCTP [2001:db8::9:1]", SF_TRANSPORT_SCTP,
		  "[2001:db8::9:1]", 0, "[2001:db8::9:1]", "" },
		{ "SIP/2.0/WS [2001:db8::9] : 6050 ; x", SF_TRANSPORT_WS,
		  "[2001:db8::9]", 6050, "[2001:db8::9] : 6050", "; x" },
		{ "SIP/2.0/WSS df7jal23ls0d.invalid;rport", SF_TRANSPORT_WSS,
		  "df7jal23ls0d.invalid", 0, "df7jal23ls0d.invalid",
		  ";rport" },
		{ "SIP/2.0/UNKNOWN t1", SF_TRANSPORT_OTHER, "t1", 0, "t1",
		  "" },
		{ "sip/2.0/udp 255.255.255.255", SF_TRANSPORT_UDP,
		  "255.255.255.255", 0, "255.255.255.255", "" },
	};
	struct sf_via via;
	const char *buf;
	u32 i, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].text);
		len = (u32)strlen(rows[i].text);
		buf = guard_tail(rows[i].text, len);
		assert_reason(sf_via_parse(buf, whole(len), &via), SF_OK);
		assert_int_equal(via.transport, rows[i].transport);
		assert_text(buf, via.sent_by.host, rows[i].host);
		assert_int_equal(via.sent_by.port, rows[i].port);
		assert_int_equal(via.sent_by.port_text.len > 0,
				 rows[i].port > 0);
		assert_text(buf, via.sent_by.hostport, rows[i].hostport);
		assert_text(buf, via.params, rows[i].params);
	}
}

static void bad_vias(void **state)
{
	static const char *const rows[] = {
		"", "SIP", "SIP/2.0", "SIP/2.0/", "SIP/2.0/UDP", "SIP/2.0/UDP ",
		"SIP/2.0/UDP;branch=x", "SIP/2.0 UDP h", "SIP/2.0/UDPh",
		"SIP/7.0/UDP h", "SIP/2/UDP h", "HTTP/1.1/TCP h", "/2.0/UDP h",
		"SIP//UDP h", "SIP/2.0/UDP h:", "SIP/2.0/UDP h:0",
		"SIP/2.0/UDP h:65536", "SIP/2.0/UDP h:x", "SIP/2.0/UDP h h",
		"SIP/2.0/UDP h,h", "SIP/2.0/UDP 2001:db8::1",
		"SIP/2.0/UDP [2001:db8::1", "SIP/2.0/UDP []:5060",
		"SIP/2.0/UDP [h]", "SIP/2.0/UDP u@h", "SIP/2.0/UDP h/x",
		"SIP/2.0/UDP[::1]",
	};
	struct sf_via via = { .transport = 77 };
	u32 i, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i]);
		len = (u32)strlen(rows[i]);
		assert_reason(sf_via_parse(guard_tail(rows[i], len), whole(len),
					   &via), SF_VIA);
	}
	assert_int_equal(via.transport, 77);
}

static void cseqs(void **state)
{
	static const struct {
		const char *text;
		enum sf_reason reason;
		u32 number;
		u8 method;
	} rows[] = {
		{ "314159 INVITE", SF_OK, 314159, SF_METHOD_INVITE },
		{ "0009\r\n  INVITE", SF_OK, 9, SF_METHOD_INVITE },
		{ " 1\tACK ", SF_OK, 1, SF_METHOD_ACK },
		{ "4294967295 BYE", SF_OK, 4294967295u, SF_METHOD_BYE },
		{ "8 NEWMETHOD", SF_OK, 8, SF_METHOD_OTHER },
		{ "8 invite", SF_OK, 8, SF_METHOD_OTHER },
		{ "36893488147419103232 REGISTER", SF_CSEQ, 0, 0 },
		{ "4294967296 BYE", SF_CSEQ, 0, 0 },
		{ "", SF_CSEQ, 0, 0 },
		{ "1", SF_CSEQ, 0, 0 },
		{ "1 ", SF_CSEQ, 0, 0 },
		{ "1INVITE", SF_CSEQ, 0, 0 },
		{ "INVITE", SF_CSEQ, 0, 0 },
		{ "INVITE 1", SF_CSEQ, 0, 0 },
		{ "-1 INVITE", SF_CSEQ, 0, 0 },
		{ "1 INVITE x", SF_CSEQ, 0, 0 },
		{ "1 INV@TE", SF_CSEQ, 0, 0 },
		{ "1 INVITE;x", SF_CSEQ, 0, 0 },
	};
	struct sf_cseq cseq;
	u32 i, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].text);
		len = (u32)strlen(rows[i].text);
		assert_reason(sf_cseq_parse(guard_tail(rows[i].text, len),
					    whole(len), &cseq), rows[i].reason);
		if (rows[i].reason)
			continue;
		assert_int_equal(cseq.number, rows[i].number);
		assert_int_equal(cseq.method, rows[i].method);
	}
}

static void types(void **state)
{
	static const struct {
		const char *text;
		const char *type;
		const char *subtype;
		const char *params;
	} rows[] = {
		{ "application/sdp", "application", "sdp", "" },
		{ " Application / SDP ; charset=utf-8", "Application", "SDP",
		  "; charset=utf-8" },
		{ "multipart/mixed;boundary=\"a b\"", "multipart", "mixed",
		  ";boundary=\"a b\"" },
		{ "application", NULL, NULL, NULL },
		{ "application/", NULL, NULL, NULL },
		{ "/sdp", NULL, NULL, NULL },
		{ "", NULL, NULL, NULL },
		{ "application/sdp,x", NULL, NULL, NULL },
		{ "application/sdp x", NULL, NULL, NULL },
		{ "a b/sdp", NULL, NULL, NULL },
	};
	struct sf_type type;
	const char *buf;
	u32 i, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].text);
		len = (u32)strlen(rows[i].text);
		buf = guard_tail(rows[i].text, len);
		assert_reason(sf_type_parse(buf, whole(len), &type),
			      rows[i].type ? SF_OK : SF_HEADER);
		if (!rows[i].type)
			continue;
		assert_text(buf, type.type, rows[i].type);
		assert_text(buf, type.subtype, rows[i].subtype);
		assert_text(buf, type.params, rows[i].params);
	}
}

static const struct CMUnitTest tests[] = {
	TEST(vias),
	TEST(bad_vias),
	TEST(cseqs),
	TEST(types),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
