// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * state.c - the four state machines of transactions, as tables
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "state.h"

#define GO(to, what)	{ .known = true, .next = SF_##to, .todo = what }

#define SEND	SF_DO_SEND
#define RESEND	SF_DO_RESEND
#define ACK	SF_DO_ACK
#define TELL	SF_DO_TELL
#define TIMEOUT	SF_DO_TIMEOUT
#define FAIL	SF_DO_FAIL

/* RFC 3261, figure 5, with figure 2 of RFC 6026. */
static const struct sf_row invite_client[SF_STATE_COUNT][SF_EVENT_COUNT] = {
	[SF_BEGUN] = {
		[SF_EV_1XX] = GO(PROCEEDING, TELL),
		[SF_EV_2XX] = GO(ACCEPTED, TELL),
		[SF_EV_FINAL] = GO(COMPLETED, ACK | TELL),
		[SF_EV_RESEND] = GO(BEGUN, RESEND),
		[SF_EV_EXPIRE] = GO(TERMINATED, TIMEOUT),
		[SF_EV_BROKEN] = GO(TERMINATED, FAIL),
	},
	[SF_PROCEEDING] = {
		[SF_EV_1XX] = GO(PROCEEDING, TELL),
		[SF_EV_2XX] = GO(ACCEPTED, TELL),
		[SF_EV_FINAL] = GO(COMPLETED, ACK | TELL),
		/* After CANCEL: RFC 3261, 9.1. */
		[SF_EV_EXPIRE] = GO(TERMINATED, TIMEOUT),
	},
	[SF_COMPLETED] = {
		[SF_EV_FINAL] = GO(COMPLETED, ACK),
		[SF_EV_EXPIRE] = GO(TERMINATED, 0),
	},
	[SF_ACCEPTED] = {
		[SF_EV_2XX] = GO(ACCEPTED, TELL),
		[SF_EV_EXPIRE] = GO(TERMINATED, 0),
	},
};

static const struct sf_stay invite_client_stay[SF_STATE_COUNT] = {
	[SF_BEGUN] = { SF_PACE_DOUBLE, SF_LAST_64T1 },		/* A, B */
	[SF_PROCEEDING] = { SF_PACE_NONE, SF_LAST_EVER },
	[SF_COMPLETED] = { SF_PACE_NONE, SF_LAST_SILENCE },	/* D */
	[SF_ACCEPTED] = { SF_PACE_NONE, SF_LAST_64T1 },		/* M */
};

/* RFC 3261, figure 6. */
static const struct sf_row client[SF_STATE_COUNT][SF_EVENT_COUNT] = {
	[SF_BEGUN] = {
		[SF_EV_1XX] = GO(PROCEEDING, TELL),
		[SF_EV_2XX] = GO(COMPLETED, TELL),
		[SF_EV_FINAL] = GO(COMPLETED, TELL),
		[SF_EV_RESEND] = GO(BEGUN, RESEND),
		[SF_EV_EXPIRE] = GO(TERMINATED, TIMEOUT),
		[SF_EV_BROKEN] = GO(TERMINATED, FAIL),
	},
	[SF_PROCEEDING] = {
		[SF_EV_1XX] = GO(PROCEEDING, TELL),
		[SF_EV_2XX] = GO(COMPLETED, TELL),
		[SF_EV_FINAL] = GO(COMPLETED, TELL),
		[SF_EV_RESEND] = GO(PROCEEDING, RESEND),
		[SF_EV_EXPIRE] = GO(TERMINATED, TIMEOUT),
	},
	[SF_COMPLETED] = {
		[SF_EV_2XX] = GO(COMPLETED, 0),
		[SF_EV_FINAL] = GO(COMPLETED, 0),
		[SF_EV_EXPIRE] = GO(TERMINATED, 0),
	},
};

static const struct sf_stay client_stay[SF_STATE_COUNT] = {
	[SF_BEGUN] = { SF_PACE_CAPPED, SF_LAST_64T1 },		/* E, F */
	[SF_PROCEEDING] = { SF_PACE_SLOW, SF_LAST_ON },
	[SF_COMPLETED] = { SF_PACE_NONE, SF_LAST_T4 },		/* K */
};

/* RFC 3261, figure 7, with figure 3 of RFC 6026. */
static const struct sf_row invite_server[SF_STATE_COUNT][SF_EVENT_COUNT] = {
	[SF_PROCEEDING] = {
		[SF_EV_AGAIN] = GO(PROCEEDING, RESEND),
		[SF_EV_1XX] = GO(PROCEEDING, SEND),
		[SF_EV_2XX] = GO(ACCEPTED, SEND),
		[SF_EV_FINAL] = GO(COMPLETED, SEND),
	},
	[SF_COMPLETED] = {
		[SF_EV_AGAIN] = GO(COMPLETED, RESEND),
		[SF_EV_ACK] = GO(CONFIRMED, 0),
		[SF_EV_RESEND] = GO(COMPLETED, RESEND),
		[SF_EV_EXPIRE] = GO(TERMINATED, TIMEOUT),
		[SF_EV_BROKEN] = GO(TERMINATED, FAIL),
	},
	[SF_CONFIRMED] = {
		[SF_EV_AGAIN] = GO(CONFIRMED, 0),
		[SF_EV_ACK] = GO(CONFIRMED, 0),
		[SF_EV_EXPIRE] = GO(TERMINATED, 0),
	},
	[SF_ACCEPTED] = {
		[SF_EV_AGAIN] = GO(ACCEPTED, 0),
		[SF_EV_2XX] = GO(ACCEPTED, SEND),
		[SF_EV_EXPIRE] = GO(TERMINATED, 0),
	},
};

static const struct sf_stay invite_server_stay[SF_STATE_COUNT] = {
	[SF_PROCEEDING] = { SF_PACE_NONE, SF_LAST_EVER },
	[SF_COMPLETED] = { SF_PACE_CAPPED, SF_LAST_64T1 },	/* G, H */
	[SF_CONFIRMED] = { SF_PACE_NONE, SF_LAST_T4 },		/* I */
	[SF_ACCEPTED] = { SF_PACE_NONE, SF_LAST_64T1 },		/* L */
};

/* RFC 3261, figure 8. */
static const struct sf_row server[SF_STATE_COUNT][SF_EVENT_COUNT] = {
	[SF_BEGUN] = {
		[SF_EV_AGAIN] = GO(BEGUN, 0),
		[SF_EV_1XX] = GO(PROCEEDING, SEND),
		[SF_EV_2XX] = GO(COMPLETED, SEND),
		[SF_EV_FINAL] = GO(COMPLETED, SEND),
	},
	[SF_PROCEEDING] = {
		[SF_EV_AGAIN] = GO(PROCEEDING, RESEND),
		[SF_EV_1XX] = GO(PROCEEDING, SEND),
		[SF_EV_2XX] = GO(COMPLETED, SEND),
		[SF_EV_FINAL] = GO(COMPLETED, SEND),
	},
	[SF_COMPLETED] = {
		[SF_EV_AGAIN] = GO(COMPLETED, RESEND),
		[SF_EV_EXPIRE] = GO(TERMINATED, 0),
		[SF_EV_BROKEN] = GO(TERMINATED, 0),
	},
};

static const struct sf_stay server_stay[SF_STATE_COUNT] = {
	[SF_BEGUN] = { SF_PACE_NONE, SF_LAST_EVER },
	[SF_PROCEEDING] = { SF_PACE_NONE, SF_LAST_EVER },
	[SF_COMPLETED] = { SF_PACE_NONE, SF_LAST_SILENCE },	/* J */
};

static const struct sf_row (*const machines[SF_MACHINES])[SF_EVENT_COUNT] = {
	[SF_INVITE_CLIENT] = invite_client,
	[SF_CLIENT] = client,
	[SF_INVITE_SERVER] = invite_server,
	[SF_SERVER] = server,
};

static const struct sf_stay *const stays[SF_MACHINES] = {
	[SF_INVITE_CLIENT] = invite_client_stay,
	[SF_CLIENT] = client_stay,
	[SF_INVITE_SERVER] = invite_server_stay,
	[SF_SERVER] = server_stay,
};

static _Thread_local u64 visits[SF_MACHINES][SF_STATE_COUNT][SF_EVENT_COUNT];

const struct sf_row *sf_state_row(enum sf_machine machine, enum sf_state state,
				  enum sf_event event)
{
	return &machines[machine][state][event];
}

const struct sf_row *sf_state_step(enum sf_machine machine,
				   enum sf_state state, enum sf_event event)
{
	visits[machine][state][event]++;
	return sf_state_row(machine, state, event);
}

u64 sf_state_visits(enum sf_machine machine, enum sf_state state,
		    enum sf_event event)
{
	return visits[machine][state][event];
}

const struct sf_stay *sf_state_stay(enum sf_machine machine,
				    enum sf_state state)
{
	return &stays[machine][state];
}

const char *sf_state_name(enum sf_state state)
{
	static const char *const names[] = {
#define X(sym, name) name,
		SF_STATES(X)
#undef X
	};

	return names[state];
}

const char *sf_event_name(enum sf_event event)
{
	static const char *const names[] = {
#define X(sym, name) name,
		SF_EVENTS(X)
#undef X
	};

	return names[event];
}
