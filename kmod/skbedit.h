/* SPDX-License-Identifier: GPL-2.0 */
/*
 * skbedit.h - put the edits of a message into its packet
 */
#ifndef _SF_SKBEDIT_H
#define _SF_SKBEDIT_H

#include <linux/types.h>

struct sf_packet;

/**
 * sf_skb_splice() - apply the edits of a message to its packet
 * @out: scratch for the new bytes, @max of them
 *
 * One splice over the window from the first edit to the last; checksums and
 * lengths follow. Either all edits are applied, or none and the reason is
 * counted. Pointers into the packet are stale afterwards.
 */
void sf_skb_splice(struct sf_packet *pkt, char *out, u32 max);

#endif /* _SF_SKBEDIT_H */
