// SPDX-License-Identifier: GPL-2.0
/*
 * call.c - calls, one leg each: how they begin, wait and end
 */
#include <linux/ktime.h>
#include <linux/rhashtable.h>
#include <linux/slab.h>
#include <net/netfilter/nf_conntrack_zones.h>

#include "address.h"
#include "cache.h"
#include "call.h"
#include "flow.h"
#include "netlink.h"
#include "offer.h"
#include "packet.h"
#include "pernet.h"
#include "port.h"
#include "text.h"
#include "trace.h"

/**
 * struct sf_call_place - whose message it is: what a call is looked up by
 * @key: Call-ID, zone and family
 * @addr: the two endpoints' own addresses, in the order of sf_call.leg
 */
struct sf_call_place {
	struct sf_call_key key;
	const union nf_inet_addr *addr[2];
};

/* The Call-ID's hash has a secret key. The legs of one are few. */
static u32 sf_call_hash(const void *data, u32 len, u32 seed)
{
	const struct sf_call_place *place = data;

	return (u32)place->key.id_hash ^ seed;
}

static u32 sf_call_hash_of(const void *obj, u32 len, u32 seed)
{
	const struct sf_call *call = obj;

	return (u32)call->key.id_hash ^ seed;
}

static int sf_call_cmp(struct rhashtable_compare_arg *arg, const void *obj)
{
	const struct sf_call_place *place = arg->key;
	const struct sf_call_key *key = &place->key;
	const struct sf_call *call = obj;

	return key->id_hash != call->key.id_hash ||
	       key->zone != call->key.zone || key->l3num != call->key.l3num ||
	       !sf_addr_equal(place->addr[0], &call->leg.real[0].addr) ||
	       !sf_addr_equal(place->addr[1], &call->leg.real[1].addr);
}

static const struct rhashtable_params sf_call_params = {
	.key_len = sizeof(struct sf_call_place),
	.head_offset = offsetof(struct sf_call, node),
	.hashfn = sf_call_hash,
	.obj_hashfn = sf_call_hash_of,
	.obj_cmpfn = sf_call_cmp,
	.min_size = SF_TABLE_MIN,
};

int sf_call_side(const struct sf_packet *pkt)
{
	return memcmp(&pkt->leg.real[SF_SENDER], &pkt->leg.real[SF_RECEIVER],
		      sizeof(struct sf_end)) > 0;
}

static struct sf_call_key sf_call_key(const struct sf_packet *pkt)
{
	return (struct sf_call_key){ .id_hash = pkt->ident.call_id_hash,
				     .zone = pkt->zone, .l3num = pkt->l3num };
}

struct sf_call *sf_call_find(struct sf_packet *pkt, int side)
{
	struct sf_call_place place = { .key = sf_call_key(pkt) };
	struct sf_call *call, *found = NULL;
	struct rhlist_head *list, *pos;

	place.addr[side] = &pkt->leg.real[SF_SENDER].addr;
	place.addr[!side] = &pkt->leg.real[SF_RECEIVER].addr;
	rcu_read_lock();
	list = rhltable_lookup(&pkt->sn->calls, &place, sf_call_params);
	rhl_for_each_entry_rcu(call, pos, list, node) {
		if (!call->opened &&
		    sf_span_eq(pkt->msg->buf, pkt->ident.call_id,
			       call->text + call->call_id, call->call_id_len)) {
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

void sf_call_follow(struct sf_call *call, struct nf_conn *ct)
{
	if (call->ct == ct ||
	    (nf_ct_is_confirmed(call->ct) && !nf_ct_is_dying(call->ct)))
		return;

	sf_call_release(call);
	sf_call_hold(call, ct);
}

static void sf_call_destroy(struct sf_call *call)
{
	kfree(call->decisions);
	kfree(call->text);
	kmem_cache_free(sf_call_cache, call);
}

static void sf_call_free(struct sf_call *call)
{
	struct sf_net *sn = call->sn;
	struct sf_dialog *dialog, *next;

	sf_timer_del(sn, &call->timer);
	sf_offer_call_end(call);
	list_for_each_entry_safe(dialog, next, &call->dialogs, list)
		sf_dialog_free(dialog);
	xa_erase_bh(&sn->call_ids, call->id);
	rhltable_remove(&sn->calls, &call->node, sf_call_params);
	sn->ncalls--;
	sf_call_release(call);
	sf_call_destroy(call);
}

void sf_call_end(struct sf_call *call, enum sipfast_call_end why)
{
	call->state = SIPFAST_CALL_ENDED;
	call->end = why;
	trace_sipfast_call(call);
	sf_netlink_call(call, SIPFAST_CMD_CALL_END_NTF);
	sf_call_free(call);
}

void sf_call_change(struct sf_call *call, enum sipfast_call_state state)
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
		return SF_DIALOG_LINGER;

	return (u64)MSEC_PER_SEC * (call->state == SIPFAST_CALL_UP ?
				    READ_ONCE(config->call_timeout) :
				    READ_ONCE(config->setup_timeout));
}

/* How long media that flowed may be silent. */
static u64 sf_call_silence(const struct sf_call *call)
{
	return (u64)MSEC_PER_SEC *
	       (call->silence ?: READ_ONCE(call->sn->config.media_timeout));
}

void sf_call_forget(struct sf_call *call, u64 ms)
{
	call->forget = ktime_get_boottime_ns() + ms * NSEC_PER_MSEC;
	if (call->state == SIPFAST_CALL_UP)
		ms = min(ms, sf_call_silence(call));
	sf_timer_set(call->sn, &call->timer, ms);
}

u64 sf_call_left(const struct sf_call *call)
{
	u64 now = ktime_get_boottime_ns();

	return call->forget > now ?
	       div_u64(call->forget - now, NSEC_PER_MSEC) : 0;
}

void sf_call_touch(struct sf_call *call)
{
	/* Nothing prolongs the wait for the end. */
	if (call->state != SIPFAST_CALL_CLOSING)
		sf_call_forget(call, sf_call_patience(call));
}

void sf_call_closing(struct sf_call *call)
{
	if (call->state == SIPFAST_CALL_CLOSING)
		return;

	sf_call_change(call, SIPFAST_CALL_CLOSING);
	sf_call_forget(call, SF_DIALOG_LINGER);
}

/* Milliseconds of @patience that are left since media was seen last. */
static s64 sf_call_rest(u64 patience, u64 last)
{
	return patience - div_u64(ktime_get_boottime_ns() - last,
				  NSEC_PER_MSEC);
}

/* Nothing was heard for long. Media that flows says that the call goes on. */
static void sf_call_forgotten(struct sf_call *call)
{
	u64 last = sf_offer_last(call);
	s64 left = last ? sf_call_rest(sf_call_patience(call), last) : 0;

	if (left > 0) {
		sf_call_forget(call, left);
		return;
	}

	sf_count(call->sn, SF_CNT_CALL_TIMEOUT);
	sf_call_end(call, SIPFAST_END_TIMEOUT);
}

/* Has media that flowed stopped? A call on hold, or without any, may wait. */
static void sf_call_silent(struct sf_call *call)
{
	u64 last = sf_offer_held(call) ? 0 : sf_offer_last(call);
	u64 silence = sf_call_silence(call);
	s64 left = last ? sf_call_rest(silence, last) : silence;

	if (left > 0) {
		sf_timer_set(call->sn, &call->timer,
			     min_t(u64, left, sf_call_left(call)));
		return;
	}

	sf_count(call->sn, SF_CNT_CALL_IDLE);
	sf_call_end(call, SIPFAST_END_IDLE);
}

static void sf_call_look(struct sf_timer *timer)
{
	struct sf_call *call = container_of(timer, struct sf_call, timer);

	if (call->state == SIPFAST_CALL_CLOSING)
		sf_call_end(call, SIPFAST_END_BYE);
	else if (call->state == SIPFAST_CALL_UP && sf_call_left(call))
		sf_call_silent(call);
	else
		sf_call_forgotten(call);
}

/* False for lack of memory. */
static bool sf_call_text(struct sf_call *call, const struct sf_packet *pkt)
{
	const struct sf_ident *ident = &pkt->ident;
	u32 from = min_t(u32, ident->from.uri.len + 1, SF_CALL_TEXT);
	u32 to = min_t(u32, ident->to.uri.len + 1, SF_CALL_TEXT);
	const char *buf = pkt->msg->buf;

	call->to = from;
	call->call_id = from + to;
	call->call_id_len = ident->call_id.len;
	call->text = kmalloc(call->call_id + call->call_id_len, GFP_ATOMIC);
	if (!call->text)
		return false;

	sf_text(call->text, from, buf, ident->from.uri);
	sf_text(call->text + call->to, to, buf, ident->to.uri);
	memcpy(call->text + call->call_id, buf + ident->call_id.off,
	       call->call_id_len);

	return true;
}

static struct sf_call *sf_call_alloc(const struct sf_packet *pkt, int side)
{
	struct sf_call *call = kmem_cache_zalloc(sf_call_cache, GFP_ATOMIC);

	if (!call)
		return NULL;
	if (!sf_call_text(call, pkt)) {
		sf_call_destroy(call);
		return NULL;
	}

	call->sn = pkt->sn;
	call->key = sf_call_key(pkt);
	call->leg.real[side] = pkt->leg.real[SF_SENDER];
	call->leg.face[side] = pkt->leg.face[SF_SENDER];
	call->leg.real[!side] = pkt->leg.real[SF_RECEIVER];
	call->leg.face[!side] = pkt->leg.face[SF_RECEIVER];
	call->caller = side;
	call->cseq = pkt->ident.cseq.number;
	call->state = SIPFAST_CALL_SETUP;
	call->begun = ktime_get_boottime_ns();
	INIT_LIST_HEAD(&call->dialogs);
	INIT_LIST_HEAD(&call->descs);
	INIT_LIST_HEAD(&call->media);
	INIT_LIST_HEAD(&call->ports);
	sf_timer_init(&call->timer, sf_call_look);

	return call;
}

static bool sf_call_insert(struct sf_net *sn, struct sf_call *call)
{
	const struct sf_call_place place = {
		.key = call->key,
		.addr = { &call->leg.real[0].addr, &call->leg.real[1].addr },
	};

	if (xa_alloc_cyclic_bh(&sn->call_ids, &call->id, call, xa_limit_31b,
			       &sn->call_next, GFP_ATOMIC) < 0)
		return false;

	if (rhltable_insert_key(&sn->calls, &place, &call->node,
				sf_call_params)) {
		xa_erase_bh(&sn->call_ids, call->id);
		return false;
	}
	sn->ncalls++;

	return true;
}

struct sf_call *sf_call_make(struct sf_packet *pkt, int side)
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
	if (call && !sf_call_insert(sn, call)) {
		sf_call_destroy(call);
		call = NULL;
	}
	if (!call) {
		sf_note(pkt, SF_CNT_CALL_NO_MEMORY);
		return NULL;
	}

	sf_call_hold(call, pkt->ct);
	sf_count(sn, SF_CNT_CALL_NEW);

	return call;
}

void sf_call_announce(struct sf_call *call)
{
	trace_sipfast_call(call);
	sf_netlink_call(call, SIPFAST_CMD_CALL_NEW_NTF);
}

struct sf_call *sf_call_begin(struct sf_packet *pkt, int side)
{
	struct sf_call *call = sf_call_make(pkt, side);

	if (call)
		sf_call_announce(call);

	return call;
}

void sf_call_dialog_over(struct sf_dialog *dialog, enum sipfast_call_end why)
{
	struct sf_call *call = dialog->call;

	lockdep_assert_held(&call->sn->lock);

	sf_offer_dialog_end(call, dialog);
	sf_dialog_free(dialog);

	/* As long as nobody answered, another branch still may. */
	if (list_empty(&call->dialogs) && call->answered)
		sf_call_end(call, why);
}

void sf_call_remember(struct sf_call *call, const struct sf_packet *pkt,
		      bool caller)
{
	if (!pkt->notes.n)
		return;
	if (!call->decisions)
		call->decisions = kzalloc(sizeof(*call->decisions), GFP_ATOMIC);
	if (call->decisions)
		sf_decisions_take(call->decisions, pkt, caller, call->begun);
}

void sf_call_note(struct sf_packet *pkt)
{
	struct sf_call *call;

	spin_lock_bh(&pkt->sn->lock);
	call = xa_load(&pkt->sn->call_ids, pkt->call);
	if (call)
		sf_call_remember(call, pkt, sf_call_side(pkt) == call->caller);
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
