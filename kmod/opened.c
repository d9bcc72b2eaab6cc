// SPDX-License-Identifier: GPL-2.0
/*
 * opened.c - calls whose offers and answers somebody else reads
 *
 * The code that reads messages works on a struct sf_packet; what is handed over
 * is made to look like one: first a message with the offer, then one with the
 * answer.
 */
#include <linux/ktime.h>
#include <linux/netlink.h>
#include <linux/slab.h>

#include "call.h"
#include "desc.h"
#include "media.h"
#include "offer.h"
#include "opened.h"
#include "packet.h"
#include "pernet.h"
#include "scratch.h"
#include "standin.h"
#include "text.h"

/**
 * struct sf_handover - what was handed over, on its way into a call
 * @open: that
 * @pkt: the message that carries one of the descriptions, or would have
 * @scratch: holds its indexes
 * @extack: takes a sentence about what is wrong
 */
struct sf_handover {
	const struct sf_opening *open;
	struct sf_packet pkt;
	struct sf_scratch *scratch;
	struct netlink_ext_ack *extack;
};

static bool sf_handover_full(enum sf_counter why)
{
	return why == SF_CNT_CALL_FULL || why == SF_CNT_CALL_FORKS ||
	       why == SF_CNT_PINHOLE_FULL;
}

/* Say why not. What is not for lack of room is for lack of memory. */
static int sf_handover_failed(struct sf_handover *h)
{
	const struct sf_notes *notes = &h->pkt.notes;
	enum sf_counter why = SF_CNT_CALL_NO_MEMORY;
	int i;

	for (i = 0; i < notes->n; i++)
		if (sf_handover_full(notes->counters[i]))
			why = notes->counters[i];
	if (h->extack)
		h->extack->_msg = sf_stats_text(why);

	return sf_handover_full(why) ? -ENFILE : -ENOMEM;
}

static int sf_handover_sdp(struct sf_handover *h, int which)
{
	enum sf_reason reason = sf_sdp_parse(&h->scratch->sdp, h->open->buf,
					     h->open->sdp[which]);

	if (reason == SF_OK)
		return 0;

	sf_note(&h->pkt, SF_CNT_PARSE + reason);
	if (h->extack)
		h->extack->_msg = sf_reason_text(reason);

	return -EINVAL;
}

/* What would have carried a description: the offer in an INVITE, say. */
static void sf_handover_from(struct sf_handover *h, struct sf_end ends[2],
			     int party, int which)
{
	struct sf_packet *pkt = &h->pkt;
	struct sf_msg *msg = &h->scratch->msg;

	msg->buf = h->open->buf;
	msg->method = SF_METHOD_INVITE;
	msg->is_request = which == SF_OFFER;
	msg->status = which == SF_ANSWER ? 200 : 0;
	pkt->msg = msg;
	pkt->sdp = &h->scratch->sdp;
	pkt->names = h->open->names[party] ? SF_NAMES_ANYBODY : SF_NAMES_ITSELF;
	pkt->leg.real[SF_SENDER] = ends[party];
	pkt->leg.real[SF_RECEIVER] = ends[!party];
	pkt->leg.face[SF_SENDER] = ends[party];
	pkt->leg.face[SF_RECEIVER] = ends[!party];
	memset(&pkt->notes, 0, sizeof(pkt->notes));
}

/* One of the two descriptions, with what was decided about it; or NULL. */
static struct sf_desc *sf_handover_desc(struct sf_handover *h,
					struct sf_call *call, int which)
{
	int party = which == SF_OFFER ? h->open->offerer : !h->open->offerer;
	int side = party == SF_CALLER ? call->caller : !call->caller;
	struct sf_end ends[2] = { call->leg.real[call->caller],
				  call->leg.real[!call->caller] };
	struct sf_desc *desc;

	sf_handover_from(h, ends, party, which);
	if (sf_handover_sdp(h, which))
		return NULL;

	desc = sf_desc_make(call, &h->pkt, side);
	if (desc)
		sf_call_remember(call, &h->pkt, party == SF_CALLER);

	return desc;
}

/* A dialog that begins with all that the former one has. */
static struct sf_dialog *sf_opened_dialog(struct sf_handover *h,
					  struct sf_call *call,
					  const struct sf_dialog *old)
{
	struct sf_dialog *dialog = sf_dialog_make(call);
	int i, side;

	if (!dialog)
		return NULL;

	dialog->confirmed = h->open->answered || call->answered;
	if (old) {
		memcpy(dialog->text, old->text, sizeof(dialog->text));
		sf_media_share(dialog, old);
		return dialog;
	}

	for (i = 0; i < 2; i++) {
		side = i == SF_CALLER ? call->caller : !call->caller;
		sf_text(dialog->text[side], sizeof(dialog->text[side]),
			h->open->buf, h->open->tag[i]);
	}

	return dialog;
}

static void sf_opened_drop(struct sf_dialog *dialog)
{
	sf_media_drop_from(dialog, 0);
	sf_dialog_free(dialog);
}

static bool sf_opened_settle(struct sf_handover *h, struct sf_call *call,
			     struct sf_dialog *dialog)
{
	struct sf_desc *offer, *answer = NULL;
	bool all = false;

	offer = sf_handover_desc(h, call, SF_OFFER);
	if (offer)
		answer = sf_handover_desc(h, call, SF_ANSWER);
	if (answer) {
		memset(&h->pkt.notes, 0, sizeof(h->pkt.notes));
		all = sf_offer_agree(dialog, offer, answer);
		sf_call_remember(call, &h->pkt,
				 h->open->offerer != SF_CALLER);
	}
	kfree(answer);
	kfree(offer);

	return all;
}

static void sf_opened_answered(struct sf_call *call)
{
	call->status = 200;
	call->answered = call->answered ?: ktime_get_boottime_ns();
}

/* Agree, in place of what was agreed before; all of it or nothing. */
static int sf_opened_agree(struct sf_handover *h, struct sf_call *call)
{
	struct sf_dialog *old = list_first_entry_or_null(&call->dialogs,
							 struct sf_dialog,
							 list);
	struct sf_dialog *dialog = sf_opened_dialog(h, call, old);

	if (!dialog)
		return sf_handover_failed(h);
	if (!sf_opened_settle(h, call, dialog)) {
		sf_opened_drop(dialog);
		return sf_handover_failed(h);
	}

	if (old)
		sf_opened_drop(old);
	if (h->open->silence)
		call->silence = h->open->silence;
	sf_call_touch(call);

	return call->id;
}

static int sf_opened_again(struct sf_handover *h)
{
	struct sf_call *call = xa_load(&h->pkt.sn->call_ids, h->open->call);
	int id;

	if (!call || !call->opened) {
		NL_SET_ERR_MSG(h->extack, "no call with this number was opened");
		return -ENOENT;
	}

	h->pkt.ct = call->ct;
	h->pkt.l3num = call->key.l3num;
	h->pkt.zone = call->key.zone;
	id = sf_opened_agree(h, call);
	if (id > 0 && h->open->answered) {
		sf_opened_answered(call);
		sf_call_change(call, SIPFAST_CALL_UP);
		sf_call_touch(call);
	}

	return id;
}

static int sf_opened_begin(struct sf_handover *h)
{
	const struct sf_opening *open = h->open;
	struct sf_end ends[2] = { open->end[0], open->end[1] };
	struct sf_packet *pkt = &h->pkt;
	struct sf_call *call;
	int id;

	sf_handover_from(h, ends, SF_CALLER, SF_OFFER);
	call = sf_call_make(pkt, sf_call_side(pkt));
	if (!call)
		return sf_handover_failed(h);

	call->opened = true;
	call->cookie = open->cookie;
	call->state = open->answered ? SIPFAST_CALL_UP : SIPFAST_CALL_RINGING;
	call->status = 183;
	if (open->answered)
		sf_opened_answered(call);
	sf_call_announce(call);

	id = sf_opened_agree(h, call);
	if (id < 0)
		sf_call_end(call, SIPFAST_END_REJECTED);

	return id;
}

static void sf_handover_ident(struct sf_net *sn, struct sf_handover *h)
{
	const struct sf_opening *open = h->open;
	struct sf_ident *ident = &h->pkt.ident;

	ident->call_id = open->call_id;
	ident->call_id_hash = siphash(open->buf + open->call_id.off,
				      open->call_id.len, &sn->hash_key);
	ident->from.uri = open->uri[SF_CALLER];
	ident->to.uri = open->uri[SF_CALLEE];
}

/* Both can be read: what comes now fails for lack of room only. */
static int sf_handover_check(struct sf_handover *h)
{
	return sf_handover_sdp(h, SF_OFFER) ?: sf_handover_sdp(h, SF_ANSWER);
}

static int sf_handover_take(struct sf_handover *h, struct sf_net *sn)
{
	int err;

	h->scratch = sf_scratch_get();
	rcu_read_lock();
	spin_lock_bh(&sn->lock);
	sn->handled = &h->pkt;
	err = sf_handover_check(h) ?:
	      h->open->call ? sf_opened_again(h) : sf_opened_begin(h);
	sn->handled = NULL;
	spin_unlock_bh(&sn->lock);
	rcu_read_unlock();
	sf_scratch_put();

	return err;
}

int sf_opened_take(struct sf_net *sn, const struct sf_opening *open,
		   struct netlink_ext_ack *extack)
{
	struct sf_handover h = {
		.open = open,
		.extack = extack,
		.pkt = {
			.sn = sn, .l3num = open->l3num, .zone = open->zone,
			.watch = true,
		},
	};
	int err;

	if (open->call)
		return sf_handover_take(&h, sn);

	h.pkt.ct = sf_standin_make(sn, &open->end[SF_CALLER],
				   &open->end[SF_CALLEE], open->zone,
				   open->l3num);
	if (!h.pkt.ct)
		return sf_handover_failed(&h);

	sf_handover_ident(sn, &h);
	err = sf_handover_take(&h, sn);
	nf_ct_put(h.pkt.ct);

	return err;
}

int sf_opened_close(struct sf_net *sn, u32 id, enum sipfast_call_end why)
{
	struct sf_call *call;

	spin_lock_bh(&sn->lock);
	call = xa_load(&sn->call_ids, id);
	if (call && call->opened)
		sf_call_end(call, why);
	else
		call = NULL;
	spin_unlock_bh(&sn->lock);

	return call ? 0 : -ENOENT;
}
