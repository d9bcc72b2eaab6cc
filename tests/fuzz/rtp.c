// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * rtp.c - any bytes as a head, and any packets as a direction
 */
#include "fuzz.h"

#include <sipfast/rtp.h>

static void as_head(const uint8_t *data, u32 size)
{
	enum sf_rtp_kind kind = sf_rtp_kind(data, size);
	struct sf_rtp_head h;
	u32 have;

	must((kind == SF_RTP_RTP) == sf_rtp_is(data, size),
	     "two opinions about RTP");
	for (have = 0; have <= size && have <= SF_RTP_HEAD_MAX; have++)
		if (sf_rtp_parse(&h, data, have, size))
			must(kind == SF_RTP_RTP && h.payload < 128 &&
			     have >= SF_RTP_HEAD, "a head of something else");
}

static void doubt(const struct sf_rtp *r, u32 packets)
{
	struct sf_rtp_totals t;

	sf_rtp_totals(r, &t);
	must(t.lost <= t.expected && r->before_lost <= t.lost,
	     "more lost than sent");
	must(t.received + t.duplicates + t.strays == packets,
	     "a packet is neither received, nor a duplicate, nor a stray");
	must(t.reordered <= t.received, "more reordered than received");
	must(t.jitter_us <= 4294967 && t.jitter_us <= t.jitter_max_us,
	     "jitter out of range");
	must(t.sources && t.payload < 128, "a source without a packet");
}

/* Five bytes a packet: what differs from the one before, mostly by little. */
static void next_head(struct input *in, struct sf_rtp_head *h)
{
	u32 change = take_u8(in);

	h->seq = (u16)(change & 1 ? h->seq + take_u8(in) - 128u :
		       change & 2 ? take_u16(in) : h->seq + 1u);
	if (change & 4)
		h->stamp = take_u16(in) << 16;
	else if (change & 8)
		h->stamp += 160;
	if (change & 16)
		h->payload = take_u8(in) & 127;
	if (change & 32)
		h->ssrc = take_u8(in) & 3;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct sf_payloads known = {
		.count = 2,
		.encoding = { SF_ENCODING_TELEPHONE_EVENT, SF_ENCODING_OPUS },
		.list = { { 101, 8000 }, { 96, 48000 } },
	};
	struct input in = { data, size };
	struct sf_rtp_head h = { .payload = 0 };
	struct sf_rtp r = { .seq = 0 };
	u32 packets = 0;
	u64 now = 0;

	as_head(data, (u32)size);
	while (in.len) {
		next_head(&in, &h);
		now += (u64)take_u16(&in) << (take_u8(&in) & 31);
		sf_rtp_seen(&r, &h, &known, now);
		doubt(&r, ++packets);
		if (packets % 7 == 0)
			must(sf_rtp_recent(&r) <= 1000, "all lost and more");
		if (packets % 31 == 0)
			sf_rtp_renegotiated(&r);
	}
	return 0;
}
