/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * event.h - one notification, as a line or as a JSON object
 */
#ifndef SIPFAST_CLI_EVENT_H
#define SIPFAST_CLI_EVENT_H

#include "cli.h"
#include "seen.h"

/**
 * sf_event_print() - print a notification
 * @before: the object as it was last; NULL when it is not known
 */
void sf_event_print(struct sf_cli *cli, const struct sf_info *info,
		    const struct sf_seen *before);

/**
 * sf_event_lost() - print that notifications were lost
 */
void sf_event_lost(struct sf_cli *cli);

#endif /* SIPFAST_CLI_EVENT_H */
