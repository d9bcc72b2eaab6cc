// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * queue.c - bytes that wait to be sent on a connection
 *
 * A message is sent whole or not at all: one of which a part is out is kept,
 * whatever the limit.
 */
#include <errno.h>
#include <stdlib.h>

#include "conn.h"

static int append(struct sf_conn *conn, const char *buf, u32 len)
{
	struct sf_chunk *chunk = malloc(sizeof(*chunk) + len);

	if (!chunk)
		return -ENOMEM;
	chunk->next = NULL;
	chunk->sent = 0;
	chunk->len = len;
	memcpy(chunk->bytes, buf, len);
	*conn->last = chunk;
	conn->last = &chunk->next;
	conn->queued += len;
	return 0;
}

static void remove_first(struct sf_conn *conn)
{
	struct sf_chunk *chunk = conn->first;

	conn->first = chunk->next;
	if (!conn->first)
		conn->last = &conn->first;
	free(chunk);
}

static int refuse(struct sf_conn *conn)
{
	sf_net_count(conn->net, SF_NET_QUEUE_FULL);
	return -ENOBUFS;
}

static bool is_full(const struct sf_conn *conn, u32 len)
{
	u32 limit = conn->net->limits.queue;

	return conn->queued > limit || len > limit - conn->queued;
}

/* What the system takes now. Return: bytes, or a negative errno. */
static ssize_t write_some(struct sf_conn *conn, const char *buf, u32 len)
{
	ssize_t n;

	if (conn->state < SF_CONN_OPEN || conn->first)
		return 0;
	n = conn->ops->write(conn, buf, len);
	return n == -EAGAIN ? 0 : n;
}

/* All of it or nothing. Return: 0 or a negative errno. */
int sf_queue_put(struct sf_conn *conn, const char *buf, u32 len)
{
	ssize_t n;

	if (conn->state > SF_CONN_OPEN)
		return -EPIPE;
	/* What TLS did not take has to be offered again: it may not be dropped. */
	if ((conn->state < SF_CONN_OPEN || conn->first) && is_full(conn, len))
		return refuse(conn);
	n = write_some(conn, buf, len);
	if (n < 0) {
		sf_net_count(conn->net, SF_NET_SEND_FAILED);
		sf_conn_end(conn, (int)-n);
		return -EPIPE;
	}
	if ((u32)n < len && append(conn, buf + n, len - (u32)n)) {
		/* Without the rest the peer would take the next one for it. */
		if (n)
			sf_conn_end(conn, ENOMEM);
		return -ENOMEM;
	}
	conn->spoke = true;
	sf_conn_listen(conn);
	return 0;
}

/* A message. */
int sf_queue_send(struct sf_conn *conn, const char *buf, u32 len)
{
	int err = conn->framing->put(conn, buf, len);

	if (err)
		return err;
	conn->sent++;
	sf_net_count(conn->net, SF_NET_SENT);
	return 0;
}

/* An answer to a ping, unless there is something else that keeps alive. */
void sf_queue_pong(struct sf_conn *conn)
{
	ssize_t n = conn->first ? 2 : write_some(conn, "\r\n", 2);

	if (n < 0 || (n < 2 && append(conn, "\r\n" + n, 2 - (u32)n)))
		sf_conn_end(conn, EIO);
	else
		sf_conn_listen(conn);
}

void sf_queue_flush(struct sf_conn *conn)
{
	struct sf_chunk *chunk;
	ssize_t n;

	while ((chunk = conn->first)) {
		n = conn->ops->write(conn, chunk->bytes + chunk->sent,
				     chunk->len - chunk->sent);
		if (n == -EAGAIN)
			break;
		if (n < 0) {
			sf_conn_end(conn, (int)-n);
			return;
		}
		chunk->sent += (u32)n;
		conn->queued -= (u32)n;
		if (chunk->sent == chunk->len)
			remove_first(conn);
	}
	if (conn->state == SF_CONN_ENDING && !conn->first)
		sf_conn_finish(conn);
	else if (!sf_conn_settle(conn))
		sf_conn_listen(conn);
}

void sf_queue_free(struct sf_conn *conn)
{
	while (conn->first)
		remove_first(conn);
}
