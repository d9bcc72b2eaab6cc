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

static struct sf_media *sf_media_find(struct sf_call *call,
				      const struct sf_media *like)
{
	struct sf_media *media;

	list_for_each_entry(media, &call->media, list)
		if (media->index == like->index && media->rtp == like->rtp &&
		    media->shut[0] == like->shut[0] &&
		    media->shut[1] == like->shut[1] &&
		    !memcmp(&media->leg, &like->leg, sizeof(like->leg)) &&
		    !memcmp(&media->rtcp, &like->rtcp, sizeof(like->rtcp)))
			return media;

	return NULL;
}

/* Does RTCP go to the port above RTP's, at all ends? */
static bool sf_media_paired(const struct sf_media *media)
{
	const struct sf_leg *rtp = &media->leg, *rtcp = &media->rtcp;
	int i;

	for (i = 0; i < 2; i++)
		if (ntohs(rtp->face[i].port) & 1 ||
		    ntohs(rtcp->face[i].port) != ntohs(rtp->face[i].port) + 1 ||
		    ntohs(rtcp->real[i].port) != ntohs(rtp->real[i].port) + 1)
			return false;

	return true;
}

static bool sf_media_open(struct sf_call *call, struct sf_media *media,
			  const char *type)
{
	struct sf_stream_spec spec = {
		.call = call->id,
		.caller = call->caller,
		.media = media->index,
		.kind = media->rtp ? SIPFAST_STREAM_RTP : SIPFAST_STREAM_UDP,
		.paired = sf_media_paired(media),
		.type = type,
		.shut = { media->shut[0], media->shut[1] },
		.leg = media->leg,
		.master = call->ct,
	};

	media->streams[0] = sf_stream_open(call->sn, &spec);
	if (!media->streams[0])
		return false;

	if (media->rtcp.real[0].port && !spec.paired) {
		spec.leg = media->rtcp;
		spec.kind = SIPFAST_STREAM_RTCP;
		spec.about = media->streams[0]->id;
		media->streams[1] = sf_stream_open(call->sn, &spec);
	}

	return true;
}

/* The media of a call that is like this, opened if it was not there. */
static struct sf_media *sf_media_get(struct sf_call *call,
				     const struct sf_media *like,
				     const char *type)
{
	struct sf_media *media = sf_media_find(call, like);

	if (media)
		return media;

	media = kmem_cache_alloc(sf_media_cache, GFP_ATOMIC);
	if (!media) {
		sf_decide(call->sn, SF_CNT_MEDIA_NO_MEMORY);
		return NULL;
	}

	memcpy(media, like, sizeof(*media));
	list_add_tail(&media->list, &call->media);
	if (!sf_media_open(call, media, type)) {
		sf_media_free(media);
		return NULL;
	}

	return media;
}

struct sf_media *sf_media_take(struct sf_dialog *dialog,
			       const struct sf_media *like, const char *type)
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
static bool sf_media_side(struct sf_net *sn, struct sf_media *media, int side,
			  const struct sf_desc_media *m,
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
		media->shut[side] = old->shut[side];
		media->leg.real[side] = old->leg.real[side];
		media->leg.face[side] = old->leg.face[side];
		media->rtcp.real[side] = old->rtcp.real[side];
		media->rtcp.face[side] = old->rtcp.face[side];
		return true;
	}

	media->shut[side] = m->shut;
	media->leg.real[side] = m->real;
	media->leg.face[side] = m->face;
	media->rtcp.real[side] = m->real;
	media->rtcp.real[side].port = m->real_rtcp;
	media->rtcp.face[side] = m->face;
	media->rtcp.face[side].port = m->face_rtcp;

	return true;
}

bool sf_media_of(struct sf_net *sn, struct sf_media *media,
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

	memset(media, 0, sizeof(*media));
	media->index = index;
	media->rtp = m[0]->rtp && m[1]->rtp;
	if (!sf_media_side(sn, media, 0, m[0], old) ||
	    !sf_media_side(sn, media, 1, m[1], old))
		return false;

	if (!media->rtp || (m[0]->muxed && m[1]->muxed) ||
	    !media->rtcp.real[0].port || !media->rtcp.real[1].port)
		memset(&media->rtcp, 0, sizeof(media->rtcp));

	return true;
}
