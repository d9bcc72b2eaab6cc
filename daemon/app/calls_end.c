// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * calls_end.c - calls that have to end
 *
 * Once a second all calls are looked at. What is ended here stays in the table until
 * the callee has been told: it costs as long as he is on the line.
 */
#include "calls_internal.h"

#include <errno.h>

#include "../util/clock.h"
#include "../util/container.h"

#define AGAIN_MS	(SF_CALLS_AGAIN_S * 1000ull)

/* RFC 3326; the codes are what a call gets that nobody lets begin, or that is dead. */
static const char *const reasons[] = {
	[SF_CALLS_MINUTES] =
		"SIP ;cause=403 ;text=\"the minutes of the day are used up\"",
	[SF_CALLS_SILENT] =
		"SIP ;cause=408 ;text=\"nothing was heard of this call\"",
};

enum sf_calls_why sf_calls_bind(struct sf_calls *calls,
				const struct sf_message *invite,
				struct sf_dialog **dialog)
{
	if (calls->bound >= SF_CALLS_BOUND)
		return SF_CALLS_FULL;
	switch (sf_dialog_new(dialog, invite)) {
	case 0:
		return SF_CALLS_FINE;
	case -EMSGSIZE:
	case -ERANGE:
		return SF_CALLS_LONG;
	default:
		return SF_CALLS_FULL;
	}
}

void sf_calls_unbind(struct sf_calls *calls, struct sf_call *call)
{
	if (call->dialog)
		calls->bound--;
	sf_dialog_free(call->dialog);
	call->dialog = NULL;
}

static bool tell(struct sf_calls *calls, struct sf_call *call,
		 enum sf_calls_end why)
{
	const struct sf_calls_user *user = call->user;
	struct sf_calls_over over = {
		.ref = { call->entry.hash, call->serial },
		.why = (u8)why,
		.again = call->tries,
		.aor = { user->aor, user->len },
	};
	static char text[2][SF_DIALOG_BYE];
	u32 side;

	for (side = 0; side < 2; side++) {
		struct sf_out out = sf_out(text[side], SF_DIALOG_BYE);

		sf_dialog_bye(call->dialog, &out, side, reasons[why]);
		if (!out.full)
			over.bye[side] = (struct sf_text){ out.buf, out.len };
	}
	return calls->ops->over(calls->owner, &over);
}

/*
 * A session that is not refreshed in time is over, and both sides should have hung up
 * (RFC 4028, 10): they may not go on where nobody counts them. Who promised nothing may
 * just have nothing to say; only minutes have to be sure.
 */
static bool is_to_be_told(const struct sf_call *call)
{
	return call->dialog && (call->user->minutes ||
				call->patience < SF_CALLS_SILENT_S * 1000ull);
}

/* The others are only forgotten. */
static void end(struct sf_calls *calls, struct sf_call *call,
		enum sf_calls_end why)
{
	u64 now = sf_clock_ms();

	if (call->tries && now - call->told < AGAIN_MS)
		return;
	if (!is_to_be_told(call) || call->tries == SF_CALLS_TRIES) {
		sf_calls_drop(calls, call);
	} else if (tell(calls, call, why)) {
		call->dirty = true;
		call->told = now;
		call->tries++;
	}
}

/* What rings ends with its INVITE; that is not looked at. */
static void judge(void *arg, struct sf_entry *entry)
{
	struct sf_calls_user *user = container_of(entry, struct sf_calls_user,
						  entry);
	struct sf_calls *calls = arg;
	struct sf_call *call, *next;
	u64 now = sf_clock_ms();
	bool used_up;

	if (!user->first)
		return;
	used_up = user->minutes &&
		  sf_calls_spoken(user) >= user->minutes * 60000ull;
	for (call = user->first; call; call = next) {
		next = call->next;
		if (!call->tag)
			continue;
		if (now - call->heard >= call->patience)
			end(calls, call, SF_CALLS_SILENT);
		else if (call->dialog && used_up)
			end(calls, call, SF_CALLS_MINUTES);
	}
}

void sf_calls_judge(struct sf_calls *calls)
{
	sf_calls_each_user(calls, judge, calls);
}

/**
 * struct review - users that are looked at anew
 * @minutes: says what they have; called with @arg
 */
struct review {
	u32 (*minutes)(void *arg, struct sf_text aor);
	void *arg;
};

static void review(void *arg, struct sf_entry *entry)
{
	struct sf_calls_user *user = container_of(entry, struct sf_calls_user,
						  entry);
	const struct review *how = arg;

	user->minutes = how->minutes(how->arg,
				     (struct sf_text){ user->aor, user->len });
}

void sf_calls_review(struct sf_calls *calls,
		     u32 (*minutes)(void *arg, struct sf_text aor), void *arg)
{
	struct review how = { minutes, arg };

	pthread_mutex_lock(&calls->lock);
	sf_calls_each_user(calls, review, &how);
	pthread_mutex_unlock(&calls->lock);
}
