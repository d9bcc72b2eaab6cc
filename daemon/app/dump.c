// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * dump.c - long answers, a piece at a time
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include <stdlib.h>

#include "../util/container.h"
#include "outbound.h"
#include "seat.h"

#define PIECE	64	/* bindings that are copied under a lock in one go */

/**
 * struct kept - a binding in a batch; the address of record is behind it
 * @size: bytes to the next one
 * @left: seconds until it expires
 * @record: bytes from here to the record
 * @aor: bytes of the address of record
 */
struct kept {
	u32 size;
	u32 left;
	u32 record;
	u32 aor;
	char bytes[];
};

static size_t aligned(size_t len)
{
	return (len + 7) & ~(size_t)7;
}

static char *make_room(struct sf_batch *batch, size_t len)
{
	size_t max = batch->max ? batch->max : 65536;
	char *buf;

	while (max < batch->len + len)
		max *= 2;
	if (max != batch->max) {
		buf = realloc(batch->buf, max);
		if (!buf)
			return NULL;
		batch->buf = buf;
		batch->max = max;
	}
	return batch->buf + batch->len;
}

/* Under the shard's lock: a copy, and no more. */
static void keep(void *arg, struct sf_text aor, const struct sf_record *record,
		 u32 left)
{
	struct sf_batch *batch = arg;
	size_t head = aligned(sizeof(struct kept) + aor.len);
	size_t len = sizeof(*record) + sf_record_len(record);
	struct kept *kept = (void *)make_room(batch, aligned(head + len));

	if (!kept) {
		batch->failed = true;
		return;
	}
	*kept = (struct kept){ .size = (u32)aligned(head + len), .left = left,
			       .record = (u32)head, .aor = aor.len };
	memcpy(kept->bytes, aor.s, aor.len);
	memcpy((char *)kept + head, record, len);
	batch->len += kept->size;
}

static bool is_late(const struct sf_daemon *daemon,
		    const struct sf_record *record)
{
	return sf_outbound_beats(record) &&
	       sf_location_late(daemon->location, &record->flow);
}

/* Return: false when there is no room for all now. */
static bool tell_batch(struct sf_seat *seat)
{
	struct sf_batch *batch = &seat->batch;
	const struct sf_record *record;
	const struct kept *kept;
	json_t *line;

	while (batch->next < batch->len) {
		kept = (const void *)(batch->buf + batch->next);
		record = (const void *)((const char *)kept + kept->record);
		line = sf_view_binding((struct sf_text){ kept->bytes, kept->aor },
				       record, kept->left,
				       is_late(seat->desk->daemon, record));
		line = json_pack("{s:o}", "binding", line);
		if (!sf_guest_say(seat->guest, line))
			return false;
		batch->next += kept->size;
	}
	batch->len = 0;
	batch->next = 0;
	return true;
}

static enum sf_pace_of_answer tell_bindings(struct sf_seat *seat)
{
	while (tell_batch(seat)) {
		if (seat->batch.failed) {
			sf_guest_fail(seat->guest, "no-memory",
				      "memory is short");
			return SF_ANSWER_FAILED;
		}
		if (!seat->more)
			return SF_ANSWER_DONE;
		seat->more = sf_location_some(seat->desk->daemon->location,
					      &seat->at, PIECE, keep,
					      &seat->batch);
	}
	return SF_ANSWER_WAITS;
}

void sf_dump_bindings(struct sf_seat *seat)
{
	seat->at = 0;
	seat->more = true;
	seat->batch.failed = false;
	seat->go_on = tell_bindings;
}

bool sf_dump_trip(struct sf_seat *seat, enum sf_trip_kind kind)
{
	if (!seat->trip)
		seat->trip = malloc(sizeof(*seat->trip));
	if (!seat->trip) {
		sf_guest_fail(seat->guest, "no-memory", "memory is short");
		return false;
	}
	seat->trip->home = &seat->desk->trips;
	seat->trip->back = sf_desk_back;
	seat->trip->owner = seat;
	seat->trip->kind = kind;
	seat->trip->worker = 0;
	seat->trip->clients = false;
	seat->trip->more = true;
	seat->trip->at = 0;
	seat->trip->count = 0;
	seat->trip->next = 0;
	return true;
}

enum sf_pace_of_answer sf_dump_send(struct sf_seat *seat)
{
	seat->away = sf_trip_send(seat->trip, seat->desk->daemon);
	if (seat->away)
		return SF_ANSWER_WAITS;
	sf_guest_fail(seat->guest, "busy", "a worker takes no more letters");
	return SF_ANSWER_FAILED;
}

static json_t *view(const struct sf_trip *trip)
{
	if (trip->kind == SF_TRIP_CONNS)
		return json_pack("{s:o}", "connection",
				 sf_view_conn(&trip->conn[trip->next]));
	return json_pack("{s:o}", "transaction",
			 sf_view_deal(&trip->deal[trip->next]));
}

/* Tell what the letter brought, and let it fetch more. */
static enum sf_pace_of_answer tell_trip(struct sf_seat *seat)
{
	struct sf_trip *trip = seat->trip;

	for (; trip->next < trip->count; trip->next++)
		if (!sf_guest_say(seat->guest, view(trip)))
			return SF_ANSWER_WAITS;
	if (!trip->more) {
		trip->worker++;
		trip->at = 0;
		trip->clients = false;
	}
	if (trip->worker == seat->desk->daemon->workers)
		return SF_ANSWER_DONE;
	return sf_dump_send(seat);
}

void sf_dump_conns(struct sf_seat *seat)
{
	if (sf_dump_trip(seat, SF_TRIP_CONNS))
		seat->go_on = tell_trip;
}

void sf_dump_deals(struct sf_seat *seat)
{
	if (sf_dump_trip(seat, SF_TRIP_DEALS))
		seat->go_on = tell_trip;
}

/* A letter that has not been anywhere brings nothing. */
static enum sf_pace_of_answer sum_up(struct sf_seat *seat)
{
	struct sf_trip *trip = seat->trip;

	if (trip->more) {
		memset(&seat->sum, 0, sizeof(seat->sum));
	} else {
		sf_tally_add(&seat->sum, &trip->counters);
		trip->worker++;
	}
	if (trip->worker < seat->desk->daemon->workers)
		return sf_dump_send(seat);
	sf_tally_tell(seat);
	return SF_ANSWER_DONE;
}

void sf_dump_stats(struct sf_seat *seat)
{
	if (sf_dump_trip(seat, SF_TRIP_COUNTERS))
		seat->go_on = sum_up;
}
