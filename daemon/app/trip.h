/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * trip.h - a letter that goes to a worker and comes back with what belongs to
 * him
 *
 * A worker looks at a piece and goes on serving; the letter goes again for the
 * next piece when somebody wants it.
 */
#ifndef SIPFAST_APP_TRIP_H
#define SIPFAST_APP_TRIP_H

#include "worker.h"

#define SF_TRIP_PIECE	64	/* things that a worker looks at in one go */
#define SF_TRIP_ROOM	128	/* those of the last bucket come on top */
#define SF_DEAL_TEXT	96	/* bytes of a Call-ID that are kept */

enum sf_trip_kind {
	SF_TRIP_CONNS,
	SF_TRIP_DEALS,		/* transactions */
	SF_TRIP_COUNTERS,
};

/**
 * struct sf_deal_view - a transaction, for people
 * @server: the request came to us; otherwise we sent it
 * @method: enum sf_method
 * @state: enum sf_state
 * @worker: whose it is
 * @transport: of @peer
 * @call_len: bytes in @call_id
 * @age_ms: since it began
 * @peer: who asked, or is asked
 * @call_id: the beginning of it; empty when the request is not kept any more
 */
struct sf_deal_view {
	bool server;
	u8 method;
	u8 state;
	u8 worker;
	u8 transport;
	u8 call_len;
	u64 age_ms;
	struct sf_end peer;
	char call_id[SF_DEAL_TEXT];
};

/**
 * struct sf_worker_counters - what a worker has counted
 */
struct sf_worker_counters {
	u64 net[SF_NET_COUNTER_COUNT];
	u64 sip[SF_SIP_COUNTER_COUNT];
	u64 app[SF_APP_COUNTER_COUNT];
	u64 dns[SF_RESOLVE_COUNTER_COUNT];
	u64 conns;	/* that there are */
	u64 deals;
};

/**
 * struct sf_trip - the letter
 * @letter: head
 * @home: the main thread's mailbox
 * @back: opens the letter there
 * @owner: of who sent it
 * @kind: enum sf_trip_kind
 * @worker: where it goes to
 * @clients: client transactions are looked at; before, the server's
 * @more: there is more with this worker
 * @at: where that begins
 * @now: the worker's clock
 * @count: things found this time
 * @next: of those, the first that was not told yet; the sender's
 */
struct sf_trip {
	struct sf_letter letter;
	struct sf_mailbox *home;
	void (*back)(struct sf_letter *letter, void *owner);
	void *owner;
	enum sf_trip_kind kind;
	u32 worker;
	bool clients;
	bool more;
	u32 at;
	u64 now;
	u32 count;
	u32 next;
	union {
		struct sf_conn_view conn[SF_TRIP_ROOM];
		struct sf_deal_view deal[SF_TRIP_ROOM];
		struct sf_worker_counters counters;
	};
};

/**
 * sf_trip_send() - let it go to its worker
 * @trip: made by malloc(); who finds nobody at home frees it
 *
 * Return: false when the worker's mailbox is full, or he does not run: the
 * letter is still the caller's.
 */
bool sf_trip_send(struct sf_trip *trip, struct sf_daemon *daemon);

#endif /* SIPFAST_APP_TRIP_H */
