/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * reload.h - another configuration, while requests are under way
 */
#ifndef SIPFAST_APP_RELOAD_H
#define SIPFAST_APP_RELOAD_H

#include "daemon.h"

/**
 * sf_daemon_reload() - work by another configuration from now on
 *
 * Requests that are under way go on. Listeners, workers, the store, its file and the
 * control socket stay what they were: that they changed is logged.
 */
void sf_daemon_reload(struct sf_daemon *daemon, struct sf_conf *conf);

/**
 * sf_reload_tick() - forget configurations that nobody reads any more
 */
void sf_reload_tick(struct sf_daemon *daemon);

/* Forget all of them; no worker runs. */
void sf_reload_close(struct sf_daemon *daemon);

#endif /* SIPFAST_APP_RELOAD_H */
