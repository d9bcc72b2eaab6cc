// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sample_stream.c - messages about the streams of a small router
 */
#include <linux/sipfast.h>
#include <sipfast/deps.h>

#include "sample.h"

static void put_rtp(struct nlmsghdr *nlh, const struct sample_way *way)
{
	struct nlattr *nest;

	if (!way->encoding && !way->expected)
		return;
	nest = mnl_attr_nest_start(nlh, SIPFAST_A_DIRECTION_RTP);
	mnl_attr_put_u32(nlh, SIPFAST_A_RTP_SSRC, 0xdeadbeef);
	mnl_attr_put_u32(nlh, SIPFAST_A_RTP_SOURCES, 1);
	mnl_attr_put_u8(nlh, SIPFAST_A_RTP_PAYLOAD, way->payload);
	mnl_attr_put_u32(nlh, SIPFAST_A_RTP_PAYLOADS, 0);
	if (way->encoding) {
		mnl_attr_put_strz(nlh, SIPFAST_A_RTP_ENCODING, way->encoding);
		mnl_attr_put_u32(nlh, SIPFAST_A_RTP_CLOCK, 8000);
		mnl_attr_put_u32(nlh, SIPFAST_A_RTP_JITTER, way->jitter);
		mnl_attr_put_u32(nlh, SIPFAST_A_RTP_JITTER_MAX,
				 2 * way->jitter);
	}
	mnl_attr_put_u64(nlh, SIPFAST_A_RTP_EXPECTED, way->expected);
	mnl_attr_put_u64(nlh, SIPFAST_A_RTP_LOST, way->lost);
	mnl_attr_put_u64(nlh, SIPFAST_A_RTP_REORDERED, 3);
	mnl_attr_put_u64(nlh, SIPFAST_A_RTP_DUPLICATES, 0);
	mnl_attr_put_u32(nlh, SIPFAST_A_RTP_RECENT, way->recent);
	mnl_attr_put_u32(nlh, SIPFAST_A_RTP_DIGITS, 4);
	mnl_attr_nest_end(nlh, nest);
}

static void put_report(struct nlmsghdr *nlh, const struct sample_way *way)
{
	struct nlattr *nest;

	if (!way->report)
		return;
	nest = mnl_attr_nest_start(nlh, SIPFAST_A_DIRECTION_REPORT);
	mnl_attr_put_u32(nlh, SIPFAST_A_REPORT_AGE, 3100);
	mnl_attr_put_u32(nlh, SIPFAST_A_REPORT_FRACTION, way->recent);
	mnl_attr_put_u32(nlh, SIPFAST_A_REPORT_LOST, way->report_lost);
	mnl_attr_put_u32(nlh, SIPFAST_A_REPORT_JITTER, way->report_jitter);
	if (way->rtt)
		mnl_attr_put_u32(nlh, SIPFAST_A_REPORT_RTT, way->rtt);
	mnl_attr_nest_end(nlh, nest);
}

static void put_ends(struct nlmsghdr *nlh, bool forward, uint16_t port)
{
	const uint16_t in = 4000 + port, out = 35000 + port, far = 20000 + port;

	put_endpoint(nlh, SIPFAST_A_DIRECTION_SOURCE,
		     forward ? SAMPLE_PHONE : SAMPLE_PROXY, forward ? in : far);
	put_endpoint(nlh, SIPFAST_A_DIRECTION_TARGET,
		     forward ? SAMPLE_PROXY : SAMPLE_ROUTER,
		     forward ? far : out);
	if (forward)
		put_endpoint(nlh, SIPFAST_A_DIRECTION_SOURCE_MAPPED,
			     SAMPLE_ROUTER, out);
	else
		put_endpoint(nlh, SIPFAST_A_DIRECTION_TARGET_INSIDE,
			     SAMPLE_PHONE, in);
	put_endpoint(nlh, SIPFAST_A_DIRECTION_ADMITS,
		     forward ? SAMPLE_PHONE : SAMPLE_PROXY, 0);
	mnl_attr_put_u32(nlh, SIPFAST_A_DIRECTION_STRANGERS, forward ? 0 : 2);
	if (!forward)
		put_endpoint(nlh, SIPFAST_A_DIRECTION_STRANGER, "198.51.100.66",
			     40000);
}

static void put_way(struct nlmsghdr *nlh, uint16_t attr, uint16_t port,
		    const struct sample_way *way)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, attr);

	put_ends(nlh, attr == SIPFAST_A_STREAM_FORWARD, port);
	mnl_attr_put_u64(nlh, SIPFAST_A_DIRECTION_PACKETS, way->packets);
	mnl_attr_put_u64(nlh, SIPFAST_A_DIRECTION_BYTES, way->packets * 200);
	if (way->packets) {
		mnl_attr_put_u32(nlh, SIPFAST_A_DIRECTION_FIRST, 123000);
		mnl_attr_put_u32(nlh, SIPFAST_A_DIRECTION_LAST, way->last);
	}
	if (!port)
		mnl_attr_put_u64(nlh, SIPFAST_A_DIRECTION_RTCP,
				 way->packets / 250);
	if (way->fast)
		mnl_attr_put_u64(nlh, SIPFAST_A_DIRECTION_FAST, way->fast);
	if (way->fast || way->declined)
		mnl_attr_put_u8(nlh, SIPFAST_A_DIRECTION_PROMOTED,
				!way->declined);
	if (way->declined)
		mnl_attr_put_strz(nlh, SIPFAST_A_DIRECTION_DECLINED,
				  way->declined);
	if (way->silent)
		mnl_attr_put_u8(nlh, SIPFAST_A_DIRECTION_SILENT, 1);
	if (way->poor)
		mnl_attr_put_u8(nlh, SIPFAST_A_DIRECTION_POOR, 1);
	put_rtp(nlh, way);
	put_report(nlh, way);
	mnl_attr_nest_end(nlh, nest);
}

static void put_event(struct nlmsghdr *nlh, const struct sample_stream *stream)
{
	if (stream->has_event)
		mnl_attr_put_u8(nlh, SIPFAST_A_STREAM_EVENT, stream->event);
	if (stream->has_way)
		mnl_attr_put_u8(nlh, SIPFAST_A_STREAM_EVENT_FORWARD,
				stream->event_forward);
}

void sample_stream(uint8_t cmd, const struct sample_stream *stream)
{
	struct nlmsghdr *nlh = fake_message(cmd);
	struct nlattr *nest = mnl_attr_nest_start(nlh, SIPFAST_A_STREAM);
	uint16_t port = stream->kind == SIPFAST_STREAM_RTCP ? 7 : 0;

	mnl_attr_put_u32(nlh, SIPFAST_A_STREAM_ID, stream->id);
	mnl_attr_put_u32(nlh, SIPFAST_A_STREAM_CALL,
			 stream->call ? stream->call : 7);
	mnl_attr_put_u8(nlh, SIPFAST_A_STREAM_MEDIA, 0);
	mnl_attr_put_strz(nlh, SIPFAST_A_STREAM_TYPE,
			  stream->type ? stream->type : "audio");
	mnl_attr_put_u8(nlh, SIPFAST_A_STREAM_KIND, stream->kind);
	put_way(nlh, SIPFAST_A_STREAM_FORWARD, port, &stream->forward);
	put_way(nlh, SIPFAST_A_STREAM_REVERSE, port, &stream->reverse);
	mnl_attr_put_u32(nlh, SIPFAST_A_STREAM_AGE,
			 stream->age ? stream->age : 127600);
	put_event(nlh, stream);
	mnl_attr_put_u8(nlh, SIPFAST_A_STREAM_SECURE, stream->secure);
	mnl_attr_put_u8(nlh, SIPFAST_A_STREAM_IDLE, stream->idle);
	mnl_attr_nest_end(nlh, nest);
}

/* Each but the last is the first by another key; that one is one-way. */
static const struct sample_stream five[] = {
	{
		.id = 31, .call = 7, .age = 50000,
		.forward = { .packets = 100, .encoding = "PCMA",
			     .expected = 1000, .recent = 4, .jitter = 900 },
		.reverse = { .packets = 100, .encoding = "PCMA",
			     .expected = 1000, .jitter = 1100 },
	},
	{
		.id = 32, .call = 8, .age = 40000,
		.forward = { .packets = 100, .encoding = "opus",
			     .expected = 1000, .recent = 200, .jitter = 2000,
			     .poor = true },
	},
	{
		.id = 33, .call = 9, .age = 30000,
		.forward = { .packets = 100, .encoding = "opus",
			     .expected = 1000, .jitter = 80000 },
	},
	{
		.id = 34, .call = 10, .age = 20000,
		.forward = { .packets = 100, .encoding = "G729",
			     .expected = 1000, .recent = 50, .jitter = 3000,
			     .fast = 50 },
	},
	{
		.id = 35, .call = 11, .age = 900000,
		.forward = { .packets = 100, .encoding = "PCMU",
			     .expected = 1000, .jitter = 1000 },
		.reverse = { .packets = 5, .silent = true },
	},
};

void sample_top(unsigned int more)
{
	struct sample_stream good = {
		.id = 100, .age = 10000,
		.forward = { .packets = 50, .encoding = "PCMA",
			     .expected = 50, .jitter = 100 },
	};
	size_t i;

	sample_end(sample_call(SIPFAST_CMD_GET_CALL, 7, SIPFAST_CALL_UP, 1));
	for (i = 0; i < ARRAY_SIZE(five); i++)
		sample_stream(SIPFAST_CMD_GET_STREAM, &five[i]);
	for (; more; more--) {
		good.call = good.id++;
		sample_stream(SIPFAST_CMD_GET_STREAM, &good);
	}
}
