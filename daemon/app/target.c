// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * target.c - where a user may be reached
 */
#include "target.h"

static struct sf_span copy(struct sf_targets *targets, struct sf_text text)
{
	struct sf_span s = { targets->len, text.len };

	memcpy(targets->text + s.off, text.s, text.len);
	targets->len += text.len;
	return s;
}

/* Where in the order of q; of equal ones the later comes behind. */
static struct sf_target *insert(struct sf_targets *targets, u16 q)
{
	u32 i = targets->count++;

	for (; i && targets->target[i - 1].q < q; i--)
		targets->target[i] = targets->target[i - 1];
	return &targets->target[i];
}

static enum sf_reach reach_of(struct sf_location *location,
			      const struct sf_record *record)
{
	if (sf_outbound_beats(record) &&
	    sf_location_late(location, &record->flow))
		return SF_REACH_NONE;
	return sf_outbound_reach(record);
}

static void add_target(struct sf_location *location, struct sf_targets *targets,
		       const struct sf_record *record)
{
	struct sf_text instance = sf_record_instance(record);
	enum sf_reach reach = reach_of(location, record);
	u32 len = record->contact + record->path + instance.len;
	struct sf_target *target;

	if (reach == SF_REACH_NONE) {
		targets->unreached++;
		return;
	}
	if (targets->count == SF_TARGETS_MAX ||
	    len > SF_TARGETS_TEXT - targets->len) {
		targets->left_out++;
		return;
	}
	target = insert(targets, record->q);
	target->contact = copy(targets, sf_record_contact(record));
	target->path = copy(targets, sf_record_path(record));
	target->instance = copy(targets, instance);
	target->flow = record->flow;
	target->reach = reach;
	target->wall = record->wall;
	target->reg_id = record->reg_id;
	target->q = record->q;
}

u32 sf_location_lookup(struct sf_location *location, struct sf_text aor,
		       struct sf_targets *targets)
{
	const struct sf_binding *binding;
	struct sf_place place;

	targets->count = 0;
	targets->left_out = 0;
	targets->unreached = 0;
	targets->len = 0;
	sf_location_lock(location, &place, aor);
	for (binding = sf_location_first(&place); binding;
	     binding = sf_location_next(binding))
		add_target(location, targets, sf_binding_record(binding));
	sf_location_unlock(&place);
	return targets->count;
}
