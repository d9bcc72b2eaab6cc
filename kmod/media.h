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
 * struct sf_rtcp_ports - where RTCP goes, at the addresses of its media
 * @real: ports of the two sides, as they know themselves
 * @face: as the other one sees them
 *
 * All are 0 when there is no RTCP on ports of its own.
 */
struct sf_rtcp_ports {
	__be16 real[2];
	__be16 face[2];
};

/**
 * struct sf_agreement - what two m= lines agree on
 * @index: which m= line
 * @rtp: it is RTP
 * @shut: sides that nobody is let in to
 * @rtcp: the RTCP ports
 * @leg: the two media endpoints
 */
struct sf_agreement {
	u8 index;
	bool rtp;
	bool shut[2];
	struct sf_rtcp_ports rtcp;
	struct sf_leg leg;
};

/**
 * struct sf_media - an m= line on which both sides agreed
 * @list: place in sf_call.media
 * @streams: RTP or other packets, which has the endpoints; and RTCP that does not
 *	go to the port above, or NULL
 * @dialogs: those that hold it: bits, by sf_dialog.slot
 * @index: as in the agreement; likewise the others
 * @rtp: likewise
 * @shut: likewise
 * @rtcp: likewise
 */
struct sf_media {
	struct list_head list;
	struct sf_stream *streams[2];
	u8 dialogs;
	u8 index;
	bool rtp;
	bool shut[2];
	struct sf_rtcp_ports rtcp;
};

/* The two endpoints. */
const struct sf_leg *sf_media_leg(const struct sf_media *media);

/**
 * sf_media_of() - what two m= lines agree on
 * @sn: the namespace, locked
 * @like: the agreement
 * @index: which m= line
 * @old: what the dialog had agreed on before, or NULL
 *
 * Return: false when it moves no packets.
 */
bool sf_media_of(struct sf_net *sn, struct sf_agreement *like,
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
			       const struct sf_agreement *like,
			       const char *type);

/* Let a new dialog hold all that another one of its call holds. */
void sf_media_share(struct sf_dialog *dialog, const struct sf_dialog *with);

/* Let go of what a dialog holds; the last one closes it. NULL is nothing. */
void sf_media_drop(struct sf_dialog *dialog, struct sf_media *media);

/* The same for all m= lines from @index on. */
void sf_media_drop_from(struct sf_dialog *dialog, int index);

/* Close it, whoever refers to it. */
void sf_media_free(struct sf_media *media);

#endif /* _SF_MEDIA_H */
