// SPDX-License-Identifier: GPL-2.0
/*
 * natsdp.c - decide the edits that a translated session description needs
 *
 * A port is ours when a pair of the pool stands for it, and then every place
 * that names it says so: the m= line, a=rtcp, and candidates (RFC 8839). A
 * candidate without a mapping stays as it is: there is nothing true to write.
 */
#include <linux/kernel.h>
#include <sipfast/attr.h>

#include "desc.h"
#include "natsdp.h"
#include "packet.h"
#include "pernet.h"
#include "port.h"

/* Write the mapped address over the sender's own in an o=, c= or a=rtcp. */
static void sf_natsdp_addr(struct sf_packet *pkt,
			   const struct sf_sdp_addr *where)
{
	union nf_inet_addr addr;
	struct sf_ip ip;

	if (!sf_addr_from_ip(&addr, &where->ip, pkt->l3num) ||
	    !sf_desc_speaks_for(pkt, &addr))
		return;

	ip = sf_addr_to_ip(&pkt->leg.face[SF_SENDER].addr, pkt->l3num);
	sf_edit_ip(pkt->edits, where->text, &ip, false);
}

/* What stands for an endpoint of the sender's; false when nothing does. */
static bool sf_natsdp_face(const struct sf_desc *desc, struct sf_end *end)
{
	const struct sf_desc_media *m;

	for (m = desc->media; m < desc->media + desc->nmedia; m++) {
		if (!m->port || !sf_addr_equal(&m->real.addr, &end->addr))
			continue;
		if (end->port == m->real.port) {
			*end = *sf_desc_face(m);
			return true;
		}
		if (end->port == m->real_rtcp) {
			*end = *sf_desc_face(m);
			end->port = sf_desc_face_rtcp(m);
			return true;
		}
	}

	return false;
}

/* Whom a mapped endpoint of the receiver's stands for; false for nobody. */
static bool sf_natsdp_real(const struct sf_packet *pkt, struct sf_end *end)
{
	const struct sf_port *port;

	if (!sf_addr_equal(&end->addr, &pkt->leg.face[SF_RECEIVER].addr))
		return false;

	port = sf_port_find(pkt->sn, end, pkt->zone);
	if (!port || !sf_addr_equal(&port->real.addr,
				    &pkt->leg.real[SF_RECEIVER].addr))
		return false;

	end->port = end->port == port->key.face.port ? port->real.port :
						       port->real_rtcp;
	end->addr = port->real.addr;

	return end->port;
}

/* An address and port as words of a line: false when they are no endpoint. */
static bool sf_natsdp_end(const struct sf_packet *pkt,
			  const struct sf_endpoint_text *at, struct sf_end *end)
{
	memset(end, 0, sizeof(*end));
	end->port = htons(at->port);

	return at->port && sf_addr_from_ip(&end->addr, &at->ip, pkt->l3num);
}

static void sf_natsdp_write(struct sf_packet *pkt,
			    const struct sf_endpoint_text *at,
			    const struct sf_end *end)
{
	struct sf_ip ip = sf_addr_to_ip(&end->addr, pkt->l3num);

	sf_edit_ip(pkt->edits, at->addr, &ip, false);
	sf_edit_u32(pkt->edits, at->port_text, ntohs(end->port));
}

static void sf_natsdp_endpoint(struct sf_packet *pkt,
			       const struct sf_desc *desc,
			       const struct sf_endpoint_text *at)
{
	struct sf_end end;

	if (sf_natsdp_end(pkt, at, &end) && sf_natsdp_face(desc, &end))
		sf_natsdp_write(pkt, at, &end);
}

static void sf_natsdp_candidate(struct sf_packet *pkt,
				const struct sf_desc *desc,
				struct sf_span value)
{
	struct sf_candidate c;

	if (sf_candidate_parse(pkt->msg->buf, value, &c) != SF_OK || !c.udp)
		return;

	sf_natsdp_endpoint(pkt, desc, &c.at);
	if (c.has_related)
		sf_natsdp_endpoint(pkt, desc, &c.related);
}

static void sf_natsdp_remotes(struct sf_packet *pkt, struct sf_span value)
{
	struct sf_remote_candidate c;
	struct sf_end end;

	while (sf_remote_candidate_next(pkt->msg->buf, &value, &c) == SF_OK)
		if (sf_natsdp_end(pkt, &c.at, &end) &&
		    sf_natsdp_real(pkt, &end))
			sf_natsdp_write(pkt, &c.at, &end);
}

static void sf_natsdp_attrs(struct sf_packet *pkt, const struct sf_desc *desc,
			    struct sf_span lines)
{
	const char *buf = pkt->msg->buf;
	struct sf_sdp_attr attr;

	while (sf_sdp_attr_next(buf, &lines, &attr)) {
		if (sf_span_is(buf, attr.name, "candidate"))
			sf_natsdp_candidate(pkt, desc, attr.value);
		else if (sf_span_is(buf, attr.name, "remote-candidates"))
			sf_natsdp_remotes(pkt, attr.value);
	}
}

static void sf_natsdp_ports(struct sf_packet *pkt, const struct sf_sdp_media *m,
			    const struct sf_desc_media *to)
{
	if (!to->port)
		return;

	sf_edit_u32(pkt->edits, m->port_text, ntohs(sf_desc_face(to)->port));
	if (m->rtcp_port && to->real_rtcp == htons(m->rtcp_port))
		sf_edit_u32(pkt->edits, m->rtcp_port_text,
			    ntohs(sf_desc_face_rtcp(to)));
}

void sf_natsdp(struct sf_packet *pkt, const struct sf_desc *desc)
{
	const struct sf_sdp *sdp = pkt->sdp;
	bool masked = sf_packet_masked(pkt);
	int i;

	if (!masked && !sf_leg_mapped(&pkt->leg, SF_RECEIVER))
		return;

	if (masked) {
		sf_natsdp_addr(pkt, &sdp->origin);
		sf_natsdp_addr(pkt, &sdp->conn);
	}
	for (i = 0; i < sdp->nmedia; i++) {
		if (masked) {
			sf_natsdp_addr(pkt, &sdp->media[i].conn);
			sf_natsdp_addr(pkt, &sdp->media[i].rtcp_addr);
		}
		if (!desc)
			continue;
		sf_natsdp_ports(pkt, &sdp->media[i], &desc->media[i]);
		sf_natsdp_attrs(pkt, desc, sdp->media[i].lines);
	}
}
