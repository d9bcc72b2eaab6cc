// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * desk_ban.c - bans by hand, and the list of them
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include <errno.h>
#include <stdlib.h>

#include "../util/clock.h"
#include "ban.h"
#include "seat.h"

#define PIECE	64	/* bans that are copied under the lock in one go */

static const char *const states[] = {
	[SF_BAN_NONE] = "over",
	[SF_BAN_ALLOWED] = "allowed",
	[SF_BAN_LIMITED] = "limited",
	[SF_BAN_BANNED] = "banned",
};

static json_t *view(const struct sf_ban *ban)
{
	u64 now = sf_clock_wall();
	char ip[SF_IP_TEXT_MAX + 4];
	u32 len = sf_ip_text(&ban->ip, false, ip);
	json_t *o;

	snprintf(ip + len, sizeof(ip) - len, "%s",
		 ban->ip.family == 4 ? "" : "/64");
	o = json_pack("{s:s, s:s, s:I, s:I}", "address", ip, "state",
		      states[ban->kind], "strikes", (json_int_t)ban->strikes,
		      "since", (json_int_t)ban->since);
	if (ban->end) {
		json_object_set_new(o, "end", json_integer((json_int_t)ban->end));
		json_object_set_new(o, "left_s", json_integer(ban->end > now ?
			(json_int_t)(ban->end - now) : 0));
	}
	sf_view_text(o, "reason", sf_text_str(ban->reason));
	sf_view_text(o, "evidence", sf_text_str(ban->evidence));
	return json_pack("{s:o}", "ban", o);
}

static void keep(void *arg, const struct sf_ban *ban)
{
	struct sf_batch *batch = arg;
	size_t max = batch->max ? batch->max * 2 : 2 * PIECE * sizeof(*ban);
	char *buf;

	if (ban->kind == SF_BAN_NONE)
		return;
	if (batch->len + sizeof(*ban) > batch->max) {
		buf = realloc(batch->buf, max);
		if (!buf)
			return;
		batch->buf = buf;
		batch->max = max;
	}
	memcpy(batch->buf + batch->len, ban, sizeof(*ban));
	batch->len += sizeof(*ban);
}

static enum sf_pace_of_answer tell_bans(struct sf_seat *seat)
{
	struct sf_batch *batch = &seat->batch;
	struct sf_ban ban;
	u32 at;

	for (;;) {
		for (; batch->next < batch->len; batch->next += sizeof(ban)) {
			memcpy(&ban, batch->buf + batch->next, sizeof(ban));
			if (!sf_guest_say(seat->guest, view(&ban)))
				return SF_ANSWER_WAITS;
		}
		if (!seat->more)
			return SF_ANSWER_DONE;
		batch->len = 0;
		batch->next = 0;
		at = (u32)seat->at;
		seat->more = sf_ban_some(seat->desk->daemon->bans, &at, PIECE,
					 keep, batch);
		seat->at = at;
	}
}

void sf_desk_bans(struct sf_seat *seat)
{
	seat->at = 0;
	seat->more = true;
	seat->batch.len = 0;
	seat->batch.next = 0;
	seat->go_on = tell_bans;
}

/* Return: false when that is none, which was told. */
static bool read_address(struct sf_seat *seat, struct sf_ip *ip)
{
	const char *text = json_string_value(json_object_get(seat->asked,
							     "address"));
	u32 len = text ? (u32)strlen(text) : 0;

	if (len > 3 && !strcmp(text + len - 3, "/64") && memchr(text, ':', len))
		len -= 3;
	if (len && sf_span_ip(text, (struct sf_span){ 0, (u16)len }, ip))
		return true;
	sf_guest_fail(seat->guest, "address", "that is no address");
	return false;
}

static const char *asked_text(const struct sf_seat *seat)
{
	const char *text = json_string_value(json_object_get(seat->asked,
							     "because"));

	return text ? text : "";
}

static void answer(struct sf_seat *seat, int err)
{
	if (err)
		sf_guest_fail(seat->guest, "full", "there is no room for more");
	else
		sf_guest_done(seat->guest);
}

void sf_desk_ban(struct sf_seat *seat)
{
	json_int_t seconds = json_integer_value(json_object_get(seat->asked,
								"seconds"));
	struct sf_ip ip;

	if (read_address(seat, &ip))
		answer(seat, sf_ban_by_hand(seat->desk->daemon->bans, &ip,
					    seconds > 0 ? (u64)seconds : 0,
					    asked_text(seat)));
}

void sf_desk_allow(struct sf_seat *seat)
{
	struct sf_ip ip;

	if (read_address(seat, &ip))
		answer(seat, sf_ban_allow(seat->desk->daemon->bans, &ip,
					  asked_text(seat)));
}

void sf_desk_unban(struct sf_seat *seat)
{
	struct sf_ip ip;

	if (!read_address(seat, &ip))
		return;
	if (sf_ban_lift(seat->desk->daemon->bans, &ip))
		sf_guest_done(seat->guest);
	else
		sf_guest_fail(seat->guest, "unknown",
			      "that address is neither banned nor allowed");
}
