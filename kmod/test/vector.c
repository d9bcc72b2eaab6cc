// SPDX-License-Identifier: GPL-2.0
/*
 * vector.c - every message of tests/vectors against its expectations, and at a
 * guard at every length
 */
#include <sipfast/check.h>
#include <sipfast/role.h>
#include <sipfast/sdp.h>
#include <sipfast/value.h>

#include "guard.h"
#include "suites.h"
#include "vector.h"
#include "walk.h"

const void *sf_vector_next(const void *prev, char *desc)
{
	const struct sf_vector *v = prev ? (const struct sf_vector *)prev + 1 :
					   sf_vectors;

	if (v == sf_vectors + sf_nvectors)
		return NULL;

	strscpy(desc, v->name, KUNIT_PARAM_DESC_SIZE);

	return v;
}

const void *sf_vector_next_nat(const void *prev, char *desc)
{
	const struct sf_vector *v = prev;

	do {
		v = sf_vector_next(v, desc);
	} while (v && !v->nat.at);

	return v;
}

/**
 * struct cursor - the next element of all header lines of a kind
 * @started: @hdr and @rest are set
 * @broken: the list broke off
 * @hdr: the line, or NULL behind the last one
 * @rest: what is left of its value
 */
struct cursor {
	bool started;
	bool broken;
	const struct sf_hdr *hdr;
	struct sf_span rest;
};

/**
 * struct check - a vector while its steps are checked
 * @test: the test
 * @vector: the vector
 * @step: the step that is checked
 * @buf: the message, at the guard
 * @reason: what sf_msg_parse() says of it
 * @verdict: the same or, when that is good, what sf_msg_check() says
 * @msg: its index
 * @stream: the index of it, or of what follows it, as a stream
 * @stream_len: where that follows
 * @sdp: the index of its description
 * @cursor: the elements of each header that were expected so far
 * @cseq: likewise the CSeq lines
 * @hdrs: likewise the header lines
 * @media: likewise the media lines
 */
struct check {
	struct kunit *test;
	const struct sf_vector *vector;
	const struct sf_step *step;
	const char *buf;
	enum sf_reason reason;
	enum sf_reason verdict;
	struct sf_msg msg;
	struct sf_msg stream;
	u32 stream_len;
	struct sf_sdp sdp;
	struct cursor cursor[SF_HDR_COUNT];
	const struct sf_hdr *cseq;
	u32 hdrs;
	u32 media;
};

#define SAME(c, got, want)						\
	KUNIT_EXPECT_EQ_MSG((c)->test, (u32)(got), (u32)(want),		\
			    "line %u: " #got, (c)->step->line)

#define SAME_TEXT(c, span, want)					\
	KUNIT_EXPECT_TRUE_MSG((c)->test,				\
			      sf_span_eq((c)->buf, span, (want).at,	\
					 (want).len),			\
			      "line %u: " #span " is \"%.*s\"",		\
			      (c)->step->line, (int)(span).len,		\
			      (c)->buf + (span).off)

static void check_stream(struct check *c)
{
	const struct sf_text *m = &c->vector->msg;
	enum sf_reason reason;

	if (c->step->kind == SF_STEP_STREAM) {
		reason = sf_msg_parse_stream(&c->stream, c->buf, m->len);
		c->stream_len = reason == SF_OK ? c->stream.len : 0;
	} else {
		reason = sf_msg_parse_stream(&c->stream, c->buf + c->stream_len,
					     m->len - c->stream_len);
	}
	SAME(c, reason, c->step->reason);
}

static void check_verdict(struct check *c)
{
	struct sf_check found = { .line = SF_HDR_NONE };

	c->verdict = c->reason;
	if (!c->verdict)
		c->verdict = sf_msg_check(&c->msg, &found);
	SAME(c, c->verdict, c->step->reason);
	if (c->step->id)
		SAME(c, found.id, c->step->id);
}

static void check_ruling(struct check *c)
{
	u32 got;

	switch (c->step->kind) {
	case SF_STEP_PROXY:
		got = sf_proxy_ruling(&c->msg, c->verdict, NULL);
		break;
	case SF_STEP_SERVER:
		got = sf_server_ruling(&c->msg, c->verdict, NULL);
		break;
	default:
		got = sf_helper_ruling(&c->msg, c->reason);
	}
	SAME(c, got, c->step->num[0]);
}

static void check_request(struct check *c)
{
	const struct sf_step *s = c->step;

	SAME(c, c->msg.is_request, true);
	SAME(c, c->msg.method, s->id);
	SAME_TEXT(c, c->msg.method_name, s->text[0]);
	SAME_TEXT(c, c->msg.ruri, s->text[1]);
}

static void check_response(struct check *c)
{
	const struct sf_step *s = c->step;

	SAME(c, c->msg.is_request, false);
	SAME(c, c->msg.status, s->num[0]);
	SAME(c, c->msg.method, s->id);
	SAME_TEXT(c, c->msg.phrase, s->text[0]);
}

static void check_uri(struct check *c)
{
	const struct sf_step *s = c->step;
	enum sf_reason reason;
	struct sf_uri uri;

	reason = sf_uri_parse(c->buf, c->msg.ruri, &uri);
	SAME(c, reason, s->reason);
	if (reason)
		return;
	SAME(c, uri.scheme, s->id);
	SAME(c, uri.at.port, s->num[0]);
	SAME_TEXT(c, uri.user, s->text[0]);
	SAME_TEXT(c, uri.at.host, s->text[1]);
}

static void check_hdr(struct check *c)
{
	const struct sf_hdr *hdr = &c->msg.hdrs[c->hdrs++];
	const struct sf_step *s = c->step;

	KUNIT_ASSERT_LE(c->test, c->hdrs, (u32)c->msg.nhdrs);
	SAME(c, hdr->id, s->id);
	if (!hdr->id)
		SAME_TEXT(c, hdr->name, s->text[0]);
	SAME_TEXT(c, hdr->value, s->text[1]);
}

static enum sf_reason cursor_next(struct check *c, u8 id, struct sf_span *item)
{
	struct cursor *cursor = &c->cursor[id];
	enum sf_reason reason = SF_EMPTY;

	if (!cursor->started) {
		cursor->started = true;
		cursor->hdr = sf_msg_hdr(&c->msg, id);
		if (cursor->hdr)
			cursor->rest = cursor->hdr->value;
	}
	while (cursor->hdr) {
		reason = sf_list_next(c->buf, &cursor->rest, item);
		if (reason != SF_EMPTY)
			break;
		cursor->hdr = sf_msg_hdr_next(&c->msg, cursor->hdr);
		if (cursor->hdr)
			cursor->rest = cursor->hdr->value;
	}
	cursor->broken = reason != SF_OK;

	return reason;
}

static enum sf_reason params_judge(struct check *c, struct sf_span rest)
{
	struct sf_param param;
	enum sf_reason reason;

	do {
		reason = sf_param_next(c->buf, &rest, &param);
	} while (reason == SF_OK);

	return reason == SF_EMPTY ? SF_OK : reason;
}

static void check_via(struct check *c)
{
	const struct sf_step *s = c->step;
	enum sf_reason reason;
	struct sf_span item;
	struct sf_via via;

	reason = cursor_next(c, SF_HDR_VIA, &item);
	if (!reason)
		reason = sf_via_parse(c->buf, item, &via);
	if (!reason)
		reason = params_judge(c, via.params);
	SAME(c, reason, s->reason);
	if (reason)
		return;
	SAME(c, via.transport, s->id);
	SAME(c, via.sent_by.port, s->num[0]);
	SAME_TEXT(c, via.sent_by.host, s->text[0]);
	SAME_TEXT(c, via.params, s->text[1]);
}

static void check_addr(struct check *c)
{
	const struct sf_step *s = c->step;
	enum sf_reason reason;
	struct sf_span item;
	struct sf_addr addr;
	struct sf_uri uri;

	reason = cursor_next(c, s->id, &item);
	if (!reason)
		reason = sf_addr_parse(c->buf, item, &addr);
	if (!reason && !addr.star)
		reason = sf_uri_parse(c->buf, addr.uri, &uri);
	if (!reason)
		reason = params_judge(c, addr.params);
	SAME(c, reason, s->reason);
	if (reason)
		return;
	SAME_TEXT(c, addr.display, s->text[0]);
	if (!addr.star)
		SAME_TEXT(c, addr.uri, s->text[1]);
	SAME_TEXT(c, addr.params, s->text[2]);
}

static void check_cseq(struct check *c)
{
	const struct sf_step *s = c->step;
	enum sf_reason reason;
	struct sf_cseq cseq;

	c->cseq = c->cseq ? sf_msg_hdr_next(&c->msg, c->cseq) :
			    sf_msg_hdr(&c->msg, SF_HDR_CSEQ);
	KUNIT_ASSERT_NOT_NULL(c->test, c->cseq);
	reason = sf_cseq_parse(c->buf, c->cseq->value, &cseq);
	SAME(c, reason, s->reason);
	if (reason)
		return;
	SAME(c, cseq.number, s->num[0]);
	SAME_TEXT(c, cseq.method_name, s->text[0]);
}

static void check_body(struct check *c)
{
	SAME(c, c->msg.body.off, c->step->num[0]);
	SAME(c, c->msg.body.len, c->step->num[1]);
	SAME(c, c->msg.len, c->step->num[0] + c->step->num[1]);
}

static void check_sdp(struct check *c)
{
	struct sf_span where;
	enum sf_reason reason;

	reason = sf_sdp_of(&c->msg, &where);
	SAME(c, reason, c->step->reason);
	if (reason)
		return;
	SAME(c, where.off, c->step->num[0]);
	SAME(c, where.len, c->step->num[1]);
	SAME(c, sf_sdp_parse(&c->sdp, c->buf, where), SF_OK);
}

static void check_media(struct check *c)
{
	const struct sf_sdp_media *m = &c->sdp.media[c->media++];
	const struct sf_step *s = c->step;

	KUNIT_ASSERT_LE(c->test, c->media, (u32)c->sdp.nmedia);
	SAME(c, m->type, s->id);
	SAME(c, m->proto, s->num[0]);
	SAME(c, m->port, s->num[1]);
	SAME(c, m->ports, s->num[2]);
	SAME(c, sf_sdp_dir(&c->sdp, m), s->num[3]);
	SAME(c, m->rtcp_port | (u32)m->rtcp_mux << 16, s->num[4]);
	SAME_TEXT(c, sf_sdp_conn(&c->sdp, m)->text, s->text[0]);
}

static void check_step(struct check *c)
{
	switch (c->step->kind) {
	case SF_STEP_PARSE:
		SAME(c, c->reason, c->step->reason);
		break;
	case SF_STEP_VERDICT:
		check_verdict(c);
		break;
	case SF_STEP_PROXY:
	case SF_STEP_SERVER:
	case SF_STEP_HELPER:
		check_ruling(c);
		break;
	case SF_STEP_STREAM:
	case SF_STEP_NEXT:
		check_stream(c);
		break;
	case SF_STEP_REQUEST:
		check_request(c);
		break;
	case SF_STEP_RESPONSE:
		check_response(c);
		break;
	case SF_STEP_URI:
		check_uri(c);
		break;
	case SF_STEP_HDR:
		check_hdr(c);
		break;
	case SF_STEP_VIA:
		check_via(c);
		break;
	case SF_STEP_ADDR:
		check_addr(c);
		break;
	case SF_STEP_CSEQ:
		check_cseq(c);
		break;
	case SF_STEP_BODY:
		check_body(c);
		break;
	case SF_STEP_SDP:
		check_sdp(c);
		break;
	case SF_STEP_ORIGIN:
		SAME_TEXT(c, c->sdp.origin.text, c->step->text[0]);
		break;
	case SF_STEP_CONN:
		SAME_TEXT(c, c->sdp.conn.text, c->step->text[0]);
		break;
	case SF_STEP_MEDIA:
		check_media(c);
		break;
	default:
		KUNIT_FAIL(c->test, "line %u: of no kind", c->step->line);
	}
}

/* Nothing that the message has was left out of the expectations. */
static void check_rest(struct check *c)
{
	struct sf_span item;
	u32 id;

	if (c->reason)
		return;
	SAME(c, c->msg.nhdrs, c->hdrs);
	SAME(c, c->sdp.nmedia, c->media);
	for (id = 0; id < SF_HDR_COUNT; id++)
		if (c->cursor[id].started && !c->cursor[id].broken)
			SAME(c, cursor_next(c, id, &item), SF_EMPTY);
}

/* Every line of the .expect file. */
static void expectations(struct kunit *test)
{
	const struct sf_vector *v = test->param_value;
	struct check *c = kunit_kzalloc(test, sizeof(*c), GFP_KERNEL);
	u32 i;

	KUNIT_ASSERT_NOT_NULL(test, c);
	c->test = test;
	c->vector = v;
	c->buf = sf_guard(v->msg.at, v->msg.len);
	c->reason = sf_msg_parse(&c->msg, c->buf, v->msg.len);
	for (i = 0; i < v->nsteps; i++) {
		c->step = &v->steps[i];
		check_step(c);
	}
	check_rest(c);
}

struct room {
	struct sf_msg msg;
	struct sf_sdp sdp;
};

static const char *read_at_guard(struct room *room, const char *bytes, u32 len)
{
	const char *buf = sf_guard(bytes, len);
	const char *wrong = NULL;

	if (sf_msg_parse(&room->msg, buf, len) == SF_OK)
		wrong = sf_walk_msg(&room->msg, len, &room->sdp);
	if (!wrong && sf_msg_parse_stream(&room->msg, buf, len) == SF_OK)
		wrong = sf_walk_msg(&room->msg, len, &room->sdp);

	return wrong;
}

/* The core makes the same of it here and in user space. */
static void digests(struct kunit *test)
{
	const struct sf_vector *v = test->param_value;
	struct room *room = kunit_kmalloc(test, sizeof(*room), GFP_KERNEL);
	const char *buf = sf_guard(v->msg.at, v->msg.len);

	KUNIT_ASSERT_NOT_NULL(test, room);
	KUNIT_EXPECT_EQ(test, sf_walk_digest(buf, v->msg.len, &room->msg,
					     &room->sdp), v->digest);
}

/* The message cut at every length, as if it ended there. */
static void cuts(struct kunit *test)
{
	const struct sf_vector *v = test->param_value;
	struct room *room = kunit_kmalloc(test, sizeof(*room), GFP_KERNEL);
	const char *wrong;
	u32 cut;

	KUNIT_ASSERT_NOT_NULL(test, room);
	for (cut = 0; cut <= v->msg.len; cut++) {
		wrong = read_at_guard(room, v->msg.at, cut);
		KUNIT_ASSERT_NULL_MSG(test, wrong, "cut at %u: %s", cut, wrong);
	}
}

/* What fuzzers found, as a message, a value and a description. */
static void corpora(struct kunit *test)
{
	struct room *room = kunit_kmalloc(test, sizeof(*room), GFP_KERNEL);
	const struct sf_corpus_input *in;
	const char *buf, *wrong;
	struct sf_span all;

	KUNIT_ASSERT_NOT_NULL(test, room);
	for (in = sf_corpus; in < sf_corpus + sf_ncorpus; in++) {
		all = sf_span(0, in->bytes.len);
		wrong = read_at_guard(room, in->bytes.at, all.len);
		buf = sf_guard(in->bytes.at, all.len);
		if (!wrong)
			wrong = sf_walk_value(buf, all);
		if (!wrong)
			wrong = sf_walk_sdp(buf, all, &room->sdp);
		KUNIT_EXPECT_NULL_MSG(test, wrong, "%s: %s", in->name, wrong);
		KUNIT_EXPECT_EQ_MSG(test, sf_walk_digest(buf, all.len,
							 &room->msg,
							 &room->sdp),
				    in->digest, "%s: not as in user space",
				    in->name);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(expectations, sf_vector_next),
	KUNIT_CASE_PARAM(digests, sf_vector_next),
	KUNIT_CASE_PARAM(cuts, sf_vector_next),
	KUNIT_CASE(corpora),
	{}
};

struct kunit_suite sf_suite_vector = {
	.name = "sipfast_vector",
	.suite_init = sf_guard_init,
	.suite_exit = sf_guard_exit,
	.test_cases = cases,
};
