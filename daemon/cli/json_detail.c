// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * json_detail.c - what is behind a call, as JSON
 */
#include <sys/socket.h>

#include <linux/sipfast.h>

#include "json.h"
#include "mem.h"
#include "text.h"

static json_t *json_flow(const struct sf_flow_info *flow)
{
	json_t *o = sf_json_object();

	sf_json_endpoint(o, "source", &flow->source);
	sf_json_endpoint(o, "target", &flow->target);
	sf_json_endpoint(o, "source_mapped", &flow->source_mapped);
	sf_json_endpoint(o, "target_inside", &flow->target_inside);
	sf_json_set(o, "expires_s", json_integer(flow->expires));
	sf_json_set(o, "calls", json_integer(flow->calls));
	if (sf_has(flow, SIPFAST_A_FLOW_REGISTERED))
		sf_json_set(o, "registered_s", json_integer(flow->registered));
	return o;
}

static json_t *json_dialog(const struct sf_dialog_info *dialog)
{
	json_t *o = sf_json_object(), *media = sf_mem_check(json_array());
	char state[SF_TEXT_LEN];
	int i;

	sf_json_set(o, "caller_tag", sf_json_text(dialog->caller_tag));
	sf_json_set(o, "callee_tag", sf_json_text(dialog->callee_tag));
	sf_json_set(o, "state", json_string(sf_text_dialog_state(dialog->state,
								 state)));
	for (i = 0; i < 32; i++)
		if (dialog->media >> i & 1)
			sf_json_append(media, json_integer(i));
	sf_json_set(o, "media", media);
	return o;
}

static json_t *json_offer(const struct sf_offer_info *offer)
{
	json_t *o = sf_json_object();

	sf_json_set(o, "cseq", json_integer(offer->cseq));
	sf_json_set(o, "caller", json_boolean(offer->caller));
	sf_json_set(o, "response", json_boolean(offer->response));
	sf_json_set(o, "media", json_integer(offer->media));
	sf_json_set(o, "type", sf_json_text(offer->type));
	sf_json_set(o, "usable", json_boolean(offer->usable));
	sf_json_endpoint(o, "endpoint", &offer->endpoint);
	sf_json_endpoint(o, "mapped", &offer->mapped);
	return o;
}

static json_t *json_port(const struct sf_port_info *port)
{
	json_t *o = sf_json_object();

	sf_json_endpoint(o, "endpoint", &port->endpoint);
	if (sf_has(port, SIPFAST_A_PORT_RTCP))
		sf_json_set(o, "rtcp", json_integer(port->rtcp));
	sf_json_endpoint(o, "mapped", &port->mapped);
	return o;
}

json_t *sf_json_decision(const struct sf_decision_info *d)
{
	json_t *o = sf_json_object();

	sf_json_set(o, "name", sf_json_text(d->name));
	sf_json_set(o, "text", sf_json_text(d->text));
	if (sf_has(d, SIPFAST_A_DECISION_MEDIA))
		sf_json_set(o, "media", json_integer(d->media));
	if (!sf_has(d, SIPFAST_A_DECISION_METHOD))
		return o;
	sf_json_set(o, "caller", json_boolean(d->caller));
	sf_json_set(o, "method", sf_json_text(d->method));
	if (sf_has(d, SIPFAST_A_DECISION_STATUS))
		sf_json_set(o, "status", json_integer(d->status));
	sf_json_set(o, "times", json_integer(d->times));
	sf_json_set(o, "at_ms", json_integer(d->at));
	return o;
}

/* A list of @n objects, each made by @make of an entry of @array. */
#define LIST(make, array, n)						\
({									\
	json_t *list = sf_mem_check(json_array());			\
	size_t at;							\
									\
	for (at = 0; at < (n); at++)					\
		sf_json_append(list, make(&(array)[at]));		\
	list;								\
})

json_t *sf_json_call_detail(const struct sf_snapshot *s)
{
	json_t *o = sf_json_call(&s->calls[0]);

	if (s->nflows)
		sf_json_set(o, "flow", json_flow(&s->flows[0]));
	sf_json_set(o, "dialog", LIST(json_dialog, s->dialogs, s->ndialogs));
	sf_json_set(o, "offer", LIST(json_offer, s->offers, s->noffers));
	sf_json_set(o, "port", LIST(json_port, s->ports, s->nports));
	sf_json_set(o, "decision",
		    LIST(sf_json_decision, s->decisions, s->ndecisions));
	return o;
}
