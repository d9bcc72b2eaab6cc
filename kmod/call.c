// SPDX-License-Identifier: GPL-2.0
/*
 * call.c - calls, one leg each
 */
#include <linux/ktime.h>
#include <linux/rhashtable.h>
#include <linux/slab.h>
#include <net/netfilter/nf_conntrack_zones.h>

#include "address.h"
#include "call.h"
#include "flow.h"
#include "netlink.h"
#include "offer.h"
#include "packet.h"
#include "pernet.h"
#include "port.h"
#include "text.h"
#include "trace.h"

/* 64*T1: how long a request may wait for its final response (RFC 3261, 17) */
#define SF_CALL_LINGER (32 * MSEC_PER_SEC)

static const struct rhashtable_params sf_call_params = {
	.key_len = sizeof(struct sf_call_key),
	.key_offset = offsetof(struct sf_call, key),
	.head_offset = offsetof(struct sf_call, node),
	.min_size = SF_TABLE_MIN,
};

/* Which side of its call a packet's sender is. */
static int sf_call_side(const struct sf_packet *pkt)
{
	return memcmp(&pkt->leg.real[SF_SENDER], &pkt->leg.real[SF_RECEIVER],
		      sizeof(struct sf_end)) > 0;
}

static struct sf_call_key sf_call_key(const struct sf_packet *pkt, int side)
{
	struct sf_call_key key;

	memset(&key, 0, sizeof(key));
	key.id_hash = pkt->ident.call_id_hash;
	key.addr[side] = pkt->leg.real[SF_SENDER].addr;
	key.addr[!side] = pkt->leg.real[SF_RECEIVER].addr;
	key.zone = pkt->zone;
	key.l3num = pkt->l3num;

	return key;
}

static struct sf_call *sf_call_find(struct sf_packet *pkt, int side)
{
	struct sf_call_key key = sf_call_key(pkt, side);
	struct sf_call *call, *found = NULL;
	struct rhlist_head *list, *pos;

	rcu_read_lock();
	list = rhltable_lookup(&pkt->sn->calls, &key, sf_call_params);
	rhl_for_each_entry_rcu(call, pos, list, node) {
		if (sf_span_eq(pkt->msg->buf, pkt->ident.call_id,
			       call->call_id, call->call_id_len)) {
			found = call;
			break;
		}
	}
	rcu_read_unlock();

	return found;
}

/* The flow has to live as long as the call: BYE may come after hours. */
static void sf_call_hold(struct sf_call *call, struct nf_conn *ct)
{
	struct sf_flow *flow = sf_flow(ct);

	nf_conntrack_get(&ct->ct_general);
	call->ct = ct;
	if (flow)
		flow->calls++;
}

static void sf_call_release(struct sf_call *call)
{
	struct sf_flow *flow = sf_flow(call->ct);

	if (flow) {
		flow->calls--;
		sf_flow_relax(call->ct);
	}
	nf_ct_put(call->ct);
}

/*
 * The connection was flushed, or its first packet was lost on the way: the one
 * that came after it carries on.
 */
static void sf_call_follow(struct sf_call *call, struct nf_conn *ct)
{
	if (call->ct == ct ||
	    (nf_ct_is_confirmed(call->ct) && !nf_ct_is_dying(call->ct)))
		return;

	sf_call_release(call);
	sf_call_hold(call, ct);
}

static struct sf_dialog *sf_dialog_find(struct sf_call *call,
					const struct sf_packet *pkt, int side)
{
	int from = pkt->msg->is_request ? side : !side;
	struct sf_dialog *dialog;

	list_for_each_entry(dialog, &call->dialogs, list)
		if (dialog->tag[from] == pkt->ident.from_tag &&
		    dialog->tag[!from] == pkt->ident.to_tag)
			return dialog;

	return NULL;
}

static void sf_dialog_tag(struct sf_dialog *dialog, int side,
			  const struct sf_packet *pkt,
			  const struct sf_addr *addr, u64 hash)
{
	struct sf_param tag;

	dialog->tag[side] = hash;
	if (sf_param(pkt->msg->buf, addr->params, "tag", &tag))
		sf_text(dialog->text[side], sizeof(dialog->text[side]),
			pkt->msg->buf, tag.value);
}

static struct sf_dialog *sf_dialog_get(struct sf_call *call,
				       const struct sf_packet *pkt, int side)
{
	int from = pkt->msg->is_request ? side : !side;
	struct sf_dialog *dialog = sf_dialog_find(call, pkt, side);

	if (dialog)
		return dialog;

	if (call->ndialogs >= SF_CALL_DIALOGS) {
		sf_decide(call->sn, SF_CNT_CALL_FORKS);
		return NULL;
	}

	dialog = kzalloc(sizeof(*dialog), GFP_ATOMIC);
	if (!dialog) {
		sf_decide(call->sn, SF_CNT_CALL_NO_MEMORY);
		return NULL;
	}
	sf_dialog_tag(dialog, from, pkt, &pkt->ident.from, pkt->ident.from_tag);
	sf_dialog_tag(dialog, !from, pkt, &pkt->ident.to, pkt->ident.to_tag);
	/* A request in it: it began before we looked. */
	dialog->confirmed = pkt->msg->is_request;
	list_add_tail(&dialog->list, &call->dialogs);
	call->ndialogs++;

	return dialog;
}

static void sf_dialog_free(struct sf_call *call, struct sf_dialog *dialog)
{
	list_del(&dialog->list);
	call->ndialogs--;
	kfree(dialog);
}

static void sf_call_free(struct sf_call *call)
{
	struct sf_net *sn = call->sn;
	struct sf_dialog *dialog, *next;

	sf_timer_del(sn, &call->timer);
	sf_offer_call_end(call);
	list_for_each_entry_safe(dialog, next, &call->dialogs, list)
		sf_dialog_free(call, dialog);
	xa_erase_bh(&sn->call_ids, call->id);
	rhltable_remove(&sn->calls, &call->node, sf_call_params);
	sn->ncalls--;
	sf_call_release(call);
	kfree(call);
}

static void sf_call_end(struct sf_call *call, enum sipfast_call_end why)
{
	call->state = SIPFAST_CALL_ENDED;
	call->end = why;
	trace_sipfast_call(call);
	sf_netlink_call(call, SIPFAST_CMD_CALL_END_NTF);
	sf_call_free(call);
}

static void sf_call_change(struct sf_call *call, enum sipfast_call_state state)
{
	if (call->state == state)
		return;

	call->state = state;
	trace_sipfast_call(call);
	sf_netlink_call(call, SIPFAST_CMD_CALL_CHANGE_NTF);
}

/* How long the call is remembered without a message. */
static u64 sf_call_patience(const struct sf_call *call)
{
	const struct sf_config *config = &call->sn->config;

	/* Scanners send INVITEs that nobody answers: they are forgotten soon. */
	if (!call->status)
		return SF_CALL_LINGER;

	return (u64)MSEC_PER_SEC * (call->state == SIPFAST_CALL_UP ?
				    READ_ONCE(config->call_timeout) :
				    READ_ONCE(config->setup_timeout));
}

static void sf_call_touch(struct sf_call *call)
{
	/* Nothing prolongs the wait for the end. */
	if (call->state != SIPFAST_CALL_CLOSING)
		sf_timer_set(call->sn, &call->timer, sf_call_patience(call));
}

static void sf_call_expire(struct sf_timer *timer)
{
	struct sf_call *call = container_of(timer, struct sf_call, timer);
	u64 last = sf_offer_last(call);
	s64 left;

	if (call->state == SIPFAST_CALL_CLOSING) {
		sf_call_end(call, SIPFAST_END_BYE);
		return;
	}

	/* Media that flows says that the call goes on. */
	left = last ? sf_call_patience(call) -
		      div_u64(ktime_get_boottime_ns() - last, NSEC_PER_MSEC) : 0;
	if (left > 0) {
		sf_timer_set(call->sn, timer, left);
		return;
	}

	sf_count(call->sn, SF_CNT_CALL_TIMEOUT);
	sf_call_end(call, SIPFAST_END_TIMEOUT);
}

static struct sf_call *sf_call_alloc(const struct sf_packet *pkt, int side)
{
	struct sf_span id = pkt->ident.call_id;
	const char *buf = pkt->msg->buf;
	struct sf_call *call;

	call = kzalloc(struct_size(call, call_id, id.len), GFP_ATOMIC);
	if (!call)
		return NULL;

	call->sn = pkt->sn;
	call->key = sf_call_key(pkt, side);
	call->leg.real[side] = pkt->leg.real[SF_SENDER];
	call->leg.face[side] = pkt->leg.face[SF_SENDER];
	call->leg.real[!side] = pkt->leg.real[SF_RECEIVER];
	call->leg.face[!side] = pkt->leg.face[SF_RECEIVER];
	call->caller = side;
	call->state = SIPFAST_CALL_SETUP;
	call->begun = ktime_get_boottime_ns();
	INIT_LIST_HEAD(&call->dialogs);
	INIT_LIST_HEAD(&call->descs);
	INIT_LIST_HEAD(&call->media);
	INIT_LIST_HEAD(&call->ports);
	sf_timer_init(&call->timer, sf_call_expire);
	sf_text(call->from, sizeof(call->from), buf, pkt->ident.from.uri);
	sf_text(call->to, sizeof(call->to), buf, pkt->ident.to.uri);
	call->call_id_len = id.len;
	memcpy(call->call_id, buf + id.off, id.len);

	return call;
}

static bool sf_call_insert(struct sf_net *sn, struct sf_call *call)
{
	if (xa_alloc_cyclic_bh(&sn->call_ids, &call->id, call, xa_limit_31b,
			       &sn->call_next, GFP_ATOMIC) < 0)
		return false;

	if (rhltable_insert(&sn->calls, &call->node, sf_call_params)) {
		xa_erase_bh(&sn->call_ids, call->id);
		return false;
	}
	sn->ncalls++;

	return true;
}

static struct sf_call *sf_call_begin(struct sf_packet *pkt, int side)
{
	struct sf_net *sn = pkt->sn;
	struct sf_call *call;

	if (sn->ncalls >= READ_ONCE(sn->config.call_limit)) {
		sf_note(pkt, SF_CNT_CALL_FULL);
		return NULL;
	}

	if (pkt->ident.call_id.len > SF_CALL_ID_MAX) {
		sf_note(pkt, SF_CNT_CALL_ID_LONG);
		return NULL;
	}

	call = sf_call_alloc(pkt, side);
	if (!call || !sf_call_insert(sn, call)) {
		kfree(call);
		sf_note(pkt, SF_CNT_CALL_NO_MEMORY);
		return NULL;
	}

	sf_call_hold(call, pkt->ct);
	sf_count(sn, SF_CNT_CALL_NEW);
	trace_sipfast_call(call);
	sf_netlink_call(call, SIPFAST_CMD_CALL_NEW_NTF);

	return call;
}

static void sf_call_close_dialog(struct sf_call *call, struct sf_dialog *dialog)
{
	sf_offer_dialog_end(call, dialog);
	sf_dialog_free(call, dialog);

	if (list_empty(&call->dialogs))
		sf_call_end(call, SIPFAST_END_BYE);
}

static bool sf_call_all_bye(const struct sf_call *call)
{
	const struct sf_dialog *dialog;

	list_for_each_entry(dialog, &call->dialogs, list)
		if (!dialog->bye)
			return false;

	return true;
}

static void sf_call_bye(struct sf_call *call, struct sf_dialog *dialog)
{
	if (!dialog) {
		sf_decide(call->sn, SF_CNT_CALL_STRAY);
		return;
	}

	dialog->bye = true;
	if (call->state == SIPFAST_CALL_CLOSING || !sf_call_all_bye(call))
		return;

	sf_call_change(call, SIPFAST_CALL_CLOSING);
	sf_timer_set(call->sn, &call->timer, SF_CALL_LINGER);
}

static void sf_call_request(struct sf_call *call, struct sf_packet *pkt,
			    int side)
{
	struct sf_dialog *dialog = sf_dialog_find(call, pkt, side);

	switch (sf_packet_method(pkt)) {
	case SF_METHOD_INVITE:
		/* To has a tag: a dialog that began before we looked. */
		if (!dialog && pkt->ident.to_tag)
			dialog = sf_dialog_get(call, pkt, side);
		break;
	case SF_METHOD_BYE:
		sf_call_bye(call, dialog);
		break;
	default:
		break;
	}

	sf_call_touch(call);
	sf_offer_message(call, pkt, side, dialog);
}

static bool sf_status_challenge(u16 status)
{
	return status == 401 || status == 407;
}

/* Responses that end the dialog they come in (RFC 3261, 12.2.1.2). */
static bool sf_status_fatal(u16 status)
{
	return status == 408 || status == 481;
}

/* The INVITE of a call failed. */
static void sf_call_rejected(struct sf_call *call, struct sf_packet *pkt,
			     int side, struct sf_dialog *dialog)
{
	u16 status = pkt->msg->status;

	sf_offer_failed(call, !side, pkt->ident.cseq.number);

	if (call->answered) {
		/* A re-INVITE: what was agreed before it holds. */
		if (dialog && sf_status_fatal(status))
			sf_call_close_dialog(call, dialog);
		else
			sf_call_touch(call);
	} else if (sf_status_challenge(status)) {
		/* The caller tries again, with credentials. */
		sf_timer_set(call->sn, &call->timer, SF_CALL_LINGER);
	} else {
		sf_call_end(call, SIPFAST_END_REJECTED);
	}
}

static void sf_call_invite_response(struct sf_call *call, struct sf_packet *pkt,
				    int side)
{
	u16 status = pkt->msg->status;
	struct sf_dialog *dialog;

	call->status = status;
	if (status >= 300) {
		sf_call_rejected(call, pkt, side,
				 sf_dialog_find(call, pkt, side));
		return;
	}

	if (status == 100) {
		sf_call_touch(call);
		return;
	}

	/* RFC 2543 knew dialogs without a tag in To, but only answered ones. */
	dialog = pkt->ident.to_tag || status >= 200 ?
		 sf_dialog_get(call, pkt, side) : NULL;

	if (status >= 200 && dialog)
		dialog->confirmed = true;
	if (status >= 200 && !call->answered)
		call->answered = ktime_get_boottime_ns();
	sf_offer_message(call, pkt, side, dialog);

	if (status >= 200 && call->state != SIPFAST_CALL_CLOSING)
		sf_call_change(call, SIPFAST_CALL_UP);
	else if (status >= 180 && call->state == SIPFAST_CALL_SETUP)
		sf_call_change(call, SIPFAST_CALL_RINGING);
	sf_call_touch(call);
}

static void sf_call_bye_response(struct sf_call *call, struct sf_packet *pkt,
				 struct sf_dialog *dialog)
{
	if (!dialog || !dialog->bye || pkt->msg->status < 200)
		return;

	if (sf_status_challenge(pkt->msg->status)) {
		dialog->bye = false;
		if (call->state == SIPFAST_CALL_CLOSING)
			sf_call_change(call, SIPFAST_CALL_UP);
		sf_call_touch(call);
		return;
	}

	sf_call_close_dialog(call, dialog);
}

static void sf_call_response(struct sf_call *call, struct sf_packet *pkt,
			     int side)
{
	struct sf_dialog *dialog;

	if (sf_packet_method(pkt) == SF_METHOD_INVITE) {
		sf_call_invite_response(call, pkt, side);
		return;
	}

	dialog = sf_dialog_find(call, pkt, side);
	switch (sf_packet_method(pkt)) {
	case SF_METHOD_BYE:
		sf_call_bye_response(call, pkt, dialog);
		break;
	case SF_METHOD_UPDATE:
	case SF_METHOD_PRACK:
		if (pkt->msg->status < 300)
			sf_offer_message(call, pkt, side, dialog);
		else
			sf_offer_failed(call, !side, pkt->ident.cseq.number);
		if (dialog && sf_status_fatal(pkt->msg->status))
			sf_call_close_dialog(call, dialog);
		break;
	default:
		break;
	}
}

bool sf_call_concerned(enum sf_method method)
{
	switch (method) {
	case SF_METHOD_INVITE:
	case SF_METHOD_ACK:
	case SF_METHOD_BYE:
	case SF_METHOD_CANCEL:
	case SF_METHOD_PRACK:
	case SF_METHOD_UPDATE:
		return true;
	default:
		return false;
	}
}

void sf_call_message(struct sf_packet *pkt)
{
	struct sf_call *call;
	int side;

	lockdep_assert_held(&pkt->sn->lock);

	side = sf_call_side(pkt);
	call = sf_call_find(pkt, side);
	if (!call) {
		if (!pkt->msg->is_request ||
		    sf_packet_method(pkt) != SF_METHOD_INVITE) {
			sf_note(pkt, SF_CNT_CALL_STRAY);
			return;
		}
		call = sf_call_begin(pkt, side);
		if (!call)
			return;
	}
	sf_call_follow(call, pkt->ct);
	pkt->call = call->id;

	if (pkt->msg->is_request)
		sf_call_request(call, pkt, side);
	else
		sf_call_response(call, pkt, side);
}

void sf_call_note(struct sf_packet *pkt)
{
	struct sf_call *call;

	spin_lock_bh(&pkt->sn->lock);
	call = xa_load(&pkt->sn->call_ids, pkt->call);
	if (call)
		sf_decisions_take(&call->decisions, pkt,
				  sf_call_side(pkt) == call->caller,
				  call->begun);
	spin_unlock_bh(&pkt->sn->lock);
}

static bool sf_call_lost(const struct sf_call *call, const struct sf_lost *lost)
{
	const struct sf_port *port;

	if (call->key.l3num != lost->l3num)
		return false;

	list_for_each_entry(port, &call->ports, list)
		if (sf_lost_end(lost, &port->key.face))
			return true;

	return sf_lost_leg(lost, &call->leg);
}

bool sf_call_lose(struct sf_net *sn, const struct sf_lost *lost,
		  unsigned long *next)
{
	struct sf_call *call;
	int i;

	lockdep_assert_held(&sn->lock);

	for (i = 0; i < SF_ADDRESS_BATCH; i++, ++*next) {
		call = xa_find(&sn->call_ids, next, ULONG_MAX, XA_PRESENT);
		if (!call)
			return false;
		if (sf_call_lost(call, lost)) {
			sf_count(sn, SF_CNT_ADDRESS_CALLS);
			sf_call_end(call, SIPFAST_END_ADDRESS);
		}
	}

	return true;
}

void sf_call_flush(struct sf_net *sn)
{
	struct sf_call *call;
	unsigned long id;

	xa_for_each(&sn->call_ids, id, call)
		sf_call_end(call, SIPFAST_END_FLUSHED);
}

int sf_call_net_init(struct sf_net *sn)
{
	return rhltable_init(&sn->calls, &sf_call_params);
}

void sf_call_net_exit(struct sf_net *sn)
{
	rhltable_destroy(&sn->calls);
}
