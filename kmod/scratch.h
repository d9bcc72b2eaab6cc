/* SPDX-License-Identifier: GPL-2.0 */
/*
 * scratch.h - what one message needs while it is read, per CPU
 */
#ifndef _SF_SCRATCH_H
#define _SF_SCRATCH_H

#include <sipfast/edit.h>
#include <sipfast/msg.h>
#include <sipfast/sdp.h>

/**
 * struct sf_scratch - what one message needs, per CPU
 * @msg: its index
 * @sdp: index of its session description
 * @edits: its edits
 * @out: the edited bytes
 *
 * Used with bottom halves off.
 */
struct sf_scratch {
	struct sf_msg msg;
	struct sf_sdp sdp;
	struct sf_edits edits;
	char out[SF_MSG_MAX + SF_EDITS_TEXT];
};

/**
 * sf_scratch_get() - take this CPU's scratch
 *
 * Turns bottom halves off: the helper runs in process context for packets of
 * local sockets.
 */
struct sf_scratch *sf_scratch_get(void);

/* Give it back, and turn them on. */
void sf_scratch_put(void);

/* Make room on every CPU. Return: 0, or -ENOMEM. */
int sf_scratch_alloc(void);

/* Nobody reads a message any more. */
void sf_scratch_free(void);

#endif /* _SF_SCRATCH_H */
