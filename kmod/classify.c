// SPDX-License-Identifier: GPL-2.0
/*
 * classify.c - what kind of SIP a packet carries, for rules
 *
 * Behind the rules that attach the helper (-190) and in front of those that
 * filter, the packet's mark gets a method, a class of response and some flags
 * (SIPFAST_MARK_*). Only connections with our helper are looked at, and of a
 * message only as much as sf_peek() needs; nothing is linearized.
 */
#include <linux/netfilter_ipv4.h>
#include <linux/netfilter_ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/netfilter/nf_conntrack_zones.h>
#include <sipfast/peek.h>
#include <uapi/linux/sipfast.h>

#include "call.h"
#include "classify.h"
#include "flow.h"
#include "helper.h"
#include "packet.h"
#include "pernet.h"
#include "scratch.h"

/* Behind the attaching rules. */
#define SF_CLASSIFY_PRIORITY	(-180)

/* Bytes of a message that is not linear that are looked at. */
#define SF_CLASSIFY_SEEN	4096

/* Methods have the core's numbers, and one for all that it does not know. */
static_assert((int)SF_METHOD_COUNT <= SIPFAST_MARK_METHOD_OTHER);
static_assert((int)SF_METHOD_PUBLISH == SIPFAST_MARK_METHOD_PUBLISH);

static u32 sf_classify_method(const struct sf_peek *peek)
{
	u32 method = peek->method ?: SIPFAST_MARK_METHOD_OTHER;

	return method | (peek->status / 100) << SIPFAST_MARK_CLASS_SHIFT;
}

/* Does the sender have a registration with the receiver, on this way? */
static bool sf_classify_registered(const struct sf_packet *pkt)
{
	bool original = CTINFO2DIR(pkt->ctinfo) == IP_CT_DIR_ORIGINAL;
	const struct nf_conn *ct = original ? pkt->ct : pkt->ct->master;
	const struct sf_flow *flow = ct ? sf_flow(ct) : NULL;

	/* A phone begins its flow, and is called in by that flow's children. */
	return flow && sf_flow_registered(flow);
}

static u64 sf_classify_tag(const struct sf_packet *pkt, struct sf_span value)
{
	struct sf_addr addr;

	if (sf_addr_parse(pkt->msg->buf, value, &addr) != SF_OK)
		return 0;

	return sf_packet_tag(pkt, addr.params);
}

/*
 * Does the call table know it? A request within a dialog has to have its tags;
 * CANCEL, the ACK of a failure and responses belong to a transaction.
 */
static bool sf_classify_in_call(struct sf_packet *pkt,
				const struct sf_peek *peek)
{
	int side = sf_call_side(pkt);
	struct sf_call *call = sf_call_find(pkt, side);

	if (!call)
		return false;
	if (!peek->is_request || peek->method == SF_METHOD_CANCEL ||
	    peek->method == SF_METHOD_ACK)
		return true;

	pkt->ident.from_tag = sf_classify_tag(pkt, peek->from);
	pkt->ident.to_tag = sf_classify_tag(pkt, peek->to);

	return pkt->ident.to_tag && sf_dialog_find(call, pkt, side);
}

/* With room for as much of an index as the call table asks for. */
static bool sf_classify_look(struct sf_packet *pkt, const struct sf_peek *peek,
			     struct sf_msg *msg, const char *buf)
{
	struct sf_net *sn = pkt->sn;
	bool known;

	msg->buf = buf;
	msg->is_request = peek->is_request;
	pkt->msg = msg;
	pkt->ident.call_id = peek->call_id;
	pkt->ident.call_id_hash = siphash(buf + peek->call_id.off,
					  peek->call_id.len, &sn->hash_key);
	sf_packet_leg(pkt);
	spin_lock_bh(&sn->lock);
	known = sf_classify_in_call(pkt, peek);
	spin_unlock_bh(&sn->lock);

	return known;
}

static bool sf_classify_known(struct sf_packet *pkt, const struct sf_peek *peek,
			      const char *buf)
{
	bool known;

	if (!READ_ONCE(pkt->sn->ncalls) || !peek->call_id.len)
		return false;

	known = sf_classify_look(pkt, peek, &sf_scratch_get()->msg, buf);
	sf_scratch_put();

	return known;
}

static u32 sf_classify_flags(struct sf_packet *pkt, const struct sf_peek *peek,
			     const char *buf)
{
	u32 flags = 0;

	if (peek->is_request && !peek->to_tag)
		flags |= SIPFAST_MARK_INITIAL;
	if (sf_classify_known(pkt, peek, buf))
		flags |= SIPFAST_MARK_IN_DIALOG;
	if (peek->sdp)
		flags |= SIPFAST_MARK_SDP;
	if (peek->scanner) {
		sf_count(pkt->sn, SF_CNT_MARK_SCANNER);
		flags |= SIPFAST_MARK_SCANNER;
	}
	if (sf_classify_registered(pkt))
		flags |= SIPFAST_MARK_REGISTERED;

	return flags;
}

/* What a stream's segment begins may end elsewhere, or be the middle of it. */
static u32 sf_classify_unsure(struct sf_packet *pkt)
{
	sf_count(pkt->sn, SF_CNT_MARK_UNCLASSIFIED);

	return SIPFAST_MARK_UNCLASSIFIED;
}

static u32 sf_classify_bytes(struct sf_packet *pkt, const char *buf, u32 seen,
			     u32 len)
{
	enum sf_reason reason;
	struct sf_peek peek;

	reason = sf_peek(&peek, buf, seen, len);
	if (reason == SF_EMPTY)
		return 0;
	if (sf_packet_tcp(pkt) && (reason || !peek.has_length))
		return sf_classify_unsure(pkt);

	sf_count(pkt->sn, SF_CNT_MARK_SET);
	if (reason == SF_NOT_SIP) {
		sf_count(pkt->sn, SF_CNT_MARK_MALFORMED);
		return SIPFAST_MARK_MALFORMED;
	}
	if (reason) {
		sf_count(pkt->sn, SF_CNT_MARK_MALFORMED);
		return SIPFAST_MARK_MALFORMED | sf_classify_method(&peek);
	}

	return sf_classify_method(&peek) |
	       sf_classify_flags(pkt, &peek, buf);
}

/* As much of it as there is room for: most heads end before that. */
static u32 sf_classify_pieces(struct sf_packet *pkt, u32 len)
{
	u32 seen = min_t(u32, len, SF_CLASSIFY_SEEN), bits = 0;
	struct sf_scratch *scratch = sf_scratch_get();
	const char *buf;

	buf = skb_header_pointer(pkt->skb, pkt->dataoff, seen, scratch->out);
	if (buf)
		bits = sf_classify_bytes(pkt, buf, seen, len);
	sf_scratch_put();

	return bits;
}

static u32 sf_classify_data(struct sf_packet *pkt)
{
	u32 len = pkt->skb->len - pkt->dataoff;

	if (pkt->skb->len > skb_headlen(pkt->skb))
		return sf_classify_pieces(pkt, len);

	return sf_classify_bytes(pkt, pkt->skb->data + pkt->dataoff, len, len);
}

static bool sf_classify_udp(struct sf_packet *pkt, int protoff)
{
	pkt->dataoff = protoff + sizeof(struct udphdr);

	return pkt->skb->len > pkt->dataoff;
}

static bool sf_classify_tcp(struct sf_packet *pkt, int protoff)
{
	const struct sf_flow *flow = sf_flow(pkt->ct);
	const struct tcphdr *th;
	struct tcphdr header;

	th = skb_header_pointer(pkt->skb, protoff, sizeof(header), &header);
	if (!th || !flow || READ_ONCE(flow->tcp) & SF_TCP_OTHER)
		return false;
	pkt->dataoff = protoff + th->doff * 4;

	return th->doff * 4 >= sizeof(header) && pkt->skb->len > pkt->dataoff;
}

static u32 sf_classify(struct sf_packet *pkt)
{
	u8 proto = nf_ct_protonum(pkt->ct);
	int protoff = sf_packet_protoff(pkt->skb, pkt->l3num);

	/* ICMP errors belong to the connection, too. */
	if (protoff < 0 || !sf_packet_is(pkt->skb, pkt->ct, proto))
		return 0;
	if (proto == IPPROTO_TCP)
		return sf_classify_tcp(pkt, protoff) ? sf_classify_data(pkt) : 0;
	/* Several datagrams in one buffer have one mark. */
	if (skb_is_gso(pkt->skb))
		return sf_classify_unsure(pkt);

	return sf_classify_udp(pkt, protoff) ? sf_classify_data(pkt) : 0;
}

static unsigned int sf_classify_hook(void *priv, struct sk_buff *skb,
				     const struct nf_hook_state *state)
{
	struct sf_net *sn = sf_pernet(state->net);
	u32 mask = READ_ONCE(sn->config.mark_mask);
	struct sf_packet pkt = { .sn = sn, .skb = skb };

	pkt.ct = nf_ct_get(skb, &pkt.ctinfo);
	if (!mask || !pkt.ct || !sf_helper_signals(pkt.ct))
		return NF_ACCEPT;

	pkt.l3num = nf_ct_l3num(pkt.ct);
	pkt.zone = nf_ct_zone(pkt.ct)->id;
	skb->mark = (skb->mark & ~mask) | (sf_classify(&pkt) << __ffs(mask));

	return NF_ACCEPT;
}

#define SF_CLASSIFY_HOOK(family, where) {	\
		.hook = sf_classify_hook,	\
		.pf = family,			\
		.hooknum = where,		\
		.priority = SF_CLASSIFY_PRIORITY,	\
	}

static const struct nf_hook_ops sf_classify_hooks[] = {
	SF_CLASSIFY_HOOK(NFPROTO_IPV4, NF_INET_PRE_ROUTING),
	SF_CLASSIFY_HOOK(NFPROTO_IPV4, NF_INET_LOCAL_OUT),
	SF_CLASSIFY_HOOK(NFPROTO_IPV6, NF_INET_PRE_ROUTING),
	SF_CLASSIFY_HOOK(NFPROTO_IPV6, NF_INET_LOCAL_OUT),
};

bool sf_classify_mask(u32 mask)
{
	u32 bits;

	if (!mask)
		return true;
	bits = mask >> __ffs(mask);

	return !(bits & (bits + 1)) && bits >= SIPFAST_MARK_ALL;
}

int sf_classify_switch(struct sf_net *sn, bool on)
{
	int err = 0;

	lockdep_assert_held(&sn->config_lock);

	if (on == sn->classifies)
		return 0;
	if (on)
		err = nf_register_net_hooks(sn->net, sf_classify_hooks,
					    ARRAY_SIZE(sf_classify_hooks));
	else
		nf_unregister_net_hooks(sn->net, sf_classify_hooks,
					ARRAY_SIZE(sf_classify_hooks));
	if (!err)
		sn->classifies = on;

	return err;
}

static void __net_exit sf_classify_leave(struct net *net)
{
	struct sf_net *sn = sf_pernet(net);

	mutex_lock(&sn->config_lock);
	sf_classify_switch(sn, false);
	mutex_unlock(&sn->config_lock);
}

static struct pernet_operations sf_classify_net_ops = {
	.pre_exit = sf_classify_leave,
};

int sf_classify_init(void)
{
	return register_pernet_subsys(&sf_classify_net_ops);
}

void sf_classify_exit(void)
{
	unregister_pernet_subsys(&sf_classify_net_ops);
}
