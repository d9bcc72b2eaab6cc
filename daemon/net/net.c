// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * net.c - a worker's sockets, as a whole
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "conn.h"

#define BUCKETS_MIN	64
#define BUCKETS_MAX	65536

u64 sf_net_now(const struct sf_net *net)
{
	return net->loop->wheel.now;
}

/* Memory of which only what is touched is there. */
void *sf_net_pages(size_t size)
{
	void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return pages == MAP_FAILED ? NULL : pages;
}

void sf_net_unpages(void *pages, size_t size)
{
	if (pages)
		munmap(pages, size);
}

/* Tell whoever looks on, if somebody does. */
static void show_tap(struct sf_net *net, const struct sf_flow *flow,
		     const char *buf, u32 len, bool out, int err)
{
	struct sf_net_tap *tap = net->tap;

	if (!tap || !atomic_load_explicit(&tap->open, memory_order_relaxed))
		return;
	tap->see(tap, &(struct sf_sight){
		.flow = flow,
		.buf = buf,
		.len = len,
		.worker = net->worker,
		.out = out,
		.err = err,
	});
}

void sf_net_watch(struct sf_net *net, struct sf_net_tap *tap)
{
	net->tap = tap;
}

void sf_net_show(struct sf_net *net, const struct sf_flow *flow,
		 const char *buf, u32 len, enum sf_reason reason)
{
	struct sf_packet packet = {
		.flow = *flow,
		.buf = buf,
		.len = len,
		.msg = &net->msg,
		.reason = reason,
	};

	sf_net_count(net, SF_NET_RECEIVED);
	show_tap(net, flow, buf, len, false, 0);
	net->user.packet(net->owner, &packet);
}

/* How well a listener fits an address and port of ours. */
static int fitness(const struct sf_listener *listener, const struct sf_end *local)
{
	int fit = 1 + (local->port == listener->end.port);

	if (listener->any)
		return fit + 2;
	return sf_ip_eq(&listener->end.ip, &local->ip) ? fit + 4 : fit;
}

/*
 * The listener with the address, or one for every address, or any; of those the
 * one with the port; of those the first.
 */
struct sf_listener *sf_net_listener(struct sf_net *net, u8 transport,
				    const struct sf_end *local, u8 family)
{
	struct sf_listener *best = NULL, *listener;
	int fit = 0;
	u32 i;

	for (i = 0; i < net->count; i++) {
		listener = &net->listen[i];
		if (listener->transport != transport ||
		    listener->end.ip.family != family ||
		    fitness(listener, local) <= fit)
			continue;
		fit = fitness(listener, local);
		best = listener;
	}
	return best;
}

static int send_datagram(struct sf_net *net, const struct sf_flow *flow,
			 const char *buf, u32 len)
{
	struct sf_listener *listener;

	listener = sf_net_listener(net, SF_TRANSPORT_UDP, &flow->local,
				   flow->remote.ip.family);
	if (!listener)
		return -EAFNOSUPPORT;
	return sf_batch_add(listener, flow, buf, len);
}

int sf_net_send(struct sf_net *net, struct sf_flow *flow, const char *buf,
		u32 len)
{
	int err;

	if (flow->transport == SF_TRANSPORT_UDP)
		err = send_datagram(net, flow, buf, len);
	else
		err = sf_tcp_send(net, flow, buf, len);
	show_tap(net, flow, buf, len, true, err);
	return err;
}

bool sf_net_is(struct sf_net *net, const struct sf_flow *flow, const char *name)
{
	const struct sf_conn *conn = flow->serial ? sf_conn_at(net, flow) : NULL;

	return conn && sf_tls_proven(conn, name);
}

bool sf_net_shows(struct sf_net *net, const struct sf_flow *flow,
		  const struct sf_claim *claim)
{
	return sf_tls_shows(net, flow->serial ? sf_conn_at(net, flow) : NULL,
			    flow, claim);
}

void sf_net_keep(struct sf_net *net, const struct sf_flow *flow, u32 seconds)
{
	struct sf_conn *conn = flow->serial ? sf_conn_at(net, flow) : NULL;

	if (!conn)
		return;
	conn->keep_s = seconds;
	sf_conn_rest(conn);
}

void sf_net_drop(struct sf_net *net, const struct sf_flow *flow)
{
	struct sf_conn *conn = flow->serial ? sf_conn_at(net, flow) : NULL;

	if (conn)
		sf_conn_end(conn, ECONNABORTED);
}

void sf_net_secure(struct sf_net *net, struct sf_tls *tls)
{
	sf_tls_get(tls);
	sf_expect_forget(net);
	sf_tls_put(net->tls);
	net->tls = tls;
	net->secured++;
}

/* The end of a round: first those who may have something to send. */
static void after(void *owner)
{
	struct sf_net *net = owner;
	u32 i;

	do {
		sf_conn_bury(net);
		if (net->before)
			net->before(net->before_owner);
	} while (net->dead);
	for (i = 0; i < net->count; i++)
		if (net->listen[i].batch)
			sf_batch_flush(&net->listen[i]);
}

int sf_net_steer(struct sf_net *net, struct sock_filter *program, u16 len)
{
	int err = 0;
	u32 i;

	for (i = 0; !err && i < net->count; i++)
		if (net->listen[i].transport == SF_TRANSPORT_UDP)
			err = sf_socket_steer(net->listen[i].watch.fd, program,
					      len);
	return err;
}

int sf_net_sift(struct sf_net *net, struct sock_filter *program, u16 len)
{
	int err = 0, last;
	u32 i;

	for (i = 0; i < net->count; i++) {
		if (net->listen[i].transport != SF_TRANSPORT_UDP)
			continue;
		last = sf_socket_sift(net->listen[i].watch.fd, program, len);
		if (last)
			err = last;
	}
	return err;
}

static bool is_any(const struct sf_ip *ip)
{
	static const struct sf_ip none;

	return !memcmp(ip->v6, none.v6, ip->family == 4 ? sizeof(ip->v4) :
							  sizeof(ip->v6));
}

static int open_listener(struct sf_net *net, struct sf_listener *listener,
			 const struct sf_listen *on)
{
	bool datagrams = on->transport == SF_TRANSPORT_UDP;
	struct sf_end bound;
	int fd, err;

	*listener = (struct sf_listener){
		.watch = { -1, datagrams ? sf_udp_ready : sf_tcp_ready },
		.net = net,
		.end = on->end,
		.transport = on->transport,
		.site = net->sites[net->count],
		.any = is_any(&on->end.ip),
	};
	memcpy(net->sites[net->count++], on->site, sizeof(on->site));
	fd = sf_socket_listen(on, listener->any);
	if (fd < 0)
		return fd;
	listener->watch.fd = fd;
	err = sf_socket_local(fd, &bound);
	if (err)
		return err;
	listener->end.port = bound.port;
	if (datagrams)
		err = sf_batch_open(&listener->batch);
	return err ? err : sf_loop_watch(net->loop, &listener->watch, EPOLLIN);
}

static void close_listener(struct sf_net *net, struct sf_listener *listener)
{
	sf_batch_close(listener->batch);
	if (listener->watch.fd < 0)
		return;
	sf_loop_unwatch(net->loop, &listener->watch);
	close(listener->watch.fd);
}

static u32 or_none(u32 limit)
{
	return limit ? limit : UINT32_MAX;
}

void sf_net_limit(struct sf_net *net, const struct sf_net_limits *limits)
{
	net->limits = (struct sf_net_limits){
		.conns = or_none(limits->conns),
		.conns_per_source = or_none(limits->conns_per_source),
		.idle_s = or_none(limits->idle_s),
		.message_s = or_none(limits->message_s),
		.connect_s = or_none(limits->connect_s),
		.queue = or_none(limits->queue),
		.half_open = or_none(limits->half_open),
		.half_open_per_source = or_none(limits->half_open_per_source),
		.shakes = or_none(limits->shakes),
		.shakes_per_source = or_none(limits->shakes_per_source),
	};
}

/* For as many as there may be at first: with more of them, chains are longer. */
static void size_tables(struct sf_net *net)
{
	u32 buckets = BUCKETS_MIN;

	while (buckets < BUCKETS_MAX && buckets < net->limits.conns)
		buckets *= 2;
	net->mask = buckets - 1;
}

static int open_memory(struct sf_net *net)
{
	net->peers = calloc(net->mask + 1, sizeof(*net->peers));
	net->sources = calloc(net->mask + 1, sizeof(*net->sources));
	net->stream = sf_net_pages(SF_NET_BUF);
	net->wrap = sf_net_pages(SF_NET_BUF + SF_WS_HEAD_MAX);
	if (!net->peers || !net->sources || !net->stream || !net->wrap)
		return -ENOMEM;
	return sf_shakes_open(&net->shakes) ? -ENOMEM : sf_udp_open(&net->udp);
}

static int open_all(struct sf_net *net, const struct sf_listen *listen,
		    u32 count, int *failed)
{
	int err = open_memory(net);
	u32 i;

	*failed = -1;
	if (err)
		return err;
	net->reserve = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (net->reserve < 0)
		return -errno;
	for (i = 0; i < count; i++) {
		err = open_listener(net, &net->listen[i], &listen[i]);
		if (!err)
			continue;
		*failed = (int)i;
		return err;
	}
	return 0;
}

int sf_net_open(struct sf_net **out, struct sf_loop *loop, u8 worker,
		const struct sf_listen *listen, u32 count,
		const struct sf_net_limits *limits,
		const struct sf_net_user *user, void *owner, int *failed)
{
	struct sf_net *net = count <= SF_LISTENERS_MAX ? calloc(1, sizeof(*net)) :
							 NULL;
	int err;

	*failed = -1;
	if (!net)
		return count <= SF_LISTENERS_MAX ? -ENOMEM : -E2BIG;
	net->loop = loop;
	net->worker = worker;
	net->user = *user;
	net->owner = owner;
	net->scratch[0] = -1;
	net->scratch[1] = -1;
	net->reserve = -1;
	net->pause.fire = sf_tcp_resume;
	net->before = loop->after;
	net->before_owner = loop->owner;
	loop->after = after;
	loop->owner = net;
	sf_random(&net->key, sizeof(net->key));
	/* Flows outlive us, in Route: none may name another connection then. */
	sf_random(&net->serial, sizeof(net->serial));
	sf_net_limit(net, limits);
	size_tables(net);
	err = open_all(net, listen, count, failed);
	if (err)
		sf_net_close(net);
	else
		*out = net;
	return err;
}

static void close_fd(int fd)
{
	if (fd >= 0)
		close(fd);
}

/* What was to be sent is; nobody is told of connections. */
void sf_net_close(struct sf_net *net)
{
	u32 i;

	for (i = 0; i < net->count; i++)
		if (net->listen[i].batch)
			sf_batch_flush(&net->listen[i]);
	if (net->peers && net->sources)
		sf_conn_free_all(net);
	sf_source_free_all(net);
	sf_expect_forget(net);
	sf_tls_put(net->tls);
	free(net->peers);
	free(net->sources);
	free(net->owns);
	for (i = 0; i < net->count; i++)
		close_listener(net, &net->listen[i]);
	sf_timer_stop(&net->pause);
	sf_udp_close(net->udp);
	sf_shakes_close(net->shakes);
	sf_net_unpages(net->stream, SF_NET_BUF);
	sf_net_unpages(net->wrap, SF_NET_BUF + SF_WS_HEAD_MAX);
	close_fd(net->reserve);
	close_fd(net->scratch[0]);
	close_fd(net->scratch[1]);
	if (net->loop->owner == net) {
		net->loop->after = net->before;
		net->loop->owner = net->before_owner;
	}
	free(net);
}

static void show(struct sf_net *net, const struct sf_conn *conn,
		 void (*each)(void *arg, const struct sf_conn_view *conn),
		 void *arg)
{
	u64 now = sf_net_now(net);
	struct sf_conn_view view = {
		.flow = conn->flow,
		.ours = conn->ours,
		.age_ms = now - conn->born,
		.idle_ms = now - conn->heard,
		.in = conn->received,
		.out = conn->sent,
		.queued = conn->queued,
	};

	sf_tls_view(conn, &view);
	each(arg, &view);
}

bool sf_net_some(struct sf_net *net, u32 *at, u32 max,
		 void (*each)(void *arg, const struct sf_conn_view *conn),
		 void *arg)
{
	for (; *at < net->places && max; ++*at, max--)
		if (net->conns[*at])
			show(net, net->conns[*at], each, arg);
	return *at < net->places;
}

void sf_net_each(struct sf_net *net,
		 void (*each)(void *arg, const struct sf_conn_view *conn),
		 void *arg)
{
	u32 at = 0;

	sf_net_some(net, &at, UINT32_MAX, each, arg);
}

const char *sf_net_counter_name(enum sf_net_counter counter)
{
	static const char *const names[] = {
#define X(sym, name) [SF_NET_##sym] = name,
		SF_NET_COUNTERS(X)
#undef X
	};

	return counter < ARRAY_SIZE(names) ? names[counter] : "unknown";
}

u64 sf_net_counter(const struct sf_net *net, enum sf_net_counter counter)
{
	return net->counters[counter];
}
