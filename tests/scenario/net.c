// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * net.c - a network that keeps what is sent, and does what the script says
 */
#include "../../daemon/net/net.h"

#include <errno.h>
#include <stdlib.h>

#include "../../daemon/net/network.h"
#include "../../daemon/util/clock.h"
#include "world.h"

#define CONNS	64
#define WAYS	16
#define ROUTES	8
#define SHOWN	8

enum conn_state { CONN_NONE, CONN_PENDING, CONN_OPEN };

/**
 * struct conn - a connection
 * @ours: the daemon opened it
 * @failed: it did not come about, @gone is set
 * @gone: the daemon has not been told yet
 * @awaited: answers that are to come on it
 * @waiting: what is to be sent when it is open
 */
struct conn {
	enum conn_state state;
	bool ours;
	bool failed;
	bool gone;
	u32 awaited;
	struct sf_flow flow;
	struct wire *waiting;
};

struct sf_net {
	u8 worker;
	struct sf_net_user user;
	void *owner;
	struct sf_listen listen[SF_LISTENERS_MAX];
	u32 count;
	u32 serial;
	struct conn conn[CONNS];
	struct sf_net *next;
};

static struct sf_net *nets;
static struct { u8 transport; struct sf_end peer; enum fake_way way; } ways[WAYS];
static u32 nways;
static struct { struct sf_network net; struct sf_ip local; } routes[ROUTES];
static u32 nroutes;
static u32 backlog;
static struct sf_listen more[SF_LISTENERS_MAX];
static u32 nmore;
static struct sf_end dropped[CONNS];
static u32 ndropped;
static struct { struct sf_end peer; char *name; } shown[SHOWN];
static u32 nshown;

struct wires wires;

void fake_net_reset(void)
{
	struct wire *wire;

	while ((wire = wires.first)) {
		wires.first = wire->next;
		free(wire);
	}
	wires.last = &wires.first;
	nways = 0;
	nroutes = 0;
	backlog = 0;
	nmore = 0;
	ndropped = 0;
	while (nshown)
		free(shown[--nshown].name);
}

static struct wire *new_wire(const struct sf_net *net, const struct sf_flow *flow,
			     const char *bytes, u32 len, bool out)
{
	struct wire *wire = calloc(1, sizeof(*wire) + len + 1);

	wire->out = out;
	wire->worker = net->worker;
	wire->transport = flow->transport;
	wire->peer = flow->remote;
	wire->local = flow->local;
	wire->len = len;
	memcpy(wire->bytes, bytes, len);
	return wire;
}

static void keep(struct wire *wire)
{
	wire->next = NULL;
	wire->at = sf_clock_ms();
	*wires.last = wire;
	wires.last = &wire->next;
}

static enum fake_way way_to(const struct sf_flow *flow)
{
	u32 i;

	for (i = nways; i--;)
		if (ways[i].transport == flow->transport &&
		    sf_end_eq(&ways[i].peer, &flow->remote))
			return ways[i].way;
	return FAKE_OPEN;
}

static void decide(struct conn *conn, enum fake_way way)
{
	struct wire *wire;

	if (conn->state != CONN_PENDING || conn->gone)
		return;
	if (way != FAKE_OPEN) {
		conn->failed = way != FAKE_PENDING;
		conn->gone = conn->failed;
		return;
	}
	conn->state = CONN_OPEN;
	while ((wire = conn->waiting)) {
		conn->waiting = wire->next;
		keep(wire);
	}
}

void fake_net_way(u8 transport, const struct sf_end *peer, enum fake_way way)
{
	struct sf_net *net;
	u32 i;

	if (nways < WAYS) {
		ways[nways].transport = transport;
		ways[nways].peer = *peer;
		ways[nways++].way = way;
	}
	for (net = nets; net; net = net->next)
		for (i = 0; i < CONNS; i++)
			if (net->conn[i].flow.transport == transport &&
			    sf_end_eq(&net->conn[i].flow.remote, peer))
				decide(&net->conn[i], way);
}

void fake_net_route(const char *net, const char *local)
{
	if (nroutes < ROUTES && sf_network_parse(net, &routes[nroutes].net) &&
	    sf_span_ip(local, sf_span(0, (u32)strlen(local)),
		       &routes[nroutes].local))
		nroutes++;
}

bool fake_net_listen(const struct sf_listen *listen)
{
	if (nmore < SF_LISTENERS_MAX)
		more[nmore++] = *listen;
	return nmore < SF_LISTENERS_MAX;
}

void fake_net_backlog(u32 percent)
{
	backlog = percent;
}

static const struct sf_ip *route_to(const struct sf_ip *ip)
{
	u32 i;

	for (i = 0; i < nroutes; i++)
		if (sf_network_has(&routes[i].net, ip))
			return &routes[i].local;
	return NULL;
}

int sf_net_route(struct sf_net *net, struct sf_flow *flow)
{
	const struct sf_ip *from = route_to(&flow->remote.ip);
	u32 i;

	if (way_to(flow) == FAKE_UNROUTABLE)
		return -ENETUNREACH;
	if (flow->local.ip.family)
		return 0;
	for (i = 0; i < net->count; i++) {
		if (net->listen[i].transport != flow->transport ||
		    net->listen[i].end.ip.family != flow->remote.ip.family ||
		    (from && !sf_ip_eq(from, &net->listen[i].end.ip)))
			continue;
		flow->local = net->listen[i].end;
		return 0;
	}
	return -EAFNOSUPPORT;
}

static struct conn *conn_new(struct sf_net *net, const struct sf_flow *flow,
			     bool ours)
{
	u32 i;

	for (i = 0; i < CONNS && net->conn[i].state; i++)
		;
	if (i == CONNS)
		abort();
	net->conn[i] = (struct conn){
		.state = ours ? CONN_PENDING : CONN_OPEN,
		.ours = ours,
		.flow = *flow,
	};
	net->conn[i].flow.slot = i;
	net->conn[i].flow.serial = ++net->serial;
	net->conn[i].flow.worker = net->worker;
	sf_net_route(net, &net->conn[i].flow);
	return &net->conn[i];
}

static struct conn *conn_to(struct sf_net *net, u8 transport,
			    const struct sf_end *peer)
{
	u32 i;

	for (i = 0; i < CONNS; i++)
		if (net->conn[i].state && !net->conn[i].gone &&
		    net->conn[i].flow.transport == transport &&
		    sf_end_eq(&net->conn[i].flow.remote, peer))
			return &net->conn[i];
	return NULL;
}

static struct conn *conn_at(struct sf_net *net, const struct sf_flow *flow)
{
	struct conn *conn = &net->conn[flow->slot];

	if (flow->slot >= CONNS || !conn->state || conn->gone ||
	    conn->flow.serial != flow->serial || flow->worker != net->worker)
		return NULL;
	return conn;
}

static int send_stream(struct sf_net *net, struct sf_flow *flow,
		       const char *buf, u32 len)
{
	struct conn *conn = flow->serial ? conn_at(net, flow) :
					   conn_to(net, flow->transport,
						   &flow->remote);
	struct wire **at;

	if (!conn && flow->serial)
		return -EPIPE;
	if (!conn)
		conn = conn_new(net, flow, true);
	flow->local = conn->flow.local;
	flow->slot = conn->flow.slot;
	flow->serial = conn->flow.serial;
	flow->worker = net->worker;
	for (at = &conn->waiting; *at; at = &(*at)->next)
		;
	*at = new_wire(net, &conn->flow, buf, len, true);
	if (conn->state == CONN_OPEN) {
		keep(conn->waiting);
		conn->waiting = NULL;
	} else {
		decide(conn, way_to(flow));
	}
	return 0;
}

int sf_net_send(struct sf_net *net, struct sf_flow *flow, const char *buf,
		u32 len)
{
	struct sf_flow to = *flow;

	if (way_to(flow) == FAKE_FULL)
		return -ENOBUFS;
	if (sf_transport_reliable(flow->transport))
		return send_stream(net, flow, buf, len);
	if (sf_net_route(net, &to))
		return -ENETUNREACH;
	keep(new_wire(net, &to, buf, len, true));
	return 0;
}

static void end(struct conn *conn)
{
	struct wire *wire;

	while ((wire = conn->waiting)) {
		conn->waiting = wire->next;
		free(wire);
	}
	conn->gone = true;
}

void sf_net_await(struct sf_net *net, const struct sf_flow *flow)
{
	struct conn *conn = flow->serial ? conn_at(net, flow) : NULL;

	if (conn)
		conn->awaited++;
}

/* Whoever is told of an answer too many would lose another one. */
void sf_net_answered(struct sf_net *net, const struct sf_flow *flow)
{
	struct conn *conn = flow->serial ? conn_at(net, flow) : NULL;

	if (conn && !conn->awaited--)
		abort();
}

/* Whoever breaks that promise is closed by the script. */
void sf_net_keep(struct sf_net *net, const struct sf_flow *flow, u32 seconds)
{
	(void)net;
	(void)flow;
	(void)seconds;
}

static void note_dropped(const struct conn *conn)
{
	if (ndropped < CONNS)
		dropped[ndropped++] = conn->flow.remote;
}

void sf_net_drop(struct sf_net *net, const struct sf_flow *flow)
{
	struct conn *conn = flow->serial ? conn_at(net, flow) : NULL;

	if (!conn)
		return;
	note_dropped(conn);
	end(conn);
}

bool fake_net_closed(const struct sf_end *peer)
{
	u32 i;

	for (i = 0; i < ndropped; i++)
		if (sf_end_eq(&dropped[i], peer)) {
			dropped[i] = dropped[--ndropped];
			return true;
		}
	return false;
}

bool fake_net_close(struct sf_net *net, u8 transport, const struct sf_end *peer)
{
	struct conn *conn = conn_to(net, transport, peer);

	if (conn)
		end(conn);
	return conn;
}

void fake_net_returned(struct sf_net *net, const struct wire *wire, u32 len)
{
	const struct sf_flow flow = {
		.remote = wire->peer,
		.local = wire->local,
		.transport = SF_TRANSPORT_UDP,
		.worker = net->worker,
	};

	net->user.returned(net->owner, &flow, wire->bytes,
			   len < wire->len ? len : wire->len);
}

bool fake_net_tell(struct sf_net *net)
{
	bool told = false;
	u32 i;

	for (i = 0; i < CONNS; i++) {
		struct conn *conn = &net->conn[i];
		struct sf_flow flow = conn->flow;

		if (!conn->gone)
			continue;
		end(conn);
		conn->state = CONN_NONE;
		conn->gone = false;
		told = true;
		if (conn->failed)
			net->user.unreached(net->owner, &flow, ECONNREFUSED);
		else
			net->user.closed(net->owner, &flow);
	}
	return told;
}

static void in_datagram(struct sf_net *net, struct sf_packet *packet,
			struct sf_msg *msg)
{
	sf_net_route(net, &packet->flow);
	if (packet->len && packet->buf[0] == '\r') {
		net->user.keepalive(net->owner, &packet->flow);
		return;
	}
	packet->reason = sf_msg_parse(msg, packet->buf, packet->len);
	net->user.packet(net->owner, packet);
}

/* As daemon/net/stream.c: what is no message is the last of its connection. */
static void in_stream(struct sf_net *net, struct sf_packet *packet,
		      struct sf_msg *msg)
{
	struct conn *conn = conn_to(net, packet->flow.transport,
				    &packet->flow.remote);
	const char *end_of = packet->buf + packet->len;

	if (!conn)
		conn = conn_new(net, &packet->flow, false);
	packet->flow = conn->flow;
	while (packet->buf < end_of) {
		packet->len = (u32)(end_of - packet->buf);
		packet->reason = sf_msg_parse_stream(msg, packet->buf,
						     packet->len);
		if (packet->reason == SF_PARTIAL || packet->reason == SF_EMPTY)
			return;
		if (!packet->reason)
			packet->len = msg->len;
		net->user.packet(net->owner, packet);
		if (packet->reason) {
			note_dropped(conn);
			end(conn);
			return;
		}
		packet->buf += packet->len;
	}
}

void fake_net_in(struct sf_net *net, u8 transport, const struct sf_end *peer,
		 const char *bytes, u32 len)
{
	static struct sf_msg msg;
	struct sf_packet packet = { .buf = bytes, .len = len, .msg = &msg };

	packet.flow = (struct sf_flow){ .remote = *peer, .transport = transport,
					.worker = net->worker };
	keep(new_wire(net, &packet.flow, bytes, len, false));
	if (transport == SF_TRANSPORT_UDP)
		in_datagram(net, &packet, &msg);
	else
		in_stream(net, &packet, &msg);
}

int sf_net_open(struct sf_net **net, struct sf_loop *loop, u8 worker,
		const struct sf_listen *listen, u32 count,
		const struct sf_net_limits *limits,
		const struct sf_net_user *user, void *owner, int *failed)
{
	struct sf_net *made = calloc(1, sizeof(*made));
	u32 i;

	(void)loop;
	(void)limits;
	*failed = -1;
	if (!made)
		return -ENOMEM;
	made->worker = worker;
	made->user = *user;
	made->owner = owner;
	made->count = count;
	memcpy(made->listen, listen, count * sizeof(*listen));
	for (i = 0; i < nmore && made->count < SF_LISTENERS_MAX; i++)
		made->listen[made->count++] = more[i];
	made->next = nets;
	nets = made;
	*net = made;
	return 0;
}

void sf_net_close(struct sf_net *net)
{
	struct sf_net **at = &nets;
	u32 i;

	while (*at != net)
		at = &(*at)->next;
	*at = net->next;
	for (i = 0; i < CONNS; i++) {
		/* Nobody is left who would answer. */
		if (net->conn[i].state && !net->conn[i].gone &&
		    net->conn[i].awaited)
			abort();
		end(&net->conn[i]);
	}
	free(net);
}

/* Nobody takes too much here. */
void sf_net_limit(struct sf_net *net, const struct sf_net_limits *limits)
{
	(void)net;
	(void)limits;
}

/* Messages come whole here: there is no request to judge. */
void sf_net_web(struct sf_net *net, const struct sf_web *web)
{
	(void)net;
	(void)web;
}

/* Here connections are what the script says they are. */
void fake_net_show(const struct sf_end *peer, const char *name)
{
	if (nshown < SHOWN) {
		shown[nshown].peer = *peer;
		shown[nshown++].name = strdup(name);
	}
}

/* Its last one; judged by its name only. */
bool sf_net_shows(struct sf_net *net, const struct sf_flow *flow,
		  const struct sf_claim *claim)
{
	u32 i;

	(void)net;
	for (i = nshown; i--;) {
		if (!flow->serial || !sf_end_eq(&shown[i].peer, &flow->remote))
			continue;
		if (claim->user.len)
			return strlen(shown[i].name) == claim->user.len &&
			       !memcmp(shown[i].name, claim->user.s,
				       claim->user.len);
		return !claim->domain || !strcmp(shown[i].name, claim->domain);
	}
	return false;
}

bool sf_net_is(struct sf_net *net, const struct sf_flow *flow, const char *name)
{
	const struct sf_claim claim = { .domain = name };

	return sf_net_shows(net, flow, &claim);
}

void sf_net_secure(struct sf_net *net, struct sf_tls *tls)
{
	(void)net;
	(void)tls;
}

/* The script sees all there is. */
int sf_net_steer(struct sf_net *net, struct sock_filter *program, u16 len)
{
	(void)net;
	(void)program;
	(void)len;
	return 0;
}

int sf_net_sift(struct sf_net *net, struct sock_filter *program, u16 len)
{
	return sf_net_steer(net, program, len);
}

/* Nothing is lost on the way but what the script says. */
void sf_net_drops(struct sf_net *net)
{
	(void)net;
}

void sf_net_watch(struct sf_net *net, struct sf_net_tap *tap)
{
	(void)net;
	(void)tap;
}

u32 sf_net_expect(struct sf_net *net, const char *site, struct sf_text name)
{
	(void)net;
	(void)site;
	return name.len;
}

u32 sf_net_backlog(const struct sf_net *net)
{
	(void)net;
	return backlog;
}

bool sf_net_own(const struct sf_net *net, const struct sf_ip *ip, u16 port)
{
	u32 i;

	for (i = 0; i < net->count; i++)
		if (sf_ip_eq(&net->listen[i].end.ip, ip) &&
		    net->listen[i].end.port ==
			    (port ? port :
				    sf_transport_port(net->listen[i].transport)))
			return true;
	return false;
}

void sf_net_each(struct sf_net *net,
		 void (*each)(void *arg, const struct sf_conn_view *conn),
		 void *arg)
{
	(void)net;
	(void)each;
	(void)arg;
}

const char *sf_net_counter_name(enum sf_net_counter counter)
{
	(void)counter;
	return "fake";
}

u64 sf_net_counter(const struct sf_net *net, enum sf_net_counter counter)
{
	(void)net;
	(void)counter;
	return 0;
}
