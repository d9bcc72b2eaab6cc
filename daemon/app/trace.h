/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * trace.h - copies of messages, for those who want to see them
 *
 * Workers make them, as letters to the main thread (desk_trace.c), which passes
 * them on. Secrets are taken out before they leave the worker. While nobody
 * traces a message costs a look at a flag; while somebody does, reading its
 * headers once more, under a lock that all workers share.
 */
#ifndef SIPFAST_APP_TRACE_H
#define SIPFAST_APP_TRACE_H

#include <pthread.h>

#include "../net/net.h"
#include "../util/mailbox.h"
#include "filter.h"

/* So many trace at the same time. */
#define SF_TRACES_MAX	8

/* What may wait for the main thread; the rest is lost, and that is told. */
#define SF_TRACED_MAX	4096
#define SF_TRACED_BYTES	(8 << 20)

/**
 * struct sf_trace - somebody's wish
 * @filter: what he wants to see; an empty one is nobody's
 * @since: sf_tracer.opened when he came: letters that are older were another's
 * @lost: messages that he did not get, and was not told of
 */
struct sf_trace {
	struct sf_filter filter;
	u64 since;
	u64 lost;
};

/**
 * struct sf_tracer - where messages are seen
 * @tap: what workers' sockets call
 * @lock: protects @trace and @opened
 * @trace: who traces
 * @opened: how often one began
 * @waiting: bytes of messages in letters
 * @box: the main thread's; set before other threads run, and valid as long
 * @open: what it does with letters
 */
struct sf_tracer {
	struct sf_net_tap tap;
	pthread_mutex_t lock;
	struct sf_trace trace[SF_TRACES_MAX];
	u64 opened;
	atomic_ullong waiting;
	struct sf_mailbox *box;
	void (*open)(struct sf_letter *letter, void *owner);
};

/**
 * struct sf_traced - a letter: a message that came or was sent
 * @letter: head; for sf_traced_free()
 * @tracer: that made it
 * @time_ns: when, in nanoseconds since 1970
 * @opened: sf_tracer.opened then
 * @whose: bits of those who want it, by their place
 * @flow: where from, or where to
 * @worker: whose sockets it went through
 * @out: it was sent
 * @err: 0; or why it could not be sent, a negative errno
 * @len: of @bytes
 * @bytes: it, without its secrets
 */
struct sf_traced {
	struct sf_letter letter;
	struct sf_tracer *tracer;
	u64 time_ns;
	u64 opened;
	u32 whose;
	struct sf_flow flow;
	u8 worker;
	bool out;
	int err;
	u32 len;
	char bytes[];
};

void sf_tracer_init(struct sf_tracer *tracer);

/**
 * sf_trace_open() - begin to trace
 * @filter: copied
 *
 * Return: the place; or -1 when too many do.
 */
int sf_trace_open(struct sf_tracer *tracer, const struct sf_filter *filter);

/* Nobody wants to see that any more. */
void sf_trace_close(struct sf_tracer *tracer, int place);

/* Is the letter for the one who traces there? */
bool sf_trace_wants(struct sf_tracer *tracer, int place,
		    const struct sf_traced *traced);

/**
 * sf_trace_lost() - how many messages did not become letters?
 *
 * They are forgotten then.
 */
u64 sf_trace_lost(struct sf_tracer *tracer, int place);

/* The letter was read. */
void sf_traced_free(struct sf_traced *traced);

#endif /* SIPFAST_APP_TRACE_H */
