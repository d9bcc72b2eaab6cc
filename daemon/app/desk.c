// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * desk.c - answers what the tool asks
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "desk.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "../util/clock.h"
#include "../util/container.h"
#include "seat.h"
#include "user.h"

#define TRIPS_MAX	1024	/* of guests that are there, and that left */
#define NEWS_MAX	4096

static void answer(struct sf_seat *seat, json_t *line)
{
	sf_guest_say(seat->guest, line);
	sf_guest_done(seat->guest);
}

static void ping(struct sf_seat *seat)
{
	answer(seat, json_pack("{s:s}", "version", seat->desk->user->version));
}

/* What `sipfast check` wants to know. */
static void status(struct sf_seat *seat)
{
	const struct sf_desk *desk = seat->desk;
	const struct sf_daemon *daemon = desk->daemon;
	const struct sf_conf *conf = daemon->conf;
	const struct sf_seat *other;
	bool asks = false;
	int listeners = 0;
	u32 i;

	for (i = 0; i < conf->domains.count; i++)
		asks |= conf->domains.list[i].auth;
	for (other = desk->seats; other; other = other->next)
		listeners += other->listening;
	answer(seat, json_pack("{s:{s:s, s:i, s:I, s:i, s:i, s:I, s:I, s:I, s:s, s:b, s:o}}",
			       "status", "version", desk->user->version,
			       "pid", (int)getpid(), "uptime_s",
			       (json_int_t)(sf_clock_ms() - desk->began) / 1000,
			       "workers", (int)daemon->workers,
			       "listeners", listeners, "users",
			       (json_int_t)sf_users_count(daemon->users),
			       "bindings",
			       (json_int_t)sf_location_count(daemon->location),
			       "trunks", (json_int_t)conf->trunks, "domain",
			       conf->domains.list[0].name, "authenticates", asks,
			       "listen", sf_view_listen(conf)));
}

static void trunks(struct sf_seat *seat)
{
	const struct sf_conf *conf = seat->desk->daemon->conf;
	u32 i;

	for (i = 0; i < conf->trunks; i++)
		sf_guest_say(seat->guest,
			     json_pack("{s:o}", "trunk",
				       sf_view_trunk(&conf->trunk[i])));
	sf_guest_done(seat->guest);
}

static void config(struct sf_seat *seat)
{
	answer(seat, json_pack("{s:o}", "config",
			       sf_view_conf(seat->desk->daemon->conf)));
}

static void tell_errors(struct sf_seat *seat, char *errors)
{
	char *line, *rest = errors;
	json_t *o;

	while ((line = strsep(&rest, "\n"))) {
		if (!*line)
			continue;
		o = json_object();
		sf_view_text(o, "wrong", sf_text_str(line));
		sf_guest_say(seat->guest, o);
	}
}

static void reload(struct sf_seat *seat)
{
	const struct sf_desk *desk = seat->desk;
	char *errors = NULL;
	size_t len;
	FILE *stream = open_memstream(&errors, &len);
	bool good = stream && desk->user->reload(desk->owner, stream);

	if (stream)
		fclose(stream);
	if (good) {
		answer(seat, json_pack("{s:s}", "reloaded",
				       desk->daemon->conf->file));
	} else {
		if (errors)
			tell_errors(seat, errors);
		sf_guest_fail(seat->guest, "configuration",
			      "the configuration is wrong; the old one stays");
	}
	free(errors);
}

static void see_who_listens(struct sf_desk *desk)
{
	const struct sf_seat *seat = desk->seats;

	while (seat && !seat->listening)
		seat = seat->next;
	atomic_store(&desk->daemon->newsroom.wanted, seat);
}

static void monitor(struct sf_seat *seat)
{
	seat->listening = true;
	sf_guest_listen(seat->guest);
	sf_guest_done(seat->guest);
	see_who_listens(seat->desk);
}

static const struct {
	const char *name;
	void (*begin)(struct sf_seat *seat);
} requests[] = {
	{ "ping", ping },
	{ "status", status },
	{ "bindings", sf_dump_bindings },
	{ "connections", sf_dump_conns },
	{ "transactions", sf_dump_deals },
	{ "trunks", trunks },
	{ "stats", sf_dump_stats },
	{ "config", config },
	{ "reload", reload },
	{ "monitor", monitor },
	{ "trace", sf_desk_trace },
	{ "bans", sf_desk_bans },
	{ "ban", sf_desk_ban },
	{ "unban", sf_desk_unban },
	{ "allow", sf_desk_allow },
};

/* Of a long answer, as much as fits. */
static void go_on(struct sf_seat *seat)
{
	enum sf_pace_of_answer pace;

	if (!seat->go_on || seat->away)
		return;
	pace = seat->go_on(seat);
	if (pace == SF_ANSWER_WAITS)
		return;
	seat->go_on = NULL;
	if (pace == SF_ANSWER_DONE)
		sf_guest_done(seat->guest);
}

static struct sf_seat *take_seat(struct sf_desk *desk, struct sf_guest *guest)
{
	struct sf_seat *seat = *sf_guest_state(guest);

	if (seat)
		return seat;
	seat = calloc(1, sizeof(*seat));
	if (!seat)
		return NULL;
	seat->desk = desk;
	seat->guest = guest;
	seat->next = desk->seats;
	desk->seats = seat;
	*sf_guest_state(guest) = seat;
	return seat;
}

static void leave(struct sf_seat *seat)
{
	struct sf_seat **at = &seat->desk->seats;

	while (*at != seat)
		at = &(*at)->next;
	*at = seat->next;
	if (!seat->away)
		free(seat->trip);
	free(seat->batch.buf);
	free(seat);
}

static void take_request(void *owner, struct sf_guest *guest,
			 const json_t *asked)
{
	struct sf_seat *seat = take_seat(owner, guest);
	const char *name = json_string_value(json_object_get(asked, "request"));
	u32 i;

	if (!seat) {
		sf_guest_fail(guest, "no-memory", "memory is short");
		return;
	}
	for (i = 0; name && i < ARRAY_SIZE(requests); i++) {
		if (strcmp(requests[i].name, name))
			continue;
		seat->asked = asked;
		requests[i].begin(seat);
		seat->asked = NULL;
		go_on(seat);
		return;
	}
	sf_guest_fail(guest, "unknown-request",
		      "this sipfastd does not know the request");
}

bool sf_desk_tell_lost(struct sf_seat *seat)
{
	json_t *line;

	if (!seat->lost)
		return true;
	line = json_pack("{s:I, s:s, s:I}", "time_ms",
			 (json_int_t)sf_clock_wall() * 1000, "event", "lost",
			 "count", (json_int_t)seat->lost);
	if (!sf_guest_say(seat->guest, line))
		return false;
	seat->lost = 0;
	return true;
}

static void more(void *owner, struct sf_guest *guest)
{
	struct sf_seat *seat = *sf_guest_state(guest);

	(void)owner;
	if (!seat)
		return;
	sf_desk_tell_lost(seat);
	go_on(seat);
}

static void closed(void *owner, struct sf_guest *guest)
{
	struct sf_desk *desk = owner;
	struct sf_seat *seat = *sf_guest_state(guest);

	if (!seat)
		return;
	seat->guest = NULL;
	seat->listening = false;
	if (!desk->closing) {
		sf_desk_untrace(seat);
		see_who_listens(desk);
	}
	if (!seat->away)
		leave(seat);
}

static const struct sf_control_ops control_ops = {
	.request = take_request,
	.more = more,
	.closed = closed,
};

void sf_desk_back(struct sf_letter *letter, void *owner)
{
	struct sf_trip *trip = container_of(letter, struct sf_trip, letter);
	struct sf_seat *seat = trip->owner;

	(void)owner;
	seat->away = false;
	if (!seat->guest)
		leave(seat);
	else
		go_on(seat);
}

/* Each gets it, or has lost it. */
static void open_news(struct sf_letter *letter, void *owner)
{
	struct sf_news *news = container_of(letter, struct sf_news, letter);
	struct sf_desk *desk = owner;
	struct sf_seat *seat = desk->closing ? NULL : desk->seats;
	json_t *line = seat ? sf_view_news(news) : NULL;
	u64 lost = seat ? atomic_exchange(&desk->daemon->newsroom.lost, 0) : 0;

	for (; seat; seat = seat->next) {
		if (!seat->listening)
			continue;
		seat->lost += lost;
		if (!sf_desk_tell_lost(seat) ||
		    !sf_guest_say(seat->guest, json_incref(line)))
			seat->lost++;
	}
	json_decref(line);
	free(news);
}

static int open_boxes(struct sf_desk *desk)
{
	int err = sf_mailbox_init(&desk->trips, desk->loop, TRIPS_MAX, desk);

	if (err)
		return err;
	err = sf_mailbox_init(&desk->news, desk->loop, NEWS_MAX, desk);
	if (err)
		goto close_trips;
	err = sf_desk_trace_open(desk);
	if (!err)
		return 0;
	sf_mailbox_close(&desk->news, desk->loop);
close_trips:
	sf_mailbox_close(&desk->trips, desk->loop);
	return err;
}

static void close_boxes(struct sf_desk *desk)
{
	sf_mailbox_close(&desk->traced, desk->loop);
	sf_mailbox_close(&desk->news, desk->loop);
	sf_mailbox_close(&desk->trips, desk->loop);
}

int sf_desk_open(struct sf_desk **desk, struct sf_loop *loop,
		 struct sf_daemon *daemon, int fd,
		 const struct sf_desk_user *user, void *owner)
{
	struct sf_desk *made = calloc(1, sizeof(*made));
	int err;

	if (!made)
		return -ENOMEM;
	*made = (struct sf_desk){
		.daemon = daemon,
		.user = user,
		.owner = owner,
		.loop = loop,
		.began = sf_clock_ms(),
	};
	err = open_boxes(made);
	if (err) {
		free(made);
		return err;
	}
	err = sf_control_open(&made->control, loop, daemon->conf->control,
			      fd, &control_ops, made);
	if (err) {
		close_boxes(made);
		free(made);
		return err;
	}
	daemon->newsroom.box = &made->news;
	daemon->newsroom.open = open_news;
	*desk = made;
	return 0;
}

void sf_desk_close(struct sf_desk *desk)
{
	if (!desk)
		return;
	desk->closing = true;
	sf_control_close(desk->control);
	close_boxes(desk);
	/* Their letters were with workers that ended. */
	while (desk->seats)
		leave(desk->seats);
	free(desk);
}
