/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * daemon.h - everything together: what is shared, and the threads
 */
#ifndef SIPFAST_APP_DAEMON_H
#define SIPFAST_APP_DAEMON_H

#include "../sys/handover.h"
#include "worker.h"

/**
 * sf_daemon_open() - make all parts, and the workers' sockets
 * @daemon: written only on success
 * @conf: keeps a reference
 * @kernel: opens media
 *
 * What fails is logged.
 *
 * Return: 0 or a negative errno.
 */
int sf_daemon_open(struct sf_daemon **daemon, struct sf_conf *conf,
		   const struct sf_handover_ops *kernel);

/**
 * sf_daemon_start() - let the workers serve
 */
int sf_daemon_start(struct sf_daemon *daemon);

/**
 * sf_daemon_configure() - let the workers work by another configuration: a part of
 * sf_daemon_reload(), see reload.h
 */
void sf_daemon_configure(struct sf_daemon *daemon, struct sf_conf *conf);

/**
 * sf_daemon_sets() - tell the kernel's sets what there is, and what changes
 * @sets: they outlive the workers; NULL: tell nobody any more
 *
 * Before the workers start, or when none of them runs.
 */
void sf_daemon_sets(struct sf_daemon *daemon, struct sf_sets *sets);

/**
 * sf_daemon_banned() - close all connections from an address; of IPv6, its /64
 */
void sf_daemon_banned(struct sf_daemon *daemon, const struct sf_ip *ip);

/**
 * sf_daemon_drain() - take nothing new any more
 */
void sf_daemon_drain(struct sf_daemon *daemon);

/* Transactions that are under way, as the workers last said; after a drain, since. */
u32 sf_daemon_busy(const struct sf_daemon *daemon);

/**
 * sf_daemon_tick() - what has to be done every second
 */
void sf_daemon_tick(struct sf_daemon *daemon);

/**
 * sf_daemon_close() - stop the workers, and free everything
 */
void sf_daemon_close(struct sf_daemon *daemon);

#endif /* SIPFAST_APP_DAEMON_H */
