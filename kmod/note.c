// SPDX-License-Identifier: GPL-2.0
/*
 * note.c - what was decided about a message, and about a call
 */
#include <linux/ktime.h>

#include "note.h"
#include "packet.h"
#include "pernet.h"

static bool sf_notes_have(const struct sf_notes *notes, enum sf_counter c)
{
	int i;

	for (i = 0; i < notes->n; i++)
		if (notes->counters[i] == c && notes->lines[i] == notes->line)
			return true;

	return false;
}

static void sf_notes_add(struct sf_notes *notes, enum sf_counter c)
{
	if (notes->n == SF_NOTES || sf_notes_have(notes, c))
		return;

	notes->counters[notes->n] = c;
	notes->lines[notes->n++] = notes->line;
}

void sf_note(struct sf_packet *pkt, enum sf_counter c)
{
	sf_count(pkt->sn, c);
	sf_notes_add(&pkt->notes, c);
}

void sf_decide(struct sf_net *sn, enum sf_counter c)
{
	lockdep_assert_held(&sn->lock);

	sf_count(sn, c);
	if (sn->handled)
		sf_notes_add(&sn->handled->notes, c);
}

void sf_note_line(struct sf_net *sn, int line)
{
	lockdep_assert_held(&sn->lock);

	if (sn->handled)
		sn->handled->notes.line = line;
}

/* The entry for a note, a new one if it was not made before; NULL: no room. */
static struct sf_decision *sf_decision_get(struct sf_decisions *decisions,
					   u8 counter, u8 line, bool caller)
{
	struct sf_decision *d;
	int i;

	for (i = 0; i < decisions->n; i++) {
		d = &decisions->list[i];
		if (d->counter == counter && d->line == line &&
		    d->caller == caller)
			return d;
	}

	return decisions->n < SF_DECISIONS ?
	       &decisions->list[decisions->n++] : NULL;
}

void sf_decisions_take(struct sf_decisions *decisions,
		       const struct sf_packet *pkt, bool caller, u64 begun)
{
	const struct sf_notes *notes = &pkt->notes;
	struct sf_decision *d;
	int i;

	for (i = 0; i < notes->n; i++) {
		d = sf_decision_get(decisions, notes->counters[i],
				    notes->lines[i], caller);
		if (!d)
			return;
		if (d->times < U16_MAX && d->times++)
			continue;
		d->counter = notes->counters[i];
		d->line = notes->lines[i];
		d->caller = caller;
		d->method = pkt->msg->method;
		d->status = pkt->msg->status;
		d->at = div_u64(ktime_get_boottime_ns() - begun, NSEC_PER_MSEC);
	}
}
