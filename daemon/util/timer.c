// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * timer.c - a hierarchical wheel of timers
 *
 * Times are numbers of six digits to the base of 64. A timer lies on the level
 * of the first digit in which its time differs from the wheel's, in the slot of
 * that digit. When the clock gets there it moves down, to where the next digit
 * that differs is; on level 0 it is due. So on each level but the last, slots in
 * use lie ahead of the clock's own digit and never wrap around. On the last
 * they may: what is further away than the wheel is long waits in the furthest
 * slot and is looked at again there.
 *
 * Stopping a timer leaves its slot's bit in @busy: bits say "may".
 */
#include <limits.h>

#include "timer.h"

#define TOP	(SF_WHEEL_LEVELS - 1)
#define NEVER	UINT64_MAX
#define FEW	4	/* timers of a slot that are looked at to know how long to wait */

static u32 shift_of(u32 level)
{
	return level * SF_WHEEL_BITS;
}

static u32 digit_of(u64 at, u32 level)
{
	return (at >> shift_of(level)) & (SF_WHEEL_SLOTS - 1);
}

static void push(struct sf_timer **link, struct sf_timer *timer)
{
	timer->next = *link;
	timer->link = link;
	if (timer->next)
		timer->next->link = &timer->next;
	*link = timer;
}

static void unlink_timer(struct sf_timer *timer)
{
	*timer->link = timer->next;
	if (timer->next)
		timer->next->link = timer->link;
	timer->link = NULL;
}

/* The level of a time: where it first differs from the clock. */
static u32 level_of(u64 at, u64 now)
{
	u64 differ = (at ^ now) | 1;
	u32 level = (63 - (u32)__builtin_clzll(differ)) / SF_WHEEL_BITS;

	return level < TOP ? level : TOP;
}

static void place(struct sf_wheel *wheel, struct sf_timer *timer)
{
	u64 furthest = wheel->now + ((u64)(SF_WHEEL_SLOTS - 1) << shift_of(TOP));
	u64 at = timer->at < furthest ? timer->at : furthest;
	u32 level = level_of(at, wheel->now), digit = digit_of(at, level);

	wheel->busy[level] |= 1ull << digit;
	push(&wheel->slots[level][digit], timer);
}

void sf_wheel_init(struct sf_wheel *wheel, u64 now)
{
	memset(wheel, 0, sizeof(*wheel));
	wheel->now = now;
}

void sf_timer_set(struct sf_wheel *wheel, struct sf_timer *timer, u64 ms)
{
	sf_timer_stop(timer);
	timer->at = ms < NEVER - wheel->now ? wheel->now + ms : NEVER;
	place(wheel, timer);
}

void sf_timer_stop(struct sf_timer *timer)
{
	if (timer->link)
		unlink_timer(timer);
}

static u64 rotate_right(u64 bits, u32 by)
{
	return bits >> by | bits << (-by & 63);
}

/* How many slots ahead of the clock the first one with timers is; -1: none is. */
static int ahead(const struct sf_wheel *wheel, u32 level)
{
	u32 digit = digit_of(wheel->now, level), slot;
	u64 bits = rotate_right(wheel->busy[level], digit);

	for (; bits; bits &= bits - 1) {
		slot = (u32)__builtin_ctzll(bits);
		if (wheel->slots[level][(digit + slot) & (SF_WHEEL_SLOTS - 1)])
			return (int)slot;
	}
	return -1;
}

/* When the first slot of a level that has timers begins, or NEVER. */
static u64 level_start(const struct sf_wheel *wheel, u32 level)
{
	int slots = wheel->busy[level] ? ahead(wheel, level) : -1;

	if (slots < 0)
		return NEVER;
	return ((wheel->now >> shift_of(level)) + (u32)slots) << shift_of(level);
}

/*
 * The time when a slot has to be looked at next. Of those with the same time the
 * highest level is first: what moves down from it may be due at once.
 */
static u64 next_slot(const struct sf_wheel *wheel, u32 *level)
{
	u64 first = NEVER, start;
	u32 i;

	for (i = 0; i < SF_WHEEL_LEVELS; i++) {
		start = level_start(wheel, i);
		if (start == NEVER || start > first)
			continue;
		first = start;
		*level = i;
	}
	return first;
}

static struct sf_timer *take_slot(struct sf_wheel *wheel, u32 level)
{
	u32 digit = digit_of(wheel->now, level);
	struct sf_timer *list = wheel->slots[level][digit];

	wheel->slots[level][digit] = NULL;
	wheel->busy[level] &= ~(1ull << digit);
	return list;
}

static void move_down(struct sf_wheel *wheel, struct sf_timer *list)
{
	struct sf_timer *next;

	for (; list; list = next) {
		next = list->next;
		place(wheel, list);
	}
}

/* Hang a slot's timers behind those that are due. Return: the new end. */
static struct sf_timer **append(struct sf_timer **end, struct sf_timer *list)
{
	*end = list;
	list->link = end;
	while (list->next)
		list = list->next;
	return &list->next;
}

/*
 * First everything that is due is taken off the wheel: what the timers set
 * themselves is on it relative to the time that it is, and fires in a later run.
 */
void sf_wheel_run(struct sf_wheel *wheel, u64 now)
{
	struct sf_timer *due = NULL, **end = &due, *timer;
	u32 level = 0;

	if (now < wheel->now)
		now = wheel->now;
	for (;;) {
		u64 start = next_slot(wheel, &level);

		if (start > now || start == NEVER)
			break;
		wheel->now = start;
		if (level)
			move_down(wheel, take_slot(wheel, level));
		else
			end = append(end, take_slot(wheel, level));
	}
	wheel->now = now;
	while (due) {
		timer = due;
		unlink_timer(timer);
		timer->fire(timer);
	}
}

/* When the first of few timers is due; of many, when they move down. */
static u64 first_of(const struct sf_timer *list, u64 start)
{
	u64 first = NEVER;
	u32 few = FEW;

	for (; list; list = list->next) {
		if (!few--)
			return start;
		if (list->at < first)
			first = list->at;
	}
	return first;
}

/*
 * Nobody has to wake up only to move a timer down: sf_wheel_run() does that when
 * something is due, too.
 */
int sf_wheel_wait(const struct sf_wheel *wheel)
{
	u64 first = NEVER, start, at;
	u32 i;

	for (i = 0; i < SF_WHEEL_LEVELS; i++) {
		start = level_start(wheel, i);
		if (start >= first)
			continue;
		at = first_of(wheel->slots[i][digit_of(start, i)], start);
		if (at < first)
			first = at;
	}
	if (first == NEVER)
		return -1;
	return first - wheel->now < INT_MAX ? (int)(first - wheel->now) : INT_MAX;
}
