// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * conn.c - connections: their places, timers and ends
 *
 * A flow names a connection by its place and a serial number that no other one
 * gets: whoever keeps the flow of one that is gone does no harm. Connections end
 * at once, but are told of and freed after the loop's round: those who hold a
 * pointer in this round find it dead.
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "conn.h"

#define PLACES_FIRST	64
/* A peer that sends no more still gets answers: 64 * T1, RFC 3261, 17.2. */
#define EOF_MS		32000
/* Time to take our last words, and to stop talking. */
#define END_MS		5000

static int grow(struct sf_net *net)
{
	u32 places = net->places ? 2 * net->places : PLACES_FIRST, i;
	struct sf_conn **conns;
	u32 *free_places;

	conns = realloc(net->conns, places * sizeof(*conns));
	if (!conns)
		return -ENOMEM;
	net->conns = conns;
	free_places = realloc(net->free, places * sizeof(*free_places));
	if (!free_places)
		return -ENOMEM;
	net->free = free_places;
	for (i = places; i-- > net->places;) {
		net->conns[i] = NULL;
		net->free[net->nfree++] = i;
	}
	net->places = places;
	return 0;
}

static struct sf_conn **bucket(struct sf_net *net, u8 transport,
			       const struct sf_end *remote)
{
	u8 key[20] = { transport, remote->ip.family };

	memcpy(key + 2, &remote->port, sizeof(remote->port));
	if (remote->ip.family == 4)
		memcpy(key + 4, remote->ip.v4, sizeof(remote->ip.v4));
	else
		memcpy(key + 4, remote->ip.v6, sizeof(remote->ip.v6));
	return &net->peers[sf_hash(&net->key, key, sizeof(key)) & net->mask];
}

static void enter(struct sf_net *net, struct sf_conn *conn)
{
	struct sf_conn **link = bucket(net, conn->flow.transport,
				       &conn->flow.remote);

	conn->next = *link;
	*link = conn;
	conn->flow.slot = net->free[--net->nfree];
	if (!++net->serial)
		net->serial = 1;
	conn->flow.serial = net->serial;
	conn->flow.worker = net->worker;
	net->conns[conn->flow.slot] = conn;
	net->nconns++;
}

/* It is not found for its peer's address any more. */
void sf_conn_hide(struct sf_conn *conn)
{
	struct sf_conn **link = bucket(conn->net, conn->flow.transport,
				       &conn->flow.remote);

	for (; *link; link = &(*link)->next) {
		if (*link != conn)
			continue;
		*link = conn->next;
		return;
	}
}

static u32 seconds(u32 s)
{
	return s < UINT32_MAX / 1000 ? s * 1000 : UINT32_MAX;
}

/* Let the timer wait for what has to happen next. */
void sf_conn_rest(struct sf_conn *conn)
{
	const struct sf_net_limits *limits = &conn->net->limits;
	u32 ms;

	if (conn->state <= SF_CONN_SHAKING)
		ms = seconds(limits->connect_s);
	else if (conn->state != SF_CONN_OPEN)
		ms = END_MS;
	else
		ms = seconds(conn->framing->wait_s(conn));
	if (conn->eof && ms > EOF_MS)
		ms = EOF_MS;
	sf_timer_set(&conn->net->loop->wheel, &conn->timer, ms);
}

static void fire(struct sf_timer *timer)
{
	struct sf_conn *conn = container_of(timer, struct sf_conn, timer);

	if (conn->state == SF_CONN_OPEN && !conn->eof)
		conn->framing->late(conn);
	else
		sf_conn_end(conn, ETIMEDOUT);
}

static u32 wanted(const struct sf_conn *conn)
{
	bool reads = conn->state == SF_CONN_OPEN ||
		     conn->state == SF_CONN_DRAINING;
	u32 events = reads && !conn->eof ? EPOLLIN : 0;

	if (conn->state == SF_CONN_SHAKING)
		return conn->crossed ? EPOLLOUT : EPOLLIN;
	if (conn->state == SF_CONN_CONNECTING || conn->first || conn->crossed)
		events |= EPOLLOUT;
	return events;
}

/* Wait for what the connection can make use of. */
void sf_conn_listen(struct sf_conn *conn)
{
	u32 events = wanted(conn);

	if (conn->state == SF_CONN_DEAD || events == conn->events)
		return;
	conn->events = events;
	sf_loop_change(conn->net->loop, &conn->watch, events);
}

/* How bytes get in and out, and what it begins with. */
static int begin(struct sf_conn *conn, const char *site)
{
	bool secure = sf_transport_secure(conn->flow.transport);

	conn->ops = secure ? &sf_tls_ops : &sf_tcp_ops;
	conn->state = conn->ours ? SF_CONN_CONNECTING :
		      secure ? SF_CONN_SHAKING : SF_CONN_OPEN;
	return secure ? sf_tls_start(conn, site) : 0;
}

/*
 * @site: of TLS: the section of the configuration
 * Return: 0 or a negative errno; the descriptor is the connection's then.
 */
int sf_conn_new(struct sf_conn **out, struct sf_net *net, int fd,
		const struct sf_flow *flow, const char *site, bool ours)
{
	struct sf_conn *conn;
	int err = net->nfree ? 0 : grow(net);

	if (err)
		return err;
	conn = calloc(1, sizeof(*conn));
	if (!conn)
		return -ENOMEM;
	conn->watch = (struct sf_watch){ .fd = fd, .ready = sf_stream_ready };
	conn->net = net;
	conn->flow = *flow;
	conn->ours = ours;
	conn->timer.fire = fire;
	conn->last = &conn->first;
	conn->born = sf_net_now(net);
	conn->heard = conn->born;
	err = begin(conn, site);
	conn->events = wanted(conn);
	conn->framing = &sf_plain;
	if (!err && !sf_web_open(conn))
		err = -ENOMEM;
	if (!err)
		err = sf_loop_watch(net->loop, &conn->watch, conn->events);
	if (err) {
		if (conn->ssl)
			conn->ops->end(conn);
		sf_web_close(conn);
		free(conn);
		return err;
	}
	enter(net, conn);
	sf_conn_rest(conn);
	*out = conn;
	return 0;
}

/* The very connection that a flow names, or NULL. */
struct sf_conn *sf_conn_at(struct sf_net *net, const struct sf_flow *flow)
{
	struct sf_conn *conn = flow->slot < net->places ?
			       net->conns[flow->slot] : NULL;

	if (!conn || conn->flow.serial != flow->serial ||
	    flow->worker != net->worker)
		return NULL;
	return conn;
}

/* One to the same peer, from the same address if the flow has one, or NULL. */
struct sf_conn *sf_conn_to(struct sf_net *net, const struct sf_flow *flow)
{
	struct sf_conn *conn = *bucket(net, flow->transport, &flow->remote);

	for (; conn; conn = conn->next) {
		if (conn->flow.transport != flow->transport ||
		    conn->state > SF_CONN_OPEN || conn->eof ||
		    conn->flow.peer != flow->peer ||
		    !sf_end_eq(&conn->flow.remote, &flow->remote))
			continue;
		if (!flow->local.ip.family ||
		    sf_ip_eq(&conn->flow.local.ip, &flow->local.ip))
			return conn;
	}
	return NULL;
}

void sf_conn_end(struct sf_conn *conn, int err)
{
	struct sf_net *net = conn->net;

	if (conn->state == SF_CONN_DEAD)
		return;
	sf_shake_end(conn);
	conn->failed = conn->ours && conn->state <= SF_CONN_SHAKING;
	conn->err = err;
	if (conn->ops->end)
		conn->ops->end(conn);
	conn->state = SF_CONN_DEAD;
	sf_timer_stop(&conn->timer);
	sf_loop_unwatch(net->loop, &conn->watch);
	close(conn->watch.fd);
	sf_conn_hide(conn);
	net->conns[conn->flow.slot] = NULL;
	net->free[net->nfree++] = conn->flow.slot;
	net->nconns--;
	if (!conn->ours)
		sf_source_drop(net, &conn->flow.remote.ip);
	sf_net_count(net, conn->failed ? SF_NET_SEND_FAILED : SF_NET_CLOSED);
	conn->next = net->dead;
	net->dead = conn;
}

/* End it when what waits is sent. */
void sf_conn_finish(struct sf_conn *conn)
{
	if (conn->state != SF_CONN_OPEN && conn->state != SF_CONN_ENDING)
		return;
	if (!conn->first && (!conn->spoke || conn->eof)) {
		sf_conn_end(conn, 0);
		return;
	}
	conn->state = SF_CONN_ENDING;
	if (!conn->first) {
		conn->state = SF_CONN_DRAINING;
		conn->ops->finish(conn);
	}
	sf_conn_rest(conn);
	sf_conn_listen(conn);
}

/*
 * A peer that sends no more waits for answers, and for nothing else: without one
 * that is to come he would only take a place of his source's.
 */
bool sf_conn_settle(struct sf_conn *conn)
{
	if (conn->state != SF_CONN_OPEN || !conn->eof || conn->first ||
	    conn->awaited)
		return false;
	sf_conn_end(conn, 0);
	return true;
}

void sf_net_await(struct sf_net *net, const struct sf_flow *flow)
{
	struct sf_conn *conn = flow->serial ? sf_conn_at(net, flow) : NULL;

	if (conn)
		conn->awaited++;
}

void sf_net_answered(struct sf_net *net, const struct sf_flow *flow)
{
	struct sf_conn *conn = flow->serial ? sf_conn_at(net, flow) : NULL;

	if (!conn)
		return;
	conn->awaited--;
	sf_conn_settle(conn);
}

static void release(struct sf_conn *conn)
{
	sf_queue_free(conn);
	sf_web_close(conn);
	free(conn->in);
	free(conn);
}

/* Tell of those that ended, and free them; that may end others. */
void sf_conn_bury(struct sf_net *net)
{
	struct sf_conn *conn;

	while ((conn = net->dead)) {
		net->dead = conn->next;
		if (conn->failed)
			net->user.unreached(net->owner, &conn->flow, conn->err);
		else
			net->user.closed(net->owner, &conn->flow);
		release(conn);
	}
}

void sf_conn_free_all(struct sf_net *net)
{
	struct sf_conn *conn;
	u32 i;

	for (i = 0; i < net->places; i++) {
		if (!net->conns[i])
			continue;
		net->conns[i]->framing->leave(net->conns[i]);
		if (net->conns[i])
			sf_conn_end(net->conns[i], 0);
	}
	while ((conn = net->dead)) {
		net->dead = conn->next;
		release(conn);
	}
	free(net->conns);
	free(net->free);
}
