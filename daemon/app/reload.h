/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * reload.h - another configuration, while requests are under way
 */
#ifndef SIPFAST_APP_RELOAD_H
#define SIPFAST_APP_RELOAD_H

#include "daemon.h"

/**
 * sf_reload_tick() - forget configurations that nobody reads any more
 */
void sf_reload_tick(struct sf_daemon *daemon);

/* Forget all of them; no worker runs. */
void sf_reload_close(struct sf_daemon *daemon);

#endif /* SIPFAST_APP_RELOAD_H */
