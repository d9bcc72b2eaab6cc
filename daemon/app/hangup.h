/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hangup.h - a call of others is ended
 *
 * Its user has no minutes left. A worker sends each side the BYE of the other (calls.h
 * says which), as if it had come in: by the same way, over the same connections, with
 * our credentials where a trunk asks for them. Answers end here. Media that the kernel
 * opened for us is closed as by any other BYE.
 */
#ifndef SIPFAST_APP_HANGUP_H
#define SIPFAST_APP_HANGUP_H

#include "calls.h"

struct sf_conf;

/* For sf_calls_open(); its owner is a struct sf_daemon. */
extern const struct sf_calls_ops sf_hangup_ops;

/* Calls that go on are judged by another configuration from now on. */
void sf_hangup_review(struct sf_calls *calls, const struct sf_conf *conf);

#endif /* SIPFAST_APP_HANGUP_H */
