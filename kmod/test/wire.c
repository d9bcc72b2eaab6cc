// SPDX-License-Identifier: GPL-2.0
/*
 * wire.c - a phone, a router and a provider in one network namespace
 */
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/netfilter.h>
#include <linux/nsproxy.h>
#include <linux/udp.h>
#include <net/ip6_checksum.h>
#include <net/netfilter/nf_conntrack_core.h>
#include <net/netfilter/nf_conntrack_helper.h>
#include <net/netfilter/nf_nat.h>
#include <net/udp.h>

#include "../call.h"
#include "../register.h"
#include "wire.h"

const char *const sf_shape_names[SF_SHAPES] = {
	[SF_SHAPE_LINEAR] = "linear",
	[SF_SHAPE_PAGED] = "paged",
	[SF_SHAPE_LISTED] = "fragment-list",
	[SF_SHAPE_PARTIAL] = "checksum-partial",
	[SF_SHAPE_NO_CHECKSUM] = "checksum-zero",
	[SF_SHAPE_CLONED] = "cloned",
	[SF_SHAPE_TIGHT] = "no-tailroom",
	[SF_SHAPE_OPTIONS] = "options",
};

#define SF_WIRE_HEADROOM 64
#define SF_WIRE_TAILROOM 512

/* Four bytes of options that mean nothing. */
#define SF_WIRE_OPTIONS 4

/* The hop-by-hop header of the same meaning. */
#define SF_WIRE_HOPOPTS 8

/* Suites run one after the other: the namespace and what it is set to. */
static struct net *sf_wire_net;
static struct sf_config sf_wire_config;
static struct sf_stats sf_wire_stats;

int sf_wire_suite_init(struct kunit_suite *suite)
{
	struct net *net = current->nsproxy->net_ns;
	int err;

	if (net_eq(net, &init_net)) {
		pr_err("load the module in a network namespace of its own\n");
		return -EBUSY;
	}

	err = nf_ct_netns_get(net, NFPROTO_INET);
	if (err)
		return err;

	sf_wire_net = get_net(net);
	sf_wire_config = sf_pernet(net)->config;

	return 0;
}

void sf_wire_suite_exit(struct kunit_suite *suite)
{
	if (!sf_wire_net)
		return;

	nf_ct_netns_put(sf_wire_net, NFPROTO_INET);
	put_net(sf_wire_net);
	sf_wire_net = NULL;
}

static u64 sf_wire_sum(struct sf_net *sn, enum sf_counter c)
{
	return sf_stats_sum(sn, c);
}

int sf_wire_init(struct kunit *test)
{
	struct sf_wire *wire = kunit_kzalloc(test, sizeof(*wire), GFP_KERNEL);
	int i;

	if (!wire || !sf_wire_net)
		return -ENOMEM;

	wire->test = test;
	wire->net = sf_wire_net;
	wire->sn = sf_pernet(wire->net);
	wire->helper = "sipfast";
	for (i = 0; i < SF_CNT_COUNT; i++)
		sf_wire_stats.count[i] = sf_wire_sum(wire->sn, i);
	sf_wire_ipv4(wire);
	test->priv = wire;

	return 0;
}

static int sf_wire_every(struct nf_conn *ct, void *data)
{
	return 1;
}

void sf_wire_forget(struct sf_wire *wire)
{
	struct nf_ct_iter_data every = { .net = wire->net };
	struct sf_net *sn = wire->sn;

	spin_lock_bh(&sn->lock);
	sf_call_flush(sn);
	sf_reg_flush(sn);
	spin_unlock_bh(&sn->lock);
	nf_ct_iterate_cleanup_net(sf_wire_every, &every);
}

void sf_wire_exit(struct kunit *test)
{
	struct sf_wire *wire = sf_wire(test);
	struct sf_net *sn;

	if (!wire)
		return;

	sn = wire->sn;
	sf_wire_forget(wire);
	sn->config = sf_wire_config;
	KUNIT_EXPECT_EQ(test, sn->ncalls, 0);
	KUNIT_EXPECT_EQ(test, sn->nstreams, 0);
	KUNIT_EXPECT_EQ(test, sn->nregs, 0);
	KUNIT_EXPECT_EQ(test, sn->npinholes, 0);
	KUNIT_EXPECT_EQ(test, sn->nports, 0);
}

u64 sf_wire_counted(struct sf_wire *wire, enum sf_counter c)
{
	return sf_wire_sum(wire->sn, c) - sf_wire_stats.count[c];
}

struct sf_end sf_end_ipv4(u32 addr, u16 port)
{
	return (struct sf_end){ .addr.ip = htonl(addr), .port = htons(port) };
}

void sf_wire_ipv4(struct sf_wire *wire)
{
	wire->l3num = NFPROTO_IPV4;
	wire->phone = sf_end_ipv4(0xc0a8010a, 5060);
	wire->face = sf_end_ipv4(0xcb007107, 40060);
	wire->peer = sf_end_ipv4(0xc6336414, 5060);
}

static struct sf_end sf_end_ipv6(u16 subnet, u16 host, u16 port)
{
	return (struct sf_end){
		.addr.ip6 = {
			htonl(0x20010db8), htonl(subnet << 16), 0, htonl(host),
		},
		.port = htons(port),
	};
}

void sf_wire_ipv6(struct sf_wire *wire)
{
	wire->l3num = NFPROTO_IPV6;
	wire->phone = sf_end_ipv6(1, 0x10, 5060);
	wire->face = sf_end_ipv6(0xf, 7, 40060);
	wire->peer = sf_end_ipv6(0xe, 0x20, 5060);
}

/* Bytes of headers between those of IP and UDP. */
static u32 sf_wire_extra(const struct sf_wire *wire)
{
	if (wire->shape != SF_SHAPE_OPTIONS)
		return 0;

	return wire->l3num == NFPROTO_IPV4 ? SF_WIRE_OPTIONS : SF_WIRE_HOPOPTS;
}

static void sf_wire_push_ipv4(struct sf_wire *wire, struct sk_buff *skb,
			      const struct sf_end *from,
			      const struct sf_end *to)
{
	u32 extra = sf_wire_extra(wire);
	struct iphdr *iph;

	/* no operation, four times */
	if (extra)
		memset(skb_push(skb, extra), 1, extra);

	iph = skb_push(skb, sizeof(*iph));
	*iph = (struct iphdr){
		.version = 4,
		.ihl = (sizeof(*iph) + extra) / 4,
		.tot_len = htons(skb->len),
		.ttl = 64,
		.protocol = IPPROTO_UDP,
		.saddr = from->addr.ip,
		.daddr = to->addr.ip,
	};
	ip_send_check(iph);
	skb->protocol = htons(ETH_P_IP);
}

static void sf_wire_push_ipv6(struct sf_wire *wire, struct sk_buff *skb,
			      const struct sf_end *from,
			      const struct sf_end *to)
{
	static const u8 hopopts[SF_WIRE_HOPOPTS] = { IPPROTO_UDP, 0, 1, 4 };
	u32 extra = sf_wire_extra(wire);
	struct ipv6hdr *ip6h;

	if (extra)
		memcpy(skb_push(skb, extra), hopopts, extra);

	ip6h = skb_push(skb, sizeof(*ip6h));
	*ip6h = (struct ipv6hdr){
		.version = 6,
		.payload_len = htons(skb->len - sizeof(*ip6h)),
		.nexthdr = extra ? NEXTHDR_HOP : IPPROTO_UDP,
		.hop_limit = 64,
		.saddr = from->addr.in6,
		.daddr = to->addr.in6,
	};
	skb->protocol = htons(ETH_P_IPV6);
}

/* The checksum of the pseudo header and of what @csum is the sum of. */
static __sum16 sf_wire_magic(const struct sf_wire *wire,
			     const struct sf_end *from, const struct sf_end *to,
			     u32 len, __wsum csum)
{
	if (wire->l3num == NFPROTO_IPV4)
		return csum_tcpudp_magic(from->addr.ip, to->addr.ip, len,
					 IPPROTO_UDP, csum);

	return csum_ipv6_magic(&from->addr.in6, &to->addr.in6, len,
			       IPPROTO_UDP, csum);
}

static void sf_wire_push_udp(struct sf_wire *wire, struct sk_buff *skb,
			     const struct sf_end *from, const struct sf_end *to)
{
	struct udphdr *udp = skb_push(skb, sizeof(*udp));
	u32 len = skb->len;

	skb_reset_transport_header(skb);
	*udp = (struct udphdr){
		.source = from->port,
		.dest = to->port,
		.len = htons(len),
	};

	if (wire->shape == SF_SHAPE_NO_CHECKSUM && wire->l3num == NFPROTO_IPV4)
		return;
	if (wire->shape == SF_SHAPE_PARTIAL) {
		udp->check = ~sf_wire_magic(wire, from, to, len, 0);
		skb->ip_summed = CHECKSUM_PARTIAL;
		skb->csum_start = skb_transport_header(skb) - skb->head;
		skb->csum_offset = offsetof(struct udphdr, check);
		return;
	}
	udp->check = sf_wire_magic(wire, from, to, len,
				   skb_checksum(skb, 0, len, 0)) ?:
		     CSUM_MANGLED_0;
}

/* The payload in pages, the first bytes of it too. */
static bool sf_wire_fill_paged(struct sk_buff *skb, const char *payload,
			       u32 len)
{
	u32 done, n;
	struct page *page;

	for (done = 0; done < len; done += n) {
		page = alloc_page(GFP_KERNEL);
		if (!page)
			return false;
		n = min_t(u32, len - done, done ? PAGE_SIZE : 100);
		memcpy(page_address(page), payload + done, n);
		skb_add_rx_frag(skb, skb_shinfo(skb)->nr_frags, page, 0, n,
				PAGE_SIZE);
	}

	return true;
}

/* The payload as reassembly leaves it: a head and a list of others. */
static bool sf_wire_fill_listed(struct sk_buff *skb, const char *payload,
				u32 len)
{
	struct sk_buff **next = &skb_shinfo(skb)->frag_list;
	u32 done = min_t(u32, len, 64), n;

	skb_put_data(skb, payload, done);
	for (; done < len; done += n) {
		n = min_t(u32, len - done, 333);
		*next = alloc_skb(n, GFP_KERNEL);
		if (!*next)
			return false;
		skb_put_data(*next, payload + done, n);
		skb->len += n;
		skb->data_len += n;
		skb->truesize += (*next)->truesize;
		next = &(*next)->next;
	}

	return true;
}

static bool sf_wire_fill(struct sf_wire *wire, struct sk_buff *skb,
			 const void *payload, u32 len)
{
	switch (wire->shape) {
	case SF_SHAPE_PAGED:
		return sf_wire_fill_paged(skb, payload, len);
	case SF_SHAPE_LISTED:
		return sf_wire_fill_listed(skb, payload, len);
	default:
		skb_put_data(skb, payload, len);
		return true;
	}
}

struct sk_buff *sf_wire_skb(struct sf_wire *wire, const struct sf_end *from,
			    const struct sf_end *to, const void *payload,
			    u32 len)
{
	u32 head = SF_WIRE_HEADROOM + sizeof(struct ipv6hdr) +
		   SF_WIRE_HOPOPTS + sizeof(struct udphdr);
	u32 tail = wire->shape == SF_SHAPE_TIGHT ? 0 : SF_WIRE_TAILROOM;
	struct sk_buff *skb = alloc_skb(head + len + tail, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(wire->test, skb);
	/* What alloc_skb() rounded up would be room; headers are aligned. */
	skb_reserve(skb, tail ? head : round_down(skb_tailroom(skb) - len, 4));
	if (!sf_wire_fill(wire, skb, payload, len)) {
		kfree_skb(skb);
		KUNIT_FAIL(wire->test, "no memory");
		kunit_try_catch_throw(&wire->test->try_catch);
	}

	sf_wire_push_udp(wire, skb, from, to);
	if (wire->l3num == NFPROTO_IPV4)
		sf_wire_push_ipv4(wire, skb, from, to);
	else
		sf_wire_push_ipv6(wire, skb, from, to);
	skb_reset_network_header(skb);
	skb->dev = wire->net->loopback_dev;

	return skb;
}

static int sf_wire_okfn(struct net *net, struct sock *sk, struct sk_buff *skb)
{
	return 0;
}

static int sf_wire_hook(struct sf_wire *wire, struct sk_buff *skb,
			unsigned int hook)
{
	struct net_device *dev = wire->net->loopback_dev;
	bool in = hook == NF_INET_PRE_ROUTING;

	return nf_hook(wire->l3num, hook, wire->net, NULL, skb,
		       in ? dev : NULL, in ? NULL : dev, sf_wire_okfn);
}

static void sf_wire_map(struct nf_conn *ct, const struct sf_end *to,
			enum nf_nat_manip_type manip)
{
	const struct nf_nat_range2 range = {
		.flags = NF_NAT_RANGE_MAP_IPS | NF_NAT_RANGE_PROTO_SPECIFIED,
		.min_addr = to->addr,
		.max_addr = to->addr,
		.min_proto.all = to->port,
		.max_proto.all = to->port,
	};

	nf_nat_setup_info(ct, &range, manip);
}

/* What an administrator's nat chains and "ct helper set" do. */
static void sf_wire_attach(struct sf_wire *wire, struct nf_conn *ct)
{
	struct sf_end src = sf_end_src(nf_ct_tuple(ct, IP_CT_DIR_ORIGINAL));
	struct sf_end dst = sf_end_dst(nf_ct_tuple(ct, IP_CT_DIR_ORIGINAL));
	struct nf_conntrack_helper *helper;
	struct nf_conn_help *help;

	if (!sf_end_equal(&wire->phone, &wire->face)) {
		if (sf_end_equal(&src, &wire->phone))
			sf_wire_map(ct, &wire->face, NF_NAT_MANIP_SRC);
		if (sf_end_equal(&dst, &wire->face))
			sf_wire_map(ct, &wire->phone, NF_NAT_MANIP_DST);
	}

	if (!wire->helper)
		return;

	rcu_read_lock();
	helper = __nf_conntrack_helper_find(wire->helper, wire->l3num,
					    IPPROTO_UDP);
	help = nf_ct_helper_ext_add(ct, GFP_ATOMIC);
	if (help && helper) {
		rcu_assign_pointer(help->helper, helper);
		__set_bit(IPS_HELPER_BIT, &ct->status);
	} else {
		KUNIT_FAIL(wire->test, "no helper %s", wire->helper);
	}
	rcu_read_unlock();
}

bool sf_wire_route(struct sf_wire *wire, struct sk_buff *skb)
{
	struct nf_conn *ct;
	bool passed;

	local_bh_disable();
	passed = sf_wire_hook(wire, skb, NF_INET_PRE_ROUTING) == 1;
	if (passed) {
		ct = sf_wire_ct(skb);
		if (ct && !nf_ct_is_confirmed(ct) && !ct->master)
			sf_wire_attach(wire, ct);
		passed = sf_wire_hook(wire, skb, NF_INET_POST_ROUTING) == 1;
	}
	local_bh_enable();

	return passed;
}

struct sk_buff *sf_wire_send(struct sf_wire *wire, const struct sf_end *from,
			     const struct sf_end *to, const void *payload,
			     u32 len)
{
	struct sk_buff *skb = sf_wire_skb(wire, from, to, payload, len);

	KUNIT_ASSERT_TRUE(wire->test, sf_wire_route(wire, skb));

	return skb;
}

struct sk_buff *sf_wire_out(struct sf_wire *wire, const char *text)
{
	return sf_wire_send(wire, &wire->phone, &wire->peer, text,
			    strlen(text));
}

struct sk_buff *sf_wire_in(struct sf_wire *wire, const char *text)
{
	return sf_wire_send(wire, &wire->peer, &wire->face, text, strlen(text));
}

void sf_wire_free(struct sk_buff *skb)
{
	kfree_skb(skb);
}

static void sf_wire_check_sum(struct sf_wire *wire, struct sk_buff *skb,
			      u32 start)
{
	struct udphdr *udp;
	struct sf_end from = { .zero = 0 }, to = { .zero = 0 };
	u32 len = skb->len - start;

	if (wire->l3num == NFPROTO_IPV4) {
		from.addr.ip = ip_hdr(skb)->saddr;
		to.addr.ip = ip_hdr(skb)->daddr;
	} else {
		from.addr.in6 = ipv6_hdr(skb)->saddr;
		to.addr.in6 = ipv6_hdr(skb)->daddr;
	}

	/* What a device would do. */
	if (skb->ip_summed == CHECKSUM_PARTIAL)
		KUNIT_ASSERT_EQ(wire->test, skb_checksum_help(skb), 0);

	udp = (struct udphdr *)(skb->data + start);
	if (wire->shape == SF_SHAPE_NO_CHECKSUM && wire->l3num == NFPROTO_IPV4) {
		KUNIT_EXPECT_FALSE(wire->test, udp->check);
		return;
	}
	KUNIT_EXPECT_TRUE(wire->test, udp->check);
	KUNIT_EXPECT_FALSE(wire->test,
			   sf_wire_magic(wire, &from, &to, len,
					 skb_checksum(skb, start, len, 0)));
}

const char *sf_wire_payload(struct sf_wire *wire, struct sk_buff *skb, u32 *len)
{
	u32 start, total;

	KUNIT_ASSERT_EQ(wire->test, skb_linearize(skb), 0);
	if (wire->l3num == NFPROTO_IPV4) {
		start = ip_hdrlen(skb);
		total = ntohs(ip_hdr(skb)->tot_len);
		KUNIT_EXPECT_FALSE(wire->test,
				   ip_fast_csum(ip_hdr(skb), ip_hdr(skb)->ihl));
	} else {
		start = sizeof(struct ipv6hdr) + sf_wire_extra(wire);
		total = ntohs(ipv6_hdr(skb)->payload_len) +
			sizeof(struct ipv6hdr);
	}
	KUNIT_EXPECT_EQ(wire->test, skb->len, total);
	KUNIT_EXPECT_EQ(wire->test,
			(u32)ntohs(((struct udphdr *)(skb->data + start))->len),
			skb->len - start);
	sf_wire_check_sum(wire, skb, start);
	*len = skb->len - start - sizeof(struct udphdr);

	return skb->data + start + sizeof(struct udphdr);
}
