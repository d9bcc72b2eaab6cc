/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * conn.h - a connection
 *
 * conn.c keeps it, stream.c reads from it, queue.c writes to it, tcp.c makes
 * it; tcp.c and tls.c say what reading and writing are, plain.c, upgrade.c and
 * websocket.c how messages lie in what is read and written.
 */
#ifndef SIPFAST_NET_CONN_H
#define SIPFAST_NET_CONN_H

#include <sys/types.h>

#include "http.h"
#include "internal.h"
#include "ws.h"

/**
 * enum sf_conn_state - what may happen to a connection
 * @SF_CONN_CONNECTING: it is not there yet; what is sent waits
 * @SF_CONN_SHAKING: it is, but nobody knows yet who is there: the handshake of TLS
 * @SF_CONN_OPEN: messages come and go
 * @SF_CONN_ENDING: no more messages; it ends when what waits is sent
 * @SF_CONN_DRAINING: everything is sent, and the peer was told; what it still
 *                    sends is read, or our last words would be lost with a reset
 * @SF_CONN_DEAD: it has no descriptor any more, and is freed after this round
 */
enum sf_conn_state {
	SF_CONN_CONNECTING,
	SF_CONN_SHAKING,
	SF_CONN_OPEN,
	SF_CONN_ENDING,
	SF_CONN_DRAINING,
	SF_CONN_DEAD,
};

/**
 * struct sf_conn_ops - how bytes get in and out
 * @shake: go on with the handshake; NULL: there is none. Return: 0 when it is
 *         done, -EAGAIN when it waits, or another negative errno
 * @read: Return: bytes; 0 when the peer sends no more; or a negative errno,
 *        -EAGAIN when there is nothing now
 * @write: Return: bytes, at least one; or a negative errno, -EAGAIN when
 *         nothing can be taken now: the same has to be offered again then
 * @half: may a peer that sends no more still be answered? NULL: he may
 * @pending: something can be read of which the descriptor knows nothing; or NULL
 * @finish: tell the peer that nothing more will be sent
 * @end: the descriptor is about to be closed; or NULL
 */
struct sf_conn_ops {
	int (*shake)(struct sf_conn *conn);
	ssize_t (*read)(struct sf_conn *conn, char *buf, u32 len);
	ssize_t (*write)(struct sf_conn *conn, const char *buf, u32 len);
	bool (*half)(const struct sf_conn *conn);
	bool (*pending)(const struct sf_conn *conn);
	void (*finish)(struct sf_conn *conn);
	void (*end)(struct sf_conn *conn);
};

/**
 * struct sf_framing - how messages lie in the bytes of a connection
 * @lingers: a peer that sends no more may still wait for answers
 * @take: these bytes are there, those first that sf_part_keep() kept
 * @put: send a message. Return: 0 or a negative errno, as of sf_queue_put().
 * @wait_s: how long it may take until something comes
 * @late: nothing did
 * @leave: we go: tell the peer, if there is something to say
 */
struct sf_framing {
	bool lingers;
	void (*take)(struct sf_conn *conn, const char *buf, u32 len);
	int (*put)(struct sf_conn *conn, const char *buf, u32 len);
	u32 (*wait_s)(const struct sf_conn *conn);
	void (*late)(struct sf_conn *conn);
	void (*leave)(struct sf_conn *conn);
};

/**
 * struct sf_chunk - a message that waits to be sent
 * @next: the one behind it
 * @sent: bytes that are sent already
 * @len: bytes in all
 */
struct sf_chunk {
	struct sf_chunk *next;
	u32 sent;
	u32 len;
	char bytes[];
};

/**
 * struct sf_web_conn - what a WebSocket has besides
 * @http: the request that asked for it
 * @ws: what comes since
 * @partial: a message was under way when something last came
 * @asked: the peer was asked whether it is there, and said nothing since
 */
struct sf_web_conn {
	struct sf_http http;
	struct sf_ws ws;
	bool partial;
	bool asked;
};

struct sf_tls_site;

/**
 * struct sf_verdict - an authority of a section vouches for the peer's certificate
 * @site: the section, compared only; NULL: none does, as far as is known
 * @secured: of which configuration: sf_net.secured
 * @from: when that was found, sf_clock_wall()
 * @until: when it has to be found anew
 */
struct sf_verdict {
	const struct sf_tls_site *site;
	u64 secured;
	u64 from;
	u64 until;
};

/**
 * struct sf_conn - a connection
 * @watch: its descriptor
 * @net: whose it is
 * @ops: how bytes get in and out
 * @framing: what they mean
 * @web: of WebSockets only
 * @flow: where to and from; its slot and serial are its own
 * @state: enum sf_conn_state
 * @ours: we opened it; others count for their source
 * @eof: the peer sends no more, but may still read
 * @failed: it never was there
 * @crossed: what reads waits until something can be written
 * @broken: TLS failed: nothing can be said any more
 * @ssl: of TLS
 * @verdict: likewise, see tls_shown.c
 * @spoke: something was sent
 * @awaited: answers that are to come: sf_net_await()
 * @keep_s: something was promised to come so often; 0: nothing was
 * @err: why it ended, a positive errno
 * @events: what is waited for
 * @timer: connecting, idle, message or end: see sf_conn_rest()
 * @in: a message that is not whole, @in_len bytes in @in_size; NULL for none
 * @frame: what is known of it
 * @blank: line ends between messages
 * @first: the message that is being sent; NULL when none waits
 * @last: where the next one is put
 * @queued: bytes that wait
 * @born: when it came about, on the loop's clock
 * @heard: when something last came
 * @received: messages
 * @sent: messages
 * @next: in its bucket of net->peers; or the next one in net->dead
 */
struct sf_conn {
	struct sf_watch watch;
	struct sf_net *net;
	const struct sf_conn_ops *ops;
	const struct sf_framing *framing;
	struct sf_web_conn *web;
	struct sf_flow flow;
	u8 state;
	bool ours;
	bool eof;
	bool failed;
	bool crossed;
	bool broken;
	struct ssl_st *ssl;
	struct sf_verdict verdict;
	bool spoke;
	u32 awaited;
	u32 keep_s;
	int err;
	u32 events;
	struct sf_timer timer;
	char *in;
	u32 in_len;
	u32 in_size;
	struct sf_frame frame;
	struct sf_blank blank;
	struct sf_chunk *first;
	struct sf_chunk **last;
	u32 queued;
	u64 born;
	u64 heard;
	u64 received;
	u64 sent;
	struct sf_conn *next;
};

/* conn.c */
int sf_conn_new(struct sf_conn **conn, struct sf_net *net, int fd,
		const struct sf_flow *flow, const char *site, bool ours);
struct sf_conn *sf_conn_at(struct sf_net *net, const struct sf_flow *flow);
struct sf_conn *sf_conn_to(struct sf_net *net, const struct sf_flow *flow);
void sf_conn_rest(struct sf_conn *conn);
void sf_conn_listen(struct sf_conn *conn);
void sf_conn_end(struct sf_conn *conn, int err);
void sf_conn_finish(struct sf_conn *conn);
bool sf_conn_settle(struct sf_conn *conn);
void sf_conn_hide(struct sf_conn *conn);
void sf_conn_bury(struct sf_net *net);
void sf_conn_free_all(struct sf_net *net);

/* tcp.c */
extern const struct sf_conn_ops sf_tcp_ops;

/* tls.c; @site: the section; NULL: the first. Return: 0 or a negative errno. */
extern const struct sf_conn_ops sf_tls_ops;
int sf_tls_start(struct sf_conn *conn, const char *site);
/* Did the peer prove that it has that name? */
bool sf_tls_proven(const struct sf_conn *conn, const char *name);

/* tls_shown.c; @conn: NULL: there is none. */
bool sf_tls_shows(struct sf_net *net, struct sf_conn *conn,
		  const struct sf_flow *flow, const struct sf_claim *claim);
void sf_tls_view(const struct sf_conn *conn, struct sf_conn_view *view);

/* shake.c: of TLS. Return of the first: false: it was refused, and told of. */
bool sf_shake_may(struct sf_net *net, const struct sf_end *remote);
void sf_shake_begin(struct sf_conn *conn);
void sf_shake_end(struct sf_conn *conn);

/* stream.c */
void sf_stream_ready(struct sf_watch *watch, u32 events);
void sf_part_keep(struct sf_conn *conn, const char *buf, u32 pos, u32 len);
void sf_part_free(struct sf_conn *conn);

/* plain.c */
extern const struct sf_framing sf_plain;

/* upgrade.c: until it is a WebSocket. */
extern const struct sf_framing sf_upgrade;

/* websocket.c */
extern const struct sf_framing sf_websocket;
bool sf_web_open(struct sf_conn *conn);
void sf_web_close(struct sf_conn *conn);

/* queue.c */
void sf_queue_pong(struct sf_conn *conn);
int sf_queue_send(struct sf_conn *conn, const char *buf, u32 len);
int sf_queue_put(struct sf_conn *conn, const char *buf, u32 len);
void sf_queue_flush(struct sf_conn *conn);
void sf_queue_free(struct sf_conn *conn);

#endif /* SIPFAST_NET_CONN_H */
