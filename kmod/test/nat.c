// SPDX-License-Identifier: GPL-2.0
/*
 * nat.c - every translation of tests/vectors, through the helper
 *
 * The module chooses media ports itself. The pool is made as small as the
 * vector's, and where that still leaves a choice, the port that was chosen
 * takes the place of the vector's, which has as many digits.
 */
#include <sipfast/edit.h>

#include "../call.h"
#include "../packet.h"
#include "../port.h"
#include "suites.h"
#include "vector.h"
#include "wire.h"

struct room {
	struct sf_edits edits;
	char want[SF_MSG_MAX];
};

static struct sf_end end_of(const u8 *addr, u16 port, bool ipv6)
{
	struct sf_end end = { .port = htons(port) };

	memcpy(&end.addr, addr, ipv6 ? 16 : 4);

	return end;
}

static void scene(struct sf_wire *wire, const struct sf_vector *v)
{
	struct sf_config *config = &wire->sn->config;
	const struct sf_vector_map *map = v->maps;
	u32 i, low = 35000, high = 35001;

	if (v->ipv6)
		sf_wire_ipv6(wire);
	else
		sf_wire_ipv4(wire);
	KUNIT_ASSERT_GE(wire->test, v->nmaps, 1U);
	wire->phone = end_of(map->inside, map->inside_port, v->ipv6);
	wire->face = end_of(map->outside, map->outside_port, v->ipv6);

	for (i = 1; i < v->nmaps; i++) {
		if (i == 1)
			low = map[i].outside_port & ~1;
		low = min_t(u32, low, map[i].outside_port & ~1);
		high = max_t(u32, high, map[i].outside_port | 1);
	}
	config->media_port_min = low;
	config->media_port_max = high;
}

/* Which port stands for the one that the vector maps; 0 for none. */
static u16 chosen(struct sf_wire *wire, const struct sf_vector_map *map)
{
	struct sf_call *call;
	struct sf_port *port;
	unsigned long id;
	u16 found = 0;

	spin_lock_bh(&wire->sn->lock);
	xa_for_each(&wire->sn->call_ids, id, call) {
		list_for_each_entry(port, &call->ports, list) {
			if (port->real.port == htons(map->inside_port))
				found = ntohs(port->key.face.port);
			else if (port->real_rtcp == htons(map->inside_port))
				found = ntohs(port->key.face.port) + 1;
		}
	}
	spin_unlock_bh(&wire->sn->lock);

	return found;
}

/* What the message has to become: the vector's edits with the chosen ports. */
static u32 reference(struct sf_wire *wire, const struct sf_vector *v,
		     struct room *room)
{
	const struct sf_vector_edit *e;
	struct sf_span at;
	u16 port;
	u32 len;

	sf_edits_init(&room->edits);
	for (e = v->edits; e < v->edits + v->nedits; e++) {
		at = sf_span(e->off, e->off + e->len);
		port = e->map ? chosen(wire, &v->maps[e->map]) : 0;
		if (port)
			sf_edit_u32(&room->edits, at, port);
		else
			sf_edit(&room->edits, at, e->text.at, e->text.len);
	}
	KUNIT_ASSERT_EQ(wire->test, (u32)SF_OK,
			(u32)sf_edits_apply(&room->edits, v->msg.at,
					    sf_span(0, v->msg.len), room->want,
					    sizeof(room->want), &len));
	KUNIT_EXPECT_EQ(wire->test, len, v->nat.len);

	return len;
}

/* Where two texts differ first. */
static u32 difference(const char *a, const char *b, u32 len)
{
	u32 i = 0;

	while (i < len && a[i] == b[i])
		i++;

	return i;
}

/* Send the vector's message; true when it comes out as it has to. */
static bool translated(struct sf_wire *wire, const struct sf_vector *v,
		       struct room *room)
{
	struct sk_buff *skb;
	const char *got;
	u32 len, want;
	bool same;

	/* The phone opened the connection that an answer comes back on. */
	if (v->in)
		sf_wire_free(sf_wire_out(wire, "\r\n\r\n"));
	skb = sf_wire_send(wire, v->in ? &wire->peer : &wire->phone,
			   v->in ? &wire->face : &wire->peer, v->msg.at,
			   v->msg.len);
	want = reference(wire, v, room);
	got = sf_wire_payload(wire, skb, &len);
	same = len == want && !memcmp(got, room->want, len);
	if (!same && !v->gap)
		kunit_info(wire->test, "wrong from byte %u on:\n%.*s",
			   difference(got, room->want, min(len, want)),
			   (int)len, got);
	sf_wire_free(skb);

	return same;
}

static void vectors(struct kunit *test)
{
	struct room *room = kunit_kmalloc(test, sizeof(*room), GFP_KERNEL);
	const struct sf_vector *v = test->param_value;
	struct sf_wire *wire = sf_wire(test);
	bool same;

	KUNIT_ASSERT_NOT_NULL(test, room);
	scene(wire, v);
	same = translated(wire, v, room);
	if (v->gap) {
		KUNIT_EXPECT_FALSE_MSG(test, same,
				       "it works: take it off tests/kunit/gaps");
		/* KUnit of 6.1 keeps to itself why a parameter was skipped. */
		kunit_info(test, "SKIP %s", v->gap);
	} else {
		KUNIT_EXPECT_TRUE(test, same);
	}
}

/* To watch: the same message, byte for byte. */
static void watched(struct kunit *test)
{
	const struct sf_vector *v = test->param_value;
	struct sf_wire *wire = sf_wire(test);
	struct sk_buff *skb;
	const char *got;
	u32 len;

	scene(wire, v);
	wire->helper = "sipfast-watch";
	skb = sf_wire_send(wire, v->in ? &wire->peer : &wire->phone,
			   v->in ? &wire->face : &wire->peer, v->msg.at,
			   v->msg.len);
	got = sf_wire_payload(wire, skb, &len);
	KUNIT_EXPECT_EQ(test, len, v->msg.len);
	KUNIT_EXPECT_TRUE(test, !memcmp(got, v->msg.at, v->msg.len));
	SF_EXPECT_COUNT(wire, SIP_REWRITTEN, 0);
	sf_wire_free(skb);
}

/* Whatever it is, and as often as it comes: nothing breaks, nothing is lost. */
static void any_bytes(struct kunit *test)
{
	struct sf_wire *wire = sf_wire(test);
	const struct sf_corpus_input *in;
	const struct sf_vector *v;
	struct sk_buff *skb;

	for (in = sf_corpus; in < sf_corpus + sf_ncorpus; in++) {
		skb = sf_wire_send(wire, &wire->phone, &wire->peer,
				   in->bytes.at, in->bytes.len);
		sf_wire_free(skb);
		skb = sf_wire_send(wire, &wire->peer, &wire->face, in->bytes.at,
				   in->bytes.len);
		sf_wire_free(skb);
	}
	for (v = sf_vectors; v < sf_vectors + sf_nvectors; v++) {
		skb = sf_wire_send(wire, &wire->phone, &wire->peer, v->msg.at,
				   v->msg.len);
		sf_wire_free(skb);
		skb = sf_wire_send(wire, &wire->peer, &wire->face, v->msg.at,
				   v->msg.len);
		sf_wire_free(skb);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(vectors, sf_vector_next_nat),
	KUNIT_CASE_PARAM(watched, sf_vector_next_nat),
	KUNIT_CASE(any_bytes),
	{}
};

struct kunit_suite sf_suite_nat = {
	.name = "sipfast_nat",
	.suite_init = sf_wire_suite_init,
	.suite_exit = sf_wire_suite_exit,
	.init = sf_wire_init,
	.exit = sf_wire_exit,
	.test_cases = cases,
};
