/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fake_daemon.h - a sipfastd that says what a test wants it to say
 *
 * fake_daemon.c has the functions of daemon/sys/ask.h. Without a word none
 * runs.
 */
#ifndef SIPFAST_UNIT_CLI_FAKE_DAEMON_H
#define SIPFAST_UNIT_CLI_FAKE_DAEMON_H

#include <stdbool.h>

/**
 * struct fake_daemon - how it behaves
 * @open_error: what connecting returns
 * @error: what requests return, behind the lines
 * @fault: what it says then
 * @end: what receiving events returns when there are no more; 0: it waits
 * @back: and when it is connected to again after that, it waits
 * @configured: there is a configuration
 * @path: where it was asked last
 * @filter: the messages that were asked for last
 * @told: the last request with all that it says
 */
struct fake_daemon {
	int open_error;
	int error;
	const char *fault;
	int end;
	bool back;
	bool configured;
	char path[256];
	char filter[64];
	char told[512];
};

extern struct fake_daemon fake_daemon;

/* None runs any more; fake_reset() does this. */
void fake_daemon_reset(void);

/**
 * fake_daemon_say() - let one run, and add to what it says
 * @request: what to; "monitor": it is an event
 * @line: JSON
 */
void fake_daemon_say(const char *request, const char *line);

/**
 * fake_daemon_load() - the same for each line of a file of daemon/, where the
 * test was started: the request, a space, and JSON
 */
void fake_daemon_load(const char *file);

#endif /* SIPFAST_UNIT_CLI_FAKE_DAEMON_H */
