/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * event.h - one notification, as a line or as a JSON object
 */
#ifndef SIPFAST_CLI_EVENT_H
#define SIPFAST_CLI_EVENT_H

#include <jansson.h>

#include "cli.h"
#include "seen.h"
#include "snapshot.h"

/**
 * sf_event_print() - print a notification
 * @before: the object as it was last; NULL when it is not known
 */
void sf_event_print(struct sf_cli *cli, const struct sf_info *info,
		    const struct sf_seen *before);

/**
 * sf_event_stream() - print the words of a notification about a stream
 * @before: the stream as it was last; NULL when it is not known
 */
void sf_event_stream(struct sf_cli *cli, const struct sf_info *info,
		     const struct sf_stream_info *before);

/**
 * sf_event_message() - print a SIP message that the helper saw
 * @decisions: what was decided about it
 * @changes: with the lines that were edited
 */
void sf_event_message(struct sf_cli *cli, const struct sf_message_info *message,
		      const struct sf_snapshot *decisions, bool changes);

/* When that was. */
struct timespec sf_event_message_time(const struct sf_message_info *message);

/**
 * sf_event_time() - print the time of day
 */
void sf_event_time(struct sf_cli *cli, const struct timespec *when);

/**
 * sf_event_json_time() - the same as RFC 3339 has it, with the offset from UTC
 */
json_t *sf_event_json_time(const struct timespec *when);

/**
 * sf_event_lost() - print that notifications were lost
 */
void sf_event_lost(struct sf_cli *cli);

/* Print that the daemon went away, and that it came back. */
void sf_event_served_gone(struct sf_cli *cli);
void sf_event_served_back(struct sf_cli *cli);

#endif /* SIPFAST_CLI_EVENT_H */
