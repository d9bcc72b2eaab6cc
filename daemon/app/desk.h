/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * desk.h - answers what the tool asks, in the main thread
 *
 * What there is to ask is in the table of desk.c. Long answers are made as they
 * are read, a piece at a time; what belongs to workers is fetched by letters
 * (trip.h), what belongs to all is copied out under its lock and written then.
 */
#ifndef SIPFAST_APP_DESK_H
#define SIPFAST_APP_DESK_H

#include <stdio.h>

#include "daemon.h"

struct sf_desk;

/**
 * struct sf_desk_user - what the main thread does for it
 * @version: of the program
 * @reload: read the configuration again; what is wrong goes to @errors. Return:
 *          false when it was wrong: the old one stays
 */
struct sf_desk_user {
	const char *version;
	bool (*reload)(void *owner, FILE *errors);
};

/**
 * sf_desk_open() - be there for the tool, on the socket of the configuration
 * @desk: for sf_desk_close(); written only on success
 * @daemon: its workers do not run yet
 * @fd: sf_control_claim(); taken over on success
 *
 * Return: 0 or a negative errno.
 */
int sf_desk_open(struct sf_desk **desk, struct sf_loop *loop,
		 struct sf_daemon *daemon, int fd,
		 const struct sf_desk_user *user, void *owner);

/* When no worker runs any more. NULL is fine. */
void sf_desk_close(struct sf_desk *desk);

#endif /* SIPFAST_APP_DESK_H */
