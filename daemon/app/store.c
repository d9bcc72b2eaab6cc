// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * store.c - changes, as they are handed to a store
 */
#include <stdlib.h>

#include "store.h"

/**
 * struct step - head of a step in a change
 * @len: bytes to the next one, a multiple of 8
 * @step: enum sf_step
 */
struct step {
	u32 len;
	u32 step;
};

const char *sf_store_counter_name(enum sf_store_counter counter)
{
	static const char *const names[] = {
#define X(sym, name) [SF_STORE_##sym] = (name),
		SF_STORE_COUNTERS(X)
#undef X
	};

	return counter < SF_STORE_COUNTER_COUNT ? names[counter] : "unknown";
}

static u32 aligned(u32 len)
{
	return (len + 7) & ~7u;
}

u32 sf_change_room_put(const struct sf_fresh *fresh)
{
	return aligned((u32)(sizeof(struct step) + sizeof(struct sf_record) +
			     sf_fresh_len(fresh)));
}

u32 sf_change_room_delete(const struct sf_record *record)
{
	return aligned((u32)(sizeof(struct step) + sizeof(*record)) +
		       sf_record_len(record));
}

struct sf_change *sf_change_new(struct sf_text aor, u32 room)
{
	u32 head = aligned(aor.len);
	struct sf_change *change = malloc(sizeof(*change) + head + room);

	if (!change)
		return NULL;
	change->next = NULL;
	change->receipt = NULL;
	change->since = 0;
	change->aor = aor.len;
	change->len = head;
	change->max = head + room;
	memcpy(change->data, aor.s, aor.len);
	return change;
}

static void add(struct sf_change *change, enum sf_step what,
		const struct sf_record *record)
{
	struct step *step = (struct step *)(change->data + change->len);
	u32 len = (u32)sizeof(*record) + sf_record_len(record);
	u32 all = aligned((u32)sizeof(*step) + len);

	/* the caller has counted: more is a fault of his, not of a phone's */
	if (all > change->max - change->len)
		abort();
	step->len = all;
	step->step = what;
	memcpy(step + 1, record, len);
	change->len += all;
}

void sf_change_put(struct sf_change *change, const struct sf_record *record)
{
	add(change, SF_STEP_PUT, record);
}

void sf_change_delete(struct sf_change *change, const struct sf_record *record)
{
	add(change, SF_STEP_DELETE, record);
}

bool sf_change_next(const struct sf_change *change, u32 *at,
		    struct sf_step_view *view)
{
	const struct step *step;

	if (!*at)
		*at = aligned(change->aor);
	if (*at >= change->len)
		return false;
	step = (const struct step *)(change->data + *at);
	*at += step->len;
	view->step = (enum sf_step)step->step;
	view->record = (const struct sf_record *)(step + 1);
	return true;
}
