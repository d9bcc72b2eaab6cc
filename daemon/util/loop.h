/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * loop.h - what a thread waits for: descriptors, timers, and its mailbox
 */
#ifndef SIPFAST_UTIL_LOOP_H
#define SIPFAST_UTIL_LOOP_H

#include <sys/epoll.h>

#include "timer.h"

/**
 * struct sf_watch - a descriptor that is waited for
 * @fd: the descriptor, the owner's
 * @ready: called with what epoll said (EPOLLIN, EPOLLOUT, …); it may stop and
 *         free this watch and others
 */
struct sf_watch {
	int fd;
	void (*ready)(struct sf_watch *watch, u32 events);
};

/**
 * struct sf_loop - one thread's loop
 * @epoll: the descriptor of epoll
 * @stop: sf_loop_run() returns when this is set; only the thread itself sets it
 * @wheel: its timers
 * @after: called before the thread waits again: what was gathered is sent
 * @owner: for @after
 * @batch: what epoll said last, while it is passed on
 * @count: of @batch
 */
struct sf_loop {
	int epoll;
	bool stop;
	struct sf_wheel wheel;
	void (*after)(void *owner);
	void *owner;
	struct epoll_event *batch;
	u32 count;
};

/**
 * sf_loop_init() - Return: 0 or a negative errno.
 */
int sf_loop_init(struct sf_loop *loop);
void sf_loop_close(struct sf_loop *loop);

/**
 * sf_loop_watch() - wait for a descriptor, level-triggered
 * @events: EPOLLIN, EPOLLOUT or both
 *
 * Return: 0 or a negative errno.
 */
int sf_loop_watch(struct sf_loop *loop, struct sf_watch *watch, u32 events);

/* Wait for something else. */
int sf_loop_change(struct sf_loop *loop, struct sf_watch *watch, u32 events);
void sf_loop_unwatch(struct sf_loop *loop, struct sf_watch *watch);

/**
 * sf_loop_run() - wait and call until @loop->stop
 */
void sf_loop_run(struct sf_loop *loop);

#endif /* SIPFAST_UTIL_LOOP_H */
