/* SPDX-License-Identifier: GPL-2.0 */
/*
 * wire.h - a phone, a router and a provider in one network namespace
 *
 * Packets are built by hand and taken through the hooks of prerouting and
 * postrouting, so that conntrack and the module see them as they would on a
 * router, and nothing needs routes, devices or time. The administrator's part
 * (translation of new connections, "ct helper set") is played here.
 *
 *	phone ── face ── peer
 *
 * The namespace is that of who loads the module: KUnit begins a suite in the
 * context of the loader. It has to be one of its own, because everything in it
 * is forgotten after each test.
 */
#ifndef _SF_TEST_WIRE_H
#define _SF_TEST_WIRE_H

#include <kunit/test.h>
#include <linux/skbuff.h>
#include <net/netfilter/nf_conntrack.h>

#include "../end.h"
#include "../pernet.h"

/* How a packet lies in memory. */
enum sf_shape {
	SF_SHAPE_LINEAR,
	SF_SHAPE_PAGED,	/* the payload in fragments */
	SF_SHAPE_LISTED,	/* the payload in a list of buffers, as reassembled */
	SF_SHAPE_PARTIAL,	/* checksum left to the device */
	SF_SHAPE_NO_CHECKSUM,	/* UDP over IPv4 without one */
	SF_SHAPE_CLONED,	/* somebody else holds the same bytes */
	SF_SHAPE_TIGHT,	/* no room behind the payload */
	SF_SHAPE_OPTIONS,	/* IPv4 with options; IPv6 with an extension header */
	SF_SHAPES
};

extern const char *const sf_shape_names[SF_SHAPES];

/**
 * struct sf_wire - the scene of a test
 * @test: the test
 * @net: the namespace
 * @sn: the module's state in it
 * @l3num: NFPROTO_IPV4 or NFPROTO_IPV6
 * @phone: the phone as it knows itself
 * @face: the phone as the provider sees it; equal to @phone: not translated
 * @peer: the provider
 * @helper: what "ct helper set" would name; NULL for none
 * @shape: how packets lie in memory
 */
struct sf_wire {
	struct kunit *test;
	struct net *net;
	struct sf_net *sn;
	u8 l3num;
	struct sf_end phone;
	struct sf_end face;
	struct sf_end peer;
	const char *helper;
	enum sf_shape shape;
};

/* Set as suite_init and suite_exit of a suite that uses a wire. */
int sf_wire_suite_init(struct kunit_suite *suite);
void sf_wire_suite_exit(struct kunit_suite *suite);

/* Set as init and exit: a wire in test->priv, and nothing left behind. */
int sf_wire_init(struct kunit *test);
void sf_wire_exit(struct kunit *test);

static inline struct sf_wire *sf_wire(struct kunit *test)
{
	return test->priv;
}

/* 192.168.1.10:5060 behind 203.0.113.7:40060, to 198.51.100.20:5060 */
void sf_wire_ipv4(struct sf_wire *wire);

/* The same documentation-wise in IPv6. */
void sf_wire_ipv6(struct sf_wire *wire);

/* An end with an IPv4 address in host byte order. */
struct sf_end sf_end_ipv4(u32 addr, u16 port);

/**
 * sf_wire_skb() - build a UDP packet of the wire's family and shape
 * Return: the packet; the test ends if there is no memory.
 */
struct sk_buff *sf_wire_skb(struct sf_wire *wire, const struct sf_end *from,
			    const struct sf_end *to, const void *payload,
			    u32 len);

/**
 * sf_wire_send() - take a packet from one end to another through the router
 *
 * A new connection from the phone leaves under its face, one to the face goes
 * to the phone, and both get the helper.
 *
 * Return: the packet as it leaves, with its conntrack; sf_wire_free() it.
 */
struct sk_buff *sf_wire_send(struct sf_wire *wire, const struct sf_end *from,
			     const struct sf_end *to, const void *payload,
			     u32 len);

/**
 * sf_wire_route() - take a packet of sf_wire_skb() through the router
 * Return: false when it was dropped, and with it freed.
 */
bool sf_wire_route(struct sf_wire *wire, struct sk_buff *skb);

/* Forget every call, registration and connection of the namespace. */
void sf_wire_forget(struct sf_wire *wire);

/* Text from the phone to the provider, and the other way. */
struct sk_buff *sf_wire_out(struct sf_wire *wire, const char *text);
struct sk_buff *sf_wire_in(struct sf_wire *wire, const char *text);

/* Free a packet that was sent. */
void sf_wire_free(struct sk_buff *skb);

/**
 * sf_wire_payload() - what a packet carries, in one piece
 *
 * Checks its lengths and its checksum on the way.
 */
const char *sf_wire_payload(struct sf_wire *wire, struct sk_buff *skb,
			    u32 *len);

/* The connection of a packet. */
static inline struct nf_conn *sf_wire_ct(const struct sk_buff *skb)
{
	enum ip_conntrack_info ctinfo;

	return nf_ct_get(skb, &ctinfo);
}

/* A counter's value since the test began. */
u64 sf_wire_counted(struct sf_wire *wire, enum sf_counter c);

#define SF_EXPECT_COUNT(wire, c, want)					\
	KUNIT_EXPECT_EQ((wire)->test, sf_wire_counted(wire, SF_CNT_##c),	\
			(u64)(want))

#endif /* _SF_TEST_WIRE_H */
