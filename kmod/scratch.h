/* SPDX-License-Identifier: GPL-2.0 */
/*
 * scratch.h - what one message needs while it is read, per CPU
 */
#ifndef _SF_SCRATCH_H
#define _SF_SCRATCH_H

#include <sipfast/edit.h>
#include <sipfast/msg.h>
#include <sipfast/sdp.h>

struct sf_packet;

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

/**
 * sf_packet_take() - let a message take effect, and collect its edits
 * @pkt: everything up to @watch set
 * @scratch: holds the index of the message
 *
 * No edit is collected for a packet that is watched.
 */
void sf_packet_take(struct sf_packet *pkt, struct sf_scratch *scratch);

/* Tell those who want to know what became of it. */
void sf_packet_done(struct sf_packet *pkt);

#endif /* _SF_SCRATCH_H */
