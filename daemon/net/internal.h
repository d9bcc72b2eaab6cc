/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * internal.h - what the files of net/ share, and nobody else sees
 *
 * net.c       opens and closes, chooses who sends; the end of a loop's round
 * socket.c    sockets and their options
 * udp.c       datagrams in          batch.c   datagrams out
 * icmp.c      datagrams that did not arrive
 * pktinfo.c   which address of ours they came to, and leave from
 * stun.c      answers for phones that ask what they look like from here
 * tcp.c       accepts and connects; how bytes get in and out of a connection
 * conn.c      connections: their places, limits, timers and ends
 * stream.c    bytes that came
 * queue.c     bytes that wait to be sent
 * plain.c     messages on TCP and TLS       frame.c   where one ends
 * upgrade.c   what becomes a WebSocket      http.c    the request for it
 * websocket.c messages on WebSockets        ws.c      frames
 * wskey.c     what SHA-1 is needed for
 * source.c    how many connections each source has
 * route.c     which address of ours is used
 * tls.c       bytes of an encrypted connection, and tls_internal.h
 * shake.c     who may begin a handshake
 * expect.c    who is to be at the other end of connections that we open
 * tls_expect.c what is kept of that
 *
 * The user's functions are called from ready() and after() only, never from within
 * a call of the user's own.
 */
#ifndef SIPFAST_NET_INTERNAL_H
#define SIPFAST_NET_INTERNAL_H

#include "../util/container.h"
#include "../util/hash.h"
#include "frame.h"
#include "http.h"
#include "net.h"

struct sockaddr_storage;
struct sf_batch;
struct sf_conn;
struct sf_shakes;
struct ssl_session_st;
struct sf_udp;

/* More than a datagram or a message can be. */
#define SF_NET_BUF	65536

/**
 * struct sf_listener - one socket on which we are called
 * @watch: its descriptor; -1 when there is none
 * @net: whose it is
 * @end: its address and port; one that the system chose is filled in
 * @transport: enum sf_transport
 * @site: of TLS: a section of the configuration
 * @any: @end has no address: each packet says which it came to
 * @backlog: of UDP: how full the socket's receive buffer is, in percent
 * @drops: of UDP: what the kernel had dropped when it was last counted
 * @batch: of UDP: what is to be sent
 */
struct sf_listener {
	struct sf_watch watch;
	struct sf_net *net;
	struct sf_end end;
	u8 transport;
	const char *site;
	bool any;
	u8 backlog;
	u32 drops;
	struct sf_batch *batch;
};

#define SF_EXPECTS	256
/* Refused handshakes that are logged in a second. */
#define SF_TLS_LINES	10

/**
 * struct sf_expect - who is to be at the other end
 * @id: as flows have it; 0: an empty entry
 * @session: the last one there, by which the next handshake is short; or NULL
 */
struct sf_expect {
	u32 id;
	struct ssl_session_st *session;
	char site[SF_TLS_SITE_MAX];
	char name[SF_TLS_NAME_MAX];
};

#define SF_ROUTES	256

/**
 * struct sf_route - where packets to an address leave from
 * @to: the address; family 0: an empty entry
 * @from: ours
 * @until: when that is asked again, on the loop's clock
 */
struct sf_route {
	struct sf_ip to;
	struct sf_ip from;
	u64 until;
};

/**
 * struct sf_source - a source that has connections
 * @next: in its bucket
 * @key: an IPv4 address, or the first half of an IPv6 address
 * @family: 4 or 6
 * @count: its connections, never 0
 * @shaking: of those, handshakes that are under way
 */
struct sf_source {
	struct sf_source *next;
	u8 key[8];
	u8 family;
	u32 count;
	u32 shaking;
};

/**
 * struct sf_net - a worker's sockets
 * @loop: the worker's
 * @limits: none of them is 0: see there
 * @web: whom WebSockets are opened to
 * @user: who messages are for, with @owner
 * @before: what the loop's @after was: it is called first, with @before_owner
 * @key: of the hash tables
 * @msg: the index of the message that is shown
 * @listen: @count listeners
 * @udp: what datagrams are received into
 * @stream: SF_NET_BUF bytes that connections read into
 * @wrap: room for a message with what a WebSocket has in front of it
 * @conns: places for connections, @places of them; NULL in those that are free
 * @free: the numbers of free places, @nfree of them
 * @nconns: connections that have a place
 * @serial: of the last connection
 * @peers: connections by the peer's address, @mask + 1 buckets
 * @sources: sources by address, as many
 * @dead: connections that ended in this round: told of and freed after it
 * @reserve: a descriptor to give up when there are no more
 * @pause: while it is set, no connections are accepted: there were no
 *         descriptors
 * @scratch: unconnected sockets that ask for routes: IPv4 and IPv6; or -1
 * @routes: what they said
 * @owns: addresses that this machine has, @own_count of them
 * @own_until: when that is asked again
 * @tap: who looks on; or NULL
 * @tls: by what connections are encrypted; or NULL
 * @secured: how often that was set: what was found with another one is void
 * @expect: see expect.c
 * @shakes: handshakes of others
 * @sites: what listeners point at
 * @counters: enum sf_net_counter
 */
struct sf_net {
	struct sf_loop *loop;
	u8 worker;
	struct sf_net_limits limits;
	struct sf_web web;
	struct sf_net_user user;
	void *owner;
	void (*before)(void *owner);
	void *before_owner;
	struct sf_hash_key key;
	struct sf_msg msg;
	u32 count;
	struct sf_listener listen[SF_LISTENERS_MAX];
	struct sf_udp *udp;
	char *stream;
	char *wrap;
	struct sf_conn **conns;
	u32 *free;
	u32 places;
	u32 nfree;
	u32 nconns;
	u32 serial;
	struct sf_conn **peers;
	struct sf_source **sources;
	u32 mask;
	struct sf_conn *dead;
	int reserve;
	struct sf_timer pause;
	int scratch[2];
	struct sf_route routes[SF_ROUTES];
	struct sf_ip *owns;
	u32 own_count;
	u64 own_until;
	struct sf_net_tap *tap;
	struct sf_tls *tls;
	u64 secured;
	struct sf_expect expect[SF_EXPECTS];
	struct sf_shakes *shakes;
	char sites[SF_LISTENERS_MAX][SF_TLS_SITE_MAX];
	u64 counters[SF_NET_COUNTER_COUNT];
};

static inline void sf_net_count(struct sf_net *net, enum sf_net_counter counter)
{
	net->counters[counter]++;
}

/* net.c */
u64 sf_net_now(const struct sf_net *net);
struct sf_listener *sf_net_listener(struct sf_net *net, u8 transport,
				    const struct sf_end *local, u8 family);
void sf_net_show(struct sf_net *net, const struct sf_flow *flow,
		 const char *buf, u32 len, enum sf_reason reason);
void *sf_net_pages(size_t size);
void sf_net_unpages(void *pages, size_t size);

/* socket.c */
int sf_socket_listen(const struct sf_listen *listen, bool any);
int sf_socket_connect(const struct sf_flow *flow);
int sf_socket_steer(int fd, struct sock_filter *program, u16 len);
int sf_socket_sift(int fd, struct sock_filter *program, u16 len);
int sf_socket_local(int fd, struct sf_end *end);

/* udp.c */
int sf_udp_open(struct sf_udp **udp);
void sf_udp_close(struct sf_udp *udp);
void sf_udp_ready(struct sf_watch *watch, u32 events);

/* icmp.c: of a socket for datagrams; and what it has to tell. */
int sf_icmp_listen(int fd, u8 family);
void sf_icmp_read(struct sf_listener *listener);

/* batch.c */
int sf_batch_open(struct sf_batch **batch);
void sf_batch_close(struct sf_batch *batch);
int sf_batch_add(struct sf_listener *listener, const struct sf_flow *flow,
		 const char *buf, u32 len);
void sf_batch_flush(struct sf_listener *listener);

/* source.c: one connection more (false: too many), and one less. */
bool sf_source_take(struct sf_net *net, const struct sf_ip *ip);
void sf_source_drop(struct sf_net *net, const struct sf_ip *ip);
void sf_source_free_all(struct sf_net *net);
/* One that has a connection. */
u32 *sf_source_shaking(struct sf_net *net, const struct sf_ip *ip);

/* shake.c; sf_shake_line(): may one more refused handshake be logged? */
int sf_shakes_open(struct sf_shakes **shakes);
void sf_shakes_close(struct sf_shakes *shakes);
bool sf_shake_line(struct sf_net *net);

/* tls_expect.c */
bool sf_expect_name(const struct sf_net *net, u32 id, char *name);
const char *sf_expect_site(const struct sf_net *net, u32 id);
struct ssl_session_st **sf_expect_session(struct sf_net *net, u32 id);
void sf_expect_clear(struct sf_expect *expect);
void sf_expect_forget(struct sf_net *net);

/* tcp.c */
void sf_tcp_ready(struct sf_watch *watch, u32 events);
void sf_tcp_resume(struct sf_timer *timer);
int sf_tcp_send(struct sf_net *net, struct sf_flow *flow, const char *buf,
		u32 len);

#endif /* SIPFAST_NET_INTERNAL_H */
