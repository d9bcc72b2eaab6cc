// SPDX-License-Identifier: GPL-2.0
/*
 * offer.c - offers and answers (RFC 3264), and the media they agree on
 *
 * A description that travels in a request is an offer, unless it answers one
 * that came in a response (ACK, PRACK); one in a 1xx or 2xx to our offer is
 * its answer, and an offer otherwise. Media opens when both are there, and
 * stays until another pair replaces it or its dialog ends: an offer that fails
 * changes nothing.
 */
#include <linux/slab.h>

#include "call.h"
#include "desc.h"
#include "media.h"
#include "natsdp.h"
#include "offer.h"
#include "packet.h"
#include "pernet.h"
#include "pinhole.h"
#include "port.h"
#include "stream.h"

/* Give back the pairs that no description and no media names any more. */
static void sf_offer_sweep(struct sf_call *call)
{
	struct sf_port *port, *next;
	struct sf_media *media;
	struct sf_desc *desc;
	int i;

	list_for_each_entry_safe(port, next, &call->ports, list) {
		port->used = false;
		list_for_each_entry(media, &call->media, list)
			for (i = 0; i < 2; i++)
				port->used |= sf_end_equal(&sf_media_leg(media)->face[i],
							   &port->key.face);
		list_for_each_entry(desc, &call->descs, list)
			for (i = 0; i < desc->nmedia; i++)
				port->used |= desc->media[i].port == port;
		if (!port->used) {
			list_del(&port->list);
			sf_port_free(call->sn, port);
		}
	}
}

static void sf_desc_drop(struct sf_call *call, struct sf_desc *desc)
{
	list_del(&desc->list);
	call->ndescs--;
	kfree(desc);
}

static struct sf_desc *sf_desc_like(struct sf_call *call,
				    const struct sf_desc *like)
{
	struct sf_desc *desc;

	list_for_each_entry(desc, &call->descs, list)
		if (desc->side == like->side && desc->cseq == like->cseq &&
		    desc->response == like->response &&
		    desc->dialog == like->dialog)
			return desc;

	return NULL;
}

/* Keep an offer until it is answered; a retransmission replaces itself. */
static void sf_desc_keep(struct sf_call *call, struct sf_desc *desc)
{
	struct sf_desc *old = sf_desc_like(call, desc);

	if (old) {
		desc->number = old->number;
		desc->taken = old->taken;
		desc->taker = old->taker;
		list_replace(&old->list, &desc->list);
		kfree(old);
		return;
	}

	if (call->ndescs >= SF_CALL_DESCS) {
		sf_decide(call->sn, SF_CNT_OFFER_FULL);
		sf_desc_drop(call, list_last_entry(&call->descs, struct sf_desc,
						   list));
	}
	desc->number = ++call->offers;
	list_add(&desc->list, &call->descs);
	call->ndescs++;
}

static bool sf_desc_of(const struct sf_desc *desc,
		       const struct sf_dialog *dialog)
{
	return !desc->dialog || desc->dialog == dialog;
}

/*
 * An answered call agreed anew: what was offered before is history, and a late
 * answer to it must not bring the old media back. Before the answer, forks may
 * still answer the first offer.
 */
static void sf_desc_drop_older(struct sf_call *call,
			       const struct sf_dialog *dialog, u32 than)
{
	struct sf_desc *desc, *next;

	if (!call->answered)
		return;

	list_for_each_entry_safe(desc, next, &call->descs, list)
		if (desc->number < than && sf_desc_of(desc, dialog))
			sf_desc_drop(call, desc);
}

/*
 * The offer that a description in this message answers, or NULL. PRACK counts
 * on: it answers the newest offer, unless another PRACK has.
 */
static struct sf_desc *sf_desc_offer(struct sf_call *call,
				     const struct sf_packet *pkt, int side,
				     const struct sf_dialog *dialog)
{
	enum sf_method method = sf_packet_method(pkt);
	bool request = pkt->msg->is_request;
	u32 cseq = pkt->ident.cseq.number;
	struct sf_desc *desc;

	if (request && method != SF_METHOD_ACK && method != SF_METHOD_PRACK)
		return NULL;

	list_for_each_entry(desc, &call->descs, list) {
		if (desc->side == side || desc->response != request ||
		    !sf_desc_of(desc, dialog))
			continue;
		if (request && method == SF_METHOD_PRACK ?
		    !desc->taken || desc->taker == cseq : desc->cseq == cseq)
			return desc;
	}

	return NULL;
}

/* The side whose request opened the transaction of a message. */
static int sf_offer_asker(const struct sf_packet *pkt, int side)
{
	return pkt->msg->is_request ? side : !side;
}

/*
 * A retransmission that was overtaken: its dialog has agreed anew since, or
 * the INVITE's offer is forgotten already. It is translated, and changes
 * nothing.
 */
static bool sf_offer_stale(struct sf_call *call, const struct sf_packet *pkt,
			   int side, const struct sf_dialog *dialog,
			   const struct sf_desc *desc)
{
	u32 cseq = pkt->ident.cseq.number;

	if (dialog)
		return cseq < dialog->asked[sf_offer_asker(pkt, side)];

	return call->answered && side == call->caller && cseq <= call->cseq &&
	       !sf_desc_like(call, desc);
}

/* Return: whether packets flow both ways. */
static bool sf_offer_take(struct sf_dialog *dialog,
			  const struct sf_agreement *like,
			  const struct sf_desc_media *offer,
			  const struct sf_desc_media *answer, int side)
{
	struct sf_media *media = sf_media_take(dialog, like, offer->type);
	int i;

	if (!media)
		return false;

	for (i = 0; i < 2; i++) {
		if (!media->streams[i])
			continue;
		sf_stream_terms(media->streams[i], side, &offer->terms);
		sf_stream_terms(media->streams[i], !side, &answer->terms);
	}

	return !offer->terms.quiet && !answer->terms.quiet;
}

bool sf_offer_agree(struct sf_dialog *dialog, const struct sf_desc *offer,
		    const struct sf_desc *answer)
{
	int i, n = max(offer->nmedia, answer->nmedia);
	struct sf_net *sn = dialog->call->sn;
	struct sf_agreement like;
	struct sf_media *old;
	bool all = true;

	dialog->held = true;
	for (i = 0; i < n; i++) {
		sf_note_line(sn, i + 1);
		old = sf_media_held(dialog, i);
		if (!sf_media_of(sn, &like, offer, answer, i, old)) {
			sf_media_drop(dialog, old);
			continue;
		}
		if (sf_offer_take(dialog, &like, &offer->media[i],
				  &answer->media[i], offer->side))
			dialog->held = false;
		all &= !!sf_media_held(dialog, i);
	}
	sf_note_line(sn, 0);
	sf_media_drop_from(dialog, n);

	return all;
}

/* Offer and answer are there. */
static void sf_offer_answered(struct sf_call *call, const struct sf_packet *pkt,
			      int side, struct sf_dialog *dialog,
			      struct sf_desc *offer,
			      const struct sf_desc *answer)
{
	u32 cseq = pkt->ident.cseq.number;

	offer->taken = true;
	offer->taker = cseq;
	/* The answer in a 18x, once more in the 200, after an UPDATE. */
	if (offer->number < dialog->agreed)
		return;

	dialog->agreed = offer->number;
	dialog->asked[sf_offer_asker(pkt, side)] = cseq;
	sf_offer_agree(dialog, offer, answer);
	sf_desc_drop_older(call, dialog, offer->number);
}

void sf_offer_message(struct sf_call *call, struct sf_packet *pkt, int side,
		      struct sf_dialog *dialog)
{
	struct sf_desc *desc, *offer;

	if (!pkt->sdp)
		return;

	desc = sf_desc_make(call, pkt, side);
	if (!desc)
		return;
	pkt->described = true;
	if (!sf_packet_body_kept(pkt))
		sf_natsdp(pkt, desc);

	if (sf_offer_stale(call, pkt, side, dialog, desc))
		goto out;

	offer = sf_desc_offer(call, pkt, side, dialog);
	if (!offer) {
		desc->dialog = dialog;
		sf_desc_keep(call, desc);
		return;
	}

	if (dialog)
		sf_offer_answered(call, pkt, side, dialog, offer, desc);
	else
		sf_note(pkt, SF_CNT_OFFER_DIALOG);
out:
	kfree(desc);
	sf_offer_sweep(call);
}

void sf_offer_failed(struct sf_call *call, const struct sf_dialog *dialog,
		     int side, u32 cseq)
{
	struct sf_desc *desc, *next;

	list_for_each_entry_safe(desc, next, &call->descs, list)
		if (desc->side == side && desc->cseq == cseq &&
		    !desc->response && sf_desc_of(desc, dialog))
			sf_desc_drop(call, desc);
	sf_offer_sweep(call);
}

void sf_offer_dialog_end(struct sf_call *call, struct sf_dialog *dialog)
{
	struct sf_desc *desc, *next;

	list_for_each_entry_safe(desc, next, &call->descs, list)
		if (desc->dialog == dialog)
			sf_desc_drop(call, desc);
	sf_media_drop_from(dialog, 0);
	sf_offer_sweep(call);
}

void sf_offer_call_end(struct sf_call *call)
{
	struct sf_media *media, *next_media;
	struct sf_desc *desc, *next_desc;

	list_for_each_entry_safe(desc, next_desc, &call->descs, list)
		sf_desc_drop(call, desc);
	list_for_each_entry_safe(media, next_media, &call->media, list)
		sf_media_free(media);
	sf_offer_sweep(call);
}

u64 sf_offer_last(const struct sf_call *call)
{
	const struct sf_media *media;
	u64 last = 0;
	int i;

	list_for_each_entry(media, &call->media, list)
		for (i = 0; i < 2; i++)
			if (media->streams[i])
				last = max(last,
					   sf_stream_last(media->streams[i]));

	return last;
}

bool sf_offer_held(const struct sf_call *call)
{
	const struct sf_dialog *dialog;

	list_for_each_entry(dialog, &call->dialogs, list)
		if (!dialog->held)
			return false;

	return true;
}

u64 sf_offer_talk(const struct sf_dialog *dialog)
{
	const struct sf_media *media;
	u64 talk = 0;
	int i;

	for (i = 0; i < SF_SDP_MEDIA_MAX; i++) {
		media = sf_media_held(dialog, i);
		if (media)
			talk = max(talk, sf_stream_talk(media->streams[0]));
	}

	return talk;
}
