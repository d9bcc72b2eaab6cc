/* SPDX-License-Identifier: GPL-2.0 */
/*
 * offer.h - offers and answers (RFC 3264), and the media they agree on
 */
#ifndef _SF_OFFER_H
#define _SF_OFFER_H

#include <linux/list.h>

#include "end.h"
#include "stream.h"

struct sf_call;
struct sf_dialog;
struct sf_packet;

/**
 * struct sf_desc_media - an m= line, reduced to what moves packets
 * @real: where the endpoint receives
 * @face: the same as the other side sees it
 * @real_rtcp: RTCP port at @real; 0 when it is muxed or there is none
 * @face_rtcp: the same at @face
 * @usable: media can be opened between it and the other side
 * @shut: nobody is let in to it: a translated endpoint whose description
 *	nobody edits is reached by the mapping of its own packets, or not at all
 * @muxed: RTCP shares the port (RFC 5761)
 * @rtp: it is RTP
 * @mapped: @face and @face_rtcp are to be written into the description
 * @type: type of the m= line, NUL-terminated
 */
struct sf_desc_media {
	struct sf_end real;
	struct sf_end face;
	__be16 real_rtcp;
	__be16 face_rtcp;
	bool usable;
	bool shut;
	bool muxed;
	bool rtp;
	bool mapped;
	char type[SF_MEDIA_TYPE_MAX];
};

/**
 * struct sf_desc - a session description, as an offer or an answer
 * @list: place in sf_call.descs, while it waits for its answer
 * @cseq: CSeq number of the transaction that carries it
 * @side: side of the call that made it
 * @response: it came in a response: the answer comes in ACK or PRACK
 * @nmedia: entries in @media
 * @media: the m= lines
 */
struct sf_desc {
	struct list_head list;
	u32 cseq;
	u8 side;
	bool response;
	u8 nmedia;
	struct sf_desc_media media[];
};

/**
 * struct sf_media - an m= line on which both sides agreed
 * @list: place in sf_call.media
 * @refs: dialogs that hold it
 * @index: which m= line
 * @rtp: it is RTP
 * @shut: sides that nobody is let in to
 * @leg: the two media endpoints
 * @rtcp: the RTCP ports; @rtcp.real[0].port is 0 when there is no RTCP stream
 * @streams: RTP or other packets, and RTCP; NULL where there is none
 */
struct sf_media {
	struct list_head list;
	u16 refs;
	u8 index;
	bool rtp;
	bool shut[2];
	struct sf_leg leg;
	struct sf_leg rtcp;
	struct sf_stream *streams[2];
};

/**
 * sf_offer_message() - let the description of a message take effect
 * @side: side of the call that sent the message
 * @dialog: dialog of the message, or NULL
 */
void sf_offer_message(struct sf_call *call, struct sf_packet *pkt, int side,
		      struct sf_dialog *dialog);

/* Forget offers of a transaction that failed; what was agreed stays. */
void sf_offer_failed(struct sf_call *call, int side, u32 cseq);

/* Let go of the media of a dialog. */
void sf_offer_dialog_end(struct sf_call *call, struct sf_dialog *dialog);

/* Forget everything. */
void sf_offer_call_end(struct sf_call *call);

/* When media of the call was last seen: ktime_get_boottime_ns(), 0: never. */
u64 sf_offer_last(const struct sf_call *call);

#endif /* _SF_OFFER_H */
