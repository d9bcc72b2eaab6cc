// SPDX-License-Identifier: GPL-2.0
/*
 * callmsg.c - what a message does to its call
 */
#include <linux/ktime.h>

#include "call.h"
#include "offer.h"
#include "packet.h"
#include "pernet.h"

static bool sf_call_all_bye(const struct sf_call *call)
{
	const struct sf_dialog *dialog;

	list_for_each_entry(dialog, &call->dialogs, list)
		if (!sf_dialog_bye(dialog))
			return false;

	return true;
}

static void sf_call_bye(struct sf_call *call, struct sf_packet *pkt, int side,
			struct sf_dialog *dialog)
{
	if (!dialog) {
		sf_note(pkt, SF_CNT_CALL_STRAY);
		return;
	}

	sf_dialog_bye_sent(dialog, pkt, side);
	if (call->answered && sf_call_all_bye(call))
		sf_call_closing(call);
}

/* An INVITE of a call that nobody answered: the first, or tried again. */
static void sf_call_again(struct sf_call *call, struct sf_packet *pkt, int side)
{
	if (side == call->caller && !call->answered &&
	    pkt->ident.cseq.number > call->cseq)
		call->cseq = pkt->ident.cseq.number;
}

static void sf_call_request(struct sf_call *call, struct sf_packet *pkt,
			    int side)
{
	struct sf_dialog *dialog = sf_dialog_find(call, pkt, side);

	switch (sf_packet_method(pkt)) {
	case SF_METHOD_INVITE:
		sf_call_again(call, pkt, side);
		/* To has a tag: a dialog that began before we looked. */
		if (!dialog && pkt->ident.to_tag)
			dialog = sf_dialog_get(call, pkt, side);
		break;
	case SF_METHOD_BYE:
		sf_call_bye(call, pkt, side, dialog);
		break;
	default:
		break;
	}

	sf_call_touch(call);
	sf_offer_message(call, pkt, side, dialog);
}

static bool sf_status_challenge(u16 status)
{
	return status == 401 || status == 407;
}

/* Responses that end the dialog they come in (RFC 3261, 12.2.1.2). */
static bool sf_status_fatal(u16 status)
{
	return status == 408 || status == 481;
}

/* A re-INVITE failed: what was agreed before it holds. */
static void sf_call_refused(struct sf_call *call, struct sf_packet *pkt,
			    struct sf_dialog *dialog)
{
	if (dialog && sf_status_fatal(pkt->msg->status))
		sf_call_dialog_over(dialog, SIPFAST_END_BYE);
	else
		sf_call_touch(call);
}

/*
 * Is it the response to the INVITE that a call stands and falls with? An
 * earlier one failed already; its response is sent again until it is heard.
 */
static bool sf_call_current(const struct sf_call *call,
			    const struct sf_packet *pkt, int side)
{
	return side != call->caller && pkt->ident.cseq.number == call->cseq;
}

/*
 * The INVITE of a call failed. A challenged one is tried again. A phone that
 * was called twice, by two bindings, refuses one of the two and rings for the
 * other (RFC 3261, 8.2.2.2): that is seen within the same time.
 */
static void sf_call_rejected(struct sf_call *call, struct sf_packet *pkt,
			     int side)
{
	u16 status = pkt->msg->status;

	if (!sf_call_current(call, pkt, side) ||
	    (status == 482 && call->state != SIPFAST_CALL_SETUP))
		sf_call_touch(call);
	else if (sf_status_challenge(status) || status == 482)
		sf_call_forget(call, SF_DIALOG_LINGER);
	else
		sf_call_end(call, SIPFAST_END_REJECTED);
}

static void sf_call_failure(struct sf_call *call, struct sf_packet *pkt,
			    int side)
{
	struct sf_dialog *dialog = sf_dialog_find(call, pkt, side);

	if (call->answered || pkt->msg->status != 482)
		sf_offer_failed(call, dialog, !side, pkt->ident.cseq.number);

	if (call->answered)
		sf_call_refused(call, pkt, dialog);
	else
		sf_call_rejected(call, pkt, side);
}

/* One branch of a fork has failed, and the others go on (RFC 6228). */
static void sf_call_branch_failed(struct sf_call *call,
				  const struct sf_packet *pkt, int side)
{
	struct sf_dialog *dialog = sf_dialog_find(call, pkt, side);

	sf_call_touch(call);
	if (dialog && !call->answered)
		sf_call_dialog_over(dialog, SIPFAST_END_REJECTED);
}

static void sf_call_invite_response(struct sf_call *call, struct sf_packet *pkt,
				    int side)
{
	u16 status = pkt->msg->status;
	struct sf_dialog *dialog;

	call->status = status;
	if (status >= 300) {
		sf_call_failure(call, pkt, side);
		return;
	}

	if (status == 199) {
		sf_call_branch_failed(call, pkt, side);
		return;
	}

	if (status == 100) {
		sf_call_touch(call);
		return;
	}

	/* RFC 2543 knew dialogs without a tag in To, but only answered ones. */
	dialog = pkt->ident.to_tag || status >= 200 ?
		 sf_dialog_get(call, pkt, side) : NULL;

	if (status >= 200 && !call->answered)
		call->answered = ktime_get_boottime_ns();
	sf_offer_message(call, pkt, side, dialog);
	if (status >= 200 && dialog)
		sf_dialog_answered(dialog, pkt);

	if (status >= 200 && (!dialog || !sf_dialog_bye(dialog)))
		sf_call_change(call, SIPFAST_CALL_UP);
	else if (status >= 180 && call->state == SIPFAST_CALL_SETUP)
		sf_call_change(call, SIPFAST_CALL_RINGING);
	sf_call_touch(call);
}

static void sf_call_bye_response(struct sf_call *call, struct sf_packet *pkt,
				 int side, struct sf_dialog *dialog)
{
	if (!dialog || !sf_dialog_bye_answered(dialog, pkt, side))
		return;

	if (!sf_status_challenge(pkt->msg->status)) {
		sf_call_dialog_over(dialog, SIPFAST_END_BYE);
		return;
	}

	sf_dialog_bye_undo(dialog, !side);
	if (call->state == SIPFAST_CALL_CLOSING && !sf_dialog_bye(dialog))
		sf_call_change(call, SIPFAST_CALL_UP);
	sf_call_touch(call);
}

/* The response to an UPDATE or PRACK. */
static void sf_call_update_response(struct sf_call *call, struct sf_packet *pkt,
				    int side, struct sf_dialog *dialog)
{
	u16 status = pkt->msg->status;

	if (status < 300)
		sf_offer_message(call, pkt, side, dialog);
	else
		sf_offer_failed(call, dialog, !side, pkt->ident.cseq.number);

	if (!dialog)
		return;
	if (sf_status_fatal(status))
		sf_call_dialog_over(dialog, SIPFAST_END_BYE);
	else if (sf_packet_method(pkt) == SF_METHOD_UPDATE &&
		 status >= 200 && status < 300)
		sf_dialog_session(dialog, pkt);
}

static void sf_call_response(struct sf_call *call, struct sf_packet *pkt,
			     int side)
{
	struct sf_dialog *dialog;

	if (sf_packet_method(pkt) == SF_METHOD_INVITE) {
		sf_call_invite_response(call, pkt, side);
		return;
	}

	dialog = sf_dialog_find(call, pkt, side);
	switch (sf_packet_method(pkt)) {
	case SF_METHOD_BYE:
		sf_call_bye_response(call, pkt, side, dialog);
		break;
	case SF_METHOD_UPDATE:
	case SF_METHOD_PRACK:
		sf_call_update_response(call, pkt, side, dialog);
		break;
	default:
		break;
	}
}

bool sf_call_concerned(enum sf_method method)
{
	switch (method) {
	case SF_METHOD_INVITE:
	case SF_METHOD_ACK:
	case SF_METHOD_BYE:
	case SF_METHOD_CANCEL:
	case SF_METHOD_PRACK:
	case SF_METHOD_UPDATE:
		return true;
	default:
		return false;
	}
}

void sf_call_message(struct sf_packet *pkt)
{
	struct sf_call *call;
	int side;

	lockdep_assert_held(&pkt->sn->lock);

	side = sf_call_side(pkt);
	call = sf_call_find(pkt, side);
	if (!call) {
		if (!pkt->msg->is_request ||
		    sf_packet_method(pkt) != SF_METHOD_INVITE) {
			sf_note(pkt, SF_CNT_CALL_STRAY);
			return;
		}
		call = sf_call_begin(pkt, side);
		if (!call)
			return;
	}
	sf_call_follow(call, pkt->ct);
	pkt->call = call->id;

	if (pkt->msg->is_request)
		sf_call_request(call, pkt, side);
	else
		sf_call_response(call, pkt, side);
}
