/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * http.h - the request that asks for a WebSocket
 *
 * RFC 6455, 4.1 and 4.2 (what it says, and how it is judged), RFC 7118, 4 (the
 * protocol is "sip"), RFC 9112 (what a head looks like). Nothing else of HTTP is
 * spoken here, so whatever is not that is refused.
 */
#ifndef SIPFAST_NET_HTTP_H
#define SIPFAST_NET_HTTP_H

#include <sipfast/span.h>

/* A head that is longer is refused, and so are more lines. */
#define SF_HTTP_MAX	8192
#define SF_HTTP_LINES	64

/* Bytes of Sec-WebSocket-Key. */
#define SF_HTTP_KEY	24

/**
 * enum sf_http_verdict - what is to be done with a request
 * @SF_HTTP_UPGRADE: what comes behind it are frames of a WebSocket
 * @SF_HTTP_PARTIAL: its head is not whole
 * @SF_HTTP_MALFORMED: it is none, or says something twice, or brings a body
 * @SF_HTTP_LARGE: longer than SF_HTTP_MAX, or too many lines
 * @SF_HTTP_METHOD: not GET
 * @SF_HTTP_PATH: of another path than the administrator's
 * @SF_HTTP_PLAIN: it asks for no WebSocket
 * @SF_HTTP_VERSION: one of another version than 13
 * @SF_HTTP_PROTOCOL: the client does not offer to talk SIP
 * @SF_HTTP_ORIGIN: the page that it is from is none of those that may
 */
enum sf_http_verdict {
	SF_HTTP_UPGRADE,
	SF_HTTP_PARTIAL,
	SF_HTTP_MALFORMED,
	SF_HTTP_LARGE,
	SF_HTTP_METHOD,
	SF_HTTP_PATH,
	SF_HTTP_PLAIN,
	SF_HTTP_VERSION,
	SF_HTTP_PROTOCOL,
	SF_HTTP_ORIGIN,
	SF_HTTP_VERDICTS,
};

/**
 * struct sf_web - whom a WebSocket is opened to
 * @origins: of pages that may, as browsers write them (RFC 6454, 6.1), @count of
 *           them; "*": every page may. Who is no browser sends none, and may.
 * @path: and nowhere else; NULL: anywhere
 * @ping_s: a peer that said nothing for so long is asked whether it is there,
 *          and is gone when it does not answer as long; 0: never asked
 */
struct sf_web {
	const char *const *origins;
	u32 count;
	const char *path;
	u32 ping_s;
};

/**
 * struct sf_http - a request
 * @len: bytes of its head
 * @scanned: up to here the end of the head was looked for
 * @key: Sec-WebSocket-Key
 * @origin: Origin; empty when there is none
 *
 * All zero at first; spans are into the bytes that were read last.
 */
struct sf_http {
	u32 len;
	u32 scanned;
	struct sf_span key;
	struct sf_span origin;
};

/**
 * sf_http_read() - read and judge a request
 * @http: as it was left by the last call, which had fewer bytes of the same
 * @web: whom it is opened to
 * @buf: what came so far, @len bytes
 */
enum sf_http_verdict sf_http_read(struct sf_http *http, const struct sf_web *web,
				  const char *buf, u32 len);

#endif /* SIPFAST_NET_HTTP_H */
