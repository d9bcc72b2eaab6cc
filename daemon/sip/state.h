/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * state.h - the four state machines of transactions, as tables
 *
 * RFC 3261, 17; RFC 6026 for what happens after a 2xx to INVITE.
 */
#ifndef SIPFAST_SIP_STATE_H
#define SIPFAST_SIP_STATE_H

#include <sipfast/deps.h>

enum sf_machine {
	SF_INVITE_CLIENT,
	SF_CLIENT,		/* of anything else */
	SF_INVITE_SERVER,
	SF_SERVER,
	SF_MACHINES
};

/* X(symbol, name) */
#define SF_STATES(X)							\
	X(BEGUN, "begun")		/* Calling; Trying */		\
	X(PROCEEDING, "proceeding")					\
	X(COMPLETED, "completed")	/* a final response came, or went */ \
	X(CONFIRMED, "confirmed")	/* and its ACK came */		\
	X(ACCEPTED, "accepted")		/* it was a 2xx to INVITE */	\
	X(TERMINATED, "terminated")

enum sf_state {
#define X(sym, name) SF_##sym,
	SF_STATES(X)
#undef X
	SF_STATE_COUNT
};

/* X(symbol, name): what can happen to a transaction. */
#define SF_EVENTS(X)							\
	X(AGAIN, "again")		/* server: the request came again */ \
	X(ACK, "ack")			/* server: ACK of what is no 2xx */ \
	X(1XX, "1xx")			/* came; server: is to be sent */ \
	X(2XX, "2xx")							\
	X(FINAL, "final")		/* 300 to 699 */		\
	X(RESEND, "resend")		/* timers A, E, G */		\
	X(EXPIRE, "expire")		/* timers B, D, F, H, I, J, K, L, M */ \
	X(BROKEN, "broken")		/* the transport says it cannot */

enum sf_event {
#define X(sym, name) SF_EV_##sym,
	SF_EVENTS(X)
#undef X
	SF_EVENT_COUNT
};

/* What is done then, in this order. */
#define SF_DO_SEND	0x01	/* send what is new: a response */
#define SF_DO_RESEND	0x02	/* send again what was sent last */
#define SF_DO_ACK	0x04	/* acknowledge */
#define SF_DO_TELL	0x08	/* show the application the response */
#define SF_DO_TIMEOUT	0x10	/* tell it that nothing came */
#define SF_DO_FAIL	0x20	/* tell it that nothing can come */

/**
 * struct sf_row - what an event does in a state
 * @known: it can happen; what cannot is ignored
 * @next: enum sf_state
 * @todo: SF_DO_ flags
 */
struct sf_row {
	bool known;
	u8 next;
	u8 todo;
};

/* How often something is sent again in a state. */
enum sf_pace {
	SF_PACE_NONE,
	SF_PACE_DOUBLE,		/* T1, twice as long each time (timer A) */
	SF_PACE_CAPPED,		/* the same, but T2 at most (E, G) */
	SF_PACE_SLOW,		/* every T2 */
};

/* How long a state lasts at most. */
enum sf_last {
	SF_LAST_EVER,		/* as long as the application wants */
	SF_LAST_ON,		/* as long as the state before it had left */
	SF_LAST_64T1,
	SF_LAST_T4,		/* of datagrams; otherwise it is over at once */
	SF_LAST_SILENCE,	/* 64 T1 of datagrams; otherwise it is over */
};

/**
 * struct sf_stay - what being in a state means
 * @pace: enum sf_pace; of datagrams only
 * @last: enum sf_last
 */
struct sf_stay {
	u8 pace;
	u8 last;
};

/**
 * sf_state_row() - what an event does
 * Return: a row; its @known is false for what cannot happen.
 */
const struct sf_row *sf_state_row(enum sf_machine machine, enum sf_state state,
				  enum sf_event event);

/**
 * sf_state_step() - the same for who goes through it: it is counted
 */
const struct sf_row *sf_state_step(enum sf_machine machine,
				   enum sf_state state, enum sf_event event);

/**
 * sf_state_visits() - how often a row was gone through by this thread
 *
 * For tests, which go through every one.
 */
u64 sf_state_visits(enum sf_machine machine, enum sf_state state,
		    enum sf_event event);

const struct sf_stay *sf_state_stay(enum sf_machine machine,
				    enum sf_state state);
const char *sf_state_name(enum sf_state state);
const char *sf_event_name(enum sf_event event);

#endif /* SIPFAST_SIP_STATE_H */
