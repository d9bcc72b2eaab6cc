/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * calls.h - calls that users make by way of trunks, and how long they talk there
 *
 * A call counts from its INVITE: what rings is a line as well. It ends when the
 * INVITE fails, when somebody hangs up and the other side knows of it, or when
 * nothing was heard of its dialog for too long: SF_CALLS_SILENT_S, or what the 2xx
 * says of session timers (RFC 4028). What is sent within a dialog is no new call; what
 * comes of a REFER is a call of whoever makes it.
 *
 * Minutes are those after the 2xx, of a day in local time. With a database they are
 * written to it every SF_CALLS_KEEP_S, and when we end.
 *
 * Of a user who has a limit the dialogs are remembered, SF_CALLS_BOUND of them at a
 * time. His calls are ended when his minutes are: both sides are sent BYE (dialog.h).
 * A side that does not take it is told again every SF_CALLS_AGAIN_S, SF_CALLS_TRIES
 * times in all. As no call whose minutes count is to go on unseen, it is ended as well
 * when nothing was heard of it for too long; and so is one of a user who has any limit,
 * when it was to be heard of and was not.
 *
 * Such calls are kept as well, and go on with the next daemon, which ends them; time
 * in which there was none is not counted, and after SF_CALLS_GAP_S they are forgotten.
 *
 * All workers share it. One lock: a call takes it a few times.
 */
#ifndef SIPFAST_APP_CALLS_H
#define SIPFAST_APP_CALLS_H

#include "../sip/message.h"
#include "allowance.h"
#include "way.h"

#define SF_CALLS_MAX		65536	/* at a time */
#define SF_CALLS_SILENT_S	14400
#define SF_CALLS_KEEP_S		10
#define SF_CALLS_BOUND		16384
#define SF_CALLS_AGAIN_S	60
#define SF_CALLS_TRIES		5
#define SF_CALLS_GAP_S		600

struct sf_calls;

/**
 * struct sf_call_ref - which call; of @serial 0 it is none
 */
struct sf_call_ref {
	u64 hash;
	u64 serial;
};

enum sf_calls_why {
	SF_CALLS_FINE,
	SF_CALLS_TOO_MANY,	/* at once, of this user */
	SF_CALLS_TOO_LONG,	/* he has no minutes left */
	SF_CALLS_FULL,		/* there are too many, or no memory */
	SF_CALLS_LONG,		/* we could not end it: its texts, or CSeq, are too long */
};

/* Why a call is ended. */
enum sf_calls_end {
	SF_CALLS_MINUTES,	/* they are used up */
	SF_CALLS_SILENT,
};

/**
 * struct sf_calls_over - a call that is to be ended
 * @ref: which
 * @why: enum sf_calls_end
 * @again: that was tried before
 * @aor: whose
 * @bye: what each side, [SF_CALLER] and [SF_CALLEE], is to be told, as it would come
 *	in from the other; none: that side cannot be told
 */
struct sf_calls_over {
	struct sf_call_ref ref;
	u8 why;
	bool again;
	struct sf_text aor;
	struct sf_text bye[2];
};

/**
 * struct sf_calls_ops - who ends calls
 * @over: tells both sides; sf_calls_ended() when the callee knows. Called by
 *	sf_calls_tick() with a lock held: it does not call us. False: not now.
 */
struct sf_calls_ops {
	bool (*over)(void *owner, const struct sf_calls_over *over);
};

/**
 * sf_calls_open() - begin, with today's minutes
 * @calls: for sf_calls_close(); written only on success
 * @path: of the database; NULL: nothing is kept
 * @ops: NULL: nobody can end calls; called with @owner
 *
 * Return: 0 or a negative errno.
 */
int sf_calls_open(struct sf_calls **calls, const char *path,
		  const struct sf_calls_ops *ops, void *owner);

/* NULL is fine. */
void sf_calls_close(struct sf_calls *calls);

/**
 * sf_calls_begin() - a user calls somebody
 * @aor: who
 * @ref: written with SF_CALLS_FINE: for one of those below
 */
enum sf_calls_why sf_calls_begin(struct sf_calls *calls,
				 const struct sf_allowance *allowance,
				 struct sf_text aor,
				 const struct sf_message *invite,
				 struct sf_call_ref *ref);

/**
 * sf_calls_answered() - a 2xx came
 * @self: knows our own elements of Record-Route
 */
void sf_calls_answered(struct sf_calls *calls, const struct sf_call_ref *ref,
		       const struct sf_self *self,
		       const struct sf_message *response);

/* A 2xx to a request within its dialog came: both may be reached elsewhere now. */
void sf_calls_moved(struct sf_calls *calls, const struct sf_call_ref *ref,
		    const struct sf_message *request,
		    const struct sf_message *response);

/* It is over, or never came about; nothing happens when it is not there. */
void sf_calls_ended(struct sf_calls *calls, const struct sf_call_ref *ref);

/**
 * struct sf_calls_path - where a request within a dialog comes from, and goes
 * @by_trunk: a trunk sends it
 * @to_trunk: it goes to one
 * @from: whose address it comes from
 * @to: the URI of its next hop
 *
 * Who makes a call may say to himself, in the other side's name or at an address of
 * his, that it is over, or that the other side has moved. What is said of a call is
 * believed when it comes from the trunk, or goes there: or where the other side is,
 * as it said itself.
 */
struct sf_calls_path {
	bool by_trunk;
	bool to_trunk;
	const struct sf_ip *from;
	struct sf_text to;
};

/**
 * sf_calls_within() - something was sent within a dialog
 * @ref: written: its call, if that is believed; or none
 *
 * Return: false when it is not to go on: its CSeq leaves none for our BYE.
 */
bool sf_calls_within(struct sf_calls *calls, const struct sf_message *request,
		     const struct sf_calls_path *path, struct sf_call_ref *ref);

/**
 * sf_calls_review() - what users may do has changed
 * @minutes: says how many; called with @arg, and a lock held
 */
void sf_calls_review(struct sf_calls *calls,
		     u32 (*minutes)(void *arg, struct sf_text aor), void *arg);

/* Call it every second, from one thread. */
void sf_calls_tick(struct sf_calls *calls);

/* How many there are. */
u32 sf_calls_count(struct sf_calls *calls);

#endif /* SIPFAST_APP_CALLS_H */
