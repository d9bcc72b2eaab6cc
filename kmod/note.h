/* SPDX-License-Identifier: GPL-2.0 */
/*
 * note.h - what was decided about a message, and about a call
 *
 * Every decision is counted (stats.h). Those that somebody will ask about, "why
 * is there no audio?", are noted as well: about the message that made them, and
 * from there about its call. Both remember a few; there is no history.
 */
#ifndef _SF_NOTE_H
#define _SF_NOTE_H

#include <linux/types.h>

#include "stats.h"

struct sf_net;
struct sf_packet;

/* Notes about one message, and about one call. */
#define SF_NOTES 6
#define SF_DECISIONS 8

/**
 * struct sf_notes - about one message
 * @n: how many
 * @line: m= line that is being looked at, from 1; 0: none
 * @counters: enum sf_counter of each
 * @lines: @line at that time
 */
struct sf_notes {
	u8 n;
	u8 line;
	u8 counters[SF_NOTES];
	u8 lines[SF_NOTES];
};

static_assert(SF_CNT_COUNT <= U8_MAX);

/**
 * struct sf_decision - what was not done, and in which message
 * @counter: enum sf_counter
 * @line: m= line, from 1; 0: none
 * @caller: the caller sent the message
 * @method: enum sf_method of the message, or that it answers
 * @status: status code of a response; 0 for a request
 * @times: how often; the rest is of the first time
 * @at: milliseconds from the call's beginning
 */
struct sf_decision {
	u8 counter;
	u8 line;
	bool caller;
	u8 method;
	u16 status;
	u16 times;
	u32 at;
};

/**
 * struct sf_decisions - about one call
 * @n: how many
 * @list: the decisions; the first ones, when there are more than fit
 */
struct sf_decisions {
	u8 n;
	struct sf_decision list[SF_DECISIONS];
};

/**
 * sf_note() - count a decision, and note it about a message
 */
void sf_note(struct sf_packet *pkt, enum sf_counter c);

/**
 * sf_decide() - the same where no message is at hand
 *
 * The namespace is locked; it is noted about the message that is being handled
 * under the lock, if there is one.
 */
void sf_decide(struct sf_net *sn, enum sf_counter c);

/**
 * sf_note_line() - say which m= line the next decisions are about
 * @line: from 1; 0: none
 *
 * The namespace is locked.
 */
void sf_note_line(struct sf_net *sn, int line);

/**
 * sf_decisions_take() - take over what was noted about a message
 * @caller: the caller sent it
 * @begun: ktime_get_boottime_ns() of the call's beginning
 */
void sf_decisions_take(struct sf_decisions *decisions,
		       const struct sf_packet *pkt, bool caller, u64 begun);

#endif /* _SF_NOTE_H */
