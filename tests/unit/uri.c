// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * uri.c - URIs, and host and port
 */
#include "test.h"

#include <string.h>

#include <sipfast/uri.h>

static void parts(void **state)
{
	static const struct {
		const char *text;
		u8 scheme;
		const char *user;
		const char *password;
		const char *host;
		u16 port;
		const char *params;
		const char *headers;
		u8 family;
	} rows[] = {
		{ "sip:bob@example.com", SF_SCHEME_SIP, "bob", "",
		  "example.com", 0, "", "", 0 },
		{ "SIPS:bob:secret@192.0.2.1:5061;transport=tls;lr?a=b&c=d",
		  SF_SCHEME_SIPS, "bob", "secret", "192.0.2.1", 5061,
		  ";transport=tls;lr", "a=b&c=d", 4 },
		{ "sip:example.com", SF_SCHEME_SIP, "", "", "example.com", 0,
		  "", "", 0 },
		{ "sip:192.0.2.1:05060;lr", SF_SCHEME_SIP, "", "", "192.0.2.1",
		  5060, ";lr", "", 4 },
		{ "sip:[2001:db8::10:5070]", SF_SCHEME_SIP, "", "",
		  "[2001:db8::10:5070]", 0, "", "", 6 },
		{ "sip:u@[2001:db8::10]:5070;x", SF_SCHEME_SIP, "u", "",
		  "[2001:db8::10]", 5070, ";x", "", 6 },
		{ "sip:[2001:db8:::192.0.2.1]", SF_SCHEME_SIP, "", "",
		  "[2001:db8:::192.0.2.1]", 0, "", "", 6 },
		{ "sip:user;par=u%40example.net@example.com", SF_SCHEME_SIP,
		  "user;par=u%40example.net", "", "example.com", 0, "", "", 0 },
		{ "sip:null-%00-null@example.com", SF_SCHEME_SIP,
		  "null-%00-null", "", "example.com", 0, "", "", 0 },
		{ "sip:+1(2)3?4/5#6@h_1", SF_SCHEME_SIP, "+1(2)3?4/5#6", "",
		  "h_1", 0, "", "", 0 },
		{ "sip:a@b?Route=%3Csip:x%3E", SF_SCHEME_SIP, "a", "", "b", 0,
		  "", "Route=%3Csip:x%3E", 0 },
		{ "sip:a@b;p?", SF_SCHEME_SIP, "a", "", "b", 0, ";p", "", 0 },
		{ "sip:a@010.0.0.1", SF_SCHEME_SIP, "a", "", "010.0.0.1", 0,
		  "", "", 0 },
		{ "sip:u:@h", SF_SCHEME_SIP, "u", "", "h", 0, "", "", 0 },
		{ "sip:\xc3\xbc@h", SF_SCHEME_SIP, "\xc3\xbc", "", "h", 0, "",
		  "", 0 },
		{ "tel:+358-555-1234567;postd=pp22", SF_SCHEME_TEL,
		  "+358-555-1234567", "", "", 0, ";postd=pp22", "", 0 },
		{ "soap.beep://192.0.2.103:3002", SF_SCHEME_OTHER,
		  "//192.0.2.103:3002", "", "", 0, "", "", 0 },
		{ "urn:service:sos", SF_SCHEME_OTHER, "service:sos", "", "", 0,
		  "", "", 0 },
		{ "im:a@b;c", SF_SCHEME_OTHER, "a@b;c", "", "", 0, "", "", 0 },
	};
	struct sf_uri uri;
	const char *buf;
	u32 i, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].text);
		len = (u32)strlen(rows[i].text);
		buf = guard_tail(rows[i].text, len);
		assert_reason(sf_uri_parse(buf, whole(len), &uri), SF_OK);
		assert_text(buf, uri.all, rows[i].text);
		assert_int_equal(uri.scheme, rows[i].scheme);
		assert_int_equal(sf_uri_scheme(buf, whole(len)), rows[i].scheme);
		assert_text(buf, uri.user, rows[i].user);
		assert_text(buf, uri.password, rows[i].password);
		assert_text(buf, uri.at.host, rows[i].host);
		assert_int_equal(uri.at.port, rows[i].port);
		assert_int_equal(uri.at.ip.family, rows[i].family);
		assert_text(buf, uri.params, rows[i].params);
		assert_text(buf, uri.headers, rows[i].headers);
	}
}

static void malformed(void **state)
{
	static const char *const rows[] = {
		"", ":", "sip", "sip:", "sip:@", "sip:@host", "sip:user@",
		"sip::pw@host", "sip:u@h:", "sip:u@h:0", "sip:u@h:65536",
		"sip:u@h:5060x", "sip:u@h: 5060", "sip:u@h :5060", "sip:u @h",
		"sip:a@b@c", "sip:a@b;c@d", "sip:u@h?a@b", "sip:2001:db8::10",
		"sip:u@[2001:db8::10", "sip:u@[2001:db8::10]x", "sip:[]",
		"sip:[fe80::1%25eth0]", "sip:u@[192.0.2.1]", "sip:u@h\x80",
		"sip:u%4@h", "sip:u%@h", "sip:u%4g@h", "sip:u@h;a=%", "%73ip:h",
		"<sip:u@h>", "sip:u@h>", "sip:\"u\"@h", "sip:u@h\r", "sip:\tu@h",
		"1sip:h", "-:h", "s p:h", "si_p:h", "tel:", "tel:;x", "sip:;lr",
		"sip:?x", "sip:h/x", "sip:u@h\x7f", "mailto:", "sip:u@h#f",
	};
	struct sf_uri uri = { .scheme = 77 };
	const char *buf;
	u32 i, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i]);
		len = (u32)strlen(rows[i]);
		buf = guard_tail(rows[i], len);
		assert_reason(sf_uri_parse(buf, whole(len), &uri), SF_URI);
		/* nothing is read that is not there */
		assert_true(sf_uri_scheme(buf, whole(len)) <= SF_SCHEME_TEL);
	}
	assert_int_equal(uri.scheme, 77);
}

static void host_port(void **state)
{
	static const struct {
		const char *text;
		const char *host;
		u16 port;
		const char *rest;
	} rows[] = {
		{ "example.com", "example.com", 0, "" },
		{ "example.com:1", "example.com", 1, "" },
		{ "192.0.2.1:65535;x", "192.0.2.1", 65535, ";x" },
		{ "[::1]:5060 a", "[::1]", 5060, " a" },
		{ "[::1]a", "[::1]", 0, "a" },
		{ "h/x", "h", 0, "/x" },
	};
	struct sf_host host;
	const char *buf;
	u32 i, len, end;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].text);
		len = (u32)strlen(rows[i].text);
		buf = guard_tail(rows[i].text, len);
		assert_reason(sf_host_parse(buf, whole(len), &host, &end),
			      SF_OK);
		assert_text(buf, host.host, rows[i].host);
		assert_int_equal(host.port, rows[i].port);
		assert_int_equal(host.port_text.len > 0, host.port > 0);
		assert_text(buf, sf_span(end, len), rows[i].rest);
		assert_int_equal(sf_span_end(host.hostport), end);
		assert_int_equal(host.hostport.off, 0);
		assert_reason(sf_host_parse(buf, whole(len), &host, NULL),
			      end == len ? SF_OK : SF_URI);
	}
}

static const struct CMUnitTest tests[] = {
	TEST(parts),
	TEST(malformed),
	TEST(host_port),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
