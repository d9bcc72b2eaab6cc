// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sdp.c - session descriptions
 */
#include "test.h"

#include <string.h>

#include <sipfast/sdp.h>

static struct sf_sdp sdp;

static enum sf_reason parse(const char *text)
{
	u32 len = (u32)strlen(text);

	return sf_sdp_parse(&sdp, guard_tail(text, len), whole(len));
}

#define HEAD "v=0\r\no=- 1 2 IN IP4 192.0.2.1\r\ns=-\r\n"

static const char *parsed(const char *text)
{
	u32 len = (u32)strlen(text);
	const char *buf = guard_tail(text, len);

	assert_reason(sf_sdp_parse(&sdp, buf, whole(len)), SF_OK);
	return buf;
}

static void phone_offer(void **state)
{
	const char *buf = parsed(HEAD "c=IN IP4 192.0.2.2\r\nt=0 0\r\n"
				 "a=inactive\r\n"
				 "m=audio 49170/2 RTP/AVP 0 8 101\r\n"
				 "c=IN IP4 192.0.2.3\r\n"
				 "a=rtcp:53020 IN IP6 2001:db8::1\r\n"
				 "a=rtcp-mux\r\na=sendonly\r\na=recvonly\r\n"
				 "m=video 0 RTP/SAVPF 31\r\na=rtcp:9\r\n");
	const struct sf_sdp_media *m = sdp.media;

	(void)state;
	assert_int_equal(sdp.nmedia, 2);
	assert_text(buf, sdp.origin.text, "192.0.2.1");
	assert_text(buf, sdp.origin.line, "o=- 1 2 IN IP4 192.0.2.1");
	assert_int_equal(sdp.origin.ip.family, 4);
	assert_text(buf, sdp.conn.text, "192.0.2.2");
	assert_int_equal(sdp.dir, SF_DIR_INACTIVE);

	assert_int_equal(m->type, SF_MEDIA_AUDIO);
	assert_int_equal(m->proto, SF_PROTO_RTP);
	assert_int_equal(m->port, 49170);
	assert_int_equal(m->ports, 2);
	assert_text(buf, m->type_text, "audio");
	assert_text(buf, m->port_text, "49170");
	assert_text(buf, m->proto_text, "RTP/AVP");
	assert_text(buf, m->fmts, "0 8 101");
	assert_text(buf, m->conn.text, "192.0.2.3");
	assert_int_equal(m->rtcp_port, 53020);
	assert_text(buf, m->rtcp_port_text, "53020");
	assert_text(buf, m->rtcp_addr.text, "2001:db8::1");
	assert_int_equal(m->rtcp_addr.ip.family, 6);
	assert_true(m->rtcp_mux);
	assert_int_equal(m->dir, SF_DIR_SENDONLY);
	assert_int_equal(sf_sdp_dir(&sdp, m), SF_DIR_SENDONLY);
	assert_ptr_equal(sf_sdp_conn(&sdp, m), &m->conn);

	m++;
	assert_int_equal(m->type, SF_MEDIA_VIDEO);
	assert_int_equal(m->port, 0);
	assert_int_equal(m->ports, 1);
	assert_int_equal(m->rtcp_port, 9);
	assert_int_equal(m->rtcp_addr.text.len, 0);
	assert_false(m->rtcp_mux);
	assert_int_equal(sf_sdp_dir(&sdp, m), SF_DIR_INACTIVE);
	assert_ptr_equal(sf_sdp_conn(&sdp, m), &sdp.conn);
	assert_text(buf, m->lines, "m=video 0 RTP/SAVPF 31\r\na=rtcp:9\r\n");
	assert_int_equal(sf_span_end(sdp.session), sdp.media[0].lines.off);
	assert_int_equal(sf_span_end(sdp.media[0].lines), m->lines.off);
}

/* An address is one only if its own words say so. */
static void addresses(void **state)
{
	static const struct {
		const char *line;
		const char *text;
		u8 family;
	} rows[] = {
		{ "c=IN IP4 192.0.2.1\r\n", "192.0.2.1", 4 },
		{ "c=IN IP6 2001:db8::1\r\n", "2001:db8::1", 6 },
		{ "c=IN IP6 ::ffff:192.0.2.10\r\n", "::ffff:192.0.2.10", 6 },
		{ "c=IN IP4 0.0.0.0\r\n", "0.0.0.0", 4 },
		{ "c=IN IP4 224.2.1.1/127/3\r\n", "224.2.1.1", 4 },
		{ "c=IN IP6 ff15::101/3\r\n", "ff15::101", 6 },
		{ "c=IN IP4 host.example.com\r\n", "host.example.com", 0 },
		{ "c=IN IP4 2001:db8::1\r\n", "2001:db8::1", 0 },
		{ "c=IN IP6 192.0.2.1\r\n", "192.0.2.1", 0 },
		{ "c=IN IP4 192.0.2.01\r\n", "192.0.2.01", 0 },
		{ "c=TN RFC2543 +1-201-406-4090\r\n", "+1-201-406-4090", 0 },
		{ "c=IN  IP4  192.0.2.1 \r\n", "192.0.2.1", 4 },
		{ "c=IN IP4 192.0.2.1\r\nc=IN IP4 192.0.2.9\r\n", "192.0.2.1",
		  4 },
		{ "", "", 0 },
	};
	char text[256];
	const char *buf;
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].line);
		strcpy(text, HEAD);
		strcat(text, rows[i].line);
		buf = parsed(text);
		assert_text(buf, sdp.conn.text, rows[i].text);
		assert_int_equal(sdp.conn.ip.family, rows[i].family);

		strcpy(text, HEAD "m=audio 1 RTP/AVP 0\r\n");
		strcat(text, rows[i].line);
		buf = parsed(text);
		assert_text(buf, sdp.media[0].conn.text, rows[i].text);
		assert_int_equal(sdp.conn.text.len, 0);
	}
	buf = parsed("v=0\r\no=Some User 1 2 IN IP4 192.0.2.1\r\ns=-\r\n");
	assert_text(buf, sdp.origin.text, "192.0.2.1");
	assert_int_equal(sdp.origin.ip.family, 4);
}

static void media_lines(void **state)
{
	static const struct {
		const char *line;
		u8 type;
		u8 proto;
		u32 port;
		u32 ports;
		const char *fmts;
	} rows[] = {
		{ "m=audio 9 UDP/TLS/RTP/SAVPF 111", SF_MEDIA_AUDIO,
		  SF_PROTO_RTP, 9, 1, "111" },
		{ "m=audio 0 RTP/AVP 0", SF_MEDIA_AUDIO, SF_PROTO_RTP, 0, 1,
		  "0" },
		{ "m=audio 0 RTP/AVP", SF_MEDIA_AUDIO, SF_PROTO_RTP, 0, 1, "" },
		{ "m=video 65535/2 RTP/SAVP 31 32", SF_MEDIA_VIDEO,
		  SF_PROTO_RTP, 65535, 2, "31 32" },
		{ "m=image 49172 udptl t38", SF_MEDIA_IMAGE, SF_PROTO_UDP,
		  49172, 1, "t38" },
		{ "m=image 49172 TCP t38", SF_MEDIA_IMAGE, SF_PROTO_TCP,
		  49172, 1, "t38" },
		{ "m=message 7654 TCP/MSRP *", SF_MEDIA_MESSAGE, SF_PROTO_TCP,
		  7654, 1, "*" },
		{ "m=text 11000 RTP/AVP 98", SF_MEDIA_TEXT, SF_PROTO_RTP,
		  11000, 1, "98" },
		{ "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
		  SF_MEDIA_APPLICATION, SF_PROTO_UDP, 9, 1,
		  "webrtc-datachannel" },
		{ "m=application 9 DTLS/SCTP 5000", SF_MEDIA_APPLICATION,
		  SF_PROTO_UDP, 9, 1, "5000" },
		{ "m=video 9 TCP/TLS/RTP/SAVPF 1", SF_MEDIA_VIDEO,
		  SF_PROTO_TCP, 9, 1, "1" },
		{ "m=x-new 1023 SECRET a", SF_MEDIA_OTHER, SF_PROTO_OTHER,
		  1023, 1, "a" },
		{ "m=audio  5004  RTP/AVP  0 ", SF_MEDIA_AUDIO, SF_PROTO_RTP,
		  5004, 1, "0" },
	};
	char text[256];
	const char *buf;
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].line);
		strcpy(text, HEAD);
		strcat(text, rows[i].line);
		buf = parsed(text);
		assert_int_equal(sdp.nmedia, 1);
		assert_int_equal(sdp.media[0].type, rows[i].type);
		assert_int_equal(sdp.media[0].proto, rows[i].proto);
		assert_int_equal(sdp.media[0].port, rows[i].port);
		assert_int_equal(sdp.media[0].ports, rows[i].ports);
		assert_text(buf, sdp.media[0].fmts, rows[i].fmts);
		assert_text(buf, sdp.media[0].lines, rows[i].line);
	}
}

static void lines(void **state)
{
	static const struct {
		const char *text;
		enum sf_reason reason;
	} rows[] = {
		{ "v=0", SF_OK },
		{ "v=0\n", SF_OK },
		{ "v=0\ns=-\nm=audio 1 RTP/AVP 0\n", SF_OK },
		{ "v=0\r\ns=-\nt=0 0", SF_OK },
		{ "v=0\r\n\r\n", SF_OK },
		{ "v=0\r\n\n\r\n", SF_OK },
		{ "v=0\r\ns=\r\nx=\r\n", SF_OK },
		{ "v=0\r", SF_OK },
		{ "", SF_SDP },
		{ "\r\nv=0", SF_SDP },
		{ "v=1\r\n", SF_SDP },
		{ "v=0 \r\n", SF_SDP },
		{ "s=-\r\nv=0\r\n", SF_SDP },
		{ "v=0\r\n\r\ns=-\r\n", SF_SDP },
		{ "v=0\r\ns\r\n", SF_SDP },
		{ "v=0\r\nsession\r\n", SF_SDP },
		{ "v=0\r\n s=-\r\n", SF_SDP },
		{ "v=0\rs=-\r\n", SF_SDP },
		{ "v=0\r\ns=a\rb\r\n", SF_SDP },
		{ "v=0\r\no=- 1 2\r\n", SF_SDP },
		{ "v=0\r\no=\r\n", SF_SDP },
		{ HEAD "o=- 1 2 IN IP4 192.0.2.9\r\n", SF_SDP },
		{ HEAD "m=audio 1 RTP/AVP 0\r\no=- 1 2 IN IP4 1.1.1.1\r\n",
		  SF_SDP },
		{ "v=0\r\nc=IN IP4\r\n", SF_SDP },
		{ "v=0\r\nc=IN IP4 1.1.1.1 x\r\n", SF_SDP },
		{ "v=0\r\no=1 2 IN IP4 1.1.1.1\r\n", SF_OK },
		{ "v=0\r\nm=audio\r\n", SF_SDP },
		{ "v=0\r\nm=audio 1\r\n", SF_SDP },
		{ "v=0\r\nm=audio x RTP/AVP 0\r\n", SF_SDP },
		{ "v=0\r\nm=audio -1 RTP/AVP 0\r\n", SF_SDP },
		{ "v=0\r\nm=audio 65536 RTP/AVP 0\r\n", SF_SDP },
		{ "v=0\r\nm=audio 4294968320 RTP/AVP 0\r\n", SF_SDP },
		{ "v=0\r\nm=audio 1/ RTP/AVP 0\r\n", SF_SDP },
		{ "v=0\r\nm=audio 1/0 RTP/AVP 0\r\n", SF_SDP },
		{ "v=0\r\nm=audio 1/x RTP/AVP 0\r\n", SF_SDP },
		{ "v=0\r\nm=\r\n", SF_SDP },
	};
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].text);
		assert_reason(parse(rows[i].text), rows[i].reason);
	}
}

/* What an a=rtcp line does not say right is not said. */
static void rtcp_lines(void **state)
{
	static const struct {
		const char *line;
		u32 port;
		const char *addr;
	} rows[] = {
		{ "a=rtcp:53020", 53020, "" },
		{ "a=rtcp:53020 IN IP4 192.0.2.9", 53020, "192.0.2.9" },
		{ "a=rtcp:53020 IN IP4", 53020, "" },
		{ "a=rtcp:0", 0, "" },
		{ "a=rtcp:65536", 0, "" },
		{ "a=rtcp:x", 0, "" },
		{ "a=rtcp:", 0, "" },
		{ "a=rtcp", 0, "" },
		{ "a=rtcp-fb:1 nack", 0, "" },
		{ "a=rtcp-mux-only", 0, "" },
	};
	char text[256];
	const char *buf;
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].line);
		strcpy(text, HEAD "m=audio 2 RTP/AVP 0\r\n");
		strcat(text, rows[i].line);
		buf = parsed(text);
		assert_int_equal(sdp.media[0].rtcp_port, rows[i].port);
		assert_text(buf, sdp.media[0].rtcp_addr.text, rows[i].addr);
		assert_false(sdp.media[0].rtcp_mux);
	}
}

static void many_media(void **state)
{
	char text[2048] = HEAD;
	u32 i;

	(void)state;
	for (i = 0; i < SF_SDP_MEDIA_MAX; i++)
		strcat(text, "m=audio 49170 RTP/AVP 0\r\n");
	assert_reason(parse(text), SF_OK);
	assert_int_equal(sdp.nmedia, SF_SDP_MEDIA_MAX);
	strcat(text, "m=audio 49170 RTP/AVP 0\r\n");
	assert_reason(parse(text), SF_SDP_MEDIA);
}

static void attributes(void **state)
{
	static const char *const want[][2] = {
		{ "ice-lite", "" },
		{ "candidate", "1 1 UDP 1 192.0.2.1 5 typ host" },
		{ "x", "" },
		{ "", "y" },
	};
	const char *buf = parsed(HEAD "a=group:BUNDLE a\r\n"
				 "m=audio 9 RTP/AVP 0\r\na=ice-lite\r\n"
				 "b=AS:1\r\n"
				 "a=candidate:1 1 UDP 1 192.0.2.1 5 typ host\n"
				 "a=x:\r\na=:y\r\n"
				 "m=video 9 RTP/AVP 0\r\na=z\r\n");
	struct sf_span rest = sdp.session;
	struct sf_sdp_attr attr;
	u32 n = 0;

	(void)state;
	assert_true(sf_sdp_attr_next(buf, &rest, &attr));
	assert_text(buf, attr.name, "group");
	assert_text(buf, attr.value, "BUNDLE a");
	assert_false(sf_sdp_attr_next(buf, &rest, &attr));
	rest = sdp.media[0].lines;
	for (; sf_sdp_attr_next(buf, &rest, &attr); n++) {
		row("%s", want[n][0]);
		assert_true(n < ARRAY_SIZE(want));
		assert_text(buf, attr.name, want[n][0]);
		assert_text(buf, attr.value, want[n][1]);
	}
	assert_int_equal(n, ARRAY_SIZE(want));
	rest = whole(0);
	assert_false(sf_sdp_attr_next("", &rest, &attr));
}

/* What may be SRTP: by its profile, or by keys of its own or of the session. */
static void secure(void **state)
{
	static const struct {
		const char *session;
		const char *media;
		bool secure;
	} rows[] = {
		{ "", "m=audio 8 RTP/AVP 0\r\n", false },
		{ "", "m=audio 8 RTP/AVPF 0\r\n", false },
		{ "", "m=audio 8 SAVP/AVP 0\r\n", false },
		{ "", "m=audio 8 RTP/SAVP 0\r\n", true },
		{ "", "m=audio 8 RTP/SAVPF 0\r\n", true },
		{ "", "m=audio 8 UDP/TLS/RTP/SAVPF 0\r\n", true },
		{ "", "m=audio 8 RTP/AVP 0\r\na=crypto:1 X inline:Y\r\n", true },
		{ "", "m=audio 8 RTP/AVP 0\r\na=fingerprint:sha-1 00\r\n", true },
		{ "a=fingerprint:sha-1 00\r\n", "m=audio 8 RTP/AVP 0\r\n", true },
		{ "a=crypto:1 X inline:Y\r\n", "m=audio 8 RTP/AVP 0\r\n", false },
		{ "", "m=audio 8 RTP/AVP 0\r\nm=audio 9 RTP/SAVP 0\r\n"
		  "a=crypto:1 X inline:Y\r\n", false },
	};
	char text[256];
	const char *buf;
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s%s", rows[i].session, rows[i].media);
		strcpy(text, HEAD);
		strcat(text, rows[i].session);
		strcat(text, rows[i].media);
		buf = parsed(text);
		assert_int_equal(sf_sdp_secure(buf, &sdp, &sdp.media[0]),
				 rows[i].secure);
	}
}

/* Offsets count from the buffer, not from the description. */
static void offset(void **state)
{
	static const char text[] = "body: " HEAD "m=audio 8 RTP/AVP 0\r\ntail";
	u32 len = sizeof(text) - 1;
	const char *buf = guard_tail(text, len);

	(void)state;
	assert_reason(sf_sdp_parse(&sdp, buf, sf_span(6, len - 4)), SF_OK);
	assert_text(buf, sdp.origin.text, "192.0.2.1");
	assert_text(buf, sdp.media[0].port_text, "8");
	assert_text(buf, sdp.media[0].lines, "m=audio 8 RTP/AVP 0\r\n");
	assert_int_equal(sdp.session.off, 6);
}

static const struct CMUnitTest tests[] = {
	TEST(phone_offer),
	TEST(addresses),
	TEST(media_lines),
	TEST(lines),
	TEST(rtcp_lines),
	TEST(many_media),
	TEST(attributes),
	TEST(secure),
	TEST(offset),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
