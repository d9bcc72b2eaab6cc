// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * json_stream.c - streams and their quality as JSON
 */
#include <sys/socket.h>

#include <linux/sipfast.h>

#include "json.h"

static json_t *json_rtp(const struct sf_rtp_info *rtp)
{
	json_t *o = sf_json_object();

	sf_json_number(o, "ssrc", sf_has(rtp, SIPFAST_A_RTP_SSRC), rtp->ssrc);
	sf_json_number(o, "sources", sf_has(rtp, SIPFAST_A_RTP_SOURCES),
		       rtp->sources);
	sf_json_number(o, "payload", sf_has(rtp, SIPFAST_A_RTP_PAYLOAD),
		       rtp->payload);
	sf_json_number(o, "payloads", sf_has(rtp, SIPFAST_A_RTP_PAYLOADS),
		       rtp->payloads);
	sf_json_string(o, "encoding", rtp->encoding);
	sf_json_number(o, "clock_hz", sf_has(rtp, SIPFAST_A_RTP_CLOCK),
		       rtp->clock);
	sf_json_number(o, "expected", sf_has(rtp, SIPFAST_A_RTP_EXPECTED),
		       rtp->expected);
	sf_json_number(o, "lost", sf_has(rtp, SIPFAST_A_RTP_LOST), rtp->lost);
	sf_json_number(o, "reordered", sf_has(rtp, SIPFAST_A_RTP_REORDERED),
		       rtp->reordered);
	sf_json_number(o, "duplicates", sf_has(rtp, SIPFAST_A_RTP_DUPLICATES),
		       rtp->duplicates);
	sf_json_number(o, "jitter_us", sf_has(rtp, SIPFAST_A_RTP_JITTER),
		       rtp->jitter);
	sf_json_number(o, "jitter_max_us", sf_has(rtp, SIPFAST_A_RTP_JITTER_MAX),
		       rtp->jitter_max);
	sf_json_number(o, "recent_permille", sf_has(rtp, SIPFAST_A_RTP_RECENT),
		       rtp->recent);
	sf_json_number(o, "digits", sf_has(rtp, SIPFAST_A_RTP_DIGITS),
		       rtp->digits);
	return o;
}

static json_t *json_report(const struct sf_report_info *report)
{
	json_t *o = sf_json_object();

	sf_json_number(o, "age_ms", sf_has(report, SIPFAST_A_REPORT_AGE),
		       report->age);
	sf_json_number(o, "fraction_permille",
		       sf_has(report, SIPFAST_A_REPORT_FRACTION),
		       report->fraction);
	sf_json_number(o, "lost", sf_has(report, SIPFAST_A_REPORT_LOST),
		       report->lost);
	sf_json_number(o, "jitter_us", sf_has(report, SIPFAST_A_REPORT_JITTER),
		       report->jitter);
	sf_json_number(o, "rtt_us", sf_has(report, SIPFAST_A_REPORT_RTT),
		       report->rtt);
	return o;
}

json_t *sf_json_quality(const struct sf_quality *q)
{
	json_t *o = sf_json_object();

	sf_json_string(o, "codec", *q->codec ? q->codec : NULL);
	sf_json_real(o, "loss_percent", q->has_loss, q->loss);
	sf_json_real(o, "jitter_ms", q->has_jitter, q->jitter);
	sf_json_real(o, "fast_percent", q->has_fast, q->fast);
	sf_json_real(o, "delay_ms", q->has_mos, q->delay);
	sf_json_real(o, "rating", q->has_mos, q->rating);
	sf_json_real(o, "mos", q->has_mos, q->mos);
	sf_json_bool(o, "wideband", q->has_mos, q->wide);
	return o;
}

static void add_fast(json_t *o, const struct sf_direction_info *direction)
{
	sf_json_number(o, "fast_packets",
		       sf_has(direction, SIPFAST_A_DIRECTION_FAST),
		       direction->fast);
	sf_json_bool(o, "promoted",
		     sf_has(direction, SIPFAST_A_DIRECTION_PROMOTED),
		     direction->promoted);
	sf_json_string(o, "declined", direction->declined);
}

static void add_quality(json_t *o, const struct sf_stream_info *stream,
			bool forward)
{
	const struct sf_direction_info *direction =
		forward ? &stream->forward : &stream->reverse;
	struct sf_quality q = sf_quality_of(stream, forward, SF_QUALITY_WHOLE);

	sf_json_number(o, "other_packets",
		       sf_has(direction, SIPFAST_A_DIRECTION_OTHER),
		       direction->other);
	sf_json_bool(o, "silent", sf_has(direction, SIPFAST_A_DIRECTION_SILENT),
		     direction->silent);
	sf_json_bool(o, "poor", sf_has(direction, SIPFAST_A_DIRECTION_POOR),
		     direction->poor);
	if (sf_has(direction, SIPFAST_A_DIRECTION_RTP)) {
		sf_json_set(o, "rtp", json_rtp(&direction->rtp));
		sf_json_set(o, "quality", sf_json_quality(&q));
	}
	if (sf_has(direction, SIPFAST_A_DIRECTION_REPORT))
		sf_json_set(o, "report", json_report(&direction->report));
}

static json_t *json_direction(const struct sf_direction_info *direction)
{
	json_t *o = sf_json_object();
	char admits[SF_ENDPOINT_LEN];

	sf_json_endpoint(o, "source", &direction->source);
	sf_json_endpoint(o, "target", &direction->target);
	sf_json_endpoint(o, "source_mapped", &direction->source_mapped);
	sf_json_endpoint(o, "target_inside", &direction->target_inside);
	sf_json_number(o, "packets",
		       sf_has(direction, SIPFAST_A_DIRECTION_PACKETS),
		       direction->packets);
	sf_json_number(o, "bytes", sf_has(direction, SIPFAST_A_DIRECTION_BYTES),
		       direction->bytes);
	sf_json_number(o, "rtcp_packets",
		       sf_has(direction, SIPFAST_A_DIRECTION_RTCP),
		       direction->rtcp);
	sf_json_number(o, "first_packet_ms",
		       sf_has(direction, SIPFAST_A_DIRECTION_FIRST),
		       direction->first);
	if (sf_has(direction, SIPFAST_A_DIRECTION_ADMITS))
		sf_json_set(o, "admits", json_string(direction->admits.family ==
			    AF_UNSPEC ? "any" :
			    sf_endpoint_text(&direction->admits, admits)));
	sf_json_number(o, "strangers",
		       sf_has(direction, SIPFAST_A_DIRECTION_STRANGERS),
		       direction->strangers);
	sf_json_endpoint(o, "stranger", &direction->stranger);
	sf_json_number(o, "last_packet_ms",
		       sf_has(direction, SIPFAST_A_DIRECTION_LAST),
		       direction->last);
	add_fast(o, direction);
	return o;
}

static void add_direction(json_t *o, const char *key,
			  const struct sf_stream_info *stream, bool forward)
{
	json_t *direction = json_direction(forward ? &stream->forward :
					   &stream->reverse);

	add_quality(direction, stream, forward);
	sf_json_set(o, key, direction);
}

json_t *sf_json_stream(const struct sf_stream_info *stream)
{
	json_t *o = sf_json_object();

	sf_json_number(o, "id", sf_has(stream, SIPFAST_A_STREAM_ID),
		       stream->id);
	sf_json_number(o, "call", sf_has(stream, SIPFAST_A_STREAM_CALL),
		       stream->call);
	sf_json_number(o, "media", sf_has(stream, SIPFAST_A_STREAM_MEDIA),
		       stream->media);
	sf_json_string(o, "type", stream->type);
	sf_json_name(o, "kind", sf_has(stream, SIPFAST_A_STREAM_KIND),
		     sf_text_stream_kind, stream->kind);
	sf_json_number(o, "age_ms", sf_has(stream, SIPFAST_A_STREAM_AGE),
		       stream->age);
	sf_json_name(o, "event", sf_has(stream, SIPFAST_A_STREAM_EVENT),
		     sf_text_stream_event, stream->event);
	sf_json_bool(o, "event_forward",
		     sf_has(stream, SIPFAST_A_STREAM_EVENT_FORWARD),
		     stream->event_forward);
	sf_json_bool(o, "secure", sf_has(stream, SIPFAST_A_STREAM_SECURE),
		     stream->secure);
	sf_json_bool(o, "idle", sf_has(stream, SIPFAST_A_STREAM_IDLE),
		     stream->idle);
	if (sf_has(stream, SIPFAST_A_STREAM_FORWARD))
		add_direction(o, "forward", stream, true);
	if (sf_has(stream, SIPFAST_A_STREAM_REVERSE))
		add_direction(o, "reverse", stream, false);
	return o;
}
