/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * net.h - a worker's sockets
 *
 * Messages come out of here whole and indexed, whatever carried them, and go
 * in here as bytes. Each worker has sockets of its own on every listener
 * (SO_REUSEPORT); a connection belongs to the worker that accepted or opened
 * it. What is for a connection of another worker is handed to that one. Nobody
 * can be reached by WebSocket but on one that he opened.
 *
 * Scenario tests link a network of their own (tests/scenario/net.c).
 *
 * RFC 3261, 18 (transport), RFC 5389, 7.2 and RFC 5626, 4.4 (keepalives).
 */
#ifndef SIPFAST_NET_NET_H
#define SIPFAST_NET_NET_H

#include <stdatomic.h>

#include <sipfast/msg.h>

#include "../util/loop.h"
#include "flow.h"
#include "http.h"
#include "tls.h"

struct sock_filter;

#define SF_LISTENERS_MAX	16

/**
 * struct sf_listen - where messages are awaited
 * @end: the address and port; a family without an address (all zero) is every
 *       address of that family
 * @transport: any but SF_TRANSPORT_OTHER and SF_TRANSPORT_SCTP
 * @site: of TLS and WSS: the section of the configuration; "": the first
 */
struct sf_listen {
	struct sf_end end;
	u8 transport;
	char site[SF_TLS_SITE_MAX];
};

/**
 * struct sf_net_limits - what one source may take; 0 is no limit
 * @conns: connections in all, of one worker
 * @conns_per_source: of one IPv4 address or IPv6 /64, of one worker
 * @idle_s: a connection on which nothing came for so long is closed
 * @message_s: a message has to be complete so long after its first byte
 * @connect_s: a connection has to be there
 * @queue: bytes that may wait to be sent on a connection
 * @half_open: handshakes of TLS that are under way, of one worker
 * @half_open_per_source: likewise, of one source
 * @shakes: handshakes that may begin in a second, of one worker
 * @shakes_per_source: likewise, of one source
 *
 * Only what others open counts.
 */
struct sf_net_limits {
	u32 conns;
	u32 conns_per_source;
	u32 idle_s;
	u32 message_s;
	u32 connect_s;
	u32 queue;
	u32 half_open;
	u32 half_open_per_source;
	u32 shakes;
	u32 shakes_per_source;
};

/**
 * struct sf_packet - one message as it came in, while it is looked at
 * @flow: where it came from
 * @buf: its bytes, @len of them
 * @msg: its index, written over by the next message
 * @reason: what the parser said; SF_OK for a message that can be read
 */
struct sf_packet {
	struct sf_flow flow;
	const char *buf;
	u32 len;
	const struct sf_msg *msg;
	enum sf_reason reason;
};

/**
 * struct sf_net_user - who the messages are for
 * @packet: here is one; of TCP and TLS one that cannot be read is the last of its
 *          connection. Keepalives are not shown.
 * @closed: a connection is gone, with what waited to be sent on it; who dropped
 *          it is told as well
 * @keepalive: a datagram came that is nothing else: line ends, or STUN, which is
 *             answered. Those of connections are seen to here: sf_net_keep(). NULL:
 *             nobody wants to know
 * @skip: more datagrams wait than could be read at once: may this one, from @flow, be
 *        forgotten, unread? NULL: none may
 * @unreached: what was sent to @flow did not arrive, as no connection came about;
 *             @err is a positive errno
 * @returned: a datagram that was sent to @flow did not arrive, ICMP says: nobody is
 *            there, or nobody gets there. @quote are its first bytes, @len of them,
 *            often enough none. Where the system's choice of a socket differs from
 *            ours it was another worker's. Anybody can make such an error up. NULL:
 *            nobody wants to know
 *
 * They are called by the loop only, never from within a call of sf_net_*().
 */
struct sf_net_user {
	void (*packet)(void *owner, const struct sf_packet *packet);
	void (*closed)(void *owner, const struct sf_flow *flow);
	void (*keepalive)(void *owner, const struct sf_flow *flow);
	bool (*skip)(void *owner, const struct sf_flow *flow, const char *buf,
		     u32 len);
	void (*unreached)(void *owner, const struct sf_flow *flow, int err);
	void (*returned)(void *owner, const struct sf_flow *flow,
			 const char *quote, u32 len);
};

struct sf_net;

/**
 * sf_net_open() - make a worker's sockets
 * @net: to be closed by the caller; written only on success
 * @loop: the worker's
 * @worker: its number
 * @listen: @count listeners
 * @failed: the one that could not be opened, on failure; -1: none of them
 *
 * It tells of connections that ended, and sends what was gathered, in
 * @loop->after; one that is set before is called in between, with its owner, so
 * that what that sends leaves too.
 *
 * Return: 0 or a negative errno.
 */
int sf_net_open(struct sf_net **net, struct sf_loop *loop, u8 worker,
		const struct sf_listen *listen, u32 count,
		const struct sf_net_limits *limits,
		const struct sf_net_user *user, void *owner, int *failed);
void sf_net_close(struct sf_net *net);

/**
 * sf_net_limit() - what one source may take from now on
 *
 * Connections that are there stay, be they too many, and wait for as long as they
 * were told, until something comes.
 */
void sf_net_limit(struct sf_net *net, const struct sf_net_limits *limits);

/**
 * sf_net_secure() - by what connections are encrypted from now on
 * @tls: gets a reference; NULL: there is no TLS
 */
void sf_net_secure(struct sf_net *net, struct sf_tls *tls);

/**
 * sf_net_expect() - who is to be at the other end of a connection to be opened
 * @site: the section by which that is checked; NULL: the first
 * @name: the domain or host that was looked up, as it stood there
 *
 * To be asked for just before something is sent: only the last names are kept.
 *
 * Return: for sf_flow.peer; 0: it is no name.
 */
u32 sf_net_expect(struct sf_net *net, const char *site, struct sf_text name);

/**
 * sf_net_web() - say whom WebSockets are opened to
 * @web: copied, but not what it points to
 *
 * Before this is called no page may, and nobody is asked whether he is there.
 */
void sf_net_web(struct sf_net *net, const struct sf_web *web);

/**
 * struct sf_sight - a message that came or was sent, while it is looked at
 * @flow: where from, or where to
 * @buf: its bytes, @len of them
 * @worker: whose sockets they are
 * @out: it was sent
 * @err: 0; or why it could not be sent, a negative errno
 */
struct sf_sight {
	const struct sf_flow *flow;
	const char *buf;
	u32 len;
	u8 worker;
	bool out;
	int err;
};

/**
 * struct sf_net_tap - somebody who looks on; one for all workers
 * @open: he does, now; any thread may change it. While he does not, a message
 *        costs that look at it.
 * @see: here is a message, in the thread that it came to or leaves from, from
 *       within sf_net_send(): nothing of the net may be called
 */
struct sf_net_tap {
	atomic_bool open;
	void (*see)(struct sf_net_tap *tap, const struct sf_sight *sight);
};

/**
 * sf_net_watch() - let somebody look on; before the loop runs
 * @tap: kept, not copied
 */
void sf_net_watch(struct sf_net *net, struct sf_net_tap *tap);

/**
 * sf_net_steer() - let the kernel choose the worker of each datagram
 * @program: classic BPF, of @len instructions, that returns the number of a worker;
 *           where there is none the hash of the addresses decides
 *
 * One worker says it for all, whose sockets were or will be bound in their order.
 *
 * Return: 0, or a negative errno: the hash decides then.
 */
int sf_net_steer(struct sf_net *net, struct sock_filter *program, u16 len);

/**
 * sf_net_sift() - let the kernel drop some datagrams before they are ours
 * @program: classic BPF, of @len instructions, that returns 0 for what is dropped and
 *           the greatest number for the rest; it takes the place of the one before
 * @len: 0: nothing is dropped any more
 *
 * Return: 0, or a negative errno: what comes to some sockets is as before.
 */
int sf_net_sift(struct sf_net *net, struct sock_filter *program, u16 len);

/**
 * sf_net_drops() - count what the kernel dropped since the last time
 *
 * As SF_NET_DROPPED: what found a receive buffer full, and what was sifted out.
 */
void sf_net_drops(struct sf_net *net);

/**
 * sf_net_route() - which address of ours a message to somewhere leaves from
 * @flow: @remote and @transport are set; @local is written, its port the
 *        listener's. One that is set already stays.
 *
 * Return: 0; -EAFNOSUPPORT when there is no listener of that transport and
 * family; or what the system says about the way there (-ENETUNREACH, …).
 */
int sf_net_route(struct sf_net *net, struct sf_flow *flow);

/**
 * sf_net_send() - send a message
 * @flow: where to; routed by sf_net_route() or a flow of a message that came.
 *        Written when a connection was opened or found for it: its @slot,
 *        @serial and @worker.
 *
 * Datagrams leave when the loop waits again; a stream takes what it can now.
 * Only flows of this worker: see sf_flow.worker.
 *
 * Return: 0; -EPIPE when the connection is gone, -ENOBUFS when too much waits
 * there, -EMSGSIZE, or what the system says.
 */
int sf_net_send(struct sf_net *net, struct sf_flow *flow, const char *buf,
		u32 len);

/**
 * sf_net_await() - an answer to what came on a flow is to be sent
 *
 * A peer may send no more and still wait for it: without one that is to come his
 * connection is closed then, with one it stays for 32 seconds. Where only both
 * sides together can stop (TLS 1.2, WebSocket), it is closed at once. Only of flows
 * of this worker, and nothing of datagrams.
 */
void sf_net_await(struct sf_net *net, const struct sf_flow *flow);

/**
 * sf_net_answered() - it was sent, or never will be
 * @flow: that of sf_net_await(), which was called as often
 */
void sf_net_answered(struct sf_net *net, const struct sf_flow *flow);

/**
 * sf_net_backlog() - how much came that was not looked at yet
 *
 * Who is too slow answers late, and is asked again and again.
 *
 * Return: percent of the fullest receive buffer of datagrams, when it was last
 * read; 0 when it was emptied then.
 */
u32 sf_net_backlog(const struct sf_net *net);

/**
 * sf_net_own() - is that one of our listeners' address and port?
 * @port: 0 means the transport's own
 */
bool sf_net_own(const struct sf_net *net, const struct sf_ip *ip, u16 port);

/**
 * sf_net_keep() - the peer said that something will come on a connection
 * @seconds: so often; longer than that it is not kept; 0: as long as any
 *
 * Of TCP and TLS, of this worker; of WebSockets we see to it.
 */
void sf_net_keep(struct sf_net *net, const struct sf_flow *flow, u32 seconds);

/**
 * sf_net_drop() - close a connection now, without what waits to be sent
 */
void sf_net_drop(struct sf_net *net, const struct sf_flow *flow);

/**
 * sf_net_is() - was it proven that this name is at the other end?
 * @name: a domain or a host, as RFC 5922 looks for it in the certificate
 *
 * Only of connections of this worker that are up.
 */
bool sf_net_is(struct sf_net *net, const struct sf_flow *flow, const char *name);

/**
 * struct sf_claim - what the certificate of who sends something has to prove
 * @site: the section that judges it; NULL: the first
 * @domain: whose it is, as RFC 5922, 7 has it; NULL: whoever's
 * @user: whose it is, as "user@domain" in a sip: or sips: URI of its, in the
 *        spelling of struct sf_aor; without bytes: nobody's
 */
struct sf_claim {
	const char *site;
	const char *domain;
	struct sf_text user;
};

/**
 * sf_net_shows() - did who sends on a flow prove that?
 *
 * It is judged by what the section holds now, and that is only remembered for as long
 * as it is so: a certificate that ended, or was revoked, since the connection came
 * about proves nothing. What does not is logged as certificate-refused. Only of flows
 * of this worker.
 */
bool sf_net_shows(struct sf_net *net, const struct sf_flow *flow,
		  const struct sf_claim *claim);

/**
 * struct sf_conn_view - a connection, for people
 */
struct sf_conn_view {
	struct sf_flow flow;
	bool ours;		/* we opened it */
	u64 age_ms;
	u64 idle_ms;
	u64 in;			/* messages */
	u64 out;
	u32 queued;		/* bytes that wait */
	char version[12];	/* of TLS; "": none, or not yet */
	char cipher[48];
	char peer[64];		/* the name in its certificate */
	bool verified;
	bool resumed;
};

void sf_net_each(struct sf_net *net,
		 void (*each)(void *arg, const struct sf_conn_view *conn),
		 void *arg);

/**
 * sf_net_some() - the same, of some places for connections
 * @at: the first of them, 0 at first; written: where to go on
 * @max: so many places
 *
 * Return: false when there are no more.
 */
bool sf_net_some(struct sf_net *net, u32 *at, u32 max,
		 void (*each)(void *arg, const struct sf_conn_view *conn),
		 void *arg);

/* X(symbol, name): why there is no encrypted connection, counted. */
#define SF_NET_TLS_COUNTERS(X)						\
	X(TLS_OTHER, "tls-failed")					\
	X(TLS_EXPIRED, "tls-expired")		/* or not valid yet */	\
	X(TLS_WRONG_NAME, "tls-wrong-name")				\
	X(TLS_WRONG_PIN, "tls-wrong-fingerprint")			\
	X(TLS_SELF_SIGNED, "tls-self-signed")				\
	X(TLS_UNKNOWN_CA, "tls-unknown-ca")				\
	X(TLS_REVOKED, "tls-revoked")					\
	X(TLS_NO_CRL, "tls-no-crl")		/* of its authority, or too old */ \
	X(TLS_UNTRUSTED, "tls-untrusted")	/* too weak, not for this, … */ \
	X(TLS_NO_CERTIFICATE, "tls-no-certificate") /* one is required */ \
	X(TLS_NO_CIPHER, "tls-no-shared-cipher")			\
	X(TLS_NO_VERSION, "tls-no-shared-version")			\
	X(TLS_NO_TLS, "tls-not-tls")		/* it speaks something else */ \
	X(TLS_PEER_REFUSED, "tls-peer-refused")	/* us: an alert */	\
	X(TLS_PEER_LEFT, "tls-peer-left")	/* in the handshake */	\
	X(TLS_HALF_OPEN, "tls-half-open")	/* too many are under way */ \
	X(TLS_HALF_OPEN_SOURCE, "tls-half-open-source")			\
	X(TLS_RATE, "tls-rate")			/* too many in a second */ \
	X(TLS_RATE_SOURCE, "tls-rate-source")				\
	X(TLS_LATE, "tls-late")			/* it took too long */

/* X(symbol, name): what happened here, counted. */
#define SF_NET_COUNTERS(X)						\
	X(RECEIVED, "received")			/* messages */		\
	X(SENT, "sent")							\
	X(KEEPALIVES, "keepalives")		/* CRLF, STUN, answered */ \
	X(SEND_FAILED, "send-failed")		/* by the system */	\
	X(ICMP, "icmp-errors")			/* nobody is there, or gets there */ \
	X(ACCEPTED, "accepted")			/* connections */	\
	X(OPENED, "opened")						\
	X(CLOSED, "closed")						\
	X(REFUSED_FULL, "refused-full")		/* too many connections */ \
	X(REFUSED_SOURCE, "refused-source")	/* too many of one source */ \
	X(IDLE, "idle")				/* closed: nothing came */ \
	X(SLOW, "slow")				/* closed: a message took too long */ \
	X(BROKEN, "broken")			/* closed: no SIP */	\
	X(QUEUE_FULL, "queue-full")		/* the peer does not read */ \
	X(SKIPPED, "skipped")			/* unread: too many came */ \
	X(DROPPED, "dropped")			/* by the kernel, likewise */ \
	X(TLS_SHAKEN, "tls-handshakes")					\
	X(TLS_RESUMED, "tls-resumed")		/* of those */		\
	X(TLS_JUDGED, "tls-certificates-judged") /* that requests need */ \
	SF_NET_TLS_COUNTERS(X)						\
	X(UPGRADED, "upgraded")			/* to a WebSocket */	\
	X(HTTP_MALFORMED, "http-malformed")	/* and so refused it */	\
	X(HTTP_LARGE, "http-large")					\
	X(HTTP_METHOD, "http-method")					\
	X(HTTP_PATH, "http-path")					\
	X(HTTP_PLAIN, "http-plain")		/* asked for no WebSocket */ \
	X(HTTP_VERSION, "http-version")		/* for another one */	\
	X(HTTP_PROTOCOL, "http-protocol")	/* not to talk SIP */	\
	X(HTTP_ORIGIN, "http-origin")		/* a page that may not */ \
	X(WS_MALFORMED, "ws-malformed")		/* closed: what RFC 6455 forbids */ \
	X(WS_LARGE, "ws-large")			/* closed: longer than SIP may be */ \
	X(WS_UTF8, "ws-utf8")			/* closed: text that is none */

enum sf_net_counter {
#define X(sym, name) SF_NET_##sym,
	SF_NET_COUNTERS(X)
#undef X
	SF_NET_COUNTER_COUNT
};

const char *sf_net_counter_name(enum sf_net_counter counter);
u64 sf_net_counter(const struct sf_net *net, enum sf_net_counter counter);

#endif /* SIPFAST_NET_NET_H */
