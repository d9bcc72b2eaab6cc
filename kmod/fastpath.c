// SPDX-License-Identifier: GPL-2.0
/*
 * fastpath.c - forward media where it comes in
 *
 * The packets of a path (path.h) have passed every hook and every rule before, so
 * that the next ones need not. What is not plain enough for here goes on into the
 * stack, which forwards it as before; why is counted, and noted in its direction.
 *
 * Half of what forwarding costs are calls and what they keep in memory. So there
 * is one function for each version of IP, into which all that is asked of most
 * packets is inlined with what is constant for that version.
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

#include "ahead.h"
#include "clock.h"
#include "fastpath.h"
#include "ingress.h"
#include "meter.h"
#include "path.h"
#include "pernet.h"
#include "route.h"

DEFINE_PER_CPU(struct sf_clock, sf_clock);
DEFINE_PER_CPU(struct sf_ahead, sf_ahead);
atomic_long_t sf_ahead_gone;

#define SF_FAST_OK SF_CNT_COUNT

/* Bytes 4 to 7 of STUN, where the first byte does not tell it (RFC 8489, 5). */
#define SF_STUN_COOKIE 0x2112a442

/**
 * struct sf_fast - a packet that has a path
 * @sn: the namespace
 * @skb: the packet, with all the bytes of its headers
 * @path: its path
 * @ip6: it is one of IPv6
 * @thoff: where UDP begins
 * @len: length of the packet by IP's account
 * @kind: what it carries
 */
struct sf_fast {
	struct sf_net *sn;
	struct sk_buff *skb;
	struct sf_path *path;
	bool ip6;
	u32 thoff;
	u32 len;
	enum sf_rtp_kind kind;
};

static __always_inline struct udphdr *sf_fast_udp(const struct sf_fast *f)
{
	return (struct udphdr *)(skb_network_header(f->skb) + f->thoff);
}

static __always_inline u32 sf_fast_head(const struct sf_fast *f)
{
	return f->thoff + sizeof(struct udphdr);
}

static __always_inline const u8 *sf_fast_data(const struct sf_fast *f)
{
	return skb_network_header(f->skb) + sf_fast_head(f);
}

/* Lengths that agree, and a packet that fits where it goes. */
static __always_inline enum sf_counter sf_fast_length(const struct sf_fast *f)
{
	if (unlikely(skb_is_gso(f->skb)))
		return SF_CNT_FAST_GSO;
	if (unlikely(f->len < sf_fast_head(f) || f->len > f->skb->len ||
		     ntohs(sf_fast_udp(f)->len) != f->len - f->thoff))
		return SF_CNT_FAST_LENGTH;
	if (unlikely(f->len > f->path->mtu))
		return SF_CNT_FAST_MTU;

	return SF_FAST_OK;
}

/* What conntrack asks in prerouting, unless it was told not to. */
static noinline bool sf_fast_sum(struct sk_buff *skb, const struct sf_net *sn,
				 u32 thoff, u8 l3num)
{
	return !sn->net->ct.sysctl_checksum ||
	       !nf_checksum(skb, NF_INET_PRE_ROUTING, thoff, IPPROTO_UDP,
			    l3num);
}

/*
 * A UDP checksum of 0 is none. IPv6 allows that to tunnels (RFC 6935), but not to
 * media.
 */
static __always_inline bool sf_fast_checksum(const struct sf_fast *f)
{
	if (unlikely(!sf_fast_udp(f)->check))
		return !f->ip6;
	if (unlikely(!f->ip6 && ip_fast_csum(ip_hdr(f->skb), 5)))
		return false;

	return likely(skb_csum_unnecessary(f->skb)) ||
	       sf_fast_sum(f->skb, f->sn, f->thoff, f->path->l3num);
}

/* Other packets than RTP on its port; sets @kind to what they are. */
static noinline bool sf_fast_other(struct sk_buff *skb, u8 kind, u32 off,
				   u32 len, enum sf_rtp_kind *is)
{
	const u8 *data = skb_network_header(skb) + off;

	*is = SF_RTP_OTHER;
	if (kind == SIPFAST_STREAM_UDP)
		return len - off < 20 ||
		       get_unaligned_be32(data + 4) != SF_STUN_COOKIE;

	*is = sf_rtp_kind(data, len - off);

	/* Reports are read, and so must be there as a whole. */
	return *is == SF_RTP_RTCP && pskb_may_pull(skb, len);
}

/* Does a packet carry what its path is for? */
static __always_inline bool sf_fast_carries(struct sf_fast *f)
{
	u32 off = sf_fast_head(f);
	enum sf_rtp_kind kind;

	if (unlikely(!pskb_may_pull(f->skb, min_t(u32, f->len,
						  off + SF_RTP_HEAD_MAX))))
		return false;

	f->kind = SF_RTP_RTP;
	if (likely(f->path->kind == SIPFAST_STREAM_RTP &&
		   sf_rtp_is(sf_fast_data(f), f->len - off)))
		return true;

	if (!sf_fast_other(f->skb, f->path->kind, off, f->len, &kind))
		return false;
	f->kind = kind;

	return true;
}

/* Nobody else reads what is to be written, and the link has its room. */
static noinline bool sf_fast_cow(struct sk_buff *skb, u32 head, u32 room)
{
	return !skb_ensure_writable(skb, head) && !skb_cow_head(skb, room);
}

static __always_inline bool sf_fast_writable(const struct sf_fast *f)
{
	/* What a link pads is not the packet's. */
	if (unlikely(f->skb->len > f->len) && pskb_trim_rcsum(f->skb, f->len))
		return false;

	return likely(!skb_cloned(f->skb) &&
		      skb_headroom(f->skb) >= f->path->headroom) ||
	       sf_fast_cow(f->skb, sf_fast_head(f), f->path->headroom);
}

static __always_inline u8 sf_fast_ttl(const struct sf_fast *f)
{
	return f->ip6 ? ipv6_hdr(f->skb)->hop_limit : ip_hdr(f->skb)->ttl;
}

static __always_inline enum sf_counter sf_fast_check(struct sf_fast *f)
{
	enum sf_counter why = sf_fast_length(f);

	if (unlikely(!sf_route_holds(f->path, f->sn->net, f->ip6)))
		return SF_CNT_FAST_STALE;
	if (unlikely(why != SF_FAST_OK))
		return why;
	if (unlikely(sf_fast_ttl(f) <= 1))
		return SF_CNT_FAST_TTL;
	if (unlikely(!sf_fast_carries(f)))
		return SF_CNT_FAST_NOT_MEDIA;
	if (unlikely(!sf_fast_writable(f)))
		return SF_CNT_FAST_NO_MEMORY;
	if (unlikely(!sf_fast_checksum(f)))
		return SF_CNT_FAST_CHECKSUM;

	return SF_FAST_OK;
}

/* The stack has it. A path that is no longer true is no path. */
static noinline unsigned int sf_fast_decline(struct sf_net *sn,
					     struct sf_path *path,
					     enum sf_counter why)
{
	sf_count(sn, why);
	sf_meter_decline(path->meter, path->of[0].rtcp, 1 + why);
	if (why == SF_CNT_FAST_STALE)
		sf_path_demote(path);

	return NF_ACCEPT;
}

static __always_inline struct sf_datagram
sf_fast_datagram(const struct sk_buff *skb, u32 off, u32 len)
{
	return (struct sf_datagram){
		.data = skb_network_header(skb) + off,
		.have = min(len, skb_headlen(skb)) - off,
		.len = len - off,
		.bytes = len,
		.now = sf_clock_softirq(),
	};
}

static noinline void sf_fast_look(struct sf_path *path, enum sf_rtp_kind kind,
				  const struct sk_buff *skb, u32 off, u32 len)
{
	const struct sf_datagram d = sf_fast_datagram(skb, off, len);
	const struct sf_path_of *of;

	for (of = path->of; of < path->of + SF_CHILD_STREAMS; of++)
		if (of->stream)
			sf_meter_count_fast(of->meters, of->side, kind,
					    of->rtcp, &d);
}

static noinline void sf_fast_tally(struct sf_path *path, u32 len)
{
	spin_lock(&path->meter->lock);
	path->tally.packets++;
	path->tally.bytes += len;
	spin_unlock(&path->meter->lock);
}

static __always_inline void sf_fast_count(const struct sf_fast *f)
{
	struct sf_path *path = f->path;

	if (likely(f->kind == SF_RTP_RTP && path->single)) {
		const struct sf_datagram d =
			sf_fast_datagram(f->skb, sf_fast_head(f), f->len);

		if (likely(sf_meter_next(path->meter, &d, &path->tally)))
			return;
	} else {
		sf_fast_tally(path, f->len);
	}
	sf_fast_look(path, f->kind, f->skb, sf_fast_head(f), f->len);
}

/* A checksum over data to which @diff was added. */
static __always_inline void sf_fast_fix(__sum16 *sum, __wsum diff)
{
	*sum = csum_fold(csum_add(~csum_unfold(*sum), diff));
}

static __always_inline void sf_fast_udp_rewrite(const struct sf_fast *f)
{
	const struct sf_path *path = f->path;
	struct udphdr *udp = sf_fast_udp(f);

	udp->source = path->out_ports.sport;
	udp->dest = path->out_ports.dport;

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

static __always_inline void sf_fast_ip4_rewrite(const struct sf_fast *f)
{
	const struct sf_path *path = f->path;
	struct iphdr *ip = ip_hdr(f->skb);

	ip->saddr = path->out4.saddr;
	ip->daddr = path->out4.daddr;
	sf_fast_fix(&ip->check, path->addr_sum);
	ip_decrease_ttl(ip);
	if (unlikely((ip->tos ^ path->tos) & ~INET_ECN_MASK))
		ipv4_change_dsfield(ip, INET_ECN_MASK, path->tos);
}

static __always_inline void sf_fast_ip6_rewrite(const struct sf_fast *f)
{
	const struct sf_path *path = f->path;
	struct ipv6hdr *ip = ipv6_hdr(f->skb);

	ip->saddr = path->out6.saddr;
	ip->daddr = path->out6.daddr;
	ip->hop_limit--;
	if (unlikely((ipv6_get_dsfield(ip) ^ path->tos) & ~INET_ECN_MASK))
		ipv6_change_dsfield(ip, INET_ECN_MASK, path->tos);
}

static noinline unsigned int sf_fast_transmit(const struct sf_path *path,
					      struct sk_buff *skb, u32 thoff)
{
	/* A sum over the whole packet is not true any more, nor of use. */
	skb_forward_csum(skb);
	skb_clear_tstamp(skb);
	skb->mark = path->mark;
	skb->priority = path->priority;
	skb->dev = path->dst->dev;
	skb_set_transport_header(skb, thoff);
	skb_dst_drop(skb);
	skb_dst_set_noref(skb, path->dst);
	neigh_output(path->neigh, skb, path->skip_hh);

	return NF_STOLEN;
}

static __always_inline unsigned int sf_fast_forward(struct sf_fast *f)
{
	enum sf_counter why = sf_fast_check(f);

	if (unlikely(why != SF_FAST_OK))
		return sf_fast_decline(f->sn, f->path, why);

	sf_fast_count(f);
	sf_fast_udp_rewrite(f);
	if (f->ip6)
		sf_fast_ip6_rewrite(f);
	else
		sf_fast_ip4_rewrite(f);

	return sf_fast_transmit(f->path, f->skb, f->thoff);
}

static unsigned int sf_fastpath_ip4(struct sf_ingress *in, struct sk_buff *skb)
{
	struct sf_fast f = { .sn = in->sn, .skb = skb,
			     .thoff = sizeof(struct iphdr) };
	const struct sf_paths *paths = &in->sn->paths;
	unsigned long age = sf_ahead_age();
	const struct sf_path_ip4 *addr;
	const struct iphdr *ip;
	u32 ports, bucket;

	if (!pskb_may_pull(skb, sizeof(*ip) + sizeof(struct udphdr)))
		return NF_ACCEPT;

	ip = ip_hdr(skb);
	if (ip->protocol != IPPROTO_UDP || ip->version != 4 || ip->ihl != 5 ||
	    ip_is_fragment(ip))
		return NF_ACCEPT;

	addr = (const struct sf_path_ip4 *)&ip->saddr;
	ports = *(u32 *)(ip + 1);
	bucket = sf_path_hash4(paths, addr, ports);
	f.path = sf_path_find4(paths, bucket, addr, ports, in->ifindex);
	if (!f.path)
		return NF_ACCEPT;
	prefetchw(f.path->meter);
	sf_ahead_fetch(paths, f.path, bucket, age);
	f.len = ntohs(ip->tot_len);

	return sf_fast_forward(&f);
}

static unsigned int sf_fastpath_ip6(struct sf_ingress *in, struct sk_buff *skb)
{
	struct sf_fast f = { .sn = in->sn, .skb = skb, .ip6 = true,
			     .thoff = sizeof(struct ipv6hdr) };
	const struct sf_paths *paths = &in->sn->paths;
	unsigned long age = sf_ahead_age();
	const struct sf_path_ip6 *addr;
	const struct ipv6hdr *ip;
	u32 ports, bucket;

	if (!pskb_may_pull(skb, sizeof(*ip) + sizeof(struct udphdr)))
		return NF_ACCEPT;

	ip = ipv6_hdr(skb);
	if (ip->nexthdr != IPPROTO_UDP || ip->version != 6)
		return NF_ACCEPT;

	addr = (const struct sf_path_ip6 *)&ip->saddr;
	ports = *(u32 *)(ip + 1);
	bucket = sf_path_hash6(paths, addr, ports);
	f.path = sf_path_find6(paths, bucket, addr, ports, in->ifindex);
	if (!f.path)
		return NF_ACCEPT;
	prefetchw(f.path->meter);
	sf_ahead_fetch(paths, f.path, bucket, age);
	f.len = sizeof(*ip) + ntohs(ip->payload_len);

	return sf_fast_forward(&f);
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
