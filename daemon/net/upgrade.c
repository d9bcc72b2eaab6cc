// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * upgrade.c - a connection that is to become a WebSocket
 *
 * One request is read, and answered: with the WebSocket, or with what is wrong
 * and the end of the connection.
 */
#include <errno.h>

#include "../util/log.h"
#include "../util/out.h"
#include "conn.h"
#include "wskey.h"

/**
 * struct refusal - what a request is refused with
 * @status: of the answer, with its phrase
 * @lines: header lines that say what would be right
 */
static const struct refusal {
	enum sf_net_counter counter;
	const char *status;
	const char *lines;
} refusals[SF_HTTP_VERDICTS] = {
	[SF_HTTP_MALFORMED] = { SF_NET_HTTP_MALFORMED, "400 Bad Request", "" },
	[SF_HTTP_LARGE] = { SF_NET_HTTP_LARGE,
		"431 Request Header Fields Too Large", "" },
	[SF_HTTP_METHOD] = { SF_NET_HTTP_METHOD, "405 Method Not Allowed",
		"Allow: GET\r\n" },
	[SF_HTTP_PATH] = { SF_NET_HTTP_PATH, "404 Not Found", "" },
	[SF_HTTP_PLAIN] = { SF_NET_HTTP_PLAIN, "426 Upgrade Required",
		"Upgrade: websocket\r\n" },
	[SF_HTTP_VERSION] = { SF_NET_HTTP_VERSION, "426 Upgrade Required",
		"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" },
	[SF_HTTP_PROTOCOL] = { SF_NET_HTTP_PROTOCOL, "400 Bad Request",
		"Sec-WebSocket-Protocol: sip\r\n" },
	[SF_HTTP_ORIGIN] = { SF_NET_HTTP_ORIGIN, "403 Forbidden", "" },
};

static void tell(const struct sf_conn *conn, const struct refusal *refusal,
		 const char *buf)
{
	struct sf_span origin = conn->web->http.origin;
	char text[SF_END_TEXT_LEN];

	if (!sf_log_wants(SF_LOG_INFO))
		return;
	sf_log(SF_LOG_INFO, "upgrade-refused", "peer=%s reason=%s origin=%s",
	       sf_end_text(&conn->flow.remote, text),
	       sf_net_counter_name(refusal->counter),
	       sf_quoted(buf + origin.off, origin.len));
}

static void refuse(struct sf_conn *conn, enum sf_http_verdict verdict,
		   const char *buf)
{
	const struct refusal *refusal = &refusals[verdict];
	char text[256];
	struct sf_out out = sf_out(text, sizeof(text));

	sf_net_count(conn->net, refusal->counter);
	tell(conn, refusal, buf);
	sf_put_lit(&out, "HTTP/1.1 ");
	sf_put_str(&out, refusal->status);
	sf_put_lit(&out, "\r\n");
	sf_put_str(&out, refusal->lines);
	sf_put_lit(&out, "Connection: close\r\nContent-Length: 0\r\n\r\n");
	sf_queue_put(conn, text, out.len);
	sf_conn_finish(conn);
	sf_part_free(conn);
}

static void agree(struct sf_conn *conn, const char *buf)
{
	char accept[SF_WS_ACCEPT], text[256];
	struct sf_out out = sf_out(text, sizeof(text));

	if (!sf_ws_accept(buf + conn->web->http.key.off, accept)) {
		sf_conn_end(conn, EIO);
		return;
	}
	sf_put_lit(&out, "HTTP/1.1 101 Switching Protocols\r\n"
			 "Upgrade: websocket\r\nConnection: Upgrade\r\n"
			 "Sec-WebSocket-Protocol: sip\r\n"
			 "Sec-WebSocket-Accept: ");
	sf_put_str(&out, accept);
	sf_put_lit(&out, "\r\n\r\n");
	sf_net_count(conn->net, SF_NET_UPGRADED);
	conn->framing = &sf_websocket;
	sf_queue_put(conn, text, out.len);
}

static void take(struct sf_conn *conn, const char *buf, u32 len)
{
	struct sf_http *http = &conn->web->http;
	enum sf_http_verdict verdict = sf_http_read(http, &conn->net->web, buf,
						    len);

	if (verdict == SF_HTTP_PARTIAL) {
		sf_part_keep(conn, buf, 0, len);
		return;
	}
	if (verdict) {
		refuse(conn, verdict, buf);
		return;
	}
	agree(conn, buf);
	/* What a client says before it has the answer is for the WebSocket. */
	if (conn->state == SF_CONN_OPEN)
		conn->framing->take(conn, buf + http->len, len - http->len);
	sf_part_free(conn);
}

/* Nobody knows of this connection yet. */
static int put(struct sf_conn *conn, const char *buf, u32 len)
{
	(void)conn;
	(void)buf;
	(void)len;
	return -EPIPE;
}

/* The request is what is waited for, from the beginning. */
static u32 wait_s(const struct sf_conn *conn)
{
	return conn->net->limits.message_s;
}

static void late(struct sf_conn *conn)
{
	sf_net_count(conn->net, SF_NET_SLOW);
	sf_conn_end(conn, ETIMEDOUT);
}

static void leave(struct sf_conn *conn)
{
	(void)conn;
}

const struct sf_framing sf_upgrade = {
	.take = take,
	.put = put,
	.wait_s = wait_s,
	.late = late,
	.leave = leave,
};
