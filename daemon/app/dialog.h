/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dialog.h - what has to be known of a dialog of others to end it
 *
 * A proxy has no part in a dialog: it only passes what both sides say. To end one it
 * tells each side what the other one would: a BYE with that side's remote target, its
 * route set, and a CSeq that goes on from the last one (RFC 3261, 12.2.1.1).
 */
#ifndef SIPFAST_APP_DIALOG_H
#define SIPFAST_APP_DIALOG_H

#include "../sys/handover.h"
#include "way.h"

/* Bytes of all its texts; and of a BYE, which has most of them. */
#define SF_DIALOG_TEXT	6144
#define SF_DIALOG_BYE	(SF_DIALOG_TEXT + 512)

/* What is higher leaves too few (RFC 3261, 8.1.1.5) for those that follow. */
#define SF_DIALOG_CSEQ	(INT32_MAX - 1000)

/**
 * struct sf_dialog - a dialog, whose sides are [SF_CALLER] and [SF_CALLEE]
 * @call_id: Call-ID
 * @party: From of the one and To of the other, with tags
 * @target: the URI that each side is reached by
 * @routes: Route of what goes to that side, as it comes to us; none: it cannot be told
 * @cseq: the last one that each side was heard of with
 * @len: bytes of all texts, each of which is for free()
 */
struct sf_dialog {
	struct sf_text call_id;
	struct sf_text party[2];
	struct sf_text target[2];
	struct sf_text routes[2];
	u32 cseq[2];
	u32 len;
};

/**
 * sf_dialog_new() - begin with what the caller says
 * @dialog: for sf_dialog_free(); written only on success
 *
 * Return: 0, -ENOMEM, -EMSGSIZE when more than half of SF_DIALOG_TEXT is needed, or
 * -ERANGE, when CSeq is over SF_DIALOG_CSEQ.
 */
int sf_dialog_new(struct sf_dialog **dialog, const struct sf_message *invite);

/* NULL is fine. */
void sf_dialog_free(struct sf_dialog *dialog);

/**
 * sf_dialog_answered() - a 2xx came; what it says is believed once
 * @self: knows our own elements of Record-Route
 *
 * Return: 0; -ENOMEM, -EMSGSIZE; -EBADMSG when ours are not there.
 */
int sf_dialog_answered(struct sf_dialog *dialog, const struct sf_self *self,
		       const struct sf_message *response);

/**
 * sf_dialog_copy() - one that is as another one was
 * @dialog: for sf_dialog_free(); written only on success
 *
 * Return: 0, -ENOMEM or -EMSGSIZE.
 */
int sf_dialog_copy(struct sf_dialog **dialog, const struct sf_dialog *as);

/* The tag of a side; none: it has not said it yet. */
struct sf_text sf_dialog_tag(const struct sf_dialog *dialog, u32 side);

/* Does that URI lead where the callee said to be, or those before him? */
bool sf_dialog_leads(const struct sf_dialog *dialog, struct sf_text uri);

/* Did he say that this is his address, or theirs? */
bool sf_dialog_is_at(const struct sf_dialog *dialog, const struct sf_ip *ip);

/* A side was heard. Return: true when its CSeq has gone on. */
bool sf_dialog_seen(struct sf_dialog *dialog, u32 side, u32 cseq);

/**
 * sf_dialog_moved() - a side says where it is reached from now on
 * @message: has a Contact; one that cannot be taken changes nothing
 */
void sf_dialog_moved(struct sf_dialog *dialog, u32 side,
		     const struct sf_message *message);

/**
 * sf_dialog_bye() - write the BYE that one side would send to the other
 * @to: who gets it
 * @reason: of a header line Reason (RFC 3326)
 *
 * It is as it would come in: its Route begins with our elements. Its Via says nothing.
 * Nothing is written when that side cannot be told; whether it fitted is in @out->full.
 */
void sf_dialog_bye(struct sf_dialog *dialog, struct sf_out *out, u32 to,
		   const char *reason);

#endif /* SIPFAST_APP_DIALOG_H */
