/* SPDX-License-Identifier: GPL-2.0 */
/*
 * offer.h - offers and answers (RFC 3264)
 */
#ifndef _SF_OFFER_H
#define _SF_OFFER_H

#include <linux/types.h>

struct sf_call;
struct sf_desc;
struct sf_dialog;
struct sf_packet;

/**
 * sf_offer_message() - let the description of a message take effect
 * @side: side of the call that sent the message
 * @dialog: dialog of the message, or NULL
 */
void sf_offer_message(struct sf_call *call, struct sf_packet *pkt, int side,
		      struct sf_dialog *dialog);

/**
 * sf_offer_agree() - let a dialog have the media that two descriptions agree on
 *
 * In place of what it had. The namespace is locked; in packet context.
 *
 * Return: false when some of it could not be opened.
 */
bool sf_offer_agree(struct sf_dialog *dialog, const struct sf_desc *offer,
		    const struct sf_desc *answer);

/**
 * sf_offer_failed() - forget the offer of a transaction that failed
 * @side: side of the call that asked
 *
 * What was agreed stays.
 */
void sf_offer_failed(struct sf_call *call, const struct sf_dialog *dialog,
		     int side, u32 cseq);

/* Let go of the media of a dialog. */
void sf_offer_dialog_end(struct sf_call *call, struct sf_dialog *dialog);

/* Forget everything. */
void sf_offer_call_end(struct sf_call *call);

/* When media of the call was last seen: ktime_get_boottime_ns(), 0: never. */
u64 sf_offer_last(const struct sf_call *call);

/* Is the whole call on hold: does none of its media flow both ways? */
bool sf_offer_held(const struct sf_call *call);

/* When both sides of a dialog were last heard; likewise. */
u64 sf_offer_talk(const struct sf_dialog *dialog);

#endif /* _SF_OFFER_H */
