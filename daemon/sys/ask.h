/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ask.h - the socket that sipfastd answers on, the tool's side
 *
 * control.h says what goes over it. Tests have a daemon of their own in its
 * place.
 */
#ifndef SIPFAST_SYS_ASK_H
#define SIPFAST_SYS_ASK_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#define SF_CONTROL_FILE	"/run/sipfast/control"
#define SF_SERVED_FILE	"/etc/sipfast/sipfastd.conf"

/* A link to the daemon. */
struct sf_ask;

/**
 * typedef sf_ask_fn - takes one line of an answer, or an event
 * @line: valid during the call
 *
 * Return: 0 to go on; anything else ends the reading, and is what it returns.
 */
typedef int (*sf_ask_fn)(const json_t *line, void *arg);

/**
 * sf_ask_path() - where the daemon answers
 * @conf: its configuration, of which only "control" is looked for
 * @path: takes the path; SF_CONTROL_FILE when the file names none
 */
void sf_ask_path(const char *conf, char *path, size_t size);

/* Is there a configuration: does somebody want a daemon here? */
bool sf_ask_configured(const char *conf);

/**
 * sf_ask_open() - connect to the daemon
 * @ask: for sf_ask_close(); written only on success
 *
 * Return: 0; -ENOENT and -ECONNREFUSED when none runs; -EACCES when one may not
 * ask; or another negative errno.
 */
int sf_ask_open(struct sf_ask **ask, const char *path);

/* NULL is fine. */
void sf_ask_close(struct sf_ask *ask);

/**
 * sf_ask_get() - ask, and read the answer
 * @request: what
 *
 * Return: 0; what @fn returned; -EACCES; -EREMOTEIO when it said no, and
 * sf_ask_fault() says why; -EBADMSG for what is no answer; -EPIPE when it went
 * away; -ETIME when nothing came for some seconds; or another negative errno.
 */
int sf_ask_get(struct sf_ask *ask, const char *request, sf_ask_fn fn,
	       void *arg);

/**
 * sf_ask_tell() - the same with a request that has more to say
 * @request: an object with the key "request"; the caller's
 *
 * Return: as sf_ask_get(); -EINVAL for one that is too long.
 */
int sf_ask_tell(struct sf_ask *ask, const json_t *request, sf_ask_fn fn,
		void *arg);

/* What the daemon said last when it said no, in a sentence; "" at first. */
const char *sf_ask_fault(const struct sf_ask *ask);

/**
 * sf_ask_listen() - let events come
 *
 * Return: as sf_ask_get().
 */
int sf_ask_listen(struct sf_ask *ask);

/**
 * sf_ask_trace() - let messages come, as events
 * @filter: which: app/filter.h of the daemon
 *
 * Return: as sf_ask_get(); -EINVAL for what can be no filter.
 */
int sf_ask_trace(struct sf_ask *ask, const char *filter);

/* Is readable when events have come. */
int sf_ask_fd(const struct sf_ask *ask);

/**
 * sf_ask_receive() - read the events that are there, without waiting
 *
 * Return: as sf_ask_get().
 */
int sf_ask_receive(struct sf_ask *ask, sf_ask_fn fn, void *arg);

#endif /* SIPFAST_SYS_ASK_H */
