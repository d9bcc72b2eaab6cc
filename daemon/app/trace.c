// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * trace.c - copies of messages, for those who want to see them
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "trace.h"

#include <stdlib.h>
#include <time.h>

#include <sipfast/mask.h>

#include "../util/container.h"

static u64 now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (u64)now.tv_sec * 1000000000 + (u64)now.tv_nsec;
}

/* Who wants it, as bits. */
static u32 ask_all(struct sf_tracer *tracer, const struct sf_msg *msg,
		   u64 *opened)
{
	u32 i, whose = 0;

	pthread_mutex_lock(&tracer->lock);
	*opened = tracer->opened;
	for (i = 0; i < SF_TRACES_MAX; i++)
		if (tracer->trace[i].filter.len &&
		    sf_filter_match(&tracer->trace[i].filter, msg))
			whose |= 1u << i;
	pthread_mutex_unlock(&tracer->lock);
	return whose;
}

static void lose(struct sf_tracer *tracer, u32 whose)
{
	u32 i;

	pthread_mutex_lock(&tracer->lock);
	for (i = 0; i < SF_TRACES_MAX; i++)
		if (whose & 1u << i)
			tracer->trace[i].lost++;
	pthread_mutex_unlock(&tracer->lock);
}

/* NULL when too much waits already, or memory is short. */
static struct sf_traced *copy(struct sf_tracer *tracer,
			      const struct sf_sight *sight)
{
	struct sf_traced *traced = NULL;

	if (atomic_fetch_add(&tracer->waiting, sight->len) + sight->len <=
	    SF_TRACED_BYTES)
		traced = malloc(sizeof(*traced) + sight->len);
	if (!traced) {
		atomic_fetch_sub(&tracer->waiting, sight->len);
		return NULL;
	}
	*traced = (struct sf_traced){
		.letter.open = tracer->open,
		.tracer = tracer,
		.time_ns = now_ns(),
		.flow = *sight->flow,
		.worker = sight->worker,
		.out = sight->out,
		.err = sight->err,
		.len = sight->len,
	};
	memcpy(traced->bytes, sight->buf, sight->len);
	sf_mask(traced->bytes, traced->len);
	return traced;
}

/* Line ends in front of a message are no part of it. */
static void trim(struct sf_sight *sight)
{
	while (sight->len && (*sight->buf == '\r' || *sight->buf == '\n')) {
		sight->buf++;
		sight->len--;
	}
}

static void see(struct sf_net_tap *tap, const struct sf_sight *seen)
{
	static _Thread_local struct sf_msg msg;
	struct sf_tracer *tracer = container_of(tap, struct sf_tracer, tap);
	struct sf_sight sight = *seen;
	struct sf_traced *traced;
	u64 opened;
	u32 whose;

	trim(&sight);
	/* What is wrong with it is for others to judge: it is shown as well. */
	sf_msg_parse(&msg, sight.buf, sight.len);
	whose = ask_all(tracer, &msg, &opened);
	if (!whose)
		return;
	traced = copy(tracer, &sight);
	if (traced) {
		traced->whose = whose;
		traced->opened = opened;
		if (sf_mailbox_put(tracer->box, &traced->letter))
			return;
		sf_traced_free(traced);
	}
	lose(tracer, whose);
}

void sf_tracer_init(struct sf_tracer *tracer)
{
	tracer->tap.see = see;
	pthread_mutex_init(&tracer->lock, NULL);
}

static void see_who_traces(struct sf_tracer *tracer)
{
	bool any = false;
	u32 i;

	for (i = 0; i < SF_TRACES_MAX; i++)
		any |= tracer->trace[i].filter.len;
	atomic_store(&tracer->tap.open, any);
}

int sf_trace_open(struct sf_tracer *tracer, const struct sf_filter *filter)
{
	int i, place = -1;

	pthread_mutex_lock(&tracer->lock);
	for (i = 0; i < SF_TRACES_MAX && place < 0; i++) {
		if (tracer->trace[i].filter.len)
			continue;
		place = i;
		tracer->trace[i] = (struct sf_trace){
			.filter = *filter,
			.since = ++tracer->opened,
		};
	}
	see_who_traces(tracer);
	pthread_mutex_unlock(&tracer->lock);
	return place;
}

void sf_trace_close(struct sf_tracer *tracer, int place)
{
	pthread_mutex_lock(&tracer->lock);
	tracer->trace[place].filter.len = 0;
	see_who_traces(tracer);
	pthread_mutex_unlock(&tracer->lock);
}

bool sf_trace_wants(struct sf_tracer *tracer, int place,
		    const struct sf_traced *traced)
{
	bool newer;

	pthread_mutex_lock(&tracer->lock);
	newer = tracer->trace[place].since <= traced->opened;
	pthread_mutex_unlock(&tracer->lock);
	return newer && traced->whose & 1u << place;
}

u64 sf_trace_lost(struct sf_tracer *tracer, int place)
{
	u64 lost;

	pthread_mutex_lock(&tracer->lock);
	lost = tracer->trace[place].lost;
	tracer->trace[place].lost = 0;
	pthread_mutex_unlock(&tracer->lock);
	return lost;
}

void sf_traced_free(struct sf_traced *traced)
{
	atomic_fetch_sub(&traced->tracer->waiting, traced->len);
	free(traced);
}
