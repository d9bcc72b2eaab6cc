// SPDX-License-Identifier: GPL-2.0
/*
 * nldetail.c - everything about one call, as netlink attributes
 *
 * Too much for a dump of all calls, and all of it bounded: see the limits in
 * call.h, note.h and sdp.h.
 */
#include <linux/jiffies.h>
#include <sipfast/hdr.h>
#include <uapi/linux/sipfast.h>

#include "call.h"
#include "desc.h"
#include "flow.h"
#include "media.h"
#include "nlfill.h"
#include "pernet.h"
#include "port.h"

static int sf_fill_flow_ends(struct sk_buff *skb, const struct nf_conn *ct)
{
	const struct nf_conntrack_tuple *there =
		nf_ct_tuple(ct, IP_CT_DIR_ORIGINAL);
	const struct nf_conntrack_tuple *back = nf_ct_tuple(ct, IP_CT_DIR_REPLY);
	const struct sf_end source = sf_end_src(there);
	const struct sf_end target = sf_end_dst(there);
	const struct sf_end mapped = sf_end_dst(back);
	const struct sf_end inside = sf_end_src(back);
	u8 l3num = nf_ct_l3num(ct);

	return sf_fill_end(skb, SIPFAST_A_FLOW_SOURCE, &source, l3num) ?:
	       sf_fill_end(skb, SIPFAST_A_FLOW_TARGET, &target, l3num) ?:
	       sf_fill_mapped(skb, SIPFAST_A_FLOW_SOURCE_MAPPED, &source,
			      &mapped, l3num) ?:
	       sf_fill_mapped(skb, SIPFAST_A_FLOW_TARGET_INSIDE, &target,
			      &inside, l3num);
}

static int sf_fill_flow(struct sk_buff *skb, const struct nf_conn *ct)
{
	const struct sf_flow *flow = sf_flow(ct);
	struct nlattr *nest = nla_nest_start(skb, SIPFAST_A_FLOW);
	u32 registered = flow ? sf_flow_registered(flow) : 0;
	int err;

	if (!nest)
		return -EMSGSIZE;

	err = sf_fill_flow_ends(skb, ct) ?:
	      nla_put_u32(skb, SIPFAST_A_FLOW_EXPIRES,
			  nf_ct_expires(ct) / HZ) ?:
	      nla_put_u32(skb, SIPFAST_A_FLOW_CALLS, flow ? flow->calls : 0);
	if (!err && registered)
		err = nla_put_u32(skb, SIPFAST_A_FLOW_REGISTERED,
				  registered / HZ);

	return sf_fill_nest(skb, nest, err);
}

static u8 sf_fill_dialog_state(const struct sf_dialog *dialog)
{
	if (sf_dialog_bye(dialog))
		return SIPFAST_DIALOG_CLOSING;

	return dialog->confirmed ? SIPFAST_DIALOG_CONFIRMED :
				   SIPFAST_DIALOG_EARLY;
}

static int sf_fill_dialog(struct sk_buff *skb, const struct sf_call *call,
			  const struct sf_dialog *dialog)
{
	struct nlattr *nest = nla_nest_start(skb, SIPFAST_A_DIALOG);
	u32 i, media = 0;

	if (!nest)
		return -EMSGSIZE;

	for (i = 0; i < SF_SDP_MEDIA_MAX; i++)
		if (sf_media_held(dialog, i))
			media |= BIT(i);

	return sf_fill_nest(skb, nest,
			    nla_put_string(skb, SIPFAST_A_DIALOG_CALLER_TAG,
					   dialog->text[call->caller]) ?:
			    nla_put_string(skb, SIPFAST_A_DIALOG_CALLEE_TAG,
					   dialog->text[!call->caller]) ?:
			    nla_put_u8(skb, SIPFAST_A_DIALOG_STATE,
				       sf_fill_dialog_state(dialog)) ?:
			    nla_put_u32(skb, SIPFAST_A_DIALOG_MEDIA, media));
}

static int sf_fill_offer_line(struct sk_buff *skb, const struct sf_call *call,
			      const struct sf_desc *desc, int i)
{
	struct nlattr *nest = nla_nest_start(skb, SIPFAST_A_OFFER);
	const struct sf_desc_media *m = &desc->media[i];
	u8 l3num = call->key.l3num;
	int err;

	if (!nest)
		return -EMSGSIZE;

	err = nla_put_u32(skb, SIPFAST_A_OFFER_CSEQ, desc->cseq) ?:
	      nla_put_u8(skb, SIPFAST_A_OFFER_CALLER,
			 desc->side == call->caller) ?:
	      nla_put_u8(skb, SIPFAST_A_OFFER_RESPONSE, desc->response) ?:
	      nla_put_u8(skb, SIPFAST_A_OFFER_MEDIA, i) ?:
	      nla_put_string(skb, SIPFAST_A_OFFER_TYPE, m->type) ?:
	      nla_put_u8(skb, SIPFAST_A_OFFER_USABLE, m->usable);
	if (!err && m->usable)
		err = sf_fill_end(skb, SIPFAST_A_OFFER_ENDPOINT, &m->real,
				  l3num) ?:
		      sf_fill_mapped(skb, SIPFAST_A_OFFER_MAPPED, &m->real,
				     sf_desc_face(m), l3num);

	return sf_fill_nest(skb, nest, err);
}

static int sf_fill_offer(struct sk_buff *skb, const struct sf_call *call,
			 const struct sf_desc *desc)
{
	int i, err = 0;

	for (i = 0; i < desc->nmedia && !err; i++)
		err = sf_fill_offer_line(skb, call, desc, i);

	return err;
}

static int sf_fill_port(struct sk_buff *skb, const struct sf_call *call,
			const struct sf_port *port)
{
	struct nlattr *nest = nla_nest_start(skb, SIPFAST_A_PORT);
	int err;

	if (!nest)
		return -EMSGSIZE;

	err = sf_fill_end(skb, SIPFAST_A_PORT_ENDPOINT, &port->real,
			  call->key.l3num) ?:
	      sf_fill_end(skb, SIPFAST_A_PORT_MAPPED, &port->key.face,
			  call->key.l3num);
	if (!err && port->real_rtcp)
		err = nla_put_u16(skb, SIPFAST_A_PORT_RTCP,
				  ntohs(port->real_rtcp));

	return sf_fill_nest(skb, nest, err);
}

/* What decisions about a call and about a single message have in common. */
static int sf_fill_reason(struct sk_buff *skb, u8 counter, u8 line)
{
	char name[SF_COUNTER_NAME_MAX];
	int err;

	sf_stats_name(counter, name);
	err = nla_put_string(skb, SIPFAST_A_DECISION_NAME, name) ?:
	      nla_put_string(skb, SIPFAST_A_DECISION_TEXT,
			     sf_stats_text(counter));
	if (!err && line)
		err = nla_put_u8(skb, SIPFAST_A_DECISION_MEDIA, line - 1);

	return err;
}

static int sf_fill_decision(struct sk_buff *skb, const struct sf_decision *d)
{
	struct nlattr *nest = nla_nest_start(skb, SIPFAST_A_DECISION);
	int err;

	if (!nest)
		return -EMSGSIZE;

	err = sf_fill_reason(skb, d->counter, d->line) ?:
	      nla_put_u8(skb, SIPFAST_A_DECISION_CALLER, d->caller) ?:
	      nla_put_string(skb, SIPFAST_A_DECISION_METHOD,
			     sf_method_name(d->method)) ?:
	      nla_put_u32(skb, SIPFAST_A_DECISION_TIMES, d->times) ?:
	      nla_put_u32(skb, SIPFAST_A_DECISION_AT, d->at);
	if (!err && d->status)
		err = nla_put_u16(skb, SIPFAST_A_DECISION_STATUS, d->status);

	return sf_fill_nest(skb, nest, err);
}

int sf_fill_notes(struct sk_buff *skb, const struct sf_notes *notes)
{
	struct nlattr *nest;
	int i, err = 0;

	for (i = 0; i < notes->n && !err; i++) {
		nest = nla_nest_start(skb, SIPFAST_A_DECISION);
		if (!nest)
			return -EMSGSIZE;
		err = sf_fill_nest(skb, nest,
				   sf_fill_reason(skb, notes->counters[i],
						  notes->lines[i]));
	}

	return err;
}

int sf_fill_call_detail(struct sk_buff *skb, const struct sf_call *call)
{
	const struct sf_dialog *dialog;
	const struct sf_desc *desc;
	const struct sf_port *port;
	int i, err;

	err = sf_fill_call(skb, call);
	/* What stands in for signalling is none (standin.h). */
	if (!call->opened)
		err = err ?: sf_fill_flow(skb, call->ct);
	list_for_each_entry(dialog, &call->dialogs, list)
		err = err ?: sf_fill_dialog(skb, call, dialog);
	list_for_each_entry(desc, &call->descs, list)
		err = err ?: sf_fill_offer(skb, call, desc);
	list_for_each_entry(port, &call->ports, list)
		err = err ?: sf_fill_port(skb, call, port);
	for (i = 0; call->decisions && i < call->decisions->n && !err; i++)
		err = sf_fill_decision(skb, &call->decisions->list[i]);

	return err;
}
