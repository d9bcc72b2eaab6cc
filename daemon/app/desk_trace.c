// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * desk_trace.c - shows messages to those who asked for them
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include <stdlib.h>

#include "../util/base64.h"
#include "../util/container.h"
#include "seat.h"

/* Four characters for three bytes, and some more. */
#define ROOM	(SF_MSG_MAX / 3 * 4 + 8)

/* It is shown as it is: bytes of any kind, as text. */
static void view_bytes(json_t *o, const struct sf_traced *traced)
{
	static char text[ROOM];
	struct sf_out out = sf_out(text, sizeof(text));

	sf_put_base64(&out, (const u8 *)traced->bytes, traced->len);
	if (!out.full)
		json_object_set_new(o, "bytes", json_stringn(text, out.len));
}

static json_t *view(const struct sf_traced *traced)
{
	const struct sf_flow *flow = &traced->flow;
	json_t *o = json_object();

	json_object_set_new(o, "sent", json_boolean(traced->out));
	json_object_set_new(o, "worker", json_integer(traced->worker));
	sf_view_text(o, "transport",
		     sf_text_str(sf_transport_name(flow->transport)));
	sf_view_end(o, "local", &flow->local);
	sf_view_end(o, "remote", &flow->remote);
	if (flow->serial)
		json_object_set_new(o, "connection",
				    json_integer(flow->serial));
	if (traced->err)
		sf_view_text(o, "error", sf_text_str(strerror(-traced->err)));
	view_bytes(o, traced);
	return json_pack("{s:s, s:I, s:o}", "event", "traced", "time_ns",
			 (json_int_t)traced->time_ns, "traced", o);
}

static bool wants(const struct sf_seat *seat, const struct sf_traced *traced)
{
	return seat->tracing &&
	       sf_trace_wants(traced->tracer, seat->place, traced);
}

/* Each gets it, or has lost it. */
static void open_traced(struct sf_letter *letter, void *owner)
{
	struct sf_traced *traced = container_of(letter, struct sf_traced,
						letter);
	struct sf_desk *desk = owner;
	struct sf_seat *seat = desk->seats;
	json_t *line;

	/* The tracer went before us. */
	if (desk->closing) {
		free(traced);
		return;
	}
	line = seat ? view(traced) : NULL;
	for (; seat; seat = seat->next) {
		if (!wants(seat, traced))
			continue;
		seat->lost += sf_trace_lost(traced->tracer, seat->place);
		if (!sf_desk_tell_lost(seat) ||
		    !sf_guest_say(seat->guest, json_incref(line)))
			seat->lost++;
	}
	json_decref(line);
	sf_traced_free(traced);
}

int sf_desk_trace_open(struct sf_desk *desk)
{
	struct sf_tracer *tracer = &desk->daemon->tracer;
	int err = sf_mailbox_init(&desk->traced, desk->loop, SF_TRACED_MAX,
				  desk);

	if (err)
		return err;
	tracer->box = &desk->traced;
	tracer->open = open_traced;
	return 0;
}

void sf_desk_trace(struct sf_seat *seat)
{
	const json_t *asked = json_object_get(seat->asked, "filter");
	struct sf_tracer *tracer = &seat->desk->daemon->tracer;
	struct sf_filter filter;
	const struct sf_text text = {
		.s = json_string_value(asked),
		.len = (u32)json_string_length(asked),
	};

	sf_desk_untrace(seat);
	if (!text.s || !sf_filter_init(&filter, text)) {
		sf_guest_fail(seat->guest, "filter",
			      "a filter is a Call-ID or a user");
		return;
	}
	seat->place = sf_trace_open(tracer, &filter);
	if (seat->place < 0) {
		sf_guest_fail(seat->guest, "busy",
			      "too many trace at the same time");
		return;
	}
	seat->tracing = true;
	sf_guest_listen(seat->guest);
	sf_guest_done(seat->guest);
}

void sf_desk_untrace(struct sf_seat *seat)
{
	if (seat->tracing)
		sf_trace_close(&seat->desk->daemon->tracer, seat->place);
	seat->tracing = false;
}
