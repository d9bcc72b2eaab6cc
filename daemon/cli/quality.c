// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * quality.c - how good the media of a stream is
 */
#include <string.h>
#include <sys/socket.h>

#include <linux/sipfast.h>

#include "../util/escape.h"
#include "mos.h"
#include "quality.h"

#define REPORT_FRESH	15000	/* milliseconds that a report tells of now */
#define PERMILLE	10.0	/* in one percent */
#define US_PER_MS	1000.0

/* Below these it is good, and fair; what is higher is bad. */
#define LOSS_GOOD	1.0
#define LOSS_FAIR	3.0
#define JITTER_GOOD	30.0
#define JITTER_FAIR	50.0

/* From these on: R of 80, "satisfied", and of 70, "some dissatisfied". */
#define MOS_GOOD	4.0
#define MOS_FAIR	3.6

static const struct sf_direction_info *way(const struct sf_stream_info *stream,
					   bool forward)
{
	return forward ? &stream->forward : &stream->reverse;
}

static void set_codec(struct sf_quality *q, const struct sf_rtp_info *rtp)
{
	if (sf_has(rtp, SIPFAST_A_RTP_ENCODING))
		sf_escape(q->codec, sizeof(q->codec), rtp->encoding);
	else
		snprintf(q->codec, sizeof(q->codec), "PT %u", rtp->payload);
}

static double percent(uint64_t part, uint64_t whole)
{
	if (!whole)
		return 0;
	return part < whole ? 100.0 * part / whole : 100;
}

static void set_here(struct sf_quality *q, const struct sf_rtp_info *rtp,
		     enum sf_quality_span span)
{
	q->has_loss = rtp->expected;
	q->loss = span == SF_QUALITY_RECENT ? rtp->recent / PERMILLE :
		  percent(rtp->lost, rtp->expected);
	q->has_jitter = sf_has(rtp, SIPFAST_A_RTP_JITTER);
	q->jitter = rtp->jitter / US_PER_MS;
}

/* What the receiver lacks is lost before it comes here, or behind. */
static double receiver_loss(const struct sf_direction_info *direction,
			    const struct sf_quality *q,
			    enum sf_quality_span span)
{
	const struct sf_report_info *report = &direction->report;
	double loss = 0;

	if (span == SF_QUALITY_WHOLE)
		loss = percent(report->lost, direction->rtp.expected);
	else if (report->age < REPORT_FRESH)
		loss = report->fraction / PERMILLE;
	return loss > q->loss ? loss : q->loss;
}

static double receiver_jitter(const struct sf_direction_info *direction,
			      const struct sf_quality *q)
{
	double jitter = direction->report.jitter / US_PER_MS;

	return jitter > q->jitter ? jitter : q->jitter;
}

/* Each end's reports measure the way from here to it, and back. */
static double network_delay(const struct sf_stream_info *stream)
{
	return (stream->forward.report.rtt + stream->reverse.report.rtt) /
	       US_PER_MS / 2;
}

static void set_mos(struct sf_quality *q, const struct sf_stream_info *stream,
		    const struct sf_direction_info *direction,
		    enum sf_quality_span span)
{
	const struct sf_mos_codec *codec = sf_mos_codec(direction->rtp.encoding);

	if (!codec || !q->has_loss || !q->has_jitter || !stream->type ||
	    strcmp(stream->type, "audio"))
		return;
	q->has_mos = true;
	q->wide = codec->wide;
	q->delay = network_delay(stream) + codec->delay +
		   2 * receiver_jitter(direction, q);
	q->rating = sf_mos_rating(codec, receiver_loss(direction, q, span),
				  q->delay);
	q->mos = sf_mos_score(q->rating, q->wide);
}

struct sf_quality sf_quality_of(const struct sf_stream_info *stream,
				bool forward, enum sf_quality_span span)
{
	const struct sf_direction_info *direction = way(stream, forward);
	uint64_t all = direction->packets + direction->rtcp;
	struct sf_quality q = { .codec = "" };

	q.has_fast = sf_has(direction, SIPFAST_A_DIRECTION_FAST) && all;
	q.fast = percent(direction->fast, all);
	if (!sf_has(direction, SIPFAST_A_DIRECTION_RTP))
		return q;
	set_codec(&q, &direction->rtp);
	set_here(&q, &direction->rtp, span);
	set_mos(&q, stream, direction, span);
	return q;
}

const char *sf_quality_sender(const struct sf_direction_info *direction,
			      char *buf)
{
	char address[SF_ENDPOINT_LEN];

	sf_address_text(&direction->source, address);
	if (direction->source_mapped.family != AF_UNSPEC)
		snprintf(buf, SF_SENDER_LEN, "phone %s", address);
	else if (direction->target_inside.family != AF_UNSPEC)
		snprintf(buf, SF_SENDER_LEN, "outside (%s)", address);
	else
		snprintf(buf, SF_SENDER_LEN, "%s", address);
	return buf;
}

static enum sf_color grade(bool good, bool fair)
{
	if (good)
		return SF_COLOR_GOOD;
	return fair ? SF_COLOR_WARN : SF_COLOR_BAD;
}

enum sf_color sf_quality_loss_color(double loss)
{
	return grade(loss < LOSS_GOOD, loss < LOSS_FAIR);
}

enum sf_color sf_quality_jitter_color(double ms)
{
	return grade(ms < JITTER_GOOD, ms < JITTER_FAIR);
}

enum sf_color sf_quality_mos_color(double mos)
{
	return grade(mos >= MOS_GOOD, mos >= MOS_FAIR);
}
