// SPDX-License-Identifier: GPL-2.0
/*
 * fastpath.c - forward media where it comes in
 *
 * The packets of a path (path.h) have passed every hook and every rule before, so
 * that the next ones need not. What is not plain enough for here goes on into the
 * stack, which forwards it as before; why is counted, and noted in its direction.
 */
#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/ktime.h>
#include <linux/netdevice.h>
#include <linux/prefetch.h>
#include <linux/udp.h>
#include <net/checksum.h>
#include <net/dsfield.h>
#include <net/ip.h>
#include <net/netfilter/nf_conntrack.h>
#include <uapi/linux/sipfast.h>

#include "fastpath.h"
#include "ingress.h"
#include "meter.h"
#include "path.h"
#include "pernet.h"
#include "route.h"

#define SF_FAST_OK SF_CNT_COUNT

/* Bytes 4 to 7 of STUN, where the first byte does not tell it (RFC 8489, 5). */
#define SF_STUN_COOKIE 0x2112a442

/**
 * struct sf_fast - a packet that has a path
 * @sn: the namespace
 * @skb: the packet, with all the bytes of its headers
 * @path: its path
 * @thoff: where UDP begins
 * @len: length of the packet by IP's account
 * @kind: what it carries
 */
struct sf_fast {
	struct sf_net *sn;
	struct sk_buff *skb;
	struct sf_path *path;
	u32 thoff;
	u32 len;
	enum sf_rtp_kind kind;
};

static struct udphdr *sf_fast_udp(const struct sf_fast *f)
{
	return (struct udphdr *)(skb_network_header(f->skb) + f->thoff);
}

static const u8 *sf_fast_data(const struct sf_fast *f)
{
	return skb_network_header(f->skb) + f->thoff + sizeof(struct udphdr);
}

static u32 sf_fast_data_len(const struct sf_fast *f)
{
	return f->len - f->thoff - sizeof(struct udphdr);
}

/* May a path that was found be used? If not, it is none any more. */
static enum sf_counter sf_fast_valid(const struct sf_fast *f)
{
	struct sf_path *path = f->path;

	if (unlikely(test_bit(IPS_DYING_BIT, &path->ct->status)))
		return SF_CNT_FAST_CONNECTION;
	if (unlikely(!sf_route_holds(path, f->sn->net)))
		return SF_CNT_FAST_STALE;
	if (unlikely(time_after_eq(jiffies,
				   READ_ONCE(path->refreshed) + HZ)) &&
	    !sf_path_refresh(path))
		return SF_CNT_FAST_OPTED_OUT;

	return SF_FAST_OK;
}

/* What conntrack asks in prerouting, unless it was told not to. */
static bool sf_fast_checksum(const struct sf_fast *f)
{
	struct sk_buff *skb = f->skb;

	if (likely(skb_csum_unnecessary(skb)) || !sf_fast_udp(f)->check ||
	    !f->sn->net->ct.sysctl_checksum)
		return true;

	return !nf_checksum(skb, NF_INET_PRE_ROUTING, f->thoff, IPPROTO_UDP,
			    f->path->l3num);
}

/* Lengths that agree, and a packet that fits where it goes. */
static enum sf_counter sf_fast_length(const struct sf_fast *f)
{
	if (unlikely(skb_is_gso(f->skb)))
		return SF_CNT_FAST_GSO;
	if (unlikely(f->len < f->thoff + sizeof(struct udphdr) ||
		     f->len > f->skb->len ||
		     ntohs(sf_fast_udp(f)->len) != f->len - f->thoff))
		return SF_CNT_FAST_LENGTH;
	if (unlikely(f->len > f->path->mtu))
		return SF_CNT_FAST_MTU;

	return SF_FAST_OK;
}

static bool sf_fast_stun(const struct sf_fast *f)
{
	return sf_fast_data_len(f) >= 20 &&
	       get_unaligned_be32(sf_fast_data(f) + 4) == SF_STUN_COOKIE;
}

/* Does a packet carry what its path is for? Reads @kind. */
static bool sf_fast_carries(struct sf_fast *f)
{
	u32 len = sf_fast_data_len(f);
	u32 look = min_t(u32, len, SF_RTP_HEAD_MAX);

	if (!pskb_may_pull(f->skb, f->thoff + sizeof(struct udphdr) + look))
		return false;

	if (f->path->kind == SIPFAST_STREAM_UDP)
		return !sf_fast_stun(f);

	f->kind = sf_rtp_is(sf_fast_data(f), len) ?
			SF_RTP_RTP : sf_rtp_kind(sf_fast_data(f), len);
	/* Reports are read, and so must be there as a whole. */
	if (f->kind == SF_RTP_RTCP)
		return pskb_may_pull(f->skb, f->len);

	return f->kind == SF_RTP_RTP && f->path->kind == SIPFAST_STREAM_RTP;
}

/* Everything but the head of IP, which the callers have looked at. */
static enum sf_counter sf_fast_check(struct sf_fast *f)
{
	enum sf_counter why = sf_fast_length(f);

	if (unlikely(why != SF_FAST_OK))
		return why;
	if (unlikely(!sf_fast_carries(f)))
		return SF_CNT_FAST_NOT_MEDIA;
	/* What a link pads is not the packet's. */
	if (unlikely(f->skb->len > f->len) &&
	    pskb_trim_rcsum(f->skb, f->len))
		return SF_CNT_FAST_NO_MEMORY;
	if (unlikely(!sf_fast_checksum(f)))
		return SF_CNT_FAST_CHECKSUM;
	if (unlikely(skb_ensure_writable(f->skb, f->thoff +
					 sizeof(struct udphdr)) ||
		     skb_cow_head(f->skb, f->path->headroom)))
		return SF_CNT_FAST_NO_MEMORY;

	return SF_FAST_OK;
}

/* The stack has it. A path that is no longer true is no path. */
static unsigned int sf_fast_decline(const struct sf_fast *f,
				    enum sf_counter why)
{
	sf_count(f->sn, why);
	sf_meter_decline(sf_path_meter(f->path), 1 + why);
	if (why == SF_CNT_FAST_CONNECTION || why == SF_CNT_FAST_STALE ||
	    why == SF_CNT_FAST_OPTED_OUT)
		sf_path_demote(f->path);

	return NF_ACCEPT;
}

/* A checksum over data to which @diff was added; @sum is not inverted. */
static void sf_fast_fix(__sum16 *sum, __wsum diff)
{
	*sum = csum_fold(csum_add(~csum_unfold(*sum), diff));
}

static void sf_fast_fix_udp(const struct sf_fast *f)
{
	const struct sf_path *path = f->path;
	struct udphdr *udp = sf_fast_udp(f);

	udp->source = path->out.sport;
	udp->dest = path->out.dport;

	/* A card adds the rest: what is there is the sum of the addresses. */
	if (f->skb->ip_summed == CHECKSUM_PARTIAL) {
		udp->check = ~csum_fold(csum_add(csum_unfold(udp->check),
						 path->addr_sum));
		return;
	}
	if (!udp->check)
		return;

	sf_fast_fix(&udp->check, csum_add(path->addr_sum, path->port_sum));
	if (!udp->check)
		udp->check = CSUM_MANGLED_0;
}

static void sf_fast_count(const struct sf_fast *f)
{
	struct sf_datagram d = {
		.data = sf_fast_data(f),
		.len = sf_fast_data_len(f),
		.bytes = f->len,
		.now = ktime_get_boottime_ns(),
		.fast = true,
		.tally = &f->path->tally,
	};
	const struct sf_path_of *of;

	d.have = min_t(u32, d.len, skb_headlen(f->skb) - f->thoff -
				   sizeof(struct udphdr));
	for (of = f->path->of; of < f->path->of + SF_CHILD_STREAMS; of++) {
		if (!of->stream)
			break;
		if (unlikely(of->rtcp))
			sf_meter_count_rtcp(of->meters, of->side, f->kind, &d);
		else
			sf_meter_count(of->meters, of->side, f->kind, &d);
		d.tally = NULL;
	}
}

static unsigned int sf_fast_transmit(const struct sf_fast *f)
{
	struct sf_path *path = f->path;
	struct sk_buff *skb = f->skb;

	/* A sum over the whole packet is not true any more, nor of use. */
	skb_forward_csum(skb);
	skb_clear_tstamp(skb);
	skb->mark = path->mark;
	skb->priority = path->priority;
	skb->dev = path->dst->dev;
	skb_set_transport_header(skb, f->thoff);
	skb_dst_drop(skb);
	skb_dst_set_noref(skb, path->dst);
	neigh_output(path->neigh, skb, path->skip_hh);

	return NF_STOLEN;
}

static void sf_fast_ip4_rewrite(const struct sf_fast *f)
{
	const struct sf_path *path = f->path;
	struct iphdr *ip = ip_hdr(f->skb);

	ip->saddr = path->out.ip4.saddr;
	ip->daddr = path->out.ip4.daddr;
	sf_fast_fix(&ip->check, path->addr_sum);
	ip_decrease_ttl(ip);
	if (unlikely((ip->tos ^ path->tos) & ~INET_ECN_MASK))
		ipv4_change_dsfield(ip, INET_ECN_MASK, path->tos);
}

static unsigned int sf_fast_ip4(struct sf_fast *f)
{
	const struct iphdr *ip = ip_hdr(f->skb);
	enum sf_counter why = sf_fast_valid(f);

	f->len = ntohs(ip->tot_len);
	if (why == SF_FAST_OK)
		why = sf_fast_check(f);
	ip = ip_hdr(f->skb);
	if (why == SF_FAST_OK && unlikely(ip->ttl <= 1))
		why = SF_CNT_FAST_TTL;
	if (why == SF_FAST_OK && unlikely(ip_fast_csum(ip, 5)))
		why = SF_CNT_FAST_CHECKSUM;
	if (unlikely(why != SF_FAST_OK))
		return sf_fast_decline(f, why);

	sf_fast_count(f);
	sf_fast_fix_udp(f);
	sf_fast_ip4_rewrite(f);

	return sf_fast_transmit(f);
}

static unsigned int sf_fastpath_ip4(struct sf_ingress *in, struct sk_buff *skb)
{
	struct sf_fast f = { .sn = in->sn, .skb = skb, .thoff = 20 };
	const struct iphdr *ip;

	if (!pskb_may_pull(skb, sizeof(*ip) + sizeof(struct udphdr)))
		return NF_ACCEPT;

	ip = ip_hdr(skb);
	if (ip->protocol != IPPROTO_UDP || ip->version != 4 || ip->ihl != 5 ||
	    ip_is_fragment(ip))
		return NF_ACCEPT;

	f.path = sf_path_find4(&in->sn->paths, ip->saddr, ip->daddr,
			       *(u32 *)(ip + 1), in->ifindex);

	return f.path ? sf_fast_ip4(&f) : NF_ACCEPT;
}

static void sf_fast_ip6_rewrite(const struct sf_fast *f)
{
	const struct sf_path *path = f->path;
	struct ipv6hdr *ip = ipv6_hdr(f->skb);

	ip->saddr = path->out.ip6.saddr;
	ip->daddr = path->out.ip6.daddr;
	ip->hop_limit--;
	if (unlikely((ipv6_get_dsfield(ip) ^ path->tos) & ~INET_ECN_MASK))
		ipv6_change_dsfield(ip, INET_ECN_MASK, path->tos);
}

static unsigned int sf_fast_ip6(struct sf_fast *f)
{
	enum sf_counter why = sf_fast_valid(f);

	f->len = ntohs(ipv6_hdr(f->skb)->payload_len) + sizeof(struct ipv6hdr);
	if (why == SF_FAST_OK)
		why = sf_fast_check(f);
	if (why == SF_FAST_OK && unlikely(ipv6_hdr(f->skb)->hop_limit <= 1))
		why = SF_CNT_FAST_TTL;
	/* Without a checksum it may be a tunnel's (RFC 6935), but no media. */
	if (why == SF_FAST_OK && unlikely(!sf_fast_udp(f)->check))
		why = SF_CNT_FAST_CHECKSUM;
	if (unlikely(why != SF_FAST_OK))
		return sf_fast_decline(f, why);

	sf_fast_count(f);
	sf_fast_fix_udp(f);
	sf_fast_ip6_rewrite(f);

	return sf_fast_transmit(f);
}

static unsigned int sf_fastpath_ip6(struct sf_ingress *in, struct sk_buff *skb)
{
	struct sf_fast f = { .sn = in->sn, .skb = skb,
			     .thoff = sizeof(struct ipv6hdr) };
	const struct ipv6hdr *ip;

	if (!pskb_may_pull(skb, sizeof(*ip) + sizeof(struct udphdr)))
		return NF_ACCEPT;

	ip = ipv6_hdr(skb);
	if (ip->nexthdr != IPPROTO_UDP || ip->version != 6)
		return NF_ACCEPT;

	f.path = sf_path_find6(&in->sn->paths, &ip->saddr, &ip->daddr,
			       *(u32 *)(ip + 1), in->ifindex);

	return f.path ? sf_fast_ip6(&f) : NF_ACCEPT;
}

unsigned int sf_fastpath_hook(void *priv, struct sk_buff *skb,
			      const struct nf_hook_state *state)
{
	struct sf_ingress *in = priv;

	/* What is for others, or for a VLAN on the device, or was IPsec. */
	if (skb->pkt_type != PACKET_HOST || skb_vlan_tag_present(skb) ||
	    skb_sec_path(skb))
		return NF_ACCEPT;

	if (skb->protocol == htons(ETH_P_IP))
		return sf_fastpath_ip4(in, skb);
	if (skb->protocol == htons(ETH_P_IPV6))
		return sf_fastpath_ip6(in, skb);

	return NF_ACCEPT;
}
