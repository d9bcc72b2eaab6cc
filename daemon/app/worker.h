/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * worker.h - a thread that serves, and what all of them share
 */
#ifndef SIPFAST_APP_WORKER_H
#define SIPFAST_APP_WORKER_H

#include <pthread.h>
#include <stdatomic.h>

#include "../sip/sip.h"
#include "../sip/resolve.h"
#include "../util/mailbox.h"
#include "conf.h"
#include "news.h"
#include "overload.h"
#include "sift.h"
#include "trace.h"
#include "way.h"

struct sf_agents;
struct sf_auth;
struct sf_bans;
struct sf_calls;
struct sf_location;
struct sf_media;
struct sf_registrar;
struct sf_sets;
struct sf_store;
struct sf_user_watch;
struct sf_users;
struct sf_warden;

/* X(symbol, name): what the application decided, counted. */
#define SF_APP_COUNTERS(X)						\
	X(SERVED, "calls-and-requests-served")				\
	X(DIALOG, "in-dialog")						\
	X(FORWARDED, "forwarded")					\
	X(KEPT, "kept")				/* within reach, behind a NAT */ \
	X(CHALLENGED, "challenged")					\
	X(REFUSED_FROM, "refused-from")		/* From is somebody else's */ \
	X(REFUSED_CERTIFICATE, "refused-certificate") /* none, or another's */ \
	X(REFUSED_RELAY, "refused-relay")	/* not for us, and nobody we know */ \
	X(REFUSED_ROUTE, "refused-route")	/* a Route that is not ours */ \
	X(REFUSED_NUMBER, "refused-number")	/* he may not call that */ \
	X(REFUSED_QUIET, "refused-quiet-hours")				\
	X(REFUSED_CALLS, "refused-calls-at-once")			\
	X(REFUSED_MINUTES, "refused-minutes")	/* he has none left today */ \
	X(REFUSED_FULL, "refused-full")		/* all users have too many */ \
	X(REFUSED_LONG, "refused-long")		/* it could not be ended */ \
	X(ENDED_MINUTES, "ended-minutes")	/* he has used them up */ \
	X(ENDED_SILENT, "ended-silent")		/* nothing was heard of it */ \
	X(REFUSED_ASIDE, "refused-aside")	/* past the trunk, to the carrier */ \
	X(NOT_FOUND, "not-found")					\
	X(LOOPS, "loops")						\
	X(OVERLOAD, "overload")						\
	X(BAD, "bad-requests")						\
	X(DISCARDED, "discarded")					\
	X(BANNED, "banned")			/* nobody hears him */	\
	X(MEDIA_OPENED, "media-opened")	/* by the kernel, for us */ \
	X(MEDIA_FAILED, "media-failed")					\
	X(MEDIA_FAMILY, "media-family")	/* IPv4 here, IPv6 there */	\
	X(HANDED, "handed-over")		/* to another worker */	\
	X(HAND_FULL, "hand-full")		/* its mailbox is full */

enum sf_app_counter {
#define X(sym, name) SF_APP_##sym,
	SF_APP_COUNTERS(X)
#undef X
	SF_APP_COUNTER_COUNT
};

const char *sf_app_counter_name(enum sf_app_counter counter);

/**
 * struct sf_daemon - what all workers share; each part says how it is locked
 * @location: where users are
 * @store: and where that is kept
 * @users: who they are
 * @users_watch: sees to it that the database's changes get there
 * @auth: and how they prove it
 * @registrar: where they tell where they are
 * @newsroom: who is told what happens
 * @tracer: who is shown messages
 * @bans: whom nobody hears
 * @sets: tells the kernel; NULL: nobody does
 * @media: dialogs that the kernel opens media of; NULL: nobody asks it
 * @calls: that users make by way of trunks
 * @warden: who is kept away
 * @key: of tokens in Record-Route
 * @opened: the configuration that listeners, workers and the store are made by;
 *          constant
 * @conf: the newest configuration; the main thread's
 * @tls: its, or what its files hold since; the main thread's
 * @old: those before @conf that somebody may still read; the main thread's
 * @reloads: how many there were; likewise
 * @worker: the workers
 * @workers: how many
 * @started: so many of them run
 */
struct sf_daemon {
	struct sf_location *location;
	struct sf_store *store;
	struct sf_users *users;
	struct sf_user_watch *users_watch;
	struct sf_auth *auth;
	struct sf_registrar *registrar;
	struct sf_newsroom newsroom;
	struct sf_tracer tracer;
	struct sf_bans *bans;
	struct sf_sets *sets;
	struct sf_media *media;
	struct sf_calls *calls;
	struct sf_warden *warden;
	struct sf_hash_key key;
	struct sf_conf *opened;
	struct sf_conf *conf;
	struct sf_tls *tls;
	struct sf_old *old;
	u32 reloads;
	struct sf_worker *worker;
	u32 workers;
	u32 started;
};

/**
 * struct sf_worker - one thread; what is here is its own
 * @daemon: what it shares
 * @number: which one it is
 * @origin: the worker that the message came to which is looked at
 * @draining: no new work is taken
 * @why: the counter that was raised last for the request at hand
 * @thread: the thread
 * @loop: what it waits for
 * @mailbox: what others leave for it
 * @net: its sockets
 * @sip: its transactions
 * @resolver: its DNS
 * @self: how it knows the daemon's own addresses
 * @conf: the configuration that it works by, with a reference
 * @reloads: how many it has taken over; for all to read
 * @load: how much of what is new it takes on
 * @sift: and how much of it the kernel drops before
 * @agents: what looks after trunks; only the first worker has some
 * @counters: SF_APP_COUNTERS
 * @pulse: a timer that tells the others how it is
 * @alive: when it last fired, on sf_clock_ms(); for all to read
 * @busy: transactions under way then; for all to read
 */
struct sf_worker {
	struct sf_daemon *daemon;
	u8 number;
	u8 origin;
	bool draining;
	u8 why;
	pthread_t thread;
	struct sf_loop loop;
	struct sf_mailbox mailbox;
	struct sf_net *net;
	struct sf_sip sip;
	struct sf_resolver *resolver;
	struct sf_self self;
	struct sf_conf *conf;
	u32 reloads;
	struct sf_overload load;
	struct sf_sift sift;
	struct sf_agents *agents;
	u64 counters[SF_APP_COUNTER_COUNT];
	struct sf_timer pulse;
	atomic_ullong alive;
	atomic_uint busy;
};

/**
 * sf_worker_count() - count what was decided about the request at hand
 *
 * It is told as the reason, if the request is refused.
 */
static inline void sf_worker_count(struct sf_worker *worker,
				   enum sf_app_counter counter)
{
	worker->counters[counter]++;
	worker->why = (u8)counter;
}

/**
 * sf_worker_open() - make a worker's loop and sockets
 * @worker: @daemon, @number and @conf are set; the rest is zero
 * @failed: the listener that could not be opened, or -1
 *
 * Return: 0 or a negative errno.
 */
int sf_worker_open(struct sf_worker *worker, int *failed);
void sf_worker_close(struct sf_worker *worker);

/**
 * sf_worker_configure() - work by another configuration, in the worker's thread
 * @conf: with a reference, which is the worker's from now on
 */
void sf_worker_configure(struct sf_worker *worker, struct sf_conf *conf);

/**
 * sf_worker_hand() - give a message to the worker whose it is
 *
 * Return: false when its mailbox is full, which was counted.
 */
bool sf_worker_hand(struct sf_worker *worker, u8 to,
		    const struct sf_packet *packet);

/**
 * sf_worker_strange() - a message that belongs to nothing here may belong to
 * another worker
 */
void sf_worker_strange(struct sf_worker *worker,
		       const struct sf_message *message);

/* Is this the ACK of a response that sf_worker_answer() made? */
bool sf_worker_answered(const struct sf_worker *worker,
			const struct sf_message *ack);

/* Answer a request without a transaction; never called for ACK. */
void sf_worker_answer(struct sf_worker *worker,
		      const struct sf_message *request, u16 status,
		      struct sf_text lines);

#endif /* SIPFAST_APP_WORKER_H */
