// SPDX-License-Identifier: GPL-2.0
/*
 * media.c - m= lines on which both sides agreed
 */
#include <linux/slab.h>

#include "cache.h"
#include "call.h"
#include "desc.h"
#include "dialog.h"
#include "media.h"
#include "pernet.h"
#include "pinhole.h"
#include "stream.h"

void sf_media_free(struct sf_media *media)
{
	int i;

	for (i = 0; i < 2; i++)
		if (media->streams[i])
			sf_stream_close(media->streams[i]);
	list_del(&media->list);
	kmem_cache_free(sf_media_cache, media);
}

const struct sf_leg *sf_media_leg(const struct sf_media *media)
{
	return &media->streams[0]->leg;
}

static bool sf_media_is(const struct sf_media *media,
			const struct sf_dialog *dialog)
{
	return media->dialogs & BIT(dialog->slot);
}

struct sf_media *sf_media_held(const struct sf_dialog *dialog, int index)
{
	struct sf_media *media;

	list_for_each_entry(media, &dialog->call->media, list)
		if (media->index == index && sf_media_is(media, dialog))
			return media;

	return NULL;
}

void sf_media_drop(struct sf_dialog *dialog, struct sf_media *media)
{
	if (!media)
		return;

	media->dialogs &= ~BIT(dialog->slot);
	if (!media->dialogs)
		sf_media_free(media);
}

void sf_media_drop_from(struct sf_dialog *dialog, int index)
{
	struct sf_media *media, *next;

	list_for_each_entry_safe(media, next, &dialog->call->media, list)
		if (media->index >= index && sf_media_is(media, dialog))
			sf_media_drop(dialog, media);
}

void sf_media_share(struct sf_dialog *dialog, const struct sf_dialog *with)
{
	struct sf_media *media;

	list_for_each_entry(media, &dialog->call->media, list)
		if (sf_media_is(media, with))
			media->dialogs |= BIT(dialog->slot);
}

static struct sf_media *sf_media_find(struct sf_call *call,
				      const struct sf_agreement *like)
{
	struct sf_media *media;

	list_for_each_entry(media, &call->media, list)
		if (media->index == like->index && media->rtp == like->rtp &&
		    media->shut[0] == like->shut[0] &&
		    media->shut[1] == like->shut[1] &&
		    !memcmp(&media->rtcp, &like->rtcp, sizeof(like->rtcp)) &&
		    !memcmp(sf_media_leg(media), &like->leg, sizeof(like->leg)))
			return media;

	return NULL;
}

/* Does RTCP go to the port above RTP's, at all ends? */
static bool sf_agreement_paired(const struct sf_agreement *like)
{
	const struct sf_rtcp_ports *rtcp = &like->rtcp;
	const struct sf_leg *rtp = &like->leg;
	int i;

	for (i = 0; i < 2; i++)
		if (ntohs(rtp->face[i].port) & 1 ||
		    ntohs(rtcp->face[i]) != ntohs(rtp->face[i].port) + 1 ||
		    ntohs(rtcp->real[i]) != ntohs(rtp->real[i].port) + 1)
			return false;

	return true;
}

/* Where the RTCP goes. */
static struct sf_leg sf_agreement_rtcp(const struct sf_agreement *like)
{
	struct sf_leg leg = like->leg;
	int i;

	for (i = 0; i < 2; i++) {
		leg.real[i].port = like->rtcp.real[i];
		leg.face[i].port = like->rtcp.face[i];
	}

	return leg;
}

static bool sf_media_open(struct sf_call *call, struct sf_media *media,
			  const struct sf_agreement *like, const char *type)
{
	struct sf_stream_spec spec = {
		.call = call->id,
		.caller = call->caller,
		.media = like->index,
		.kind = like->rtp ? SIPFAST_STREAM_RTP : SIPFAST_STREAM_UDP,
		.paired = sf_agreement_paired(like),
		.type = type,
		.shut = { like->shut[0], like->shut[1] },
		/* Whether the router translates them was not in the messages. */
		.free = call->opened,
		.leg = like->leg,
		.master = call->ct,
	};

	media->streams[0] = sf_stream_open(call->sn, &spec);
	if (!media->streams[0])
		return false;

	if (like->rtcp.real[0] && !spec.paired) {
		spec.leg = sf_agreement_rtcp(like);
		spec.kind = SIPFAST_STREAM_RTCP;
		spec.about = media->streams[0]->id;
		media->streams[1] = sf_stream_open(call->sn, &spec);
	}

	return true;
}

/* The media of a call that is like this, opened if it was not there. */
static struct sf_media *sf_media_get(struct sf_call *call,
				     const struct sf_agreement *like,
				     const char *type)
{
	struct sf_media *media = sf_media_find(call, like);

	if (media)
		return media;

	media = kmem_cache_zalloc(sf_media_cache, GFP_ATOMIC);
	if (!media) {
		sf_decide(call->sn, SF_CNT_MEDIA_NO_MEMORY);
		return NULL;
	}

	media->index = like->index;
	media->rtp = like->rtp;
	media->shut[0] = like->shut[0];
	media->shut[1] = like->shut[1];
	media->rtcp = like->rtcp;
	list_add_tail(&media->list, &call->media);
	if (!sf_media_open(call, media, like, type)) {
		sf_media_free(media);
		return NULL;
	}

	return media;
}

struct sf_media *sf_media_take(struct sf_dialog *dialog,
			       const struct sf_agreement *like,
			       const char *type)
{
	struct sf_media *old = sf_media_held(dialog, like->index);
	struct sf_media *media = sf_media_get(dialog->call, like, type);

	if (media != old)
		sf_media_drop(dialog, old);
	if (media)
		media->dialogs |= BIT(dialog->slot);

	return media;
}

/* One side of an agreement; false when nothing can be sent to it. */
static bool sf_agreement_side(struct sf_net *sn, struct sf_agreement *like,
			      int side, const struct sf_desc_media *m,
			      const struct sf_media *old)
{
	if (!m->usable)
		return false;

	if (m->held && !old) {
		sf_decide(sn, SF_CNT_MEDIA_HOLD);
		return false;
	}

	/* On hold it says where it is not; where it was still holds. */
	if (m->held) {
		like->shut[side] = old->shut[side];
		like->leg.real[side] = sf_media_leg(old)->real[side];
		like->leg.face[side] = sf_media_leg(old)->face[side];
		like->rtcp.real[side] = old->rtcp.real[side];
		like->rtcp.face[side] = old->rtcp.face[side];
		return true;
	}

	like->shut[side] = m->shut;
	like->leg.real[side] = m->real;
	like->leg.face[side] = *sf_desc_face(m);
	like->rtcp.real[side] = m->real_rtcp;
	like->rtcp.face[side] = sf_desc_face_rtcp(m);

	return true;
}

bool sf_media_of(struct sf_net *sn, struct sf_agreement *like,
		 const struct sf_desc *offer, const struct sf_desc *answer,
		 int index, const struct sf_media *old)
{
	const struct sf_desc_media *m[2];

	if (index >= offer->nmedia || index >= answer->nmedia) {
		if (index < max(offer->nmedia, answer->nmedia))
			sf_decide(sn, SF_CNT_MEDIA_LINES);
		return false;
	}

	m[offer->side] = &offer->media[index];
	m[answer->side] = &answer->media[index];

	memset(like, 0, sizeof(*like));
	like->index = index;
	like->rtp = m[0]->rtp && m[1]->rtp;
	if (!sf_agreement_side(sn, like, 0, m[0], old) ||
	    !sf_agreement_side(sn, like, 1, m[1], old))
		return false;

	if (!like->rtp || (m[0]->muxed && m[1]->muxed) ||
	    !like->rtcp.real[0] || !like->rtcp.real[1])
		memset(&like->rtcp, 0, sizeof(like->rtcp));

	return true;
}
