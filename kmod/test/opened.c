// SPDX-License-Identifier: GPL-2.0
/*
 * opened.c - calls that are handed over, and what becomes of them
 */
#include "../opened.h"
#include "suites.h"
#include "talk.h"

#define FAX_LATER SF_SDP("198.51.100.20", SF_AUDIO("20000") SF_AUDIO("20010"))
#define PHONE_BOTH SF_SDP("192.168.1.10", SF_AUDIO("16384") SF_AUDIO("16390"))
#define HELD SF_SDP("0.0.0.0", SF_AUDIO("20000"))

/**
 * struct text - what spans of an opening count from
 * @buf: all of it
 * @len: how much
 */
struct text {
	char buf[2048];
	u32 len;
};

static struct sf_span add(struct kunit *test, struct text *text, const char *s)
{
	u32 off = text->len, len = strlen(s);

	KUNIT_ASSERT_LE(test, off + len, (u32)sizeof(text->buf));
	memcpy(text->buf + off, s, len);
	text->len += len;

	return sf_span(off, off + len);
}

/* The phone's call to the peer, or the same once more with its number. */
static int take(struct sf_wire *w, u32 call, const char *offer,
		const char *answer, bool answered)
{
	struct text *text = kunit_kzalloc(w->test, sizeof(*text), GFP_KERNEL);
	struct sf_opening open = {
		.call = call, .cookie = 7, .l3num = w->l3num,
		.end = { w->phone, w->peer }, .answered = answered,
	};

	KUNIT_ASSERT_NOT_NULL(w->test, text);
	open.buf = text->buf;
	open.call_id = add(w->test, text, "c1");
	open.uri[SF_CALLER] = add(w->test, text, "sip:anna@example.com");
	open.uri[SF_CALLEE] = add(w->test, text, "sip:bob@example.com");
	open.tag[SF_CALLER] = add(w->test, text, "a");
	open.tag[SF_CALLEE] = add(w->test, text, "b");
	open.sdp[SF_OFFER] = add(w->test, text, offer);
	open.sdp[SF_ANSWER] = add(w->test, text, answer);

	return sf_opened_take(w->sn, &open, NULL);
}

static void opened(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	int id = take(w, 0, SF_SDP_PHONE, SF_SDP_PEER, false);

	KUNIT_ASSERT_GT(test, id, 0);
	SF_EXPECT_STATE(w, SIPFAST_CALL_RINGING);
	KUNIT_EXPECT_LE(test, sf_talk_left(w), 300 * 1000ULL);
	SF_EXPECT_STREAMS(w, 1);
	SF_EXPECT_PINHOLES(w, 2);
	KUNIT_EXPECT_EQ(test, take(w, id, SF_SDP_PHONE, SF_SDP_PEER, true), id);
	SF_EXPECT_STATE(w, SIPFAST_CALL_UP);
	KUNIT_EXPECT_GT(test, sf_talk_left(w), 7100 * 1000ULL);
	SF_EXPECT_COUNT(w, MEDIA_NEW, 1);
	KUNIT_EXPECT_EQ(test, sf_opened_close(w->sn, id, SIPFAST_END_BYE), 0);
	SF_EXPECT_CALLS(w, 0);
	SF_EXPECT_STREAMS(w, 0);
	SF_EXPECT_PINHOLES(w, 0);
}

/* A second line comes and goes; on hold, where it was before still holds. */
static void again(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	int id = take(w, 0, SF_SDP_PHONE, SF_SDP_PEER, true);

	KUNIT_EXPECT_EQ(test, take(w, id, PHONE_BOTH, FAX_LATER, false), id);
	SF_EXPECT_STREAMS(w, 2);
	SF_EXPECT_STATE(w, SIPFAST_CALL_UP);
	KUNIT_EXPECT_EQ(test, take(w, id, SF_SDP_PHONE, HELD, false), id);
	SF_EXPECT_STREAMS(w, 1);
	SF_EXPECT_COUNT(w, MEDIA_NEW, 2);
	KUNIT_EXPECT_EQ(test, (u32)sf_talk_found(w)->ndialogs, 1U);
}

/* All of it or nothing. */
static void no_room(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	int id = take(w, 0, SF_SDP_PHONE, SF_SDP_PEER, true);
	u32 limit = w->sn->config.pinhole_limit;

	WRITE_ONCE(w->sn->config.pinhole_limit, 3);
	KUNIT_EXPECT_EQ(test, take(w, id, PHONE_BOTH, FAX_LATER, false),
			-ENFILE);
	SF_EXPECT_STREAMS(w, 1);
	SF_EXPECT_PINHOLES(w, 2);
	KUNIT_EXPECT_EQ(test, take(w, 0, SF_SDP_PHONE, SF_SDP_PEER, true),
			-ENFILE);
	SF_EXPECT_CALLS(w, 1);
	SF_EXPECT_PINHOLES(w, 2);
	WRITE_ONCE(w->sn->config.pinhole_limit, limit);
}

static void unreadable(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	int id = take(w, 0, SF_SDP_PHONE, SF_SDP_PEER, true);

	KUNIT_EXPECT_EQ(test, take(w, 0, "hello", SF_SDP_PEER, true), -EINVAL);
	KUNIT_EXPECT_EQ(test, take(w, id, SF_SDP_PHONE, "", true), -EINVAL);
	KUNIT_EXPECT_EQ(test, take(w, id + 1, SF_SDP_PHONE, SF_SDP_PEER, true),
			-ENOENT);
	SF_EXPECT_CALLS(w, 1);
	SF_EXPECT_STREAMS(w, 1);
}

/* The same Call-ID between the same two, in plain text, is another call. */
static void apart(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	int id = take(w, 0, SF_SDP_PHONE, SF_SDP_PEER, true);

	sf_talk_call(w);
	SF_EXPECT_CALLS(w, 2);
	sf_talk_bye(w);
	SF_EXPECT_CALLS(w, 1);
	SF_EXPECT_STREAMS(w, 1);
	KUNIT_EXPECT_EQ(test, sf_opened_close(w->sn, id, SIPFAST_END_BYE), 0);
	KUNIT_EXPECT_EQ(test, sf_opened_close(w->sn, id, SIPFAST_END_BYE),
			-ENOENT);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(opened),
	KUNIT_CASE(again),
	KUNIT_CASE(no_room),
	KUNIT_CASE(unreadable),
	KUNIT_CASE(apart),
	{}
};

struct kunit_suite sf_suite_opened = {
	.name = "sipfast_opened",
	.suite_init = sf_wire_suite_init,
	.suite_exit = sf_wire_suite_exit,
	.init = sf_wire_init,
	.exit = sf_wire_exit,
	.test_cases = cases,
};
