// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * outbound.c - flows that phones open, and that requests for them take
 */
#include <strings.h>

#include <sipfast/role.h>

#include "outbound.h"

#define INVALID	".invalid"

/* The only Via is the phone's own. */
static bool is_first_hop(const struct sf_message *request)
{
	struct sf_via via;

	return sf_msg_via(request->msg, 1, &via);
}

/* Does the proxy that the phone talks to know of flows? It is the last of Path. */
static bool is_edge_able(const struct sf_asked *asked)
{
	struct sf_span rest = sf_span(0, asked->path.len), item;
	struct sf_addr addr = { 0 };
	struct sf_param ob;
	struct sf_uri uri;
	bool able = false;

	while (!sf_list_next(asked->path.s, &rest, &item))
		able = !sf_addr_parse(asked->path.s, item, &addr) &&
		       !sf_uri_parse(asked->path.s, addr.uri, &uri) &&
		       sf_param(asked->path.s, uri.params, "ob", &ob);
	return able;
}

static void forget_flows(struct sf_asked *asked)
{
	u32 i;

	for (i = 0; i < asked->count; i++)
		asked->wish[i].fresh.reg_id = 0;
}

/* Which contacts are flows, and are there others that stay beside them? */
static void look(struct sf_asked *asked, u32 *flows, u32 *lasting)
{
	struct sf_wish *wish = asked->wish;
	u32 i;

	*flows = 0;
	*lasting = 0;
	for (i = 0; i < asked->count; i++, wish++) {
		if (!wish->fresh.instance.len)
			wish->fresh.reg_id = 0;
		*flows += wish->fresh.reg_id > 0;
		*lasting += wish->expires > 0;
	}
}

u16 sf_outbound_judge(struct sf_asked *asked, const struct sf_message *request)
{
	u32 flows, lasting;

	look(asked, &flows, &lasting);
	if (!flows || !sf_asked_option(request->msg, "outbound")) {
		forget_flows(asked);
		return 0;
	}
	if (!is_first_hop(request) && !is_edge_able(asked))
		return 439;
	return lasting > 1 ? 400 : 0;
}

bool sf_outbound_applied(const struct sf_asked *asked)
{
	u32 i;

	for (i = 0; i < asked->count; i++)
		if (asked->wish[i].fresh.reg_id)
			return true;
	return false;
}

void sf_outbound_put(struct sf_out *out, const struct sf_message *request)
{
	const struct sf_flow *flow = &request->packet->flow;

	sf_put_lit(out, "Require: outbound\r\n");
	/* Whom the phone keeps its flow alive with is its first hop. */
	if (!is_first_hop(request))
		return;
	sf_put_lit(out, "Flow-Timer: ");
	sf_put_u32(out, sf_transport_reliable(flow->transport) ?
				SF_FLOW_TIMER_STREAM : SF_FLOW_TIMER_UDP);
	sf_put_lit(out, "\r\n");
}

/*
 * Where nothing comes any more there is no flow (RFC 5626, 4.4): the phone is better
 * told so, and its bindings go with the connection. Of a WebSocket it is we who ask.
 */
void sf_outbound_keep(struct sf_net *net, const struct sf_asked *asked,
		      const struct sf_message *request)
{
	bool lasts = false;
	u32 i;

	if (!is_first_hop(request))
		return;
	for (i = 0; i < asked->count; i++)
		lasts |= asked->wish[i].expires > 0;
	sf_net_keep(net, &request->packet->flow,
		    lasts ? SF_FLOW_TIMER_STREAM + SF_FLOW_GRACE : 0);
}

bool sf_outbound_beats(const struct sf_record *record)
{
	return record->reg_id && !record->path &&
	       record->flow.transport == SF_TRANSPORT_UDP;
}

static bool is_invalid(struct sf_text host)
{
	u32 len = sizeof(INVALID) - 1;

	return host.len >= len &&
	       !strncasecmp(host.s + host.len - len, INVALID, len);
}

/* Its Contact; a host that is no host is none. */
static bool contact_of(const struct sf_record *record, struct sf_uri *uri)
{
	struct sf_text contact = sf_record_contact(record);

	return !sf_uri_parse(contact.s, sf_span(0, contact.len), uri) &&
	       !is_invalid(sf_text(contact.s, uri->at.host));
}

/* May somebody listen where the Contact says? */
static bool may_listen(const struct sf_record *record)
{
	struct sf_uri uri;

	return contact_of(record, &uri) &&
	       (!uri.at.ip.family ||
		sf_ip_eq(&uri.at.ip, &record->flow.remote.ip));
}

enum sf_reach sf_outbound_reach(const struct sf_record *record)
{
	const struct sf_flow *flow = &record->flow;

	if (record->path)
		return SF_REACH_CONTACT;
	if (!sf_transport_reliable(flow->transport) || flow->serial)
		return SF_REACH_FLOW;
	if (record->reg_id || flow->transport != SF_TRANSPORT_TCP ||
	    !may_listen(record))
		return SF_REACH_NONE;
	return SF_REACH_CONTACT;
}

bool sf_outbound_ends(const struct sf_record *record)
{
	struct sf_uri uri;

	return !record->path &&
	       (record->reg_id ||
		sf_transport_websocket(record->flow.transport) ||
		!contact_of(record, &uri));
}
