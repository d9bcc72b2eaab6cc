// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * stream.c - bytes that came on a connection
 *
 * They are read into the worker's buffer, and messages that are whole are shown
 * from there. Only when a part of one is left the connection gets a buffer of
 * its own, and what follows is read into that until the message is whole.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "conn.h"

/* Reads until other connections have their turn. */
#define ROUNDS		4
#define PART_FIRST	1024

/* As much as the message needs; while that is unknown, some more. */
static u32 part_size(const struct sf_conn *conn, u32 len)
{
	u32 size = 2 * len > PART_FIRST ? 2 * len : PART_FIRST;

	if (conn->frame.need)
		return conn->frame.need;
	return size < SF_NET_BUF ? size : SF_NET_BUF;
}

static int part_grow(struct sf_conn *conn, u32 len)
{
	u32 size = part_size(conn, len);
	char *in = realloc(conn->in, size);

	if (!in)
		return -ENOMEM;
	conn->in = in;
	conn->in_size = size;
	return 0;
}

void sf_part_free(struct sf_conn *conn)
{
	free(conn->in);
	conn->in = NULL;
	conn->in_len = 0;
	conn->in_size = 0;
}

/* The first bytes of a message are left. Return: 0 or a negative errno. */
static int part_keep(struct sf_conn *conn, const char *buf, u32 len)
{
	if (!conn->in) {
		int err = part_grow(conn, len);

		if (err)
			return err;
	}
	memmove(conn->in, buf, len);
	conn->in_len = len;
	return 0;
}

/* What is left of what was read, @pos bytes of which are done with. */
void sf_part_keep(struct sf_conn *conn, const char *buf, u32 pos, u32 len)
{
	bool in_part = buf == conn->in;
	int err = 0;

	if (conn->state != SF_CONN_OPEN)
		return;
	if (pos == len)
		sf_part_free(conn);
	else if (!in_part || pos)
		err = part_keep(conn, buf + pos, len - pos);
	else
		conn->in_len = len;
	if (err)
		sf_conn_end(conn, -err);
	else if (!in_part || pos)
		sf_conn_rest(conn);
}

/* The peer sends no more: it may still wait for answers. */
static void end_of_file(struct sf_conn *conn)
{
	if (conn->state == SF_CONN_DRAINING || !conn->framing->lingers ||
	    (conn->ops->half && !conn->ops->half(conn))) {
		sf_conn_end(conn, 0);
		return;
	}
	sf_part_free(conn);
	conn->eof = true;
	if (sf_conn_settle(conn))
		return;
	sf_conn_rest(conn);
	sf_conn_listen(conn);
}

/* Return: may there be more? */
static bool read_some(struct sf_conn *conn)
{
	char *buf = conn->net->stream;
	u32 had = conn->in_len, room = SF_NET_BUF;
	ssize_t n;

	if (conn->in && had == conn->in_size && part_grow(conn, had)) {
		sf_conn_end(conn, ENOMEM);
		return false;
	}
	if (conn->in) {
		buf = conn->in;
		room = conn->in_size - had;
	}
	n = conn->ops->read(conn, buf + had, room);
	if (n == -EAGAIN)
		return false;
	if (n < 0)
		sf_conn_end(conn, (int)-n);
	else if (!n)
		end_of_file(conn);
	if (n <= 0)
		return false;
	conn->heard = sf_net_now(conn->net);
	if (conn->state == SF_CONN_OPEN)
		conn->framing->take(conn, buf, had + (u32)n);
	return (u32)n == room;
}

/* Nobody asks for what TLS has read already: it is one record at most. */
static bool is_pending(const struct sf_conn *conn)
{
	return conn->state != SF_CONN_DEAD && conn->ops->pending &&
	       conn->ops->pending(conn);
}

/* Go on with the handshake, if there is one. */
static void shake(struct sf_conn *conn)
{
	int err = conn->ops->shake ? conn->ops->shake(conn) : 0;

	if (err == -EAGAIN) {
		sf_conn_listen(conn);
		return;
	}
	if (err) {
		sf_conn_end(conn, -err);
		return;
	}
	if (conn->ours)
		sf_net_count(conn->net, SF_NET_OPENED);
	sf_shake_end(conn);
	conn->state = SF_CONN_OPEN;
	sf_conn_rest(conn);
	sf_queue_flush(conn);
}

static void connected(struct sf_conn *conn)
{
	socklen_t len = sizeof(int);
	int err = 0;

	if (getsockopt(conn->watch.fd, SOL_SOCKET, SO_ERROR, &err, &len))
		err = errno;
	if (err) {
		sf_conn_end(conn, err);
		return;
	}
	if (conn->ops->shake) {
		conn->state = SF_CONN_SHAKING;
		sf_conn_rest(conn);
	}
	shake(conn);
}

void sf_stream_ready(struct sf_watch *watch, u32 events)
{
	struct sf_conn *conn = container_of(watch, struct sf_conn, watch);
	u32 i;

	if (conn->state == SF_CONN_DEAD)
		return;
	if (conn->state == SF_CONN_CONNECTING)
		connected(conn);
	else if (conn->state == SF_CONN_SHAKING)
		shake(conn);
	else if (events & EPOLLOUT)
		sf_queue_flush(conn);
	if (conn->state == SF_CONN_DEAD || conn->state == SF_CONN_SHAKING ||
	    !(conn->crossed || events & (EPOLLIN | EPOLLERR | EPOLLHUP)))
		return;
	/* Nobody reads, so this is the end of both directions. */
	if (!(conn->events & EPOLLIN)) {
		sf_conn_end(conn, EPIPE);
		return;
	}
	for (i = 0; i < ROUNDS || is_pending(conn); i++)
		if (conn->state == SF_CONN_DEAD ||
		    (!read_some(conn) && !is_pending(conn)))
			return;
}
