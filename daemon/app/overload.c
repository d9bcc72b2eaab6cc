// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * overload.c - how much of what is new is taken on, while too much comes
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "overload.h"

/*
 * Percent of a receive buffer: a fraction of T1 to work off. Above the first, fewer
 * refusals are said: each takes time that a call could have. Above the second, when
 * no fewer can be said, fewer requests are taken on.
 */
#define WAITS_MUCH	8
#define WAITS_TOO_MUCH	16

/* Somebody is always told, and somebody served. */
#define ANSWER_MIN	(SF_SHARE_ALL / 16)
#define ADMIT_MIN	(SF_SHARE_ALL / 256)

/* Of struct sf_overload's @waited, a percent. */
#define WAITED_ONE	64

#define STEP_MS		50
#define STEPS_MAX	200

/*
 * So many that are turned away for each one that is taken on are worth a filter; and
 * when there are so few again, behind it, more may come through. What share is taken on
 * says nothing of that: of what comes through, it is a greater one.
 */
#define OTHERS_MANY	4
#define TAKEN_MANY	2	/* for each one that is turned away */
/* Of a look; below there is nothing to tell. */
#define OTHERS_FEW	8

/*
 * Whom the filter drops nobody has heard of. When the load is over he still asks, and
 * is taken for somebody new: the more there are, the longer it takes.
 */
#define KEEP_MIN	(SF_KEEP_ALL * 3 / 8)

static void shrink(struct sf_share *share, u32 by, u32 min)
{
	share->part -= share->part / by;
	if (share->part < min)
		share->part = min;
}

static void grow(struct sf_share *share, u32 by)
{
	share->part += share->part / by + 1;
	if (share->part > SF_SHARE_ALL)
		share->part = SF_SHARE_ALL;
}

/*
 * How much has waited lately: a worker that gets the processor now and then finds more
 * or less each time, whether it gets more or not.
 */
static void note(struct sf_overload *load, u32 backlog)
{
	load->waited -= (load->waited + 3) / 4;
	load->waited += backlog * (WAITED_ONE / 4);
}

/* What happened before says nothing of the time in which nobody asked. */
static void look(struct sf_overload *load, u64 now, u32 backlog)
{
	u64 steps = (now - load->adjusted) / STEP_MS;

	if (!steps)
		return;
	load->adjusted = now;
	note(load, backlog);
	if (backlog > WAITS_MUCH || steps > STEPS_MAX)
		steps = backlog > WAITS_MUCH ? 1 : STEPS_MAX;
	for (; steps; steps--) {
		if (backlog <= WAITS_MUCH)
			grow(&load->answer, 16);
		else
			shrink(&load->answer, 2, ANSWER_MIN);
		if (backlog <= WAITS_TOO_MUCH)
			grow(&load->admit, backlog ? 16 : 4);
		/* While it gets less already, that takes its time. */
		else if (backlog * WAITED_ONE >= load->waited &&
			 load->answer.part == ANSWER_MIN)
			shrink(&load->admit, 8, ADMIT_MIN);
	}
}

static bool take(struct sf_share *share, u32 part)
{
	share->sum += part;
	if (share->sum < SF_SHARE_ALL)
		return false;
	share->sum -= SF_SHARE_ALL;
	return true;
}

void sf_overload_init(struct sf_overload *load)
{
	*load = (struct sf_overload){ .admit.part = SF_SHARE_ALL,
				      .answer.part = SF_SHARE_ALL };
}

void sf_overload_exit(struct sf_overload *load)
{
	sf_shed_free(load->shed);
	load->shed = NULL;
}

/* Of those that ask for the first time, a share. */
static bool is_admitted(struct sf_overload *load, u64 now,
			const struct sf_end *from, const char *of, u32 len)
{
	u32 part = sf_sources_ask(&load->sources, now, from, load->admit.part);

	if (!sf_shed_knows(load->shed, now, of, len) && take(&load->admit, part))
		return true;
	if (!load->shed)
		load->shed = sf_shed_new();
	sf_shed_add(load->shed, now, of, len);
	return false;
}

enum sf_load sf_overload_judge(struct sf_overload *load, u64 now, u32 backlog,
			       const struct sf_end *from, const char *of, u32 len)
{
	if (load->of == of && load->at == now)
		return load->judged;
	look(load, now, backlog);
	load->of = of;
	load->at = now;
	if (is_admitted(load, now, from, of, len)) {
		load->taken++;
		load->judged = SF_LOAD_ADMIT;
	} else {
		load->others++;
		load->judged = take(&load->answer, load->answer.part) ?
				       SF_LOAD_REFUSE :
				       SF_LOAD_SKIP;
	}
	return load->judged;
}

u32 sf_overload_keep(const struct sf_overload *load, u32 keep)
{
	if (load->others <= OTHERS_FEW ||
	    load->others <= load->taken / TAKEN_MANY)
		return keep > SF_KEEP_ALL / 2 ? SF_KEEP_ALL : keep * 2;
	if (load->others <= OTHERS_MANY * load->taken)
		return keep;
	keep -= keep / 8;
	return keep < KEEP_MIN ? KEEP_MIN : keep;
}
