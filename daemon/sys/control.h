/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * control.h - the socket that the tool talks to, the daemon's side
 *
 * A unix stream socket; JSON objects, one a line, both ways. What is asked and
 * answered is the application's: this is who may ask, and how much of it.
 *
 * A request is {"request": NAME}. An answer is any number of lines; the last is
 * {"end": true} or {"error": NAME, "text": SENTENCE}. The next request of a
 * guest is looked at when its answer is on its way.
 *
 * Root may ask, the daemon's own user, and members of the daemon's group. There
 * are limits to guests, requests and what waits to be read: who does not read is
 * dropped, and nobody holds up the daemon.
 */
#ifndef SIPFAST_SYS_CONTROL_H
#define SIPFAST_SYS_CONTROL_H

#include <jansson.h>

#include "../util/loop.h"

#define SF_GUESTS_MAX		32
#define SF_REQUEST_MAX		4096	/* bytes of a line that asks */
#define SF_GUEST_QUEUE		262144	/* bytes that may wait for a guest */
#define SF_GUEST_PATIENCE_MS	30000	/* for one who says and reads nothing */

struct sf_control;
struct sf_guest;

/**
 * struct sf_control_ops - who answers; called by the loop only
 * @request: a guest asks; answered with sf_guest_say(), then sf_guest_done(),
 *           now or later
 * @more: half of the guest's queue is free again, and he is not done with yet
 * @closed: he is gone: no call for him any more
 */
struct sf_control_ops {
	void (*request)(void *owner, struct sf_guest *guest,
			const json_t *request);
	void (*more)(void *owner, struct sf_guest *guest);
	void (*closed)(void *owner, struct sf_guest *guest);
};

/**
 * sf_control_claim() - make the socket, which only one daemon has
 * @path: its file; one that a daemon left that is gone is replaced
 *
 * Who connects now waits until sf_control_open().
 *
 * Return: a descriptor that listens; -EADDRINUSE when somebody answers there;
 * or a negative errno.
 */
int sf_control_claim(const char *path);

/**
 * sf_control_open() - answer on the socket
 * @control: for sf_control_close(); written only on success
 * @path: its file
 * @fd: sf_control_claim(); taken over on success
 *
 * Return: 0 or a negative errno.
 */
int sf_control_open(struct sf_control **control, struct sf_loop *loop,
		    const char *path, int fd, const struct sf_control_ops *ops,
		    void *owner);

/* All guests are shown out; the file goes. */
void sf_control_close(struct sf_control *control);

/**
 * sf_guest_say() - add a line to the answer
 * @line: its reference is taken over
 *
 * Return: false when it does not fit now, or memory is short: nothing was added.
 */
bool sf_guest_say(struct sf_guest *guest, json_t *line);

/* Is half of the queue free? */
bool sf_guest_has_room(const struct sf_guest *guest);

/* The answer is complete. */
void sf_guest_done(struct sf_guest *guest);

/**
 * sf_guest_fail() - the answer ends in an error
 * @error: its name
 * @text: a sentence, for people
 */
void sf_guest_fail(struct sf_guest *guest, const char *error, const char *text);

/**
 * sf_guest_listen() - he will be told things as they happen
 *
 * Such a guest may be silent for ever; what he does not read is not kept.
 */
void sf_guest_listen(struct sf_guest *guest);

/* What the application keeps for a guest; NULL at first. */
void **sf_guest_state(struct sf_guest *guest);

#endif /* SIPFAST_SYS_CONTROL_H */
