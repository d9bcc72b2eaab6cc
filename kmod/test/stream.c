// SPDX-License-Identifier: GPL-2.0
/*
 * stream.c - what is counted of media, and what ends with it
 */
#include "../meter.h"
#include "media.h"
#include "suites.h"

/* A packet of sf_media_send() with its headers. */
#define BYTES (172 + 8 + 20)

/* The RTP stream of the only call. */
static struct sf_stream *rtp(struct sf_wire *w)
{
	struct sf_stream *stream;
	unsigned long id;

	xa_for_each(&w->sn->stream_ids, id, stream)
		if (stream->kind == SIPFAST_STREAM_RTP)
			return stream;

	KUNIT_FAIL(w->test, "no stream");
	kunit_try_catch_throw(&w->test->try_catch);

	return NULL;
}

/* The side of the provider. */
static int outside(struct sf_wire *w)
{
	struct sf_stream *stream = rtp(w);

	return sf_addr_equal(&stream->leg.real[0].addr,
			     &w->peer.addr) ? 0 : 1;
}

/* What is counted of what a side sends. */
static struct sf_meter *sent(struct sf_wire *w, int side)
{
	struct sf_meters *meters;

	rcu_read_lock();
	meters = sf_meters(rtp(w));
	rcu_read_unlock();
	KUNIT_ASSERT_NOT_NULL(w->test, meters);

	return &meters->dir[side];
}

static struct sf_meter *inward(struct sf_wire *w)
{
	return sent(w, outside(w));
}

static struct sf_meter *outward(struct sf_wire *w)
{
	return sent(w, !outside(w));
}

static void send(struct sf_wire *w, const struct sf_end *from,
		 const struct sf_end *to)
{
	nf_ct_put(sf_media_send(w, from, to));
}

static u64 last(struct sf_wire *w)
{
	u64 at;

	rcu_read_lock();
	at = sf_stream_last(rtp(w));
	rcu_read_unlock();

	return at;
}

static void counted(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	struct sf_end phone = sf_media_phone(w, SF_PHONE_PORT);
	struct sf_end peer = sf_media_peer(w, SF_PEER_PORT);
	struct sf_end face;
	u64 first;

	sf_talk_call(w);
	face = sf_media_face(w, SF_PHONE_PORT);
	KUNIT_EXPECT_EQ(test, last(w), 0ULL);

	/* one connection, which the provider began */
	send(w, &peer, &face);
	first = inward(w)->first;
	KUNIT_EXPECT_NE(test, first, 0ULL);
	send(w, &peer, &face);
	send(w, &phone, &peer);
	KUNIT_EXPECT_EQ(test, inward(w)->packets, 2ULL);
	KUNIT_EXPECT_EQ(test, inward(w)->bytes,
			2ULL * BYTES);
	KUNIT_EXPECT_EQ(test, inward(w)->first, first);
	KUNIT_EXPECT_EQ(test, outward(w)->packets, 1ULL);

	/* another one, which the phone began from another port */
	phone.port = htons(5555);
	send(w, &phone, &peer);
	KUNIT_EXPECT_EQ(test, outward(w)->packets, 2ULL);
	KUNIT_EXPECT_GE(test, last(w), first);
}

/* Connections that a stream let in end with it; every second one is RTCP. */
static void ends(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	struct nf_conn *ct[SF_STREAM_CHILDREN];
	struct sf_end peer, face, to;
	int i, rtcp;

	sf_talk_call(w);
	face = sf_media_face(w, SF_PHONE_PORT);
	to = face;
	for (i = 0; i < SF_STREAM_CHILDREN; i++) {
		rtcp = i & 1;
		peer = sf_media_peer(w, SF_PEER_PORT + 2 * i + rtcp);
		to.port = htons(ntohs(face.port) + rtcp);
		ct[i] = sf_media_send(w, &peer, &to);
		KUNIT_EXPECT_FALSE(test, nf_ct_is_dying(ct[i]));
	}
	sf_talk_bye(w);
	for (i = 0; i < SF_STREAM_CHILDREN; i++) {
		KUNIT_EXPECT_TRUE(test, nf_ct_is_dying(ct[i]));
		nf_ct_put(ct[i]);
	}
}

/* A connection of somebody else's that took the tuple is left alone. */
static void spares_others(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	struct sf_end peer = sf_media_peer(w, SF_PEER_PORT), face;
	struct nf_conn *ct, *other;
	struct sf_direction *in;

	sf_talk_call(w);
	face = sf_media_face(w, SF_PHONE_PORT);
	ct = sf_media_send(w, &peer, &face);
	nf_ct_kill(ct);
	nf_ct_put(ct);

	in = &rtp(w)->dir[outside(w)];
	/* as if the tuple were taken just when the stream closes */
	spin_lock_bh(&w->sn->lock);
	sf_pinhole_close(w->sn, &in->pinhole);
	spin_unlock_bh(&w->sn->lock);
	other = sf_media_send(w, &peer, &face);
	sf_media_expect_stranger(w, other);

	sf_talk_bye(w);
	KUNIT_EXPECT_FALSE(test, nf_ct_is_dying(other));
	nf_ct_put(other);
}

/* Media that flows says that the call goes on. */
static void keeps_call(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	struct sf_end peer = sf_media_peer(w, SF_PEER_PORT), face;
	struct sf_call *call;

	sf_talk_call(w);
	face = sf_media_face(w, SF_PHONE_PORT);
	send(w, &peer, &face);
	call = sf_talk_found(w);
	spin_lock_bh(&w->sn->lock);
	sf_timer_del(w->sn, &call->timer);
	call->forget = 0;
	call->timer.fn(&call->timer);
	spin_unlock_bh(&w->sn->lock);
	SF_EXPECT_CALLS(w, 1);
	KUNIT_EXPECT_GT(test, sf_talk_left(w), 7100 * 1000ULL);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(counted),
	KUNIT_CASE(ends),
	KUNIT_CASE(spares_others),
	KUNIT_CASE(keeps_call),
	{}
};

struct kunit_suite sf_suite_stream = {
	.name = "sipfast_stream",
	.suite_init = sf_wire_suite_init,
	.suite_exit = sf_wire_suite_exit,
	.init = sf_wire_init,
	.exit = sf_wire_exit,
	.test_cases = cases,
};
