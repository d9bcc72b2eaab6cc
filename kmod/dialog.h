/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dialog.h - the dialogs of a call (RFC 3261, 12), and when they end
 *
 * Owned by their call. Everything here is protected by sf_net.lock.
 */
#ifndef _SF_DIALOG_H
#define _SF_DIALOG_H

#include <linux/list.h>
#include <sipfast/sdp.h>

#include "timer.h"

struct sf_call;
struct sf_media;
struct sf_packet;

/* 64*T1: how long a request may wait for its final response (RFC 3261, 17) */
#define SF_DIALOG_LINGER (32 * MSEC_PER_SEC)

/* Bytes of a tag kept to show, with their NUL. */
#define SF_DIALOG_TAG 33

/**
 * struct sf_dialog - one dialog
 * @list: place in sf_call.dialogs
 * @call: its call
 * @tag: keyed hash of each side's tag
 * @session: when its session expires: ktime_get_boottime_ns(), 0: never
 * @timer: ends it: some time after a BYE or the answer of another branch, or
 *	after @session
 * @agreed: sf_desc.number of the newest offer that was answered
 * @asked: CSeq number of each side's newest request whose transaction agreed
 *	on something; 0 before that
 * @bye_cseq: CSeq number of each side's BYE
 * @bye_sent: it has said BYE, which waits for its final response
 * @slot: its number among the dialogs of the call, below SF_CALL_DIALOGS
 * @confirmed: a 2xx to INVITE was seen, or it began before we looked
 * @held: none of its media flows both ways
 * @text: the tags, to show
 *
 * What media it agreed on, that knows: see sf_media_held().
 */
struct sf_dialog {
	struct list_head list;
	struct sf_call *call;
	u64 tag[2];
	u64 session;
	struct sf_timer timer;
	u32 agreed;
	u32 asked[2];
	u32 bye_cseq[2];
	bool bye_sent[2];
	u8 slot;
	bool confirmed;
	bool held;
	char text[2][SF_DIALOG_TAG];
};

/**
 * sf_dialog_find() - the dialog of a message, or NULL
 * @side: side of the call that sent it
 */
struct sf_dialog *sf_dialog_find(struct sf_call *call,
				 const struct sf_packet *pkt, int side);

/* The same; it is made if there is none. NULL: counted. */
struct sf_dialog *sf_dialog_get(struct sf_call *call,
				const struct sf_packet *pkt, int side);

/* A new one without tags; NULL: counted. */
struct sf_dialog *sf_dialog_make(struct sf_call *call);

/* Its media was given back. */
void sf_dialog_free(struct sf_dialog *dialog);

/* Has one of the sides said BYE? */
static inline bool sf_dialog_bye(const struct sf_dialog *dialog)
{
	return dialog->bye_sent[0] || dialog->bye_sent[1];
}

/**
 * sf_dialog_bye_sent() - note a BYE, which ends the dialog after a while
 * @side: side of the call that sent it
 */
void sf_dialog_bye_sent(struct sf_dialog *dialog, const struct sf_packet *pkt,
			int side);

/* Is a message the response to a BYE that waits for it? */
bool sf_dialog_bye_answered(const struct sf_dialog *dialog,
			    const struct sf_packet *pkt, int side);

/* Forget a BYE: it was challenged. */
void sf_dialog_bye_undo(struct sf_dialog *dialog, int side);

/**
 * sf_dialog_answered() - note a 2xx to INVITE
 *
 * Branches that nobody answers within a while end then (RFC 3261, 13.2.2.4).
 */
void sf_dialog_answered(struct sf_dialog *dialog, const struct sf_packet *pkt);

/**
 * sf_dialog_session() - learn from a 2xx how long the session may last
 *
 * RFC 4028: a 2xx to INVITE or UPDATE says after what time the session ends,
 * unless another one comes before. One that does not say so ends the limit.
 */
void sf_dialog_session(struct sf_dialog *dialog, const struct sf_packet *pkt);

#endif /* _SF_DIALOG_H */
