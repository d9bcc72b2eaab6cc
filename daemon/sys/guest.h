/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guest.h - who is connected to the control socket
 *
 * control.c lets guests in and out, guest.c reads and writes.
 */
#ifndef SIPFAST_SYS_GUEST_H
#define SIPFAST_SYS_GUEST_H

#include "control.h"

/**
 * struct sf_guest - one connection
 * @watch: its descriptor
 * @control: where it is
 * @next: in control->guests
 * @patience: fires when nothing went on for too long
 * @state: the application's
 * @events: what is waited for
 * @asking: a request is being answered
 * @listening: events are told as they come
 * @eof: nothing more is asked
 * @leaving: it ends when what waits is sent
 * @in_len: bytes in @in
 * @in: what was read, and is no whole line yet
 * @out_at: the first byte of @out that was not sent
 * @out_len: the end of those that were not
 * @out: SF_GUEST_QUEUE bytes
 */
struct sf_guest {
	struct sf_watch watch;
	struct sf_control *control;
	struct sf_guest *next;
	struct sf_timer patience;
	void *state;
	u32 events;
	bool asking;
	bool listening;
	bool eof;
	bool leaving;
	u32 in_len;
	char in[SF_REQUEST_MAX];
	u32 out_at;
	u32 out_len;
	char *out;
};

/**
 * struct sf_control - the socket, and who is connected
 * @watch: waits for guests
 * @loop: where
 * @resume: fires when guests may come again, after descriptors were short
 * @ops: who answers, called with @owner
 * @guests: how many there are is in @count
 * @path: the file
 */
struct sf_control {
	struct sf_watch watch;
	struct sf_loop *loop;
	struct sf_timer resume;
	const struct sf_control_ops *ops;
	void *owner;
	struct sf_guest *guests;
	u32 count;
	char *path;
};

/**
 * sf_guest_new() - let somebody in
 * @fd: his connection; closed when this fails
 *
 * Return: 0 or a negative errno.
 */
int sf_guest_new(struct sf_control *control, int fd);
void sf_guest_free(struct sf_guest *guest);

#endif /* SIPFAST_SYS_GUEST_H */
