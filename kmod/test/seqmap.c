// SPDX-License-Identifier: GPL-2.0
/*
 * seqmap.c - a stream of random edits, sent again with random boundaries
 *
 * What the core makes of the whole stream is what the receiver must have,
 * whichever segments it gets.
 */
#include <linux/prandom.h>
#include <linux/slab.h>

#include "../seqmap.h"
#include "suites.h"

#define ROUNDS		60
#define MESSAGES	8
#define MESSAGE		120
#define STREAM		(MESSAGES * MESSAGE)
#define ROOM		(4 * STREAM)

/**
 * struct sf_river - a stream on both sides
 * @rng: where chance comes from
 * @map: what is tested
 * @isn: number of its first byte, for both
 * @sent: as it was sent
 * @want: as it has to arrive
 * @nwant: bytes of it
 * @have: as it arrived; a byte that has not is 0
 * @out: scratch
 * @edits: scratch
 */
struct sf_river {
	struct rnd_state rng;
	struct sf_seqmap map;
	u32 isn;
	char sent[STREAM];
	char want[ROOM];
	u32 nwant;
	char have[ROOM];
	char out[ROOM];
	struct sf_edits edits;
};

static u32 chance(struct sf_river *r, u32 below)
{
	return prandom_u32_state(&r->rng) % below;
}

/* Replace, insert and delete: here and there, and side by side. */
static void edit_message(struct kunit *test, struct sf_river *r, u32 at)
{
	const char *buf = r->sent + at;
	u32 pos = 1 + chance(r, 10), len, n;

	sf_edits_init(&r->edits);
	while (pos < MESSAGE) {
		len = min(chance(r, 12), MESSAGE - pos);
		n = chance(r, 3) ? chance(r, 20) : 0;
		if (len || n)
			sf_edit(&r->edits, sf_span(pos, pos + len),
				"ABCDEFGHIJKLMNOPQRST", n);
		pos += len + (chance(r, 3) ? chance(r, 40) : 0);
		if (!len)
			pos++;
	}

	KUNIT_ASSERT_EQ(test, sf_edits_apply(&r->edits, buf,
					     sf_span(0, MESSAGE),
					     r->want + r->nwant,
					     ROOM - r->nwant, &n), SF_OK);
	r->nwant += n;
	if (r->edits.count)
		KUNIT_ASSERT_EQ(test, sf_seqmap_add(&r->map, r->isn + at, buf,
						    &r->edits), 0);
}

static struct sf_river *river(struct kunit *test, u32 seed)
{
	struct sf_river *r = kunit_kzalloc(test, sizeof(*r), GFP_KERNEL);
	u32 i;

	KUNIT_ASSERT_NOT_NULL(test, r);
	prandom_seed_state(&r->rng, seed);
	/* The numbers wrap somewhere in the stream. */
	r->isn = 0 - chance(r, STREAM);
	sf_seqmap_init(&r->map, r->isn);
	for (i = 0; i < STREAM; i++)
		r->sent[i] = 'a' + chance(r, 26);
	for (i = 0; i < STREAM; i += MESSAGE)
		edit_message(test, r, i);
	r->map.next = r->isn + STREAM;
	KUNIT_EXPECT_EQ(test, (u32)(STREAM + r->map.total), r->nwant);

	return r;
}

/* A segment on its way; of what lies below @from the receiver takes nothing. */
static void send(struct kunit *test, struct sf_river *r, u32 at, u32 len,
		 u32 from)
{
	struct sf_span window = sf_seqmap_window(&r->map, r->isn + at, len);
	u32 to = sf_seqmap_out(&r->map, r->isn + at) - r->isn, i, n = 0;

	memcpy(r->out, r->sent + at, window.off);
	n = window.off;
	if (window.len) {
		int done = sf_seqmap_apply(&r->map, r->sent + at, r->isn + at,
					   window, r->out + n, ROOM - n);

		KUNIT_ASSERT_GE(test, done, 0);
		n += done;
	}
	memcpy(r->out + n, r->sent + at + sf_span_end(window),
	       len - sf_span_end(window));
	n += len - sf_span_end(window);

	for (i = 0; i < n; i++) {
		if ((s32)(to + i) < (s32)from)
			continue;
		KUNIT_ASSERT_LT(test, to + i, r->nwant);
		KUNIT_ASSERT_EQ(test, r->out[i], r->want[to + i]);
		r->have[to + i] = r->out[i];
	}
}

/* Cut anywhere, sent in any order: each byte where it belongs. */
static void again(struct kunit *test)
{
	struct sf_river *r;
	u32 seed, at, i;

	for (seed = 1; seed <= ROUNDS; seed++) {
		r = river(test, seed);
		for (i = 0; i < 200; i++) {
			at = chance(r, STREAM);
			send(test, r, at, chance(r, STREAM - at + 1), 0);
		}
		memset(r->have, 0, sizeof(r->have));
		for (at = 0; at < STREAM; at += i) {
			i = min(1 + chance(r, 30), STREAM - at);
			send(test, r, at, i, 0);
		}
		KUNIT_EXPECT_EQ(test, memcmp(r->have, r->want, r->nwant), 0);
		sf_seqmap_free(&r->map);
		KUNIT_EXPECT_EQ(test, r->map.memory, 0U);
		kunit_kfree(test, r);
	}
}

/* What the receiver says that it has, and has not, the sender understands. */
static void acknowledged(struct kunit *test)
{
	u32 seed, ack, at, last;
	struct sf_river *r;

	for (seed = 1; seed <= ROUNDS; seed++) {
		r = river(test, seed);
		for (last = 0, ack = 0; ack <= r->nwant; ack++) {
			at = sf_seqmap_back(&r->map, r->isn + ack) - r->isn;
			KUNIT_ASSERT_LE(test, at, (u32)STREAM);
			KUNIT_ASSERT_GE(test, at, last);
			/* Sent from there on, nothing is missing. */
			KUNIT_ASSERT_LE(test, sf_seqmap_out(&r->map,
							    r->isn + at) -
					r->isn, ack);
			last = at;
		}
		KUNIT_EXPECT_EQ(test, last, (u32)STREAM);
		sf_seqmap_free(&r->map);
		kunit_kfree(test, r);
	}
}

/* What is acknowledged is forgotten, and what is not arrives as before. */
static void forgotten(struct kunit *test)
{
	u32 seed, ack, at, i, step;
	struct sf_river *r;

	for (seed = 1; seed <= ROUNDS; seed++) {
		r = river(test, seed);
		step = 1 + r->nwant / 7;
		for (ack = 0; ack <= r->nwant; ack += 1 + chance(r, step)) {
			sf_seqmap_acked(&r->map, r->isn + ack);
			for (i = 0; i < 50; i++) {
				at = chance(r, STREAM);
				send(test, r, at, chance(r, STREAM - at + 1),
				     ack);
			}
		}
		/* Of what was never sent, nobody has anything. */
		sf_seqmap_acked(&r->map, r->isn + r->nwant + 100);
		sf_seqmap_acked(&r->map, r->isn + r->nwant);
		KUNIT_EXPECT_TRUE(test, list_empty(&r->map.list));
		KUNIT_EXPECT_EQ(test, r->map.memory, 0U);
		KUNIT_EXPECT_EQ(test, sf_seqmap_back(&r->map,
						     r->isn + r->nwant),
				r->isn + STREAM);
		kunit_kfree(test, r);
	}
}

/* Who never gets an acknowledgment has a limit. */
static void bounded(struct kunit *test)
{
	struct sf_river *r = river(test, 1);
	int err, i;

	sf_edits_init(&r->edits);
	sf_edit(&r->edits, sf_span(1, 2), "xx", 2);
	for (i = 0, err = 0; !err && i < SF_SEQMAP_MAX; i++)
		err = sf_seqmap_add(&r->map, r->isn + STREAM + i * MESSAGE,
				    r->sent, &r->edits);
	KUNIT_EXPECT_EQ(test, err, -ENOBUFS);
	KUNIT_EXPECT_LE(test, r->map.memory, (u32)(SF_SEQMAP_MAX + 8192));
	sf_seqmap_free(&r->map);
	kunit_kfree(test, r);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(again),
	KUNIT_CASE(acknowledged),
	KUNIT_CASE(forgotten),
	KUNIT_CASE(bounded),
	{}
};

struct kunit_suite sf_suite_seqmap = {
	.name = "sipfast_seqmap",
	.test_cases = cases,
};
