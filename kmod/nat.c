// SPDX-License-Identifier: GPL-2.0
/*
 * nat.c - decide the edits that a translated message's headers need
 *
 * An address is ours when the message's own connection translates it, or one
 * that was made for it (alias.c); whether it looks private plays no part. So
 * each edit can be undone exactly by the same rule in the other direction.
 */
#include <linux/jhash.h>
#include <linux/kernel.h>
#include <sipfast/find.h>

#include "alias.h"
#include "flow.h"
#include "nat.h"
#include "packet.h"
#include "tcpedit.h"
#include "pernet.h"

#define SF_PORT_SIP	5060
#define SF_PORT_SIPS	5061

/* Headers with addresses in them, how they are written, and who signs them. */
static const struct {
	u8 id;
	u8 place;
	u8 sealed;
} sf_nat_addrs[] = {
	{ SF_HDR_FROM, SF_PLACE_OTHER, SF_SIGNED_PARTIES },
	{ SF_HDR_TO, SF_PLACE_OTHER, SF_SIGNED_PARTIES },
	{ SF_HDR_CONTACT, SF_PLACE_CONTACT, SF_SIGNED_CONTACT },
	{ SF_HDR_ROUTE, SF_PLACE_CONTACT },
	{ SF_HDR_RECORD_ROUTE, SF_PLACE_CONTACT },
	{ SF_HDR_PATH, SF_PLACE_CONTACT },
	{ SF_HDR_SERVICE_ROUTE, SF_PLACE_CONTACT },
	{ SF_HDR_REFER_TO, SF_PLACE_OTHER },
	{ SF_HDR_REFERRED_BY, SF_PLACE_OTHER },
	{ SF_HDR_REPLY_TO, SF_PLACE_OTHER },
	{ SF_HDR_P_ASSERTED_IDENTITY, SF_PLACE_OTHER, SF_SIGNED_PARTIES },
	{ SF_HDR_P_PREFERRED_IDENTITY, SF_PLACE_OTHER },
	{ SF_HDR_P_ASSOCIATED_URI, SF_PLACE_OTHER },
	{ SF_HDR_P_CALLED_PARTY_ID, SF_PLACE_OTHER },
	{ SF_HDR_REMOTE_PARTY_ID, SF_PLACE_OTHER },
	{ SF_HDR_DIVERSION, SF_PLACE_OTHER },
	{ SF_HDR_HISTORY_INFO, SF_PLACE_OTHER },
};

/**
 * struct sf_nat_spot - where an address stands
 * @place: what it is for
 * @user: the user that it stands with
 * @standard: the port, when none is written
 * @reach: the sender may be reached there over UDP, and wants to be
 */
struct sf_nat_spot {
	enum sf_place place;
	struct sf_span user;
	u16 standard;
	bool reach;
};

/* How an endpoint writes itself: the sender, or the receiver. */
static struct sf_forms *sf_nat_forms(const struct sf_packet *pkt, int side)
{
	enum ip_conntrack_dir dir = CTINFO2DIR(pkt->ctinfo);

	return &sf_flow(pkt->ct)->forms[side == SF_SENDER ? dir : !dir];
}

/* A number for who is named; nobody gains by two users having the same. */
static u32 sf_nat_user(const struct sf_packet *pkt,
		       const struct sf_nat_spot *spot)
{
	return jhash(pkt->msg->buf + spot->user.off, spot->user.len, 0);
}

static void sf_nat_write(struct sf_packet *pkt, struct sf_span at,
			 const struct sf_end *to, bool port)
{
	struct sf_ip ip = sf_addr_to_ip(&to->addr, pkt->l3num);

	sf_edit_hostport(pkt->edits, at, &ip, port ? ntohs(to->port) : 0);
}

/* The sender wrote itself: write what the receiver sees. */
static void sf_nat_hide(struct sf_packet *pkt, const struct sf_host *host,
			const struct sf_nat_spot *spot,
			const struct sf_end *face)
{
	struct sf_forms *forms = sf_nat_forms(pkt, SF_SENDER);

	sf_form_set_public(forms, spot->place, false);
	sf_form_note(forms, spot->place, sf_nat_user(pkt, spot),
		     host->port ? SF_FORM_PORT : SF_FORM_BARE);
	sf_nat_write(pkt, host->hostport, face,
		     host->port || ntohs(face->port) != spot->standard);
}

/* The sender wrote what it sees of the receiver: write the receiver. */
static void sf_nat_undo(struct sf_packet *pkt, const struct sf_host *host,
			const struct sf_nat_spot *spot,
			const struct sf_end *real)
{
	bool elide = ntohs(real->port) == spot->standard &&
		     sf_form_bare(sf_nat_forms(pkt, SF_RECEIVER), spot->place,
				  sf_nat_user(pkt, spot), !host->port);

	sf_nat_write(pkt, host->hostport, real, !elide);
}

/*
 * Is this the sender itself? A connection over TCP comes from any port, and its
 * endpoint writes that of its listener. The first one that it writes in a place
 * is taken for that.
 */
static bool sf_nat_own(const struct sf_packet *pkt, enum sf_place place,
		       const struct sf_end *end)
{
	const struct sf_end *real = &pkt->leg.real[SF_SENDER];
	__be16 *port;

	if (!pkt->tcp)
		return sf_end_equal(end, real);
	if (!sf_addr_equal(&end->addr, &real->addr))
		return false;

	port = &pkt->tcp->port[CTINFO2DIR(pkt->ctinfo)][place];
	if (!*port)
		*port = end->port;

	return *port == end->port;
}

/* The receiver, in the way in which it writes itself. */
static struct sf_end sf_nat_receiver_own(const struct sf_packet *pkt,
					 enum sf_place place)
{
	struct sf_end end = pkt->leg.real[SF_RECEIVER];
	__be16 port = 0;

	if (pkt->tcp)
		port = pkt->tcp->port[!CTINFO2DIR(pkt->ctinfo)][place];
	if (port)
		end.port = port;

	return end;
}

/* The sender names itself, and is translated. */
static void sf_nat_sender(struct sf_packet *pkt, const struct sf_host *host,
			  const struct sf_nat_spot *spot, struct sf_end *end)
{
	const struct sf_leg *leg = &pkt->leg;

	if (sf_nat_own(pkt, spot->place, end)) {
		sf_nat_hide(pkt, host, spot, &leg->face[SF_SENDER]);
		return;
	}

	/* It found out by itself, and is to be called so. */
	if (sf_end_equal(end, &leg->face[SF_SENDER])) {
		sf_form_set_public(sf_nat_forms(pkt, SF_SENDER), spot->place,
				   true);
		return;
	}

	if (!pkt->tcp && sf_alias_hide(pkt, end, spot->reach))
		sf_nat_hide(pkt, host, spot, end);
}

/* The sender names the receiver, which is translated. True: it was undone. */
static bool sf_nat_receiver(struct sf_packet *pkt, const struct sf_host *host,
			    const struct sf_nat_spot *spot, struct sf_end *end)
{
	const struct sf_leg *leg = &pkt->leg;

	if (sf_end_equal(end, &leg->face[SF_RECEIVER]))
		*end = sf_nat_receiver_own(pkt, spot->place);
	else if (!sf_alias_undo(pkt, end))
		return false;

	if (sf_form_public(sf_nat_forms(pkt, SF_RECEIVER), spot->place))
		return false;

	sf_nat_undo(pkt, host, spot, end);

	return true;
}

/* Edit a host and port if they are ours. True: undone for the receiver. */
static bool sf_nat_host(struct sf_packet *pkt, const struct sf_host *host,
			const struct sf_nat_spot *spot)
{
	const struct sf_leg *leg = &pkt->leg;
	struct sf_end end = { .port = htons(host->port ?: spot->standard) };

	if (!sf_addr_from_ip(&end.addr, &host->ip, pkt->l3num))
		return false;

	if (sf_leg_mapped(leg, SF_SENDER) &&
	    (sf_addr_equal(&end.addr, &leg->real[SF_SENDER].addr) ||
	     sf_end_equal(&end, &leg->face[SF_SENDER]))) {
		sf_nat_sender(pkt, host, spot, &end);
		return false;
	}

	return sf_leg_mapped(leg, SF_RECEIVER) &&
	       sf_addr_equal(&end.addr, &leg->face[SF_RECEIVER].addr) &&
	       sf_nat_receiver(pkt, host, spot, &end);
}

/* Is it for TCP, whoever listens there on UDP? */
static bool sf_nat_uri_tcp(const struct sf_packet *pkt,
			   const struct sf_uri *uri)
{
	struct sf_param param;

	return uri->scheme == SF_SCHEME_SIPS ||
	       (sf_param(pkt->msg->buf, uri->params, "transport", &param) &&
		!sf_span_caseis(pkt->msg->buf, param.value, "udp"));
}

static void sf_nat_uri(struct sf_packet *pkt, struct sf_span span,
		       enum sf_place place)
{
	struct sf_nat_spot spot = { .place = place };
	struct sf_uri uri;

	if (sf_uri_parse(pkt->msg->buf, span, &uri) != SF_OK ||
	    (uri.scheme != SF_SCHEME_SIP && uri.scheme != SF_SCHEME_SIPS) ||
	    !uri.at.ip.family)
		return;

	spot.user = uri.user;
	spot.standard = uri.scheme == SF_SCHEME_SIP ? SF_PORT_SIP :
						      SF_PORT_SIPS;
	spot.reach = place == SF_PLACE_CONTACT && !sf_nat_uri_tcp(pkt, &uri);
	sf_nat_host(pkt, &uri.at, &spot);
}

static void sf_nat_addr_hdr(struct sf_packet *pkt, const struct sf_hdr *hdr,
			    enum sf_place place)
{
	const char *buf = pkt->msg->buf;
	struct sf_span rest = hdr->value;
	struct sf_addr addr;
	struct sf_span item;

	while (sf_list_next(buf, &rest, &item) == SF_OK)
		if (sf_addr_parse(buf, item, &addr) == SF_OK && !addr.star)
			sf_nat_uri(pkt, addr.uri, place);
}

/* What was noted in a Via, in one walk; of several, the first counts. */
static void sf_nat_via_noted(const char *buf, struct sf_span params,
			     struct sf_span *received, struct sf_span *rport)
{
	struct sf_param param;

	while (sf_param_next(buf, &params, &param) == SF_OK) {
		if (!received->off &&
		    sf_span_caseis(buf, param.name, "received"))
			*received = param.value;
		else if (!rport->off &&
			 sf_span_caseis(buf, param.name, "rport"))
			*rport = param.value;
	}
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
	struct sf_span received = {}, rport = {};
	const char *buf = pkt->msg->buf;
	union nf_inet_addr addr;
	struct sf_ip ip;
	u16 port;

	sf_nat_via_noted(buf, via->params, &received, &rport);
	if (sf_span_ip(buf, received, &ip) &&
	    sf_addr_from_ip(&addr, &ip, pkt->l3num) &&
	    sf_addr_equal(&addr, &face->addr)) {
		ip = sf_addr_to_ip(&real->addr, pkt->l3num);
		sf_edit_ip(pkt->edits, received, &ip, false);
	}

	if (sf_span_port(buf, rport, &port) && port == ntohs(face->port))
		sf_edit_u32(pkt->edits, rport, ntohs(real->port));
}

static void sf_nat_via_hdr(struct sf_packet *pkt, const struct sf_hdr *hdr)
{
	const char *buf = pkt->msg->buf;
	struct sf_nat_spot spot = {
		.place = SF_PLACE_VIA,
		.standard = SF_PORT_SIP,
	};
	struct sf_span rest = hdr->value;
	struct sf_span item;
	struct sf_via via;

	while (sf_list_next(buf, &rest, &item) == SF_OK) {
		if (sf_via_parse(buf, item, &via) != SF_OK)
			continue;
		spot.reach = via.transport == SF_TRANSPORT_UDP;
		if (sf_nat_host(pkt, &via.sent_by, &spot))
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
		ip = sf_addr_to_ip(&leg->face[SF_SENDER].addr, pkt->l3num);
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
		sf_nat_uri(pkt, msg->ruri, SF_PLACE_CONTACT);

	for (hdr = sf_msg_hdr(msg, SF_HDR_VIA); hdr;
	     hdr = sf_msg_hdr_next(msg, hdr))
		if (sf_find_in(&find, msg->buf, hdr->value))
			sf_nat_via_hdr(pkt, hdr);

	for (i = 0; i < ARRAY_SIZE(sf_nat_addrs); i++) {
		hdr = sf_msg_hdr(msg, sf_nat_addrs[i].id);
		if (!hdr || sf_nat_addrs[i].sealed & pkt->sealed)
			continue;
		for (; hdr; hdr = sf_msg_hdr_next(msg, hdr))
			if (sf_find_in(&find, msg->buf, hdr->value))
				sf_nat_addr_hdr(pkt, hdr, sf_nat_addrs[i].place);
	}
}
