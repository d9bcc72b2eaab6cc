/* SPDX-License-Identifier: GPL-2.0 */
/*
 * media.h - m= lines on which both sides agreed
 *
 * Owned by their call; dialogs that forked from one offer share them. The
 * namespace is locked.
 */
#ifndef _SF_MEDIA_H
#define _SF_MEDIA_H

#include <linux/list.h>

#include "end.h"

struct sf_call;
struct sf_desc;
struct sf_dialog;
struct sf_net;
struct sf_stream;

/**
 * struct sf_media - an m= line on which both sides agreed
 * @list: place in sf_call.media
 * @dialogs: those that hold it: bits, by sf_dialog.slot
 * @index: which m= line
 * @rtp: it is RTP
 * @shut: sides that nobody is let in to
 * @leg: the two media endpoints
 * @rtcp: the RTCP ports; @rtcp.real[0].port is 0 when there is no RTCP stream
 * @streams: RTP or other packets, and RTCP that does not go to the port above;
 *	NULL where there is none
 */
struct sf_media {
	struct list_head list;
	u8 dialogs;
	u8 index;
	bool rtp;
	bool shut[2];
	struct sf_leg leg;
	struct sf_leg rtcp;
	struct sf_stream *streams[2];
};

/**
 * sf_media_of() - what two m= lines agree on
 * @sn: the namespace, locked
 * @media: the agreement; streams, dialogs and list are not set
 * @index: which m= line
 * @old: what the dialog had agreed on before, or NULL
 *
 * Return: false when it moves no packets.
 */
bool sf_media_of(struct sf_net *sn, struct sf_media *media,
		 const struct sf_desc *offer, const struct sf_desc *answer,
		 int index, const struct sf_media *old);

/* The media that a dialog holds for an m= line, or NULL. */
struct sf_media *sf_media_held(const struct sf_dialog *dialog, int index);

/**
 * sf_media_take() - let a dialog hold the media of its call that is like this
 * @like: from sf_media_of()
 * @type: type of the m= line, NUL-terminated
 *
 * In packet context: it is opened if the call does not have it. What the dialog
 * held for that line is let go.
 *
 * Return: the media; NULL, counted.
 */
struct sf_media *sf_media_take(struct sf_dialog *dialog,
			       const struct sf_media *like, const char *type);

/* Let go of what a dialog holds; the last one closes it. NULL is nothing. */
void sf_media_drop(struct sf_dialog *dialog, struct sf_media *media);

/* The same for all m= lines from @index on. */
void sf_media_drop_from(struct sf_dialog *dialog, int index);

/* Close it, whoever refers to it. */
void sf_media_free(struct sf_media *media);

#endif /* _SF_MEDIA_H */
