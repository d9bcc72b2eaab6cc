// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * attr.c - attributes of session descriptions, whole and malformed
 */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include <sipfast/attr.h>

static const char *buf;

/* A value at the guard page, and its span. */
static struct sf_span at_guard(const char *text)
{
	u32 len = (u32)strlen(text);

	row("%s", text);
	buf = guard_tail(text, len);
	return whole(len);
}

static const struct {
	enum sf_attr_id id;
	const char *name;
} names[] = {
#define X(sym, name) \
	{ SF_ATTR_##sym, name },
	SF_ATTRS(X)
#undef X
};

static void numbers(void **state)
{
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		assert_int_equal(sf_attr_id(buf, at_guard(names[i].name)),
				 SF_ATTR_OTHER + 1 + i);
		assert_int_equal(names[i].id, SF_ATTR_OTHER + 1 + i);
		assert_string_equal(sf_attr_name(names[i].id), names[i].name);
	}
	assert_int_equal(sf_attr_id(buf, at_guard("")), SF_ATTR_OTHER);
	assert_int_equal(sf_attr_id(buf, at_guard("rtcp-m")), SF_ATTR_OTHER);
	assert_int_equal(sf_attr_id(buf, at_guard("RTCP")), SF_ATTR_OTHER);
	assert_string_equal(sf_attr_name(SF_ATTR_OTHER), "");
	assert_string_equal(sf_attr_name(SF_ATTR_COUNT), "");
}

static void find(void **state)
{
	struct sf_span lines, value;

	(void)state;
	lines = at_guard("m=audio 1 RTP/AVP 0\r\na=x\r\na=ptime:20\r\na=ptime:30");
	assert_true(sf_attr_find(buf, lines, SF_ATTR_PTIME, &value));
	assert_text(buf, value, "20");
	assert_false(sf_attr_find(buf, lines, SF_ATTR_MID, &value));
}

static void candidates(void **state)
{
	struct sf_candidate c;
	struct sf_span value;

	(void)state;
	value = at_guard("1 1 UDP 2130706431 192.168.1.10 16384 typ host");
	assert_reason(sf_candidate_parse(buf, value, &c), SF_OK);
	assert_text(buf, c.foundation, "1");
	assert_int_equal(c.component, 1);
	assert_true(c.udp);
	assert_int_equal(c.priority, 2130706431);
	assert_text(buf, c.at.addr, "192.168.1.10");
	assert_text(buf, c.at.port_text, "16384");
	assert_int_equal(c.at.ip.family, 4);
	assert_int_equal(c.at.port, 16384);
	assert_int_equal(c.type, SF_CANDIDATE_HOST);
	assert_false(c.has_related);
	assert_text(buf, c.extensions, NULL);

	value = at_guard("a/+ 2 tcp 1 2001:db8::1 9 typ srflx raddr 10.0.0.1 rport 5000 ufrag a");
	assert_reason(sf_candidate_parse(buf, value, &c), SF_OK);
	assert_false(c.udp);
	assert_int_equal(c.at.ip.family, 6);
	assert_int_equal(c.type, SF_CANDIDATE_SRFLX);
	assert_true(c.has_related);
	assert_text(buf, c.related.addr, "10.0.0.1");
	assert_int_equal(c.related.port, 5000);
	assert_text(buf, c.extensions, "ufrag a");

	value = at_guard("1 1 udp 1 f3a1-9b.local 0 typ relay raddr 0.0.0.0 rport 0");
	assert_reason(sf_candidate_parse(buf, value, &c), SF_OK);
	assert_int_equal(c.at.ip.family, 0);
	assert_text(buf, c.at.addr, "f3a1-9b.local");
	assert_int_equal(c.type, SF_CANDIDATE_RELAY);
	value = at_guard("1 1 udp 1 a 1 typ prflx");
	assert_reason(sf_candidate_parse(buf, value, &c), SF_OK);
	assert_int_equal(c.type, SF_CANDIDATE_PRFLX);
	value = at_guard("1 1 udp 1 a 1 typ new");
	assert_reason(sf_candidate_parse(buf, value, &c), SF_OK);
	assert_int_equal(c.type, SF_CANDIDATE_OTHER);
}

static void remote_candidates(void **state)
{
	struct sf_remote_candidate c = { .component = 77 };
	struct sf_span rest;

	(void)state;
	rest = at_guard(" 1 192.0.2.1 45664 2  2001:db8::1 45665 1 x.local 9");
	assert_reason(sf_remote_candidate_next(buf, &rest, &c), SF_OK);
	assert_int_equal(c.component, 1);
	assert_text(buf, c.at.addr, "192.0.2.1");
	assert_text(buf, c.at.port_text, "45664");
	assert_int_equal(c.at.ip.family, 4);
	assert_int_equal(c.at.port, 45664);
	assert_reason(sf_remote_candidate_next(buf, &rest, &c), SF_OK);
	assert_int_equal(c.component, 2);
	assert_int_equal(c.at.ip.family, 6);
	assert_int_equal(c.at.port, 45665);
	assert_reason(sf_remote_candidate_next(buf, &rest, &c), SF_OK);
	assert_int_equal(c.at.ip.family, 0);
	assert_reason(sf_remote_candidate_next(buf, &rest, &c), SF_EMPTY);
	rest = at_guard("1 192.0.2.1");
	c.component = 77;
	assert_reason(sf_remote_candidate_next(buf, &rest, &c), SF_SDP_ATTR);
	rest = at_guard("0 192.0.2.1 5");
	assert_reason(sf_remote_candidate_next(buf, &rest, &c), SF_SDP_ATTR);
	rest = at_guard("1 192.0.2.1 65536");
	assert_reason(sf_remote_candidate_next(buf, &rest, &c), SF_SDP_ATTR);
	assert_int_equal(c.component, 77);
}

static void bad_candidates(void **state)
{
	static const char *const rows[] = {
		"", "1", "1 1", "1 0 UDP 1 a 1 typ host",
		"1 257 UDP 1 a 1 typ host", "1 x UDP 1 a 1 typ host",
		"1 1 UDP", "1 1 UDP x a 1 typ host",
		"1 1 UDP 4294967296 a 1 typ host", "1 1 UDP 1",
		"1 1 UDP 1 [2001:db8::1] 1 typ host", "1 1 UDP 1 a/b 1 typ host",
		"1 1 UDP 1 a", "1 1 UDP 1 a 65536 typ host",
		"1 1 UDP 1 a x typ host", "1 1 UDP 1 a 1", "1 1 UDP 1 a 1 typ",
		"1 1 UDP 1 a 1 type host", "1 1 UDP 1 a 1 typ host raddr",
		"1 1 UDP 1 a 1 typ host raddr 1.2.3.4",
		"1 1 UDP 1 a 1 typ host raddr 1.2.3.4 rport",
		"1 1 UDP 1 a 1 typ host raddr 1.2.3.4 rport x",
		"1 1 UDP 1 a 1 typ host raddr a:b rport 1",
		"1 1 UDP 1 a 1 typ host rport 1",
		"1 1 UDP 1 a 1 typ host generation",
	};
	struct sf_candidate c = { .component = 77 };
	struct sf_span value;
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		value = at_guard(rows[i]);
		assert_reason(sf_candidate_parse(buf, value, &c), SF_SDP_ATTR);
		assert_int_equal(c.component, 77);
	}
}

static void rtcp(void **state)
{
	static const char *const bad[] = {
		"", "0", "x", "65536", "1 IN", "1 IN IP4", "1 IN IP6 1.2.3.4",
		"1 IN IP4 2001:db8::1", "1 XX IP4 1.2.3.4",
		"1 IN IP4 1.2.3.4 more", "1 IN IP4 a/b",
	};
	struct sf_span value;
	struct sf_rtcp_attr r;
	u32 i;

	(void)state;
	value = at_guard("53020");
	assert_reason(sf_rtcp_attr_parse(buf, value, &r), SF_OK);
	assert_int_equal(r.at.port, 53020);
	assert_int_equal(r.at.addr.len, 0);
	value = at_guard("53020 IN IP4 126.16.64.4");
	assert_reason(sf_rtcp_attr_parse(buf, value, &r), SF_OK);
	assert_text(buf, r.at.addr, "126.16.64.4");
	value = at_guard("1 IN IP6 2001:db8::1 ");
	assert_reason(sf_rtcp_attr_parse(buf, value, &r), SF_OK);
	assert_int_equal(r.at.ip.family, 6);
	value = at_guard("1 IN IP4 a.example");
	assert_reason(sf_rtcp_attr_parse(buf, value, &r), SF_OK);
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		value = at_guard(bad[i]);
		assert_reason(sf_rtcp_attr_parse(buf, value, &r), SF_SDP_ATTR);
	}
}

static void paths(void **state)
{
	static const char *const bad[] = {
		"sip:a", "msrp:a", "msrp:/a;tcp", "msrp://", "msrp://a",
		"msrp://a/b", "msrp://a/b;", "msrp://a:0/b;tcp",
		"msrp://[2001:db8::1/b;tcp", "msrp://a b", "msrp://a\001;tcp",
		"msrp//a/b;tcp", "msrp:a/b;tcp",
	};
	struct sf_span rest;
	struct sf_msrp m;
	u32 i;

	(void)state;
	rest = at_guard("msrps://u@a.example:9000/s;tcp;x msrp://[2001:db8::1]:7/2s9;tcp msrp://b;ws");
	assert_reason(sf_msrp_next(buf, &rest, &m), SF_OK);
	assert_true(m.secure);
	assert_text(buf, m.user, "u");
	assert_text(buf, m.at.host, "a.example");
	assert_int_equal(m.at.port, 9000);
	assert_text(buf, m.at.hostport, "a.example:9000");
	assert_text(buf, m.session, "s");
	assert_text(buf, m.transport, "tcp");
	assert_reason(sf_msrp_next(buf, &rest, &m), SF_OK);
	assert_false(m.secure);
	assert_text(buf, m.user, NULL);
	assert_int_equal(m.at.ip.family, 6);
	assert_text(buf, m.session, "2s9");
	assert_reason(sf_msrp_next(buf, &rest, &m), SF_OK);
	assert_text(buf, m.session, NULL);
	assert_text(buf, m.transport, "ws");
	assert_reason(sf_msrp_next(buf, &rest, &m), SF_EMPTY);
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		rest = at_guard(bad[i]);
		assert_reason(sf_msrp_next(buf, &rest, &m), SF_SDP_ATTR);
	}
}

static void groups(void **state)
{
	struct sf_span value, word;
	struct sf_group g;

	(void)state;
	value = at_guard("BUNDLE  audio video");
	assert_reason(sf_group_parse(buf, value, &g), SF_OK);
	assert_true(g.bundle);
	assert_true(sf_word_next(buf, &g.mids, &word));
	assert_text(buf, word, "audio");
	assert_true(sf_word_next(buf, &g.mids, &word));
	assert_text(buf, word, "video");
	assert_false(sf_word_next(buf, &g.mids, &word));
	assert_text(buf, word, "video");
	value = at_guard("LS");
	assert_reason(sf_group_parse(buf, value, &g), SF_OK);
	assert_false(g.bundle);
	value = at_guard(" ");
	assert_reason(sf_group_parse(buf, value, &g), SF_SDP_ATTR);
}

static void crypto(void **state)
{
	static const char *const bad[] = {
		"", "x A inline:b", "1", "1 A", "1 A ",
	};
	struct sf_crypto c;
	struct sf_span value;
	u32 i;

	(void)state;
	value = at_guard("1 AES_CM_128_HMAC_SHA1_80 inline:abc|2^20|1:4 KDR=1 UNENCRYPTED_SRTP");
	assert_reason(sf_crypto_parse(buf, value, &c), SF_OK);
	assert_int_equal(c.tag, 1);
	assert_text(buf, c.suite, "AES_CM_128_HMAC_SHA1_80");
	assert_text(buf, c.keys, "inline:abc|2^20|1:4");
	assert_text(buf, c.params, "KDR=1 UNENCRYPTED_SRTP");
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		value = at_guard(bad[i]);
		assert_reason(sf_crypto_parse(buf, value, &c), SF_SDP_ATTR);
	}
}

static void fingerprints(void **state)
{
	static const char *const bad[] = {
		"", "sha-1", "sha-1 4", "sha-1 4A:", "sha-1 4A:A",
		"sha-1 4A:AG", "sha-1 4A:GA", "sha-1 4A-AD", "sha-1 4A AD",
		"sha-1 :4A",
	};
	struct sf_fingerprint f;
	struct sf_span value;
	char text[256];
	u32 i, n;

	(void)state;
	value = at_guard("SHA-1 4A:ad:09");
	assert_reason(sf_fingerprint_parse(buf, value, &f), SF_OK);
	assert_text(buf, f.hash, "SHA-1");
	assert_int_equal(f.len, 3);
	assert_memory_equal(f.bytes, "\x4a\xad\x09", 3);
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		value = at_guard(bad[i]);
		assert_reason(sf_fingerprint_parse(buf, value, &f),
			      SF_SDP_ATTR);
	}
	/* as many as the longest hash has, and one more */
	n = (u32)sprintf(text, "sha-512 00");
	for (i = 1; i < SF_FINGERPRINT_MAX; i++)
		n += (u32)sprintf(text + n, ":%02X", i);
	value = at_guard(text);
	assert_reason(sf_fingerprint_parse(buf, value, &f), SF_OK);
	assert_int_equal(f.bytes[63], 63);
	strcpy(text + n, ":00");
	value = at_guard(text);
	assert_reason(sf_fingerprint_parse(buf, value, &f), SF_SDP_ATTR);
}

static void setups(void **state)
{
	static const char *const words[] = {
		[SF_SETUP_ACTIVE] = "active", [SF_SETUP_PASSIVE] = "passive",
		[SF_SETUP_ACTPASS] = "actpass",
		[SF_SETUP_HOLDCONN] = "holdconn ",
	};
	struct sf_span value;
	enum sf_setup setup;
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(words); i++) {
		value = at_guard(words[i]);
		assert_reason(sf_setup_parse(buf, value, &setup), SF_OK);
		assert_int_equal(setup, i);
	}
	value = at_guard("actpas");
	assert_reason(sf_setup_parse(buf, value, &setup), SF_SDP_ATTR);
}

static void times(void **state)
{
	static const struct {
		const char *text;
		u32 us;
	} rows[] = {
		{ "20", 20000 }, { " 20 ", 20000 }, { "2.5", 2500 },
		{ "0.125", 125 }, { "0.0625", 62 }, { "3600000", 3600000000u },
		{ "0", 0 }, { "0.0", 0 }, { "", 0 }, { "x", 0 }, { "20.", 0 },
		{ "20.x", 0 }, { ".5", 0 }, { "3600001", 0 }, { "-1", 0 },
	};
	struct sf_span value;
	u32 i, us;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		us = 0;
		value = at_guard(rows[i].text);
		assert_reason(sf_ptime_parse(buf, value, &us),
			      rows[i].us ? SF_OK : SF_SDP_ATTR);
		assert_int_equal(us, rows[i].us);
	}
}

static void fax(void **state)
{
	static const char *const bad[] = {
		"a=T38FaxVersion:x", "a=T38MaxBitRate:", "a=T38FaxMaxBuffer:-1",
		"a=T38FaxMaxDatagram:1k", "a=T38FaxUdpEC:none",
		"a=T38FaxRateManagement:fast", "a=T38FaxFillBitRemoval:2",
		"a=T38FaxTranscodingMMR:x", "a=T38FaxTranscodingJBIG:x",
	};
	struct sf_t38 t;
	struct sf_span lines;
	u32 i;

	(void)state;
	lines = at_guard("m=image 4000 udptl t38\r\na=T38FaxVersion:3\r\n"
			 "a=T38MaxBitRate:14400\r\na=T38FaxFillBitRemoval:0\r\n"
			 "a=T38FaxTranscodingMMR\r\na=T38FaxTranscodingJBIG:1\r\n"
			 "a=T38FaxRateManagement:transferredTCF\r\na=t38FaxMaxBuffer: 200\r\n"
			 "a=T38FaxMaxDatagram:72\r\na=T38FaxUdpEC:t38UDPRedundancy\r\n"
			 "a=T38VendorInfo:0 0 0\r\na=sendrecv\r\n");
	assert_reason(sf_t38_read(buf, lines, &t), SF_OK);
	assert_int_equal(t.version, 3);
	assert_int_equal(t.bit_rate, 14400);
	assert_false(t.fill_bit);
	assert_true(t.mmr);
	assert_true(t.jbig);
	assert_int_equal(t.rate, SF_T38_RATE_TRANSFERRED);
	assert_int_equal(t.buffer, 200);
	assert_int_equal(t.datagram, 72);
	assert_int_equal(t.ec, SF_T38_EC_REDUNDANCY);
	lines = at_guard("a=T38FaxRateManagement:localTCF\na=T38FaxUdpEC:t38UDPFEC");
	assert_reason(sf_t38_read(buf, lines, &t), SF_OK);
	assert_int_equal(t.rate, SF_T38_RATE_LOCAL);
	assert_int_equal(t.ec, SF_T38_EC_FEC);
	lines = at_guard("a=T38FaxUdpEC:t38UDPNoEC");
	assert_reason(sf_t38_read(buf, lines, &t), SF_OK);
	assert_int_equal(t.ec, SF_T38_EC_NONE);
	lines = at_guard("m=image 1 udptl t38");
	assert_reason(sf_t38_read(buf, lines, &t), SF_OK);
	assert_int_equal(t.ec, SF_T38_EC_UNSET);
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		lines = at_guard(bad[i]);
		assert_reason(sf_t38_read(buf, lines, &t), SF_SDP_ATTR);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(numbers),
		TEST(find),
		TEST(candidates),
		TEST(bad_candidates),
		TEST(remote_candidates),
		TEST(rtcp),
		TEST(paths),
		TEST(groups),
		TEST(crypto),
		TEST(fingerprints),
		TEST(setups),
		TEST(times),
		TEST(fax),
	};

	return run(tests, ARRAY_SIZE(tests));
}
