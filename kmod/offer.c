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
#include <linux/inet.h>
#include <linux/slab.h>
#include <net/ipv6.h>
#include <net/netfilter/nf_conntrack_helper.h>

#include "call.h"
#include "helper.h"
#include "nat.h"
#include "offer.h"
#include "packet.h"
#include "pernet.h"
#include "port.h"
#include "text.h"

/* No endpoint receives there, whoever says so. */
static bool sf_addr_nowhere(const union nf_inet_addr *addr, u8 l3num)
{
	if (l3num == NFPROTO_IPV4)
		return ipv4_is_multicast(addr->ip) ||
		       ipv4_is_loopback(addr->ip) ||
		       ipv4_is_zeronet(addr->ip) ||
		       ipv4_is_lbcast(addr->ip);

	return !(ipv6_addr_type(&addr->in6) & IPV6_ADDR_UNICAST) ||
	       ipv6_addr_loopback(&addr->in6);
}

/*
 * Is the sender inside, where an endpoint may name nobody but itself? Where
 * something is translated, inside is what is translated. Where nothing is,
 * inside is who began the flow, because the router let it out; or, on a flow
 * that a registration let in, who was reached.
 */
static bool sf_offer_inside(const struct sf_packet *pkt)
{
	bool began = CTINFO2DIR(pkt->ctinfo) == IP_CT_DIR_ORIGINAL;

	if (sf_leg_mapped(&pkt->leg, SF_SENDER))
		return true;
	if (sf_leg_mapped(&pkt->leg, SF_RECEIVER))
		return false;

	return began != !!pkt->ct->master;
}

/*
 * Does a pair stand for this endpoint? One without RTCP takes whatever RTCP
 * port comes: audio that becomes a fax keeps its pair.
 */
static bool sf_offer_port_fits(const struct sf_port *port,
			       const struct sf_desc_media *m)
{
	return sf_end_equal(&port->real, &m->real) &&
	       (port->real_rtcp == m->real_rtcp || !port->real_rtcp ||
		!m->real_rtcp);
}

static struct sf_port *sf_offer_port(struct sf_call *call,
				     const struct sf_packet *pkt,
				     const struct sf_desc_media *m)
{
	struct sf_port *port;

	list_for_each_entry(port, &call->ports, list)
		if (sf_offer_port_fits(port, m) &&
		    sf_addr_equal(&port->key.face.addr,
				  &pkt->leg.face[SF_SENDER].addr)) {
			port->real_rtcp = port->real_rtcp ?: m->real_rtcp;
			return port;
		}

	port = sf_port_alloc(call->sn, &pkt->leg.face[SF_SENDER].addr,
			     pkt->zone);
	if (!port)
		return NULL;

	port->real = m->real;
	port->real_rtcp = m->real_rtcp;
	list_add_tail(&port->list, &call->ports);

	return port;
}

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

/* Does the sender name itself? By what the receiver sees only if that stays. */
static bool sf_desc_own(const struct sf_packet *pkt,
			const union nf_inet_addr *addr)
{
	return sf_addr_equal(addr, &pkt->leg.real[SF_SENDER].addr) ||
	       (pkt->watch &&
		sf_addr_equal(addr, &pkt->leg.face[SF_SENDER].addr));
}

/* May media be opened to what an m= line says? If not, it is counted why. */
static bool sf_desc_check(const struct sf_packet *pkt,
			  const struct sf_sdp_media *m,
			  const struct sf_ip *ip, union nf_inet_addr *addr)
{
	struct sf_net *sn = pkt->sn;

	/* Refused, or not over UDP. */
	if (!m->port || (m->proto != SF_PROTO_RTP && m->proto != SF_PROTO_UDP))
		return false;

	if (!sf_addr_from_ip(addr, ip, pkt->l3num)) {
		sf_count(sn, SF_CNT_MEDIA_FAMILY);
		return false;
	}

	/* On hold, in the manner of RFC 2543. */
	if (sf_addr_any(addr))
		return false;

	/* Slipstreaming aims at services. Port 9 awaits ICE (RFC 8839). */
	if (m->port < 1024) {
		sf_count(sn, SF_CNT_MEDIA_LOW_PORT);
		return false;
	}

	if (sf_addr_nowhere(addr, pkt->l3num) ||
	    (sf_offer_inside(pkt) && !sf_desc_own(pkt, addr))) {
		sf_count(sn, SF_CNT_MEDIA_FOREIGN);
		return false;
	}

	return true;
}

/*
 * A translated endpoint that nobody edits for: whatever address it wrote, it
 * sends from its own, and the administrator's rules translate that.
 */
static void sf_desc_watch(const struct sf_packet *pkt,
			  struct sf_desc_media *out)
{
	out->real.addr = pkt->leg.real[SF_SENDER].addr;
	out->face = out->real;
	out->shut = true;
	out->usable = true;
}

static void sf_desc_media(struct sf_call *call, struct sf_packet *pkt,
			  const struct sf_sdp_media *m,
			  struct sf_desc_media *out)
{
	const struct sf_ip *ip = &sf_sdp_conn(pkt->sdp, m)->ip;
	struct sf_port *port;

	sf_text(out->type, sizeof(out->type), pkt->msg->buf, m->type_text);
	out->rtp = m->proto == SF_PROTO_RTP;
	out->muxed = m->rtcp_mux;

	if (!sf_desc_check(pkt, m, ip, &out->real.addr))
		return;

	out->real.port = htons(m->port);
	if (out->rtp && (m->rtcp_port || m->port < U16_MAX))
		out->real_rtcp = htons(m->rtcp_port ?: m->port + 1);
	out->face = out->real;
	out->face_rtcp = out->real_rtcp;

	if (sf_packet_masked(pkt) && pkt->watch) {
		sf_desc_watch(pkt, out);
		return;
	}
	if (sf_packet_masked(pkt)) {
		port = sf_offer_port(call, pkt, out);
		if (!port)
			return;
		out->face = port->key.face;
		out->face_rtcp = htons(ntohs(out->face.port) + 1);
		out->mapped = true;
	}
	out->usable = true;
}

static struct sf_desc *sf_desc_make(struct sf_call *call,
				    struct sf_packet *pkt, int side)
{
	u8 n = pkt->sdp->nmedia;
	struct sf_desc *desc = kzalloc(struct_size(desc, media, n), GFP_ATOMIC);
	int i;

	if (!desc) {
		sf_count(call->sn, SF_CNT_CALL_NO_MEMORY);
		return NULL;
	}

	desc->cseq = pkt->ident.cseq.number;
	desc->side = side;
	desc->response = !pkt->msg->is_request;
	desc->nmedia = n;
	for (i = 0; i < n; i++)
		sf_desc_media(call, pkt, &pkt->sdp->media[i], &desc->media[i]);

	return desc;
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

	if (call->ndescs >= SF_CALL_DESCS)
		sf_desc_drop(call, list_last_entry(&call->descs, struct sf_desc,
						   list));
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

static void sf_media_free(struct sf_media *media)
{
	int i;

	for (i = 0; i < 2; i++)
		if (media->streams[i])
			sf_stream_close(media->streams[i]);
	list_del(&media->list);
	kfree(media);
}

static void sf_media_put(struct sf_call *call, struct sf_media *media)
{
	if (!media || --media->refs)
		return;

	sf_media_free(media);
	sf_pinhole_unexpect(call->sn);
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

static bool sf_media_open(struct sf_call *call, struct sf_media *media,
			  const char *type)
{
	struct sf_stream_spec spec = {
		.call = call->id,
		.caller = call->caller,
		.media = media->index,
		.kind = media->rtp ? SIPFAST_STREAM_RTP : SIPFAST_STREAM_UDP,
		.type = type,
		.shut = { media->shut[0], media->shut[1] },
		.leg = media->leg,
		.master = call->ct,
	};

	media->streams[0] = sf_stream_open(call->sn, &spec);
	if (!media->streams[0])
		return false;

	if (media->rtcp.real[0].port) {
		spec.kind = SIPFAST_STREAM_RTCP;
		spec.leg = media->rtcp;
		media->streams[1] = sf_stream_open(call->sn, &spec);
	}

	return true;
}

static struct sf_media *sf_media_get(struct sf_call *call,
				     const struct sf_media *like,
				     const char *type)
{
	struct sf_media *media = sf_media_find(call, like);

	if (media) {
		media->refs++;
		return media;
	}

	media = kmemdup(like, sizeof(*like), GFP_ATOMIC);
	if (!media) {
		sf_count(call->sn, SF_CNT_MEDIA_NO_MEMORY);
		return NULL;
	}

	list_add_tail(&media->list, &call->media);
	media->refs = 1;
	if (!sf_media_open(call, media, type)) {
		sf_media_free(media);
		return NULL;
	}

	return media;
}

/* What two m= lines agree on. False: nothing that moves packets. */
static bool sf_media_of(struct sf_media *media, const struct sf_desc *offer,
			const struct sf_desc *answer, int index)
{
	const struct sf_desc_media *m[2];
	int i;

	if (index >= offer->nmedia || index >= answer->nmedia)
		return false;

	m[offer->side] = &offer->media[index];
	m[answer->side] = &answer->media[index];
	if (!m[0]->usable || !m[1]->usable)
		return false;

	memset(media, 0, sizeof(*media));
	media->index = index;
	media->rtp = m[0]->rtp && m[1]->rtp;
	for (i = 0; i < 2; i++) {
		media->shut[i] = m[i]->shut;
		media->leg.real[i] = m[i]->real;
		media->leg.face[i] = m[i]->face;
	}

	if (!media->rtp || (m[0]->muxed && m[1]->muxed) ||
	    !m[0]->real_rtcp || !m[1]->real_rtcp)
		return true;

	for (i = 0; i < 2; i++) {
		media->rtcp.real[i] = m[i]->real;
		media->rtcp.real[i].port = m[i]->real_rtcp;
		media->rtcp.face[i] = m[i]->face;
		media->rtcp.face[i].port = m[i]->face_rtcp;
	}

	return true;
}

static void sf_offer_agree(struct sf_call *call, struct sf_dialog *dialog,
			   const struct sf_desc *offer,
			   const struct sf_desc *answer)
{
	struct sf_media like, *old;
	int i;

	for (i = 0; i < SF_SDP_MEDIA_MAX; i++) {
		old = dialog->media[i];
		dialog->media[i] = sf_media_of(&like, offer, answer, i) ?
				   sf_media_get(call, &like,
						offer->media[i].type) : NULL;
		sf_media_put(call, old);
	}
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
	if (!pkt->watch)
		sf_nat_sdp(pkt, desc);

	offer = sf_desc_offer(call, pkt, side);
	if (!offer) {
		sf_desc_keep(call, desc);
		return;
	}

	if (dialog) {
		sf_offer_agree(call, dialog, offer, desc);
		sf_desc_drop_older(call, offer);
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
		sf_media_put(call, dialog->media[i]);
	sf_offer_sweep(call);
}

void sf_offer_call_end(struct sf_call *call)
{
	struct sf_media *media, *next_media;
	struct sf_desc *desc, *next_desc;
	bool closed = !list_empty(&call->media);

	list_for_each_entry_safe(desc, next_desc, &call->descs, list)
		sf_desc_drop(call, desc);
	list_for_each_entry_safe(media, next_media, &call->media, list)
		sf_media_free(media);
	if (closed)
		sf_pinhole_unexpect(call->sn);
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
