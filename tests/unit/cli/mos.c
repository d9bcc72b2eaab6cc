// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mos.c - the E-model, against values that can be worked out by hand
 */
#include "test.h"

#include <math.h>
#include <string.h>

#include <linux/sipfast.h>

#include "../../../daemon/cli/mos.h"
#include "../../../daemon/cli/quality.h"

#define HAS(attr)	(1U << SIPFAST_A_##attr)
#define EXACT		0.000001	/* but for rounding */

static void assert_near(double got, double want, double error)
{
	if (!(fabs(got - want) <= error))
		fail_msg("%f, not %f", got, want);
}

/* Table B.1 of G.107, and where the curve ends. */
static void scores(void **state)
{
	static const struct {
		double rating, mos;
	} rows[] = {
		{ 93.2, 4.41 }, { 90, 4.34 }, { 80, 4.02 }, { 70, 3.60 },
		{ 60, 3.10 }, { 50, 2.58 }, { 100, 4.5 }, { 129, 4.5 },
		{ 0, 1 }, { -20, 1 }, { 3, 1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%g", rows[i].rating);
		assert_near(sf_mos_score(rows[i].rating, false), rows[i].mos,
			    0.005);
		assert_near(sf_mos_score(1.29 * rows[i].rating, true),
			    rows[i].mos, 0.005);
	}
}

/* A better rating is no worse a score, down to 1. */
static void monotonic(void **state)
{
	double r, mos, before = 1;

	(void)state;
	for (r = -10; r < 140; r += 0.25) {
		mos = sf_mos_score(r, false);
		assert_true(mos >= before && mos <= 4.5);
		before = mos;
	}
}

/*
 * Ie-eff by hand: G.711 at 1 %: 95 / 26.1 = 3.64; at 5 %: 475 / 30.1 = 15.78;
 * G.729 at 2 %: 11 + 84 * 2 / 21 = 19; G.723.1 at 3.9 %: 15 + 80 * 3.9 / 20 =
 * 30.6; G.722 at 4.3 %: 13 + 82 / 2 = 54. Idd at 200 ms: 25 (2^(1/6) - 3.0006854
 * + 2) = 3.04; at 400 ms: 25 (65^(1/6) - 3.0423541 + 2) = 24.07.
 */
static void ratings(void **state)
{
	static const struct {
		const char *codec;
		double loss, delay, rating, mos;
	} rows[] = {
		{ "PCMA", 0, 0, 93.2, 4.41 },
		{ "pcmu", 0, 100, 93.2, 4.41 },
		{ "PCMU", 1, 50, 89.56, 4.33 },
		{ "PCMA", 5, 50, 77.42, 3.92 },
		{ "PCMA", 100, 0, 17.26, 1.18 },
		{ "PCMA", 0, 200, 90.16, 4.34 },
		{ "PCMA", 0, 400, 69.13, 3.55 },
		{ "G729", 0, 0, 82.2, 4.10 },
		{ "G729", 2, 0, 74.2, 3.79 },
		{ "G729", 2, 400, 50.13, 2.58 },
		{ "G723", 3.9, 0, 62.6, 3.23 },
		{ "GSM", 0, 0, 73.2, 3.74 },
		{ "GSM-EFR", 0, 0, 88.2, 4.29 },
		{ "G722", 0, 0, 116, 4.34 },
		{ "G722", 4.3, 0, 75, 3.00 },
	};
	const struct sf_mos_codec *codec;
	double rating;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s, %g %%, %g ms", rows[i].codec, rows[i].loss,
		    rows[i].delay);
		codec = sf_mos_codec(rows[i].codec);
		assert_non_null(codec);
		rating = sf_mos_rating(codec, rows[i].loss, rows[i].delay);
		assert_near(rating, rows[i].rating, 0.01);
		assert_near(sf_mos_score(rating, codec->wide), rows[i].mos,
			    0.006);
	}
}

/* Nobody has published what these cost, or it depends on more than the name. */
static void unknown(void **state)
{
	static const char *const rows[] = {
		"opus", "AMR", "AMR-WB", "iLBC", "speex", "L16", "H264",
		"telephone-event", "", "PCM", "PCMA ",
	};
	size_t i;

	(void)state;
	assert_null(sf_mos_codec(NULL));
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i]);
		assert_null(sf_mos_codec(rows[i]));
	}
}

/* A direction of PCMA, and one back, of a stream that was seen whole. */
static struct sf_stream_info stream(void)
{
	struct sf_stream_info s = { .type = "audio" };

	s.forward.present = HAS(DIRECTION_RTP) | HAS(DIRECTION_FAST);
	s.forward.packets = 970;
	s.forward.rtcp = 30;
	s.forward.fast = 750;
	s.forward.rtp.present = HAS(RTP_ENCODING) | HAS(RTP_JITTER);
	s.forward.rtp.encoding = "PCMA";
	s.forward.rtp.payload = 8;
	s.forward.rtp.expected = 1000;
	s.forward.rtp.lost = 10;
	s.forward.rtp.recent = 50;
	s.forward.rtp.jitter = 4000;
	return s;
}

static void whole_and_recent(void **state)
{
	struct sf_stream_info s = stream();
	struct sf_quality q = sf_quality_of(&s, true, SF_QUALITY_WHOLE);

	(void)state;
	assert_string_equal(q.codec, "PCMA");
	assert_true(q.has_loss && q.has_jitter && q.has_fast && q.has_mos);
	assert_near(q.loss, 1, EXACT);
	assert_near(q.jitter, 4, EXACT);
	assert_near(q.fast, 75, EXACT);
	assert_near(q.delay, 28, EXACT);
	assert_near(q.mos, 4.33, 0.005);
	q = sf_quality_of(&s, true, SF_QUALITY_RECENT);
	assert_near(q.loss, 5, EXACT);
	assert_near(q.mos, 3.92, 0.005);
	q = sf_quality_of(&s, false, SF_QUALITY_WHOLE);
	assert_string_equal(q.codec, "");
	assert_false(q.has_loss || q.has_jitter || q.has_fast || q.has_mos);
}

/* The receiver's loss counts when it is more; so does the delay of both ways. */
static void reports(void **state)
{
	struct sf_stream_info s = stream();
	struct sf_quality q;

	(void)state;
	s.forward.report.lost = 50;
	s.forward.report.fraction = 100;
	s.forward.report.jitter = 10000;
	s.forward.report.rtt = 150000;
	s.reverse.report.rtt = 10000;
	q = sf_quality_of(&s, true, SF_QUALITY_WHOLE);
	assert_near(q.loss, 1, EXACT);
	assert_near(q.delay, 80 + 20 + 20, EXACT);
	assert_near(q.rating, 77.42 - 0.0, 0.1);
	q = sf_quality_of(&s, true, SF_QUALITY_RECENT);
	assert_near(q.rating, 93.2 - 950 / 35.1, 0.1);
	s.forward.report.age = 60000;
	q = sf_quality_of(&s, true, SF_QUALITY_RECENT);
	assert_near(q.rating, 77.42, 0.1);
	s.forward.report.lost = UINT32_MAX;
	q = sf_quality_of(&s, true, SF_QUALITY_WHOLE);
	assert_near(q.rating, 17.26, 0.1);
}

static void no_score(void **state)
{
	struct sf_stream_info s = stream();
	struct sf_quality q;

	(void)state;
	s.type = "video";
	assert_false(sf_quality_of(&s, true, SF_QUALITY_WHOLE).has_mos);
	s = stream();
	s.forward.rtp.encoding = "opus";
	q = sf_quality_of(&s, true, SF_QUALITY_WHOLE);
	assert_string_equal(q.codec, "opus");
	assert_true(q.has_loss && !q.has_mos);
	s = stream();
	s.forward.rtp.present = 0;
	s.forward.rtp.encoding = NULL;
	s.forward.rtp.payload = 97;
	q = sf_quality_of(&s, true, SF_QUALITY_WHOLE);
	assert_string_equal(q.codec, "PT 97");
	assert_true(q.has_loss && !q.has_jitter && !q.has_mos);
	s = stream();
	s.type = NULL;
	s.forward.rtp.expected = 0;
	q = sf_quality_of(&s, true, SF_QUALITY_WHOLE);
	assert_false(q.has_loss || q.has_mos);
}

static void grades(void **state)
{
	(void)state;
	assert_int_equal(sf_quality_loss_color(0.99), SF_COLOR_GOOD);
	assert_int_equal(sf_quality_loss_color(1), SF_COLOR_WARN);
	assert_int_equal(sf_quality_loss_color(3), SF_COLOR_BAD);
	assert_int_equal(sf_quality_jitter_color(29.9), SF_COLOR_GOOD);
	assert_int_equal(sf_quality_jitter_color(30), SF_COLOR_WARN);
	assert_int_equal(sf_quality_jitter_color(50), SF_COLOR_BAD);
	assert_int_equal(sf_quality_mos_color(4), SF_COLOR_GOOD);
	assert_int_equal(sf_quality_mos_color(3.9), SF_COLOR_WARN);
	assert_int_equal(sf_quality_mos_color(3.5), SF_COLOR_BAD);
}

static const struct CMUnitTest tests[] = {
	TEST(scores),
	TEST(monotonic),
	TEST(ratings),
	TEST(unknown),
	TEST(whole_and_recent),
	TEST(reports),
	TEST(no_score),
	TEST(grades),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
