// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * layout_stream.c - the layouts of a stream, its directions and their quality
 */
#include <linux/sipfast.h>

#include "layout.h"

/* Every struct begins with @present: see mark_present() of decode.c. */
_Static_assert(!offsetof(struct sf_stream_info, present) &&
	       !offsetof(struct sf_direction_info, present) &&
	       !offsetof(struct sf_rtp_info, present) &&
	       !offsetof(struct sf_report_info, present), "present is first");

#define RTP(member, kind)	FIELD(sf_rtp_info, member, kind)

static const struct sf_field rtp_fields[] = {
	[SIPFAST_A_RTP_SSRC] = RTP(ssrc, U32),
	[SIPFAST_A_RTP_SOURCES] = RTP(sources, U32),
	[SIPFAST_A_RTP_PAYLOAD] = RTP(payload, U8),
	[SIPFAST_A_RTP_PAYLOADS] = RTP(payloads, U32),
	[SIPFAST_A_RTP_ENCODING] = RTP(encoding, STRING),
	[SIPFAST_A_RTP_CLOCK] = RTP(clock, U32),
	[SIPFAST_A_RTP_EXPECTED] = RTP(expected, U64),
	[SIPFAST_A_RTP_LOST] = RTP(lost, U64),
	[SIPFAST_A_RTP_REORDERED] = RTP(reordered, U64),
	[SIPFAST_A_RTP_DUPLICATES] = RTP(duplicates, U64),
	[SIPFAST_A_RTP_JITTER] = RTP(jitter, U32),
	[SIPFAST_A_RTP_JITTER_MAX] = RTP(jitter_max, U32),
	[SIPFAST_A_RTP_RECENT] = RTP(recent, U32),
	[SIPFAST_A_RTP_DIGITS] = RTP(digits, U32),
};

static const struct sf_layout rtp_layout = LAYOUT(rtp_fields);

#define REPORT(member, kind)	FIELD(sf_report_info, member, kind)

static const struct sf_field report_fields[] = {
	[SIPFAST_A_REPORT_AGE] = REPORT(age, U32),
	[SIPFAST_A_REPORT_FRACTION] = REPORT(fraction, U32),
	[SIPFAST_A_REPORT_LOST] = REPORT(lost, U32),
	[SIPFAST_A_REPORT_JITTER] = REPORT(jitter, U32),
	[SIPFAST_A_REPORT_RTT] = REPORT(rtt, U32),
};

static const struct sf_layout report_layout = LAYOUT(report_fields);

#define DIRECTION(member, kind)	FIELD(sf_direction_info, member, kind)

static const struct sf_field direction_fields[] = {
	[SIPFAST_A_DIRECTION_SOURCE] = DIRECTION(source, ENDPOINT),
	[SIPFAST_A_DIRECTION_TARGET] = DIRECTION(target, ENDPOINT),
	[SIPFAST_A_DIRECTION_SOURCE_MAPPED] =
		DIRECTION(source_mapped, ENDPOINT),
	[SIPFAST_A_DIRECTION_TARGET_INSIDE] =
		DIRECTION(target_inside, ENDPOINT),
	[SIPFAST_A_DIRECTION_PACKETS] = DIRECTION(packets, U64),
	[SIPFAST_A_DIRECTION_BYTES] = DIRECTION(bytes, U64),
	[SIPFAST_A_DIRECTION_FIRST] = DIRECTION(first, U32),
	[SIPFAST_A_DIRECTION_LAST] = DIRECTION(last, U32),
	[SIPFAST_A_DIRECTION_ADMITS] = DIRECTION(admits, ENDPOINT),
	[SIPFAST_A_DIRECTION_STRANGERS] = DIRECTION(strangers, U32),
	[SIPFAST_A_DIRECTION_STRANGER] = DIRECTION(stranger, ENDPOINT),
	[SIPFAST_A_DIRECTION_RTCP] = DIRECTION(rtcp, U64),
	[SIPFAST_A_DIRECTION_FAST] = DIRECTION(fast, U64),
	[SIPFAST_A_DIRECTION_PROMOTED] = DIRECTION(promoted, U8),
	[SIPFAST_A_DIRECTION_DECLINED] = DIRECTION(declined, STRING),
	[SIPFAST_A_DIRECTION_OTHER] = DIRECTION(other, U64),
	[SIPFAST_A_DIRECTION_SILENT] = DIRECTION(silent, U8),
	[SIPFAST_A_DIRECTION_POOR] = DIRECTION(poor, U8),
	[SIPFAST_A_DIRECTION_RTP] = NEST(sf_direction_info, rtp, rtp_layout),
	[SIPFAST_A_DIRECTION_REPORT] =
		NEST(sf_direction_info, report, report_layout),
};

static const struct sf_layout direction_layout = LAYOUT(direction_fields);

#define STREAM(member, kind)	FIELD(sf_stream_info, member, kind)

static const struct sf_field stream_fields[] = {
	[SIPFAST_A_STREAM_ID] = STREAM(id, U32),
	[SIPFAST_A_STREAM_CALL] = STREAM(call, U32),
	[SIPFAST_A_STREAM_MEDIA] = STREAM(media, U8),
	[SIPFAST_A_STREAM_TYPE] = STREAM(type, STRING),
	[SIPFAST_A_STREAM_KIND] = STREAM(kind, U8),
	[SIPFAST_A_STREAM_FORWARD] =
		NEST(sf_stream_info, forward, direction_layout),
	[SIPFAST_A_STREAM_REVERSE] =
		NEST(sf_stream_info, reverse, direction_layout),
	[SIPFAST_A_STREAM_AGE] = STREAM(age, U32),
	[SIPFAST_A_STREAM_EVENT] = STREAM(event, U8),
	[SIPFAST_A_STREAM_EVENT_FORWARD] = STREAM(event_forward, U8),
	[SIPFAST_A_STREAM_SECURE] = STREAM(secure, U8),
	[SIPFAST_A_STREAM_IDLE] = STREAM(idle, U8),
};

const struct sf_layout sf_layout_stream = LAYOUT(stream_fields);
