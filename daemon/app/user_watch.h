/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * user_watch.h - keeps the users in memory like those in the database
 */
#ifndef SIPFAST_APP_USER_WATCH_H
#define SIPFAST_APP_USER_WATCH_H

#include "user.h"

/* How often a change made by somebody else is looked for, ms. */
#define SF_USERS_POLL 1000

struct sf_user_watch;

/**
 * sf_users_follow() - read all users, and again whenever somebody changes them
 * @watch: for sf_users_unfollow(); written only on success
 * @why: as of sf_database_open()
 *
 * Return: 0 or a negative errno.
 */
int sf_users_follow(struct sf_user_watch **watch, struct sf_users *users,
		    const char *path, const char **why);
void sf_users_unfollow(struct sf_user_watch *watch);

#endif /* SIPFAST_APP_USER_WATCH_H */
