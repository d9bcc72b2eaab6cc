// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * guest.c - the control socket: reading requests, and writing answers
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "guest.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../util/container.h"

#define LAST_WORDS	512	/* bytes of the queue that only the last line may take */

void **sf_guest_state(struct sf_guest *guest)
{
	return &guest->state;
}

static u32 waiting(const struct sf_guest *guest)
{
	return guest->out_len - guest->out_at;
}

bool sf_guest_has_room(const struct sf_guest *guest)
{
	return waiting(guest) <= SF_GUEST_QUEUE / 2;
}

static void wait_for(struct sf_guest *guest)
{
	u32 events = waiting(guest) ? EPOLLOUT : 0;

	if (!guest->eof && guest->in_len < SF_REQUEST_MAX)
		events |= EPOLLIN;
	if (events == guest->events)
		return;
	guest->events = events;
	sf_loop_change(guest->control->loop, &guest->watch, events);
}

static void be_patient(struct sf_guest *guest)
{
	sf_timer_set(&guest->control->loop->wheel, &guest->patience,
		     SF_GUEST_PATIENCE_MS);
}

void sf_guest_free(struct sf_guest *guest)
{
	struct sf_control *control = guest->control;
	struct sf_guest **at = &control->guests;

	while (*at != guest)
		at = &(*at)->next;
	*at = guest->next;
	control->count--;
	control->ops->closed(control->owner, guest);
	sf_timer_stop(&guest->patience);
	sf_loop_unwatch(control->loop, &guest->watch);
	close(guest->watch.fd);
	free(guest->out);
	free(guest);
}

/* While he waits for us, or listens, it is not his fault. */
static void out_of_patience(struct sf_timer *timer)
{
	struct sf_guest *guest = container_of(timer, struct sf_guest, patience);

	if (guest->listening || (guest->asking && !waiting(guest)))
		be_patient(guest);
	else
		sf_guest_free(guest);
}

/* Room behind what waits. */
static u32 make_room(struct sf_guest *guest)
{
	u32 len = waiting(guest);

	if (guest->out_at) {
		memmove(guest->out, guest->out + guest->out_at, len);
		guest->out_at = 0;
		guest->out_len = len;
	}
	return SF_GUEST_QUEUE - len;
}

static bool say(struct sf_guest *guest, json_t *line, u32 reserve)
{
	const size_t flags = JSON_COMPACT | JSON_ENSURE_ASCII;
	u32 room = make_room(guest);
	size_t len = 0;

	room = room > reserve ? room - reserve : 0;
	/* jansson tells how much it would have been; the end needs a byte. */
	if (line && room)
		len = json_dumpb(line, guest->out + guest->out_len, room, flags);
	json_decref(line);
	if (!len || len >= room)
		return false;
	guest->out_len += (u32)len;
	guest->out[guest->out_len++] = '\n';
	wait_for(guest);
	return true;
}

bool sf_guest_say(struct sf_guest *guest, json_t *line)
{
	return say(guest, line, LAST_WORDS);
}

/* Somebody who was not told the end would wait for ever. */
static void finish(struct sf_guest *guest, json_t *line)
{
	guest->leaving |= !say(guest, line, 0);
	guest->asking = false;
}

void sf_guest_done(struct sf_guest *guest)
{
	finish(guest, json_pack("{s:b}", "end", 1));
}

void sf_guest_fail(struct sf_guest *guest, const char *error, const char *text)
{
	finish(guest, json_pack("{s:s, s:s}", "error", error, "text", text));
}

void sf_guest_listen(struct sf_guest *guest)
{
	guest->listening = true;
}

/* Return: false when the connection is gone. */
static bool flush(struct sf_guest *guest)
{
	ssize_t n;

	while (waiting(guest)) {
		n = send(guest->watch.fd, guest->out + guest->out_at,
			 waiting(guest), MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN;
		guest->out_at += (u32)n;
		be_patient(guest);
	}
	return true;
}

static bool fill(struct sf_guest *guest)
{
	ssize_t n;

	do {
		n = recv(guest->watch.fd, guest->in + guest->in_len,
			 SF_REQUEST_MAX - guest->in_len, 0);
	} while (n < 0 && errno == EINTR);
	if (n < 0)
		return errno == EAGAIN;
	guest->eof = !n;
	guest->in_len += (u32)n;
	be_patient(guest);
	return true;
}

static void ask(struct sf_guest *guest, const char *line, size_t len)
{
	const struct sf_control *control = guest->control;
	json_t *request = json_loadb(line, len, JSON_REJECT_DUPLICATES, NULL);

	guest->asking = true;
	if (json_is_object(request))
		control->ops->request(control->owner, guest, request);
	else
		sf_guest_fail(guest, "malformed",
			      "a request is a JSON object on a line");
	json_decref(request);
}

/* One after the other, each when the answer to the last one is sent. */
static void take_lines(struct sf_guest *guest)
{
	char *end;
	u32 len;

	while (!guest->asking && !guest->leaving && !waiting(guest)) {
		end = memchr(guest->in, '\n', guest->in_len);
		if (!end)
			break;
		len = (u32)(end - guest->in);
		ask(guest, guest->in, len);
		guest->in_len -= len + 1;
		memmove(guest->in, end + 1, guest->in_len);
	}
	if (guest->in_len < SF_REQUEST_MAX || guest->asking || guest->leaving ||
	    waiting(guest))
		return;
	sf_guest_fail(guest, "malformed", "the request is too long");
	guest->leaving = true;
}

static bool is_over(const struct sf_guest *guest)
{
	return (guest->eof || guest->leaving) && !guest->asking &&
	       !guest->listening && !waiting(guest);
}

static void ready(struct sf_watch *watch, u32 events)
{
	struct sf_guest *guest = container_of(watch, struct sf_guest, watch);
	const struct sf_control *control = guest->control;

	if (events & (EPOLLERR | EPOLLHUP) ||
	    (events & EPOLLIN && !fill(guest)) || !flush(guest)) {
		sf_guest_free(guest);
		return;
	}
	take_lines(guest);
	if ((guest->asking || guest->listening) && sf_guest_has_room(guest))
		control->ops->more(control->owner, guest);
	if (is_over(guest))
		sf_guest_free(guest);
	else
		wait_for(guest);
}

int sf_guest_new(struct sf_control *control, int fd)
{
	struct sf_guest *guest = calloc(1, sizeof(*guest));
	int err = -ENOMEM;

	if (guest)
		guest->out = malloc(SF_GUEST_QUEUE);
	if (guest && guest->out) {
		guest->watch = (struct sf_watch){ .fd = fd, .ready = ready };
		guest->control = control;
		guest->patience.fire = out_of_patience;
		guest->events = EPOLLIN;
		err = sf_loop_watch(control->loop, &guest->watch, EPOLLIN);
	}
	if (err) {
		if (guest)
			free(guest->out);
		free(guest);
		close(fd);
		return err;
	}
	guest->next = control->guests;
	control->guests = guest;
	control->count++;
	be_patient(guest);
	return 0;
}
