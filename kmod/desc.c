// SPDX-License-Identifier: GPL-2.0
/*
 * desc.c - a session description, reduced to what moves packets
 *
 * Who may name which endpoint is decided here, and a translated endpoint gets
 * the pair of ports that stands for it.
 */
#include <linux/inet.h>
#include <linux/slab.h>
#include <net/ipv6.h>

#include "call.h"
#include "desc.h"
#include "packet.h"
#include "pernet.h"
#include "port.h"
#include "prefix.h"
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

/* Is it one that inside endpoints may name besides themselves? */
static bool sf_desc_host(const struct sf_packet *pkt,
			 const union nf_inet_addr *addr)
{
	struct sf_net *sn = pkt->sn;

	return sf_prefixes_have(rcu_dereference_check(sn->media_hosts,
						      lockdep_is_held(&sn->lock)),
				addr, pkt->l3num);
}

/*
 * Is the sender inside, where an endpoint may name nobody but itself? Where
 * something is translated, inside is what is translated. Where nothing is,
 * inside are the media hosts that the administrator lists; or who began the
 * flow, because the router let it out; or, on a flow that a registration let
 * in, who was reached. Unless somebody knows it who does not have to guess.
 */
static bool sf_desc_inside(const struct sf_packet *pkt)
{
	bool began = CTINFO2DIR(pkt->ctinfo) == IP_CT_DIR_ORIGINAL;

	if (pkt->names != SF_NAMES_FLOW)
		return pkt->names == SF_NAMES_ITSELF;
	if (sf_leg_mapped(&pkt->leg, SF_SENDER))
		return true;
	if (sf_leg_mapped(&pkt->leg, SF_RECEIVER))
		return false;
	if (sf_desc_host(pkt, &pkt->leg.real[SF_SENDER].addr))
		return true;
	if (sf_desc_host(pkt, &pkt->leg.real[SF_RECEIVER].addr))
		return false;

	return began != !!pkt->ct->master;
}

/*
 * Does a pair stand for this endpoint? One without RTCP takes whatever RTCP
 * port comes: audio that becomes a fax keeps its pair.
 */
static bool sf_desc_port_fits(const struct sf_port *port,
			      const struct sf_desc_media *m)
{
	return sf_end_equal(&port->real, &m->real) &&
	       (port->real_rtcp == m->real_rtcp || !port->real_rtcp ||
		!m->real_rtcp);
}

static struct sf_port *sf_desc_port(struct sf_call *call,
				    const struct sf_packet *pkt,
				    const struct sf_desc_media *m)
{
	struct sf_port *port;

	list_for_each_entry(port, &call->ports, list)
		if (sf_desc_port_fits(port, m) &&
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

bool sf_desc_speaks_for(const struct sf_packet *pkt,
			const union nf_inet_addr *addr)
{
	return sf_addr_equal(addr, &pkt->leg.real[SF_SENDER].addr) ||
	       sf_desc_host(pkt, addr);
}

/* Does the sender name itself as the receiver sees it? */
static bool sf_desc_public(const struct sf_packet *pkt,
			   const union nf_inet_addr *addr)
{
	return sf_addr_equal(addr, &pkt->leg.face[SF_SENDER].addr);
}

/* May an inside sender say that media goes there? */
static bool sf_desc_own(const struct sf_packet *pkt,
			const union nf_inet_addr *addr)
{
	return sf_desc_speaks_for(pkt, addr) || sf_desc_public(pkt, addr);
}

/* May media be opened to what an m= line says? If not, it is counted why. */
static bool sf_desc_check(struct sf_packet *pkt,
			  const struct sf_sdp_media *m,
			  const struct sf_ip *ip, union nf_inet_addr *addr)
{
	/* Refused. */
	if (!m->port)
		return false;

	if (m->proto != SF_PROTO_RTP && m->proto != SF_PROTO_UDP) {
		sf_note(pkt, SF_CNT_MEDIA_TRANSPORT);
		return false;
	}

	if (!sf_addr_from_ip(addr, ip, pkt->l3num)) {
		sf_note(pkt, SF_CNT_MEDIA_FAMILY);
		return false;
	}

	/* On hold, in the manner of RFC 2543: it speaks of itself. */
	if (sf_addr_any(addr))
		*addr = pkt->leg.real[SF_SENDER].addr;

	/* Slipstreaming aims at services. Port 9 awaits ICE (RFC 8839). */
	if (m->port < 1024) {
		sf_note(pkt, SF_CNT_MEDIA_LOW_PORT);
		return false;
	}

	if (sf_addr_nowhere(addr, pkt->l3num) ||
	    (sf_desc_inside(pkt) && !sf_desc_own(pkt, addr))) {
		sf_note(pkt, SF_CNT_MEDIA_FOREIGN);
		return false;
	}

	return true;
}

/*
 * Its own RTCP port, if it has one. RTCP that is to go to another address than
 * RTP is not opened.
 */
static __be16 sf_desc_rtcp(struct sf_packet *pkt,
			   const struct sf_sdp_media *m,
			   const union nf_inet_addr *at)
{
	union nf_inet_addr addr;

	if (m->rtcp_addr.text.len &&
	    (!sf_addr_from_ip(&addr, &m->rtcp_addr.ip, pkt->l3num) ||
	     !sf_addr_equal(&addr, at))) {
		sf_note(pkt, SF_CNT_MEDIA_RTCP);
		return 0;
	}
	if (m->rtcp_port)
		return htons(m->rtcp_port);

	return m->port < U16_MAX ? htons(m->port + 1) : 0;
}

/* On hold, in the manner of RFC 2543: the address is 0.0.0.0, or ::. */
static bool sf_desc_held(const struct sf_packet *pkt, const struct sf_ip *ip)
{
	union nf_inet_addr addr;

	return sf_addr_from_ip(&addr, ip, pkt->l3num) && sf_addr_any(&addr);
}

/*
 * A translated endpoint that nobody edits for, or that wrote how the outside
 * sees it (STUN): it sends from its own address, and the administrator's rules
 * translate that.
 */
static void sf_desc_watch(struct sf_packet *pkt,
			  struct sf_desc_media *out)
{
	if (sf_desc_public(pkt, &out->real.addr))
		out->real.addr = pkt->leg.real[SF_SENDER].addr;
	out->shut = true;
	sf_note(pkt, SF_CNT_MEDIA_SHUT);
	out->usable = true;
}

static void sf_desc_rtp(const struct sf_packet *pkt,
			const struct sf_sdp_media *m, struct sf_terms *terms)
{
	terms->secure = sf_sdp_secure(pkt->msg->buf, pkt->sdp, m);
	sf_payloads_of(&terms->payloads, pkt->msg->buf, m);
}

static void sf_desc_media(struct sf_call *call, struct sf_packet *pkt,
			  const struct sf_sdp_media *m,
			  struct sf_desc_media *out)
{
	const struct sf_ip *ip = &sf_sdp_conn(pkt->sdp, m)->ip;

	sf_text(out->type, sizeof(out->type), pkt->msg->buf, m->type_text);
	out->rtp = m->proto == SF_PROTO_RTP;
	out->muxed = m->rtcp_mux;

	if (!sf_desc_check(pkt, m, ip, &out->real.addr))
		return;

	out->held = sf_desc_held(pkt, ip);
	out->terms.quiet = out->held ||
			   sf_sdp_dir(pkt->sdp, m) != SF_DIR_SENDRECV;
	if (out->rtp)
		sf_desc_rtp(pkt, m, &out->terms);
	out->real.port = htons(m->port);
	if (out->rtp)
		out->real_rtcp = sf_desc_rtcp(pkt, m, &out->real.addr);

	if (sf_packet_masked(pkt) &&
	    (sf_packet_body_kept(pkt) || sf_desc_public(pkt, &out->real.addr))) {
		sf_desc_watch(pkt, out);
		return;
	}
	if (sf_packet_masked(pkt)) {
		out->port = sf_desc_port(call, pkt, out);
		if (!out->port)
			return;
	}
	out->usable = true;
}

struct sf_desc *sf_desc_make(struct sf_call *call, struct sf_packet *pkt,
			     int side)
{
	u8 n = pkt->sdp->nmedia;
	struct sf_desc *desc = kzalloc(struct_size(desc, media, n), GFP_ATOMIC);
	int i;

	if (!desc) {
		sf_note(pkt, SF_CNT_CALL_NO_MEMORY);
		return NULL;
	}

	desc->cseq = pkt->ident.cseq.number;
	desc->side = side;
	desc->response = !pkt->msg->is_request;
	desc->nmedia = n;
	for (i = 0; i < n; i++) {
		sf_note_line(call->sn, i + 1);
		sf_desc_media(call, pkt, &pkt->sdp->media[i], &desc->media[i]);
	}
	sf_note_line(call->sn, 0);

	return desc;
}
