/* SPDX-License-Identifier: GPL-2.0 */
/*
 * seqmap.h - where the bytes of an edited TCP stream went
 *
 * Conntrack's sequence adjustment knows one position for each direction; this
 * knows every edit that the receiver has not acknowledged. So a segment that is
 * sent again, with whatever boundaries, carries the same bytes at the same
 * numbers as the first time. What is acknowledged nobody needs again: there the
 * numbers only have to be older than those the receiver awaits.
 *
 * Sequence numbers are the sender's unless said otherwise. Nothing here locks.
 */
#ifndef _SF_SEQMAP_H
#define _SF_SEQMAP_H

#include <linux/list.h>
#include <sipfast/edit.h>

/* Bytes of memory for the edits of one direction. */
#define SF_SEQMAP_MAX (128 * 1024)

/**
 * struct sf_seqmap - one direction of a connection
 * @list: edited messages that are not acknowledged, in their order
 * @next: first byte that was never seen. Of all before it is decided how it
 *	leaves; what comes behind may still be edited.
 * @total: by how many bytes the stream has grown; negative when it shrank
 * @memory: bytes that @list takes
 */
struct sf_seqmap {
	struct list_head list;
	u32 next;
	s32 total;
	u32 memory;
};

void sf_seqmap_init(struct sf_seqmap *map, u32 next);

/* Forget everything. */
void sf_seqmap_free(struct sf_seqmap *map);

/**
 * sf_seqmap_add() - remember the edits of a message
 * @seq: where it begins, behind all edits that are remembered
 * @buf: the message
 * @edits: its edits, one at least
 *
 * Return: 0; -ENOBUFS when too much is remembered; -ENOMEM.
 */
int sf_seqmap_add(struct sf_seqmap *map, u32 seq, const char *buf,
		  const struct sf_edits *edits);

/**
 * sf_seqmap_out() - a sequence number as the receiver counts
 *
 * Inside a replaced piece it is where the replacement begins.
 */
u32 sf_seqmap_out(const struct sf_seqmap *map, u32 seq);

/**
 * sf_seqmap_back() - a number of the receiver as the sender counts
 *
 * Inside a replacement it is where the replaced piece begins: the sender keeps
 * all of it until the receiver has all of the replacement.
 */
u32 sf_seqmap_back(const struct sf_seqmap *map, u32 ack);

/**
 * sf_seqmap_acked() - forget what the receiver has
 * @ack: its number
 */
void sf_seqmap_acked(struct sf_seqmap *map, u32 ack);

/**
 * sf_seqmap_window() - what of a segment is to be replaced
 *
 * Return: from the first edited byte to the last, counted from @seq; empty when
 * no edit touches the segment.
 */
struct sf_span sf_seqmap_window(const struct sf_seqmap *map, u32 seq, u32 len);

/**
 * sf_seqmap_apply() - write the bytes that stand for a window
 * @data: the segment that begins at @seq
 * @window: what sf_seqmap_window() said
 * @out: room for @max bytes
 *
 * A piece that the segment holds in part is replaced as a whole.
 *
 * Return: how many bytes, or -ENOSPC.
 */
int sf_seqmap_apply(const struct sf_seqmap *map, const char *data, u32 seq,
		    struct sf_span window, char *out, u32 max);

#endif /* _SF_SEQMAP_H */
