// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plain.c - messages one behind the other, as TCP and TLS have them
 *
 * RFC 3261, 18.3 (Content-Length says where one ends), RFC 5626, 4.4.1 (line ends
 * between them keep a connection open).
 */
#include <errno.h>

#include "conn.h"

/* RFC 5626, 4.4.1: a ping is answered. */
static u32 skip_blanks(struct sf_conn *conn, const char *buf, u32 len)
{
	u32 pings, done = sf_blank_skip(&conn->blank, buf, len, &pings);

	if (!pings)
		return done;
	sf_net_count(conn->net, SF_NET_KEEPALIVES);
	sf_queue_pong(conn);
	return done;
}

/* The last that is seen of this connection. */
static void broken(struct sf_conn *conn, const char *buf, u32 len,
		   enum sf_reason reason)
{
	sf_net_count(conn->net, SF_NET_BROKEN);
	sf_net_show(conn->net, &conn->flow, buf, len, reason);
	sf_conn_finish(conn);
}

static void take(struct sf_conn *conn, const char *buf, u32 len)
{
	struct sf_net *net = conn->net;
	enum sf_reason reason;
	u32 pos = 0, size;

	while (conn->state == SF_CONN_OPEN) {
		pos += skip_blanks(conn, buf + pos, len - pos);
		if (pos == len || conn->state != SF_CONN_OPEN)
			break;
		reason = sf_frame_next(&conn->frame, &net->msg, buf + pos,
				       len - pos);
		if (reason == SF_PARTIAL)
			break;
		conn->received++;
		if (reason) {
			broken(conn, buf + pos, len - pos, reason);
			sf_part_free(conn);
			return;
		}
		size = net->msg.len;
		sf_net_show(net, &conn->flow, buf + pos, size, SF_OK);
		pos += size;
	}
	sf_part_keep(conn, buf, pos, len);
}

static u32 wait_s(const struct sf_conn *conn)
{
	const struct sf_net_limits *limits = &conn->net->limits;

	if (conn->in)
		return limits->message_s;
	return conn->keep_s && conn->keep_s < limits->idle_s ? conn->keep_s :
							       limits->idle_s;
}

static void late(struct sf_conn *conn)
{
	sf_net_count(conn->net, conn->in ? SF_NET_SLOW : SF_NET_IDLE);
	sf_conn_end(conn, ETIMEDOUT);
}

static void leave(struct sf_conn *conn)
{
	(void)conn;	/* there is nothing that could be said */
}

const struct sf_framing sf_plain = {
	.lingers = true,
	.take = take,
	.put = sf_queue_put,
	.wait_s = wait_s,
	.late = late,
	.leave = leave,
};
