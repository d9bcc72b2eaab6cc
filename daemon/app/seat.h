/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * seat.h - somebody at the desk, and how far his answer is
 *
 * desk.c takes requests and has the short answers, dump.c has the long ones,
 * tally.c the counters, desk_trace.c shows messages, and desk_ban.c has bans.
 */
#ifndef SIPFAST_APP_SEAT_H
#define SIPFAST_APP_SEAT_H

#include "../sys/control.h"
#include "desk.h"
#include "trip.h"
#include "view.h"

/**
 * struct sf_batch - bindings that were copied, and not told yet
 * @buf: one after the other; see dump.c
 * @len: bytes used
 * @max: bytes there are
 * @next: where the first is that was not told
 * @failed: one of them found no memory
 */
struct sf_batch {
	char *buf;
	size_t len;
	size_t max;
	size_t next;
	bool failed;
};

enum sf_pace_of_answer {
	SF_ANSWER_WAITS,	/* until there is room, or the trip is back */
	SF_ANSWER_DONE,
	SF_ANSWER_FAILED,	/* and that was told */
};

/**
 * struct sf_seat - a guest and his question
 * @next: of all seats
 * @desk: where he sits
 * @guest: he; NULL: he left while a letter was under way
 * @go_on: says as much of the answer as fits now; NULL: nothing is asked
 * @trip: a letter to workers; NULL: none was needed yet
 * @away: it is under way, and not ours
 * @at: where in the location the answer is
 * @more: there are more bindings
 * @batch: bindings
 * @sum: counters of workers so far
 * @listening: he is told the news
 * @tracing: he is shown messages
 * @place: his, with the tracer, while he is
 * @lost: so many of either did not fit in his queue, and he does not know yet
 * @asked: the request that begins; NULL afterwards
 */
struct sf_seat {
	struct sf_seat *next;
	struct sf_desk *desk;
	struct sf_guest *guest;
	enum sf_pace_of_answer (*go_on)(struct sf_seat *seat);
	struct sf_trip *trip;
	bool away;
	u64 at;
	bool more;
	struct sf_batch batch;
	struct sf_worker_counters sum;
	bool listening;
	bool tracing;
	int place;
	u64 lost;
	const json_t *asked;
};

/**
 * struct sf_desk - the whole
 * @daemon: what is asked about
 * @user: what the main thread does, called with @owner
 * @control: the socket
 * @loop: the main thread's
 * @trips: letters come back here
 * @news: and what happens comes here
 * @traced: and messages that somebody wants to see
 * @seats: who is there
 * @began: when, on sf_clock_ms()
 * @closing: nobody is answered any more
 */
struct sf_desk {
	struct sf_daemon *daemon;
	const struct sf_desk_user *user;
	void *owner;
	struct sf_control *control;
	struct sf_loop *loop;
	struct sf_mailbox trips;
	struct sf_mailbox news;
	struct sf_mailbox traced;
	struct sf_seat *seats;
	u64 began;
	bool closing;
};

/* Begin a long answer. */
void sf_dump_bindings(struct sf_seat *seat);
void sf_dump_conns(struct sf_seat *seat);
void sf_dump_deals(struct sf_seat *seat);
void sf_dump_stats(struct sf_seat *seat);

/**
 * sf_dump_trip() - a letter for a first or another trip
 * Return: false without memory, which was told.
 */
bool sf_dump_trip(struct sf_seat *seat, enum sf_trip_kind kind);

/* Let it go. */
enum sf_pace_of_answer sf_dump_send(struct sf_seat *seat);

/* A letter is back: free it, or go on. */
void sf_desk_back(struct sf_letter *letter, void *owner);

/**
 * sf_desk_tell_lost() - tell him how much he has lost, if that fits
 * Return: false when it did not.
 */
bool sf_desk_tell_lost(struct sf_seat *seat);

/* Open the box for messages; before workers run. 0 or a negative errno. */
int sf_desk_trace_open(struct sf_desk *desk);

/* Begin to show messages, and end that; he may not be at it. */
void sf_desk_trace(struct sf_seat *seat);
void sf_desk_untrace(struct sf_seat *seat);

/* Bans: the list, and what is done by hand. */
void sf_desk_bans(struct sf_seat *seat);
void sf_desk_ban(struct sf_seat *seat);
void sf_desk_unban(struct sf_seat *seat);
void sf_desk_allow(struct sf_seat *seat);

/* Add what another worker has counted. */
void sf_tally_add(struct sf_worker_counters *sum,
		  const struct sf_worker_counters *counters);

/* Tell all counters, those of workers as summed up. */
void sf_tally_tell(struct sf_seat *seat);

#endif /* SIPFAST_APP_SEAT_H */
