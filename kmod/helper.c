// SPDX-License-Identifier: GPL-2.0
/*
 * helper.c - the conntrack helpers "sipfast", "sipfast-watch", "sipfast-media"
 *
 * A helper runs at the end of postrouting or input, when translation is set
 * up but not yet visible in the payload. Whatever it does not understand goes
 * on as it came, and counts why.
 */
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/module.h>
#include <linux/udp.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <net/netfilter/nf_conntrack_core.h>
#include <net/netfilter/nf_conntrack_zones.h>

#include "call.h"
#include "child.h"
#include "flow.h"
#include "helper.h"
#include "nat.h"
#include "natsdp.h"
#include "packet.h"
#include "path.h"
#include "pernet.h"
#include "pinhole.h"
#include "register.h"
#include "report.h"
#include "scratch.h"
#include "skbedit.h"
#include "stream.h"
#include "tcp.h"
#include "trace.h"

/*
 * Helpers are attached by name. The port is only a key in conntrack's table,
 * and must not be one that another helper could want.
 */
#define SF_HELPER_KEY_SIP	65060
#define SF_HELPER_KEY_MEDIA	65061
#define SF_HELPER_KEY_WATCH	65062

u64 sf_packet_tag(const struct sf_packet *pkt, struct sf_span params)
{
	const char *buf = pkt->msg->buf;
	struct sf_param tag;

	if (!sf_param(buf, params, "tag", &tag) || !tag.value.len)
		return 0;

	return siphash(buf + tag.value.off, tag.value.len,
		       &pkt->sn->hash_key) ?: 1;
}

static bool sf_ident_addr(const struct sf_packet *pkt, enum sf_hdr_id id,
			  struct sf_addr *addr)
{
	struct sf_span value;

	return sf_msg_single(pkt->msg, id, &value) == SF_OK &&
	       sf_addr_parse(pkt->msg->buf, value, addr) == SF_OK;
}

/* Find out whose message it is. A message that says so twice says nothing. */
static bool sf_packet_identify(struct sf_packet *pkt)
{
	struct sf_ident *ident = &pkt->ident;
	const char *buf = pkt->msg->buf;
	struct sf_span cseq;

	if (sf_msg_single(pkt->msg, SF_HDR_CALL_ID, &ident->call_id) != SF_OK ||
	    !ident->call_id.len ||
	    sf_msg_single(pkt->msg, SF_HDR_CSEQ, &cseq) != SF_OK ||
	    sf_cseq_parse(buf, cseq, &ident->cseq) != SF_OK ||
	    ident->cseq.method != pkt->msg->method ||
	    !sf_ident_addr(pkt, SF_HDR_FROM, &ident->from) ||
	    !sf_ident_addr(pkt, SF_HDR_TO, &ident->to))
		return false;

	ident->call_id_hash = siphash(buf + ident->call_id.off,
				      ident->call_id.len, &pkt->sn->hash_key);
	ident->from_tag = sf_packet_tag(pkt, ident->from.params);
	ident->to_tag = sf_packet_tag(pkt, ident->to.params);

	return true;
}

static const struct sf_sdp *sf_packet_sdp(struct sf_packet *pkt,
					  struct sf_sdp *sdp)
{
	enum sf_reason reason;
	struct sf_span where;

	reason = sf_sdp_of(pkt->msg, &where);
	if (reason == SF_OK)
		reason = sf_sdp_parse(sdp, pkt->msg->buf, where);
	if (reason == SF_OK)
		return sdp;

	if (reason != SF_EMPTY)
		sf_note(pkt, SF_CNT_PARSE + reason);

	return NULL;
}

void sf_packet_leg(struct sf_packet *pkt)
{
	enum ip_conntrack_dir dir = CTINFO2DIR(pkt->ctinfo);
	const struct nf_conntrack_tuple *there = nf_ct_tuple(pkt->ct, dir);
	const struct nf_conntrack_tuple *back = nf_ct_tuple(pkt->ct, !dir);

	pkt->leg.real[SF_SENDER] = sf_end_src(there);
	pkt->leg.face[SF_SENDER] = sf_end_dst(back);
	pkt->leg.real[SF_RECEIVER] = sf_end_src(back);
	pkt->leg.face[SF_RECEIVER] = sf_end_dst(there);
}

/* Let a message move what it belongs to: a registration or a call. */
static void sf_packet_move(struct sf_packet *pkt)
{
	bool registers = sf_packet_method(pkt) == SF_METHOD_REGISTER;

	if (!registers && !sf_call_concerned(sf_packet_method(pkt)))
		return;

	pkt->identified = sf_packet_identify(pkt);
	if (!pkt->identified) {
		sf_note(pkt, SF_CNT_SIP_IDENTITY);
		return;
	}

	spin_lock_bh(&pkt->sn->lock);
	pkt->sn->handled = pkt;
	if (registers)
		sf_reg_message(pkt);
	else
		sf_call_message(pkt);
	pkt->sn->handled = NULL;
	spin_unlock_bh(&pkt->sn->lock);
}

void sf_packet_take(struct sf_packet *pkt, struct sf_scratch *scratch)
{
	pkt->msg = &scratch->msg;
	sf_count(pkt->sn, SF_CNT_SIP_SEEN);
	sf_report_begin(pkt);
	sf_packet_leg(pkt);
	sf_edits_init(&scratch->edits);
	pkt->edits = &scratch->edits;
	pkt->sdp = sf_packet_sdp(pkt, &scratch->sdp);
	pkt->sealed = pkt->watch ? 0 : sf_signed(pkt);
	if (pkt->sealed)
		sf_note(pkt, SF_CNT_SIP_SIGNED);
	sf_packet_move(pkt);

	if (!pkt->watch) {
		sf_nat_headers(pkt);
		if (pkt->sdp && !pkt->described && !sf_packet_body_kept(pkt))
			sf_natsdp(pkt, NULL);
		sf_edit_length(pkt->edits, pkt->msg);
	}
}

void sf_packet_done(struct sf_packet *pkt)
{
	if (pkt->call && pkt->notes.n)
		sf_call_note(pkt);
	sf_report_end(pkt);
	trace_sipfast_message(pkt);
}

/* A keepalive is nothing to report; what is no SIP is not ours to show. */
static void sf_packet_unread(struct sf_packet *pkt, u32 len,
			     enum sf_reason reason)
{
	const char *data = pkt->skb->data + pkt->dataoff;

	sf_note(pkt, SF_CNT_PARSE + reason);
	if (reason != SF_EMPTY)
		sf_report_unread(pkt, reason == SF_NOT_SIP ? NULL : data, len);
	trace_sipfast_passed(reason, len);
}

static void sf_packet_read(struct sf_packet *pkt, u32 len)
{
	struct sf_scratch *scratch = sf_scratch_get();
	enum sf_reason reason;

	reason = sf_msg_parse(&scratch->msg, pkt->skb->data + pkt->dataoff,
			      len);
	if (reason == SF_OK) {
		sf_packet_take(pkt, scratch);
		if (!pkt->watch)
			sf_skb_splice(pkt, scratch->out, sizeof(scratch->out));
		sf_packet_done(pkt);
	} else {
		sf_packet_unread(pkt, len, reason);
	}
	sf_scratch_put();
}

/*
 * The length of the message by UDP's account, or -1. A packet whose UDP
 * length leaves bytes behind is not edited, and so not read: two readers
 * could disagree about it.
 */
static int sf_packet_len(struct sk_buff *skb, unsigned int protoff)
{
	const struct udphdr *udp;
	int len;

	if (skb->len < protoff + sizeof(*udp))
		return -1;

	udp = (const struct udphdr *)(skb->data + protoff);
	len = skb->len - protoff;
	if (len > SF_MSG_MAX || ntohs(udp->len) != len)
		return -1;

	return len - sizeof(*udp);
}

int sf_packet_protoff(const struct sk_buff *skb, u8 l3num)
{
	int off = skb_network_offset(skb);
	__be16 frag_off;
	u8 proto;

	if (l3num == NFPROTO_IPV4)
		return off + ip_hdrlen(skb);

	proto = ipv6_hdr(skb)->nexthdr;

	return ipv6_skip_exthdr(skb, off + sizeof(struct ipv6hdr), &proto,
				&frag_off);
}

bool sf_packet_is(const struct sk_buff *skb, const struct nf_conn *ct, u8 want)
{
	__be16 frag_off;
	u8 proto;

	if (nf_ct_l3num(ct) == NFPROTO_IPV4)
		return ip_hdr(skb)->protocol == want;

	proto = ipv6_hdr(skb)->nexthdr;

	return proto == want ||
	       (ipv6_skip_exthdr(skb, sizeof(struct ipv6hdr), &proto,
				 &frag_off) >= 0 && proto == want);
}

static void sf_help_linear(struct sf_packet *pkt, unsigned int protoff)
{
	int len = sf_packet_len(pkt->skb, protoff);

	if (len < 0)
		sf_note(pkt, SF_CNT_SIP_SHORT);
	else
		sf_packet_read(pkt, len);
}

static int sf_help(struct sk_buff *skb, unsigned int protoff,
		   struct nf_conn *ct, enum ip_conntrack_info ctinfo,
		   bool watch)
{
	struct sf_net *sn = sf_pernet(nf_ct_net(ct));
	struct sf_packet pkt = {
		.sn = sn,
		.skb = skb,
		.ct = ct,
		.ctinfo = ctinfo,
		.dataoff = protoff + sizeof(struct udphdr),
		.l3num = nf_ct_l3num(ct),
		.zone = nf_ct_zone(ct)->id,
		.watch = watch,
	};

	if (!sf_packet_is(skb, ct, IPPROTO_UDP))
		return NF_ACCEPT;

	/* Several datagrams are still to be cut apart (segments.c). */
	if (skb_is_gso(skb))
		return NF_ACCEPT;

	sf_child_follow_masq(skb, ct);
	if (skb_linearize(skb))
		sf_note(&pkt, SF_CNT_SIP_NO_MEMORY);
	else
		sf_help_linear(&pkt, protoff);
	sf_flow_refresh(ct);

	return NF_ACCEPT;
}

static int sf_help_sip(struct sk_buff *skb, unsigned int protoff,
		       struct nf_conn *ct, enum ip_conntrack_info ctinfo)
{
	return sf_help(skb, protoff, ct, ctinfo, false);
}

static int sf_help_watch(struct sk_buff *skb, unsigned int protoff,
			 struct nf_conn *ct, enum ip_conntrack_info ctinfo)
{
	return sf_help(skb, protoff, ct, ctinfo, true);
}

static int sf_help_sip_tcp(struct sk_buff *skb, unsigned int protoff,
			   struct nf_conn *ct, enum ip_conntrack_info ctinfo)
{
	return sf_tcp_help(skb, protoff, ct, ctinfo, false);
}

static int sf_help_watch_tcp(struct sk_buff *skb, unsigned int protoff,
			     struct nf_conn *ct, enum ip_conntrack_info ctinfo)
{
	return sf_tcp_help(skb, protoff, ct, ctinfo, true);
}

static int sf_help_media(struct sk_buff *skb, unsigned int protoff,
			 struct nf_conn *ct, enum ip_conntrack_info ctinfo)
{
	if (!sf_packet_is(skb, ct, IPPROTO_UDP))
		return NF_ACCEPT;

	sf_child_follow_masq(skb, ct);
	sf_stream_packet(skb, protoff, ct, ctinfo);
	if (nf_ct_is_confirmed(ct))
		sf_path_promote(skb, ct, ctinfo);

	return NF_ACCEPT;
}

/*
 * An expectation is withdrawn with its pinhole; until then it does not expire,
 * because conntrack leaves expired ones where they are.
 */
static const struct nf_conntrack_expect_policy sf_expect_sip[] = {
	[SF_EXPECT_MEDIA] = {
		.name = "media",
		.max_expected = NF_CT_EXPECT_MAX_CNT,
		.timeout = 7 * 24 * 3600,
	},
};

/* Media expects nothing. */
static const struct nf_conntrack_expect_policy sf_expect_none[] = {
	{ .name = "none", .max_expected = 1, .timeout = 1 },
};

/*
 * One of each for IPv4, then for IPv6. They are taken away from the last to
 * the first: media stays until no signalling helper is left whose expectations
 * could hand it out.
 */
enum {
	SF_HELPER_MEDIA = 0,
	SF_HELPER_SIP = 2,
	SF_HELPER_WATCH = 4,
	SF_HELPER_SIP_TCP = 6,
	SF_HELPER_WATCH_TCP = 8,
	SF_HELPERS = 10
};

static struct nf_conntrack_helper sf_helpers[SF_HELPERS] __read_mostly;

static void sf_helper_fill(int i, u8 proto, const char *name, u16 key,
			   const struct nf_conntrack_expect_policy *policy,
			   int (*help)(struct sk_buff *skb,
				       unsigned int protoff, struct nf_conn *ct,
				       enum ip_conntrack_info ctinfo))
{
	nf_ct_helper_init(&sf_helpers[i], NFPROTO_IPV4, proto, name, key,
			  key, 0, policy, 0, help, NULL, THIS_MODULE);
	nf_ct_helper_init(&sf_helpers[i + 1], NFPROTO_IPV6, proto, name,
			  key, key, 0, policy, 0, help, NULL, THIS_MODULE);
}

static struct nf_conntrack_helper *sf_helper_of(const struct nf_conn *ct, int i)
{
	return &sf_helpers[i + (nf_ct_l3num(ct) == NFPROTO_IPV6)];
}

struct nf_conntrack_helper *sf_helper_media(const struct nf_conn *ct)
{
	return sf_helper_of(ct, SF_HELPER_MEDIA);
}

struct nf_conntrack_helper *sf_helper_watch_tcp(const struct nf_conn *ct)
{
	return sf_helper_of(ct, SF_HELPER_WATCH_TCP);
}

struct nf_conntrack_helper *sf_helper_contact(const struct nf_conn *ct)
{
	const struct nf_conn_help *help = nfct_help(ct->master);
	const struct nf_conntrack_helper *master;

	master = help ? rcu_dereference(help->helper) : NULL;

	return sf_helper_of(ct, master == sf_helper_of(ct, SF_HELPER_WATCH) ?
				SF_HELPER_WATCH : SF_HELPER_SIP);
}

bool sf_helper_ours(const struct nf_conn *ct)
{
	const struct nf_conn_help *help = nfct_help(ct);
	const struct nf_conntrack_helper *helper;

	if (!help)
		return false;

	helper = rcu_dereference(help->helper);

	return helper >= sf_helpers && helper < sf_helpers + SF_HELPERS;
}

bool sf_helper_signals(const struct nf_conn *ct)
{
	return sf_helper_ours(ct) &&
	       rcu_dereference(nfct_help(ct)->helper) != sf_helper_media(ct);
}

static struct nf_ct_helper_expectfn sf_helper_expectfn = {
	.name = "sipfast",
	.expectfn = sf_child_expected,
};

int sf_helper_init(void)
{
	int err = sf_scratch_alloc();

	if (err)
		return err;

	sf_helper_fill(SF_HELPER_MEDIA, IPPROTO_UDP, "sipfast-media",
		       SF_HELPER_KEY_MEDIA, sf_expect_none, sf_help_media);
	sf_helpers[SF_HELPER_MEDIA].destroy = sf_path_connection_gone;
	sf_helpers[SF_HELPER_MEDIA + 1].destroy = sf_path_connection_gone;
	sf_helper_fill(SF_HELPER_SIP, IPPROTO_UDP, "sipfast",
		       SF_HELPER_KEY_SIP, sf_expect_sip, sf_help_sip);
	sf_helper_fill(SF_HELPER_WATCH, IPPROTO_UDP, "sipfast-watch",
		       SF_HELPER_KEY_WATCH, sf_expect_sip, sf_help_watch);
	sf_helper_fill(SF_HELPER_SIP_TCP, IPPROTO_TCP, "sipfast",
		       SF_HELPER_KEY_SIP, sf_expect_sip, sf_help_sip_tcp);
	sf_helper_fill(SF_HELPER_WATCH_TCP, IPPROTO_TCP, "sipfast-watch",
		       SF_HELPER_KEY_WATCH, sf_expect_sip, sf_help_watch_tcp);

	err = nf_conntrack_helpers_register(sf_helpers, SF_HELPERS);
	if (err)
		sf_scratch_free();
	else
		nf_ct_helper_expectfn_register(&sf_helper_expectfn);

	return err;
}

static int sf_helper_kill(struct nf_conn *ct, void *data)
{
	bool ours;

	rcu_read_lock();
	ours = sf_helper_ours(ct);
	rcu_read_unlock();

	return ours;
}

void sf_helper_exit(void)
{
	nf_ct_iterate_destroy(sf_helper_kill, NULL);
	nf_conntrack_helpers_unregister(sf_helpers, SF_HELPERS);
	nf_ct_helper_expectfn_unregister(&sf_helper_expectfn);
	synchronize_rcu();
	sf_scratch_free();
}
