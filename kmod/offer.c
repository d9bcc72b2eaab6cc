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
				port->used |= sf_end_equal(&media->leg.face[i],
							   &port->key.face);
		list_for_each_entry(desc, &call->descs, list)
			for (i = 0; i < desc->nmedia; i++)
				port->used |= sf_end_equal(&desc->media[i].face,
							   &port->key.face);
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

/* Keep an offer until it is answered; a retransmission replaces itself. */
static void sf_desc_keep(struct sf_call *call, struct sf_desc *desc)
{
	struct sf_desc *old, *next;

	list_for_each_entry_safe(old, next, &call->descs, list)
		if (old->side == desc->side && old->cseq == desc->cseq &&
		    old->response == desc->response)
			sf_desc_drop(call, old);

	if (call->ndescs >= SF_CALL_DESCS) {
		sf_decide(call->sn, SF_CNT_OFFER_FULL);
		sf_desc_drop(call, list_last_entry(&call->descs, struct sf_desc,
						   list));
	}
	list_add(&desc->list, &call->descs);
	call->ndescs++;
}

/*
 * An answered call agreed anew: what was offered before is history, and a late
 * answer to it must not bring the old media back. Before the answer, forks may
 * still answer the first offer.
 */
static void sf_desc_drop_older(struct sf_call *call, struct sf_desc *than)
{
	struct sf_desc *desc = than, *next;

	if (!call->answered)
		return;

	list_for_each_entry_safe_continue(desc, next, &call->descs, list)
		sf_desc_drop(call, desc);
}

/* The offer that a description in this message answers, or NULL. */
static struct sf_desc *sf_desc_offer(struct sf_call *call,
				     const struct sf_packet *pkt, int side)
{
	enum sf_method method = sf_packet_method(pkt);
	bool request = pkt->msg->is_request;
	struct sf_desc *desc;

	if (request && method != SF_METHOD_ACK && method != SF_METHOD_PRACK)
		return NULL;

	list_for_each_entry(desc, &call->descs, list) {
		if (desc->side == side || desc->response != request)
			continue;
		/* PRACK counts on: the newest offer is the one it answers. */
		if (desc->cseq == pkt->ident.cseq.number ||
		    (request && method == SF_METHOD_PRACK))
			return desc;
	}

	return NULL;
}

static void sf_offer_agree(struct sf_call *call, struct sf_dialog *dialog,
			   const struct sf_desc *offer,
			   const struct sf_desc *answer)
{
	struct sf_media like, *old;
	int i;

	for (i = 0; i < SF_SDP_MEDIA_MAX; i++) {
		sf_note_line(call->sn, i + 1);
		old = dialog->media[i];
		dialog->media[i] = sf_media_of(call->sn, &like, offer, answer,
					       i, old) ?
				   sf_media_get(call, &like,
						offer->media[i].type) : NULL;
		sf_media_put(old);
	}
	sf_note_line(call->sn, 0);
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
	if (!pkt->watch)
		sf_natsdp(pkt, desc);

	offer = sf_desc_offer(call, pkt, side);
	if (!offer) {
		sf_desc_keep(call, desc);
		return;
	}

	if (dialog) {
		sf_offer_agree(call, dialog, offer, desc);
		sf_desc_drop_older(call, offer);
	} else {
		sf_note(pkt, SF_CNT_OFFER_DIALOG);
	}
	kfree(desc);
	sf_offer_sweep(call);
}

void sf_offer_failed(struct sf_call *call, int side, u32 cseq)
{
	struct sf_desc *desc, *next;

	list_for_each_entry_safe(desc, next, &call->descs, list)
		if (desc->side == side && desc->cseq == cseq && !desc->response)
			sf_desc_drop(call, desc);
	sf_offer_sweep(call);
}

void sf_offer_dialog_end(struct sf_call *call, struct sf_dialog *dialog)
{
	int i;

	for (i = 0; i < SF_SDP_MEDIA_MAX; i++)
		sf_media_put(dialog->media[i]);
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
