// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * keep.c - phones behind a NAT that is not ours stay within reach
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "keep.h"

#include <stdlib.h>

#include "../sip/request.h"
#include "../util/container.h"
#include "hops.h"
#include "outbound.h"

#define PORT		5060
#define CONTACT_MAX	512	/* longer ones are not worth it */

/**
 * struct order - an OPTIONS that a worker is to send
 * @letter: head
 * @flow: where the phone registered from
 * @len: bytes of @contact
 * @contact: its Contact
 */
struct order {
	struct sf_letter letter;
	struct sf_flow flow;
	u32 len;
	char contact[];
};

bool sf_keep_wants(const struct sf_record *record)
{
	const struct sf_end *from = &record->flow.remote;
	struct sf_text contact = sf_record_contact(record);
	struct sf_uri uri;

	if (record->flow.transport != SF_TRANSPORT_UDP || record->path ||
	    sf_outbound_beats(record) || contact.len > CONTACT_MAX ||
	    sf_uri_parse(contact.s, sf_span(0, contact.len), &uri))
		return false;
	return !sf_ip_eq(&uri.at.ip, &from->ip) ||
	       (uri.at.port ? uri.at.port : PORT) != from->port;
}

/* The number of no transaction: whoever answers is not heard. */
static void ask(struct sf_worker *worker, struct order *order)
{
	const struct sf_domain *domain = &worker->conf->domains.list[0];
	struct sf_flow flow = order->flow;
	char from[300], bytes[4096];
	struct sf_out us = sf_out(from, sizeof(from));
	struct sf_out out = sf_out(bytes, sizeof(bytes));
	struct sf_request request = {
		.method = SF_METHOD_OPTIONS,
		.via = &flow,
		.branch = { .worker = worker->number },
		.cseq = 1,
	};

	sf_put_lit(&us, "sip:");
	sf_put_str(&us, domain->name);
	request.from = (struct sf_text){ us.buf, us.len };
	request.ruri.s = order->contact;
	request.ruri.len = sf_hops_contact(order->contact, order->len);
	request.to = request.ruri;
	sf_random(&request.branch.loop, sizeof(request.branch.loop));
	sf_random(&request.tag, sizeof(request.tag));
	sf_random(&request.call_id, sizeof(request.call_id));
	sf_request_make(&out, &request);
	if (us.full || out.full || sf_net_route(worker->net, &flow))
		return;
	worker->counters[SF_APP_KEPT]++;
	sf_sip_send(&worker->sip, &flow, out.buf, out.len);
}

static void open_order(struct sf_letter *letter, void *owner)
{
	struct order *order = container_of(letter, struct order, letter);

	ask(owner, order);
	free(order);
}

void sf_keep_send(void *owner, const struct sf_record *record)
{
	struct sf_daemon *daemon = owner;
	struct sf_text contact = sf_record_contact(record);
	struct order *order;

	/* Bindings are restored before there are workers. */
	if (!daemon->workers)
		return;
	order = malloc(sizeof(*order) + contact.len);
	if (!order)
		return;
	order->letter = (struct sf_letter){
		.open = open_order,
		.size = (u32)sizeof(*order) + contact.len,
	};
	order->flow = record->flow;
	order->len = contact.len;
	memcpy(order->contact, contact.s, contact.len);
	if (!sf_mailbox_put(&daemon->worker[record->flow.worker %
					    daemon->workers].mailbox,
			    &order->letter))
		free(order);
}
