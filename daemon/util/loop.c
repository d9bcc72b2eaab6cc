// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * loop.c - what a thread waits for
 */
#include <errno.h>
#include <unistd.h>

#include "clock.h"
#include "loop.h"

#define BATCH	64

int sf_loop_init(struct sf_loop *loop)
{
	int fd = epoll_create1(EPOLL_CLOEXEC);

	if (fd < 0)
		return -errno;
	*loop = (struct sf_loop){ .epoll = fd };
	sf_wheel_init(&loop->wheel, sf_clock_ms());
	return 0;
}

void sf_loop_close(struct sf_loop *loop)
{
	close(loop->epoll);
}

static int control(struct sf_loop *loop, int op, struct sf_watch *watch,
		   u32 events)
{
	struct epoll_event event = { .events = events, .data.ptr = watch };

	return epoll_ctl(loop->epoll, op, watch->fd, &event) ? -errno : 0;
}

int sf_loop_watch(struct sf_loop *loop, struct sf_watch *watch, u32 events)
{
	return control(loop, EPOLL_CTL_ADD, watch, events);
}

int sf_loop_change(struct sf_loop *loop, struct sf_watch *watch, u32 events)
{
	return control(loop, EPOLL_CTL_MOD, watch, events);
}

/* What epoll has said about it already is forgotten. */
void sf_loop_unwatch(struct sf_loop *loop, struct sf_watch *watch)
{
	u32 i;

	control(loop, EPOLL_CTL_DEL, watch, 0);
	for (i = 0; i < loop->count; i++)
		if (loop->batch[i].data.ptr == watch)
			loop->batch[i].data.ptr = NULL;
}

/* The wheel's clock stood while the thread worked. */
static int patience(struct sf_loop *loop)
{
	int wait = sf_wheel_wait(&loop->wheel);
	u64 past;

	if (wait <= 0)
		return wait;
	past = sf_clock_ms() - loop->wheel.now;
	return past < (u64)wait ? wait - (int)past : 0;
}

static void dispatch(struct sf_loop *loop)
{
	u32 i;

	for (i = 0; i < loop->count && !loop->stop; i++) {
		struct epoll_event *event = &loop->batch[i];
		struct sf_watch *watch = event->data.ptr;

		if (watch)
			watch->ready(watch, event->events);
	}
}

/*
 * Timers first: what comes in may set some, by a clock that is right. They too
 * may stop what epoll has said something about.
 */
void sf_loop_run(struct sf_loop *loop)
{
	struct epoll_event batch[BATCH];
	int count;

	while (!loop->stop) {
		if (loop->after)
			loop->after(loop->owner);
		if (loop->stop)
			break;
		count = epoll_wait(loop->epoll, batch, BATCH, patience(loop));
		loop->batch = batch;
		loop->count = count > 0 ? (u32)count : 0;
		sf_wheel_run(&loop->wheel, sf_clock_ms());
		dispatch(loop);
		loop->count = 0;
	}
}
