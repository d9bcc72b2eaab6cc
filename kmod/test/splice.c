// SPDX-License-Identifier: GPL-2.0
/*
 * splice.c - edits in packets of every shape
 */
#include <linux/random.h>
#include <linux/udp.h>
#include <net/netfilter/nf_conntrack_core.h>
#include <sipfast/edit.h>

#include "../packet.h"
#include "../skbedit.h"
#include "suites.h"
#include "vector.h"
#include "wire.h"

#define SF_TEST_OUT (SF_MSG_MAX + SF_EDITS_TEXT)

/* Edits that name no media, in both address families and directions. */
static const char *const spliced[] = {
	"bye-in", "cancel", "invite-phone", "ipv6-invite", "ok-register",
	"options", "register", "trap-15-headers", "trap-17-contacts",
	"trap-26-growth",
};

static const struct sf_vector *named(struct kunit *test, const char *name)
{
	const struct sf_vector *v;

	for (v = sf_vectors; v < sf_vectors + sf_nvectors; v++)
		if (!strcmp(v->name, name))
			return v;

	KUNIT_FAIL(test, "no vector %s", name);

	return sf_vectors;
}

static void scene(struct sf_wire *wire, const struct sf_vector *v)
{
	const struct sf_vector_map *map = v->maps;
	u32 size = v->ipv6 ? 16 : 4;

	if (v->ipv6)
		sf_wire_ipv6(wire);
	else
		sf_wire_ipv4(wire);
	memcpy(&wire->phone.addr, map->inside, size);
	memcpy(&wire->face.addr, map->outside, size);
	wire->phone.port = htons(map->inside_port);
	wire->face.port = htons(map->outside_port);
	wire->sn->config.media_port_min = 35000;
	wire->sn->config.media_port_max = 35001;
}

static const void *next_shape(const void *prev, char *desc)
{
	const char *const *shape = prev ? (const char *const *)prev + 1 :
					  sf_shape_names;

	if (shape == sf_shape_names + SF_SHAPES)
		return NULL;

	strscpy(desc, *shape, KUNIT_PARAM_DESC_SIZE);

	return shape;
}

static void expect_payload(struct sf_wire *wire, struct sk_buff *skb,
			   const struct sf_text *want, const char *what)
{
	const char *got;
	u32 len;

	got = sf_wire_payload(wire, skb, &len);
	KUNIT_EXPECT_EQ_MSG(wire->test, len, want->len, "%s", what);
	KUNIT_EXPECT_TRUE_MSG(wire->test,
			      len == want->len && !memcmp(got, want->at, len),
			      "%s", what);
}

static void splice_vector(struct sf_wire *wire, const struct sf_vector *v)
{
	struct sk_buff *skb, *clone = NULL;

	scene(wire, v);
	if (v->in)
		sf_wire_free(sf_wire_out(wire, "\r\n\r\n"));
	skb = sf_wire_skb(wire, v->in ? &wire->peer : &wire->phone,
			  v->in ? &wire->face : &wire->peer, v->msg.at,
			  v->msg.len);
	if (wire->shape == SF_SHAPE_CLONED)
		clone = skb_clone(skb, GFP_KERNEL);
	KUNIT_ASSERT_TRUE(wire->test, sf_wire_route(wire, skb));
	expect_payload(wire, skb, &v->nat, v->name);
	if (v->nat.len > v->msg.len)
		KUNIT_EXPECT_TRUE_MSG(wire->test, skb->ignore_df, "%s",
				      v->name);
	sf_wire_free(skb);

	if (!clone)
		return;
	expect_payload(wire, clone, &v->msg, "the clone");
	sf_wire_free(clone);
}

/* Each shape, with each of the vectors above. */
static void shapes(struct kunit *test)
{
	const char *const *shape = test->param_value;
	struct sf_wire *wire = sf_wire(test);
	int i;

	wire->shape = shape - sf_shape_names;
	for (i = 0; i < ARRAY_SIZE(spliced); i++) {
		splice_vector(wire, named(test, spliced[i]));
		sf_wire_forget(wire);
	}
	SF_EXPECT_COUNT(wire, SIP_REWRITTEN, ARRAY_SIZE(spliced));
	SF_EXPECT_COUNT(wire, SIP_SPLICE, 0);
	SF_EXPECT_COUNT(wire, SIP_NO_MEMORY, 0);
}

struct scratch {
	struct sf_msg msg;
	struct sf_edits edits;
	char out[SF_TEST_OUT];
	char want[SF_TEST_OUT];
};

static struct scratch *scratch_of(struct kunit *test)
{
	struct scratch *s = kunit_kzalloc(test, sizeof(*s), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, s);

	return s;
}

/* Some edits anywhere, each behind the last. */
static void random_edits(struct sf_edits *edits, u32 len)
{
	static const char text[] = "0123456789abcdefghij";
	u32 pos = 0, end;

	sf_edits_init(edits);
	for (;;) {
		pos += get_random_u32() % 40;
		end = pos + get_random_u32() % 20;
		if (end > len)
			break;
		sf_edit(edits, sf_span(pos, end), text,
			get_random_u32() % sizeof(text));
		pos = end;
	}
}

/* sf_skb_splice() itself, on a message that is linear, as the helper has it. */
static void splice_random(struct sf_wire *wire, struct scratch *s)
{
	static const char text[] =
		"No message: nobody reads it here. 0123456789 0123456789 0123456789";
	struct sf_text want = { .at = s->want };
	u32 len = get_random_u32() % sizeof(text);
	struct sf_packet pkt = {
		.sn = wire->sn,
		.l3num = wire->l3num,
		.msg = &s->msg,
		.edits = &s->edits,
	};

	pkt.skb = sf_wire_send(wire, &wire->phone, &wire->peer, text, len);
	pkt.ct = nf_ct_get(pkt.skb, &pkt.ctinfo);
	pkt.dataoff = pkt.skb->len - len;
	s->msg.buf = pkt.skb->data + pkt.dataoff;
	random_edits(&s->edits, len);
	KUNIT_ASSERT_EQ(wire->test, (u32)SF_OK,
			(u32)sf_edits_apply(&s->edits, text, sf_span(0, len),
					    s->want, sizeof(s->want),
					    &want.len));

	local_bh_disable();
	sf_skb_splice(&pkt, s->out, sizeof(s->out));
	local_bh_enable();
	expect_payload(wire, pkt.skb, &want, "random edits");
	sf_wire_free(pkt.skb);
}

static void any_edits(struct kunit *test)
{
	struct scratch *s = scratch_of(test);
	struct sf_wire *wire = sf_wire(test);
	int round;

	wire->helper = NULL;
	for (round = 0; round < 400; round++) {
		wire->shape = round % 2 ? SF_SHAPE_TIGHT : SF_SHAPE_LINEAR;
		splice_random(wire, s);
	}
	SF_EXPECT_COUNT(wire, SIP_SPLICE, 0);
}

/* An OPTIONS that grows by @GROWTH when its Contact is translated. */
#define GROWING_HEAD							\
	"OPTIONS sip:provider.example SIP/2.0\r\n"			\
	"Via: SIP/2.0/UDP 192.0.2.1\r\nFrom: <sip:a@b>;tag=1\r\n"	\
	"To: <sip:c@d>\r\nCall-ID: grow\r\nCSeq: 1 OPTIONS\r\n"		\
	"Contact: <sip:100@10.0.0.2:5060>\r\nSubject: "
#define GROWTH (sizeof("203.0.113.77:40060") - sizeof("10.0.0.2:5060"))

/* One whose packet is @total bytes long, IP header included. */
static struct sk_buff *growing(struct sf_wire *wire, struct scratch *s,
			       u32 total)
{
	u32 len = total - sizeof(struct iphdr) - sizeof(struct udphdr);

	wire->phone = sf_end_ipv4(0x0a000002, 5060);
	wire->face = sf_end_ipv4(0xcb00714d, 40060);
	memset(s->out, 'x', len);
	memcpy(s->out, GROWING_HEAD, sizeof(GROWING_HEAD) - 1);
	memcpy(s->out + len - 4, "\r\n\r\n", 4);

	return sf_wire_send(wire, &wire->phone, &wire->peer, s->out, len);
}

/* Up to the largest packet, and not one byte further. */
static void growth(struct kunit *test)
{
	struct scratch *s = scratch_of(test);
	struct sf_wire *wire = sf_wire(test);
	struct sk_buff *skb;

	skb = growing(wire, s, 65535 - GROWTH);
	KUNIT_EXPECT_EQ(test, skb->len, 65535U);
	SF_EXPECT_COUNT(wire, SIP_REWRITTEN, 1);
	SF_EXPECT_COUNT(wire, SIP_GREW, 0);
	sf_wire_free(skb);

	skb = growing(wire, s, 65535 - GROWTH + 1);
	KUNIT_EXPECT_EQ(test, skb->len, (u32)(65535 - GROWTH + 1));
	KUNIT_EXPECT_FALSE(test, skb->ignore_df);
	SF_EXPECT_COUNT(wire, SIP_REWRITTEN, 1);
	SF_EXPECT_COUNT(wire, SIP_GREW, 1);
	sf_wire_free(skb);
}

/* More edits than the list holds: not one of them is made. */
static void too_many(struct kunit *test)
{
	static const char line[] = "Contact: <sip:a@192.168.1.10>\r\n";
	static const char head[] =
		"OPTIONS sip:provider.example SIP/2.0\r\n"
		"From: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\n"
		"Call-ID: many\r\nCSeq: 1 OPTIONS\r\n";
	struct scratch *s = scratch_of(test);
	struct sf_wire *wire = sf_wire(test);
	struct sf_text want = { .at = s->out };
	struct sk_buff *skb;
	int i;

	want.len = scnprintf(s->out, sizeof(s->out), "%s", head);
	for (i = 0; i <= SF_EDITS_MAX; i++)
		want.len += scnprintf(s->out + want.len,
				      sizeof(s->out) - want.len, "%s", line);
	want.len += scnprintf(s->out + want.len, sizeof(s->out) - want.len,
			      "\r\n");
	skb = sf_wire_send(wire, &wire->phone, &wire->peer, want.at, want.len);
	expect_payload(wire, skb, &want, "too many edits");
	SF_EXPECT_COUNT(wire, SIP_EDITS, 1);
	SF_EXPECT_COUNT(wire, SIP_REWRITTEN, 0);
	sf_wire_free(skb);
}

/* IP and UDP disagree about the length: nobody reads it. */
static void short_udp(struct kunit *test)
{
	const struct sf_vector *v = named(test, "options");
	struct sf_wire *wire = sf_wire(test);
	struct sk_buff *skb;
	struct udphdr *udp;

	/* A length that says less is valid UDP; conntrack lets it pass. */
	wire->shape = SF_SHAPE_NO_CHECKSUM;
	skb = sf_wire_skb(wire, &wire->phone, &wire->peer, v->msg.at,
			  v->msg.len);
	udp = udp_hdr(skb);
	udp->len = htons(ntohs(udp->len) - 10);
	KUNIT_ASSERT_TRUE(test, sf_wire_route(wire, skb));
	SF_EXPECT_COUNT(wire, SIP_SHORT, 1);
	SF_EXPECT_COUNT(wire, SIP_SEEN, 0);
	sf_wire_free(skb);
}

/* Several datagrams in one buffer: passed and counted. */
static void gso(struct kunit *test)
{
	const struct sf_vector *v = named(test, "register");
	struct sf_wire *wire = sf_wire(test);
	struct sk_buff *skb;

	skb = sf_wire_skb(wire, &wire->phone, &wire->peer, v->msg.at,
			  v->msg.len);
	skb_shinfo(skb)->gso_size = 100;
	skb_shinfo(skb)->gso_type = SKB_GSO_UDP_L4;
	KUNIT_ASSERT_TRUE(test, sf_wire_route(wire, skb));
	SF_EXPECT_COUNT(wire, SIP_GSO, 1);
	SF_EXPECT_COUNT(wire, SIP_SEEN, 0);
	expect_payload(wire, skb, &v->msg, "GSO");
	sf_wire_free(skb);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(shapes, next_shape),
	KUNIT_CASE(any_edits),
	KUNIT_CASE(growth),
	KUNIT_CASE(too_many),
	KUNIT_CASE(short_udp),
	KUNIT_CASE(gso),
	{}
};

struct kunit_suite sf_suite_splice = {
	.name = "sipfast_splice",
	.suite_init = sf_wire_suite_init,
	.suite_exit = sf_wire_suite_exit,
	.init = sf_wire_init,
	.exit = sf_wire_exit,
	.test_cases = cases,
};
