// SPDX-License-Identifier: GPL-2.0
/*
 * nat.c - decide the edits that a translated message's headers need
 *
 * An address is ours when the message's own connection translates it;
 * whether it looks private plays no part. So each edit can be undone exactly
 * by the same rule in the other direction.
 */
#include <linux/kernel.h>
#include <sipfast/find.h>

#include "flow.h"
#include "nat.h"
#include "packet.h"

#define SF_PORT_SIP	5060
#define SF_PORT_SIPS	5061

/* Headers with addresses in them, and which kind of bareness they share. */
static const struct {
	u8 id;
	u8 bare;
} sf_nat_addrs[] = {
	{ SF_HDR_FROM, SF_BARE_OTHER },
	{ SF_HDR_TO, SF_BARE_OTHER },
	{ SF_HDR_CONTACT, SF_BARE_CONTACT },
	{ SF_HDR_ROUTE, SF_BARE_CONTACT },
	{ SF_HDR_RECORD_ROUTE, SF_BARE_CONTACT },
	{ SF_HDR_PATH, SF_BARE_CONTACT },
	{ SF_HDR_SERVICE_ROUTE, SF_BARE_CONTACT },
	{ SF_HDR_REFER_TO, SF_BARE_OTHER },
	{ SF_HDR_REFERRED_BY, SF_BARE_OTHER },
	{ SF_HDR_REPLY_TO, SF_BARE_OTHER },
	{ SF_HDR_P_ASSERTED_IDENTITY, SF_BARE_OTHER },
	{ SF_HDR_P_PREFERRED_IDENTITY, SF_BARE_OTHER },
	{ SF_HDR_REMOTE_PARTY_ID, SF_BARE_OTHER },
	{ SF_HDR_DIVERSION, SF_BARE_OTHER },
};

static bool sf_nat_names(const struct sf_packet *pkt, const struct sf_ip *ip,
			 u16 port, const struct sf_end *end)
{
	union nf_inet_addr addr;

	return sf_addr_from_ip(&addr, ip, pkt->l3num) &&
	       sf_addr_equal(&addr, &end->addr) && port == ntohs(end->port);
}

static void sf_nat_write(struct sf_packet *pkt, struct sf_span at,
			 const struct sf_end *to, bool port)
{
	struct sf_ip ip = sf_addr_to_ip(&to->addr, pkt->l3num);

	sf_edit_hostport(pkt->edits, at, &ip, port ? ntohs(to->port) : 0);
}

/* The sender wrote itself: write what the receiver sees. */
static void sf_nat_hide(struct sf_packet *pkt, const struct sf_host *host,
			u8 bare, u16 standard)
{
	const struct sf_end *face = &pkt->leg.face[SF_SENDER];
	struct sf_flow *flow = sf_flow(pkt->ct);

	if (!host->port)
		flow->bare |= bare;

	sf_nat_write(pkt, host->hostport, face,
		     host->port || ntohs(face->port) != standard);
}

/* The sender wrote what it sees of the receiver: write the receiver. */
static void sf_nat_undo(struct sf_packet *pkt, const struct sf_host *host,
			u8 bare, u16 standard)
{
	const struct sf_end *real = &pkt->leg.real[SF_RECEIVER];
	bool elide = ntohs(real->port) == standard &&
		     (!host->port || sf_flow(pkt->ct)->bare & bare);

	sf_nat_write(pkt, host->hostport, real, !elide);
}

/* Edit a host and port if they are ours. True: undone for the receiver. */
static bool sf_nat_host(struct sf_packet *pkt, const struct sf_host *host,
			u8 bare, u16 standard)
{
	const struct sf_leg *leg = &pkt->leg;
	u16 port = host->port ?: standard;

	if (sf_leg_mapped(leg, SF_SENDER) &&
	    sf_nat_names(pkt, &host->ip, port, &leg->real[SF_SENDER])) {
		sf_nat_hide(pkt, host, bare, standard);
		return false;
	}

	if (!sf_leg_mapped(leg, SF_RECEIVER) ||
	    !sf_nat_names(pkt, &host->ip, port, &leg->face[SF_RECEIVER]))
		return false;

	sf_nat_undo(pkt, host, bare, standard);

	return true;
}

static void sf_nat_uri(struct sf_packet *pkt, struct sf_span span, u8 bare)
{
	struct sf_uri uri;

	if (sf_uri_parse(pkt->msg->buf, span, &uri) != SF_OK)
		return;

	if (uri.scheme == SF_SCHEME_SIP)
		sf_nat_host(pkt, &uri.at, bare, SF_PORT_SIP);
	else if (uri.scheme == SF_SCHEME_SIPS)
		sf_nat_host(pkt, &uri.at, bare, SF_PORT_SIPS);
}

static void sf_nat_addr_hdr(struct sf_packet *pkt, const struct sf_hdr *hdr,
			    u8 bare)
{
	const char *buf = pkt->msg->buf;
	struct sf_span rest = hdr->value;
	struct sf_addr addr;
	struct sf_span item;

	while (sf_list_next(buf, &rest, &item) == SF_OK)
		if (sf_addr_parse(buf, item, &addr) == SF_OK && !addr.star)
			sf_nat_uri(pkt, addr.uri, bare);
}

/*
 * The provider noted in the Via where the request came from. To the phone
 * that was its own address: a phone that reads its mapping out of these would
 * start to write it itself.
 */
static void sf_nat_via_params(struct sf_packet *pkt, const struct sf_via *via)
{
	const struct sf_end *face = &pkt->leg.face[SF_RECEIVER];
	const struct sf_end *real = &pkt->leg.real[SF_RECEIVER];
	const char *buf = pkt->msg->buf;
	struct sf_param param;
	struct sf_ip ip;
	u16 port;

	if (sf_param(buf, via->params, "received", &param) &&
	    sf_span_ip(buf, param.value, &ip) &&
	    sf_nat_names(pkt, &ip, ntohs(face->port), face)) {
		ip = sf_addr_to_ip(&real->addr, pkt->l3num);
		sf_edit_ip(pkt->edits, param.value, &ip, false);
	}

	if (sf_param(buf, via->params, "rport", &param) &&
	    sf_span_port(buf, param.value, &port) && port == ntohs(face->port))
		sf_edit_u32(pkt->edits, param.value, ntohs(real->port));
}

static void sf_nat_via_hdr(struct sf_packet *pkt, const struct sf_hdr *hdr)
{
	const char *buf = pkt->msg->buf;
	struct sf_span rest = hdr->value;
	struct sf_span item;
	struct sf_via via;

	while (sf_list_next(buf, &rest, &item) == SF_OK) {
		if (sf_via_parse(buf, item, &via) != SF_OK)
			continue;
		if (sf_nat_host(pkt, &via.sent_by, SF_BARE_VIA, SF_PORT_SIP))
			sf_nat_via_params(pkt, &via);
	}
}

/* Most of what a message says names nobody whom the flow translates. */
static void sf_nat_find(const struct sf_packet *pkt, struct sf_find *find)
{
	const struct sf_leg *leg = &pkt->leg;
	struct sf_ip ip;

	sf_find_init(find);
	if (sf_leg_mapped(leg, SF_SENDER)) {
		ip = sf_addr_to_ip(&leg->real[SF_SENDER].addr, pkt->l3num);
		sf_find_add(find, &ip);
	}
	if (sf_leg_mapped(leg, SF_RECEIVER)) {
		ip = sf_addr_to_ip(&leg->face[SF_RECEIVER].addr, pkt->l3num);
		sf_find_add(find, &ip);
	}
}

void sf_nat_headers(struct sf_packet *pkt)
{
	const struct sf_msg *msg = pkt->msg;
	const struct sf_hdr *hdr;
	struct sf_find find;
	int i;

	if (!sf_leg_mapped(&pkt->leg, SF_SENDER) &&
	    !sf_leg_mapped(&pkt->leg, SF_RECEIVER))
		return;

	sf_nat_find(pkt, &find);
	if (msg->is_request && sf_find_in(&find, msg->buf, msg->ruri))
		sf_nat_uri(pkt, msg->ruri, SF_BARE_CONTACT);

	for (hdr = sf_msg_hdr(msg, SF_HDR_VIA); hdr;
	     hdr = sf_msg_hdr_next(msg, hdr))
		if (sf_find_in(&find, msg->buf, hdr->value))
			sf_nat_via_hdr(pkt, hdr);

	for (i = 0; i < ARRAY_SIZE(sf_nat_addrs); i++)
		for (hdr = sf_msg_hdr(msg, sf_nat_addrs[i].id); hdr;
		     hdr = sf_msg_hdr_next(msg, hdr))
			if (sf_find_in(&find, msg->buf, hdr->value))
				sf_nat_addr_hdr(pkt, hdr, sf_nat_addrs[i].bare);
}
