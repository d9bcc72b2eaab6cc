// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * http.c - the request for a WebSocket: each thing that it is refused for
 */
#include "world.h"

#include <stdio.h>

#include "../../../daemon/net/wskey.h"

#define START "GET /sip HTTP/1.1\r\n"
#define HOST "Host: sip.example.net\r\n"
#define UPGRADE "Upgrade: websocket\r\n"
#define CONNECTION "Connection: keep-alive, Upgrade\r\n"
#define KEY "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
#define VERSION "Sec-WebSocket-Version: 13\r\n"
#define PROTOCOL "Sec-WebSocket-Protocol: xmpp, sip\r\n"
#define ORIGIN "Origin: https://phone.example.net\r\n"
#define SOCKET UPGRADE CONNECTION KEY VERSION PROTOCOL
#define GOOD START HOST SOCKET ORIGIN "\r\n"

static const char *const origins[] = { "https://phone.example.net" };
static const char *const all[] = { "*" };
static const struct sf_web web = { .origins = origins, .count = 1 };

static enum sf_http_verdict read_text(const struct sf_web *to, const char *text)
{
	struct sf_http http = { 0 };
	u32 len = (u32)strlen(text);

	return sf_http_read(&http, to, guard_tail(text, len), len);
}

static void verdicts(void **state)
{
	static const struct {
		const char *text;
		enum sf_http_verdict want;
	} rows[] = {
		{ GOOD, SF_HTTP_UPGRADE },
		{ START HOST SOCKET "\r\n", SF_HTTP_UPGRADE },
		{ START "host: a\r\nUPGRADE: WebSocket\r\nconnection: UPGRADE\r\n"
		  KEY VERSION PROTOCOL "\r\n", SF_HTTP_UPGRADE },
		{ START HOST SOCKET "Origin:\tHTTPS://Phone.example.net \r\n\r\n",
		  SF_HTTP_UPGRADE },
		{ START HOST UPGRADE CONNECTION KEY VERSION
		  "Sec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: sip\r\n\r\n",
		  SF_HTTP_UPGRADE },
		{ "POST / HTTP/1.1\r\n" HOST SOCKET "\r\n", SF_HTTP_METHOD },
		{ "GETS / HTTP/1.1\r\n" HOST SOCKET "\r\n", SF_HTTP_METHOD },
		{ "GET / HTTP/1.0\r\n" HOST SOCKET "\r\n", SF_HTTP_MALFORMED },
		{ "GET / SIP/2.0\r\n" HOST SOCKET "\r\n", SF_HTTP_MALFORMED },
		{ "GET  / HTTP/1.1\r\n" HOST SOCKET "\r\n", SF_HTTP_MALFORMED },
		{ "GET sip HTTP/1.1\r\n" HOST SOCKET "\r\n", SF_HTTP_MALFORMED },
		{ "\r\n" GOOD, SF_HTTP_MALFORMED },
		{ START SOCKET "\r\n", SF_HTTP_MALFORMED },
		{ START HOST HOST SOCKET "\r\n", SF_HTTP_MALFORMED },
		{ START "Host:\r\n" SOCKET "\r\n", SF_HTTP_MALFORMED },
		{ START HOST SOCKET KEY "\r\n", SF_HTTP_MALFORMED },
		{ START HOST SOCKET ORIGIN ORIGIN "\r\n", SF_HTTP_MALFORMED },
		{ START HOST SOCKET "Content-Length: 1\r\n\r\na", SF_HTTP_MALFORMED },
		{ START HOST SOCKET "Content-Length: 0\r\n\r\n", SF_HTTP_UPGRADE },
		{ START HOST SOCKET "Transfer-Encoding: chunked\r\n\r\n",
		  SF_HTTP_MALFORMED },
		{ START HOST SOCKET " folded\r\n\r\n", SF_HTTP_MALFORMED },
		{ START HOST SOCKET "no colon\r\n\r\n", SF_HTTP_MALFORMED },
		{ START HOST SOCKET "blank : a\r\n\r\n", SF_HTTP_MALFORMED },
		{ START HOST SOCKET "A: a\nB: b\r\n\r\n", SF_HTTP_MALFORMED },
		{ START HOST SOCKET "A: a\rB: b\r\n\r\n", SF_HTTP_MALFORMED },
		{ START HOST SOCKET "A: \x01\r\n\r\n", SF_HTTP_MALFORMED },
		{ "\x16\x03\x01", SF_HTTP_MALFORMED },
		{ START HOST CONNECTION KEY VERSION PROTOCOL "\r\n", SF_HTTP_PLAIN },
		{ START HOST "\r\n", SF_HTTP_PLAIN },
		{ START HOST "Upgrade: h2c\r\n\r\n", SF_HTTP_PLAIN },
		{ START HOST UPGRADE CONNECTION KEY PROTOCOL "\r\n", SF_HTTP_VERSION },
		{ START HOST UPGRADE CONNECTION KEY PROTOCOL
		  "Sec-WebSocket-Version: 8\r\n\r\n", SF_HTTP_VERSION },
		{ START HOST UPGRADE KEY VERSION PROTOCOL "\r\n", SF_HTTP_MALFORMED },
		{ START HOST UPGRADE "Connection: close\r\n" KEY VERSION PROTOCOL
		  "\r\n", SF_HTTP_MALFORMED },
		{ START HOST UPGRADE CONNECTION VERSION PROTOCOL "\r\n",
		  SF_HTTP_MALFORMED },
		{ START HOST UPGRADE CONNECTION VERSION PROTOCOL
		  "Sec-WebSocket-Key: short==\r\n\r\n", SF_HTTP_MALFORMED },
		{ START HOST UPGRADE CONNECTION VERSION PROTOCOL
		  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j*Q==\r\n\r\n",
		  SF_HTTP_MALFORMED },
		{ START HOST UPGRADE CONNECTION KEY VERSION "\r\n", SF_HTTP_PROTOCOL },
		{ START HOST UPGRADE CONNECTION KEY VERSION
		  "Sec-WebSocket-Protocol: SIP, sips\r\n\r\n", SF_HTTP_PROTOCOL },
		{ START HOST SOCKET "Origin: https://evil.example\r\n\r\n",
		  SF_HTTP_ORIGIN },
		{ START HOST SOCKET "Origin: null\r\n\r\n", SF_HTTP_ORIGIN },
		{ START HOST SOCKET "Origin: https://phone.example.net.evil\r\n\r\n",
		  SF_HTTP_ORIGIN },
	};
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%u: %s", i, rows[i].text);
		assert_int_equal(read_text(&web, rows[i].text), rows[i].want);
	}
}

/* Every page, no page, and one path only. */
static void doors(void **state)
{
	const struct sf_web open = { .origins = all, .count = 1 };
	const struct sf_web shut = { .count = 0 };
	const struct sf_web path = { .origins = all, .count = 1, .path = "/sip" };
	const struct sf_web other = { .origins = all, .count = 1, .path = "/" };

	(void)state;
	assert_int_equal(read_text(&open, START HOST SOCKET
				   "Origin: null\r\n\r\n"), SF_HTTP_UPGRADE);
	assert_int_equal(read_text(&shut, GOOD), SF_HTTP_ORIGIN);
	assert_int_equal(read_text(&shut, START HOST SOCKET "\r\n"),
			 SF_HTTP_UPGRADE);
	assert_int_equal(read_text(&path, GOOD), SF_HTTP_UPGRADE);
	assert_int_equal(read_text(&path, "GET /sip?a HTTP/1.1\r\n" HOST SOCKET
				   "\r\n"), SF_HTTP_UPGRADE);
	assert_int_equal(read_text(&other, GOOD), SF_HTTP_PATH);
}

/* Every prefix is waited for, and what was looked at is not looked at again. */
static void byte_by_byte(void **state)
{
	struct sf_http http = { 0 };
	u32 len = sizeof(GOOD) - 1, i;

	(void)state;
	for (i = 1; i < len; i++) {
		row("%u", i);
		assert_int_equal(sf_http_read(&http, &web, guard_tail(GOOD, i), i),
				 SF_HTTP_PARTIAL);
		assert_int_equal(http.scanned, i);
	}
	assert_int_equal(sf_http_read(&http, &web, guard_tail(GOOD, len), len),
			 SF_HTTP_UPGRADE);
	assert_int_equal(http.len, len);
}

static void bounds(void **state)
{
	static char text[SF_HTTP_MAX + 64];
	u32 i, len = 0;

	(void)state;
	memset(text, 'a', SF_HTTP_MAX);
	assert_int_equal(read_text(&web, text), SF_HTTP_LARGE);
	text[SF_HTTP_MAX - 1] = '\0';
	assert_int_equal(read_text(&web, text), SF_HTTP_PARTIAL);
	len = (u32)sprintf(text, START);
	for (i = 0; i <= SF_HTTP_LINES; i++)
		len += (u32)sprintf(text + len, "A: b\r\n");
	sprintf(text + len, "\r\n");
	assert_int_equal(read_text(&web, text), SF_HTTP_LARGE);
}

/* The example of RFC 6455, 1.3. */
static void answer(void **state)
{
	char accept[SF_WS_ACCEPT];

	(void)state;
	assert_true(sf_ws_accept("dGhlIHNhbXBsZSBub25jZQ==", accept));
	assert_string_equal(accept, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

static const struct CMUnitTest tests[] = {
	TEST(verdicts), TEST(doors), TEST(byte_by_byte), TEST(bounds),
	TEST(answer),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
