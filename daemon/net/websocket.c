// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * websocket.c - a connection that is a WebSocket: one message in each of its own
 *
 * RFC 7118, 5 (messages, text or binary), RFC 6455, 5.5 (pings), 7 (the end).
 */
#include <errno.h>
#include <stdlib.h>

#include "conn.h"

static int put_frame(struct sf_conn *conn, enum sf_ws_opcode opcode,
		     const char *buf, u32 len)
{
	char *out = conn->net->wrap;
	u32 head = sf_ws_head(out, opcode, len);

	if (len)
		memcpy(out + head, buf, len);
	return sf_queue_put(conn, out, head + len);
}

/* A browser ends a connection on which text is not in UTF-8. */
static int put(struct sf_conn *conn, const char *buf, u32 len)
{
	if (len > SF_NET_BUF)
		return -EMSGSIZE;
	return put_frame(conn, sf_ws_is_utf8(buf, len) ? SF_WS_TEXT :
							 SF_WS_BINARY,
			 buf, len);
}

/* RFC 6455, 7.1: say why, and wait for the peer's word, but not for long. */
static void close_with(struct sf_conn *conn, u16 code)
{
	const char why[2] = { (char)(code >> 8), (char)code };

	put_frame(conn, SF_WS_CLOSE, why, code == SF_WS_NO_CODE ? 0 : 2);
	sf_conn_finish(conn);
}

static void refuse(struct sf_conn *conn, u16 code)
{
	enum sf_net_counter counter = SF_NET_WS_MALFORMED;

	if (code == SF_WS_TOO_LARGE)
		counter = SF_NET_WS_LARGE;
	else if (code == SF_WS_NO_UTF8)
		counter = SF_NET_WS_UTF8;
	sf_net_count(conn->net, counter);
	close_with(conn, code);
}

/* Some clients keep the connection open as on TCP (RFC 5626, 4.4.1). */
static bool is_keepalive(struct sf_conn *conn, const struct sf_ws_came *came)
{
	struct sf_blank blank = { 0 };
	u32 pings;

	if (sf_blank_skip(&blank, came->bytes, came->len, &pings) < came->len)
		return false;
	sf_net_count(conn->net, SF_NET_KEEPALIVES);
	if (pings)
		put_frame(conn, SF_WS_TEXT, "\r\n", 2);
	return true;
}

/* Where the next one begins is known, whatever this one is: nothing ends. */
static void show(struct sf_conn *conn, const struct sf_ws_came *came)
{
	struct sf_net *net = conn->net;
	enum sf_reason reason;

	if (is_keepalive(conn, came))
		return;
	conn->received++;
	reason = sf_msg_parse(&net->msg, came->bytes, came->len);
	sf_net_show(net, &conn->flow, came->bytes, came->len, reason);
}

static void handle(struct sf_conn *conn, enum sf_ws_event event,
		   const struct sf_ws_came *came)
{
	switch (event) {
	case SF_WS_MESSAGE:
		show(conn, came);
		break;
	case SF_WS_PINGED:
		sf_net_count(conn->net, SF_NET_KEEPALIVES);
		put_frame(conn, SF_WS_PONG, came->bytes, came->len);
		break;
	case SF_WS_CLOSED:
		conn->eof = true;
		close_with(conn, came->code);
		break;
	case SF_WS_BROKEN:
		refuse(conn, came->code);
		break;
	default:
		break;
	}
}

/*
 * A message has its time from its first byte on, whatever control frames come
 * in between.
 */
static void take(struct sf_conn *conn, const char *buf, u32 len)
{
	struct sf_web_conn *web = conn->web;
	bool again = !web->partial;
	enum sf_ws_event event;
	struct sf_ws_came came;

	web->asked = false;
	sf_ws_feed(&web->ws, buf, len);
	while (conn->state == SF_CONN_OPEN) {
		event = sf_ws_next(&web->ws, &came);
		if (!event)
			break;
		handle(conn, event, &came);
		again |= !web->ws.opcode;
	}
	web->partial = sf_ws_partial(&web->ws);
	if (conn->state == SF_CONN_OPEN && (again || !web->partial))
		sf_conn_rest(conn);
}

static u32 wait_s(const struct sf_conn *conn)
{
	const struct sf_net *net = conn->net;

	if (conn->web->partial)
		return net->limits.message_s;
	return net->web.ping_s ? net->web.ping_s : net->limits.idle_s;
}

static void late(struct sf_conn *conn)
{
	struct sf_web_conn *web = conn->web;
	struct sf_net *net = conn->net;

	if (!web->partial && !web->asked && net->web.ping_s) {
		web->asked = true;
		sf_conn_rest(conn);
		put_frame(conn, SF_WS_PING, NULL, 0);
		return;
	}
	sf_net_count(net, web->partial ? SF_NET_SLOW : SF_NET_IDLE);
	sf_conn_end(conn, ETIMEDOUT);
}

static void leave(struct sf_conn *conn)
{
	close_with(conn, SF_WS_GOING_AWAY);
}

const struct sf_framing sf_websocket = {
	.take = take,
	.put = put,
	.wait_s = wait_s,
	.late = late,
	.leave = leave,
};

bool sf_web_open(struct sf_conn *conn)
{
	if (!sf_transport_websocket(conn->flow.transport))
		return true;
	conn->framing = &sf_upgrade;
	conn->web = calloc(1, sizeof(*conn->web));
	return conn->web;
}

void sf_web_close(struct sf_conn *conn)
{
	if (!conn->web)
		return;
	sf_ws_free(&conn->web->ws);
	free(conn->web);
}

void sf_net_web(struct sf_net *net, const struct sf_web *web)
{
	net->web = *web;
}
