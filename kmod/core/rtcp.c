// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * rtcp.c - reports of RTP (RFC 3550, 6.4 and A.2; RFC 5506)
 */
#include <sipfast/bytes.h>
#include <sipfast/rtcp.h>

/* Types of packets, and the sizes of their parts. */
#define SR	200
#define RR	201
#define BYE	203

#define HEAD	4
#define SSRC	4
#define SENDER	20
#define BLOCK	24

void sf_rtcp_walk(struct sf_rtcp_walk *walk, const u8 *buf, u32 len)
{
	memset(walk, 0, sizeof(*walk));
	walk->buf = buf;
	walk->len = len;
}

/* What a packet needs to have for what it says it has. */
static u32 needed(u8 type, u32 count)
{
	switch (type) {
	case SR:
		return HEAD + SSRC + SENDER + BLOCK * count;
	case RR:
		return HEAD + SSRC + BLOCK * count;
	case BYE:
		return HEAD + SSRC * count;
	default:
		return HEAD;
	}
}

/* The bytes of padding behind a packet; none but the last has any. */
static bool padding_read(const u8 *p, u32 size, u32 left, u32 *padding)
{
	*padding = p[0] & 0x20 ? p[size - 1] : 0;
	if (!(p[0] & 0x20))
		return true;
	return size == left && *padding && !(*padding & 3) &&
	       *padding <= size - HEAD;
}

/* The next packet of the compound. */
static bool open_packet(struct sf_rtcp_walk *walk)
{
	const u8 *p = walk->buf + walk->next;
	u32 left = walk->len - walk->next, size, padding, count;

	if (left < HEAD || p[0] >> 6 != 2 || (p[1] & 0xe0) != 0xc0)
		return false;
	size = 4 * (sf_be16(p + 2) + 1u);
	count = p[0] & 0x1f;
	if (size > left || !padding_read(p, size, left, &padding) ||
	    size - padding < needed(p[1], count))
		return false;
	walk->type = p[1];
	walk->items = walk->type == SR ? (u8)(count + 1) :
		      walk->type == RR || walk->type == BYE ? (u8)count : 0;
	walk->ssrc = walk->type == SR || walk->type == RR ?
		     sf_be32(p + HEAD) : 0;
	walk->pos = walk->next + HEAD + (walk->type == BYE ? 0 : SSRC);
	walk->next += size;
	return true;
}

static void block_read(const u8 *p, struct sf_rtcp_item *item)
{
	u32 lost = sf_be24(p + 5);

	item->about = sf_be32(p);
	item->fraction = p[4];
	item->lost = (s32)lost - (lost & 0x800000 ? 0x1000000 : 0);
	item->jitter = sf_be32(p + 12);
	item->lsr = sf_be32(p + 16);
	item->dlsr = sf_be32(p + 20);
}

/* An item of a packet that was found to have it. */
static enum sf_rtcp_kind item_take(struct sf_rtcp_walk *walk,
				   struct sf_rtcp_item *item)
{
	const u8 *p = walk->buf + walk->pos;

	walk->items--;
	item->ssrc = walk->ssrc;
	switch (walk->type) {
	case SR:
		item->ntp = sf_be32(p + 2);
		walk->pos += SENDER;
		walk->type = RR;
		return SF_RTCP_SENDER;
	case RR:
		block_read(p, item);
		walk->pos += BLOCK;
		return SF_RTCP_BLOCK;
	default:
		item->ssrc = sf_be32(p);
		walk->pos += SSRC;
		return SF_RTCP_BYE;
	}
}

enum sf_rtcp_kind sf_rtcp_next(struct sf_rtcp_walk *walk,
			       struct sf_rtcp_item *item)
{
	while (!walk->items) {
		if (walk->next && walk->next == walk->len)
			return SF_RTCP_END;
		if (!open_packet(walk))
			return SF_RTCP_BAD;
	}
	return item_take(walk, item);
}

static bool is_good(const u8 *buf, u32 len)
{
	enum sf_rtcp_kind kind;
	struct sf_rtcp_walk walk;
	struct sf_rtcp_item item;

	sf_rtcp_walk(&walk, buf, len);
	do
		kind = sf_rtcp_next(&walk, &item);
	while (kind > SF_RTCP_BAD);
	return kind == SF_RTCP_END;
}

/* Is it the source that the direction is about? */
static bool is_source(const struct sf_rtcp *r, u32 ssrc)
{
	return !r->source || r->source == ssrc;
}

/* A receiver's delay is a 65536th of a second off, at most. */
static void rtt_take(struct sf_rtcp *r, u32 dlsr, u64 now_ns)
{
	u64 kept = (u64)dlsr * 1000000000u >> 16;
	u64 gone = now_ns - r->sender_ns;

	if (kept > gone && kept - gone <= 1000000000u >> 16)
		kept = gone;
	if (kept > gone || (gone - kept) >> 35)
		return;
	r->rtt_us = (u32)((gone - kept) >> 3) / 125;
	r->has_rtt = true;
}

static void block_take(struct sf_rtcp *r, const struct sf_rtcp_item *item,
		       u64 now_ns)
{
	r->report_ns = now_ns;
	r->fraction = (u16)(item->fraction * 1000u >> 8);
	r->lost = item->lost > 0 ? (u32)item->lost : 0;
	r->jitter = item->jitter;
	if (item->lsr && item->lsr == r->sender_ntp)
		rtt_take(r, item->dlsr, now_ns);
}

static void item_apply(struct sf_rtcp *from, struct sf_rtcp *about,
		       enum sf_rtcp_kind kind, const struct sf_rtcp_item *item,
		       u64 now_ns)
{
	switch (kind) {
	case SF_RTCP_SENDER:
		if (!is_source(from, item->ssrc))
			break;
		from->sender_ntp = item->ntp;
		from->sender_ns = now_ns;
		from->left = false;
		break;
	case SF_RTCP_BLOCK:
		if (is_source(about, item->about))
			block_take(about, item, now_ns);
		break;
	default:
		if (is_source(from, item->ssrc))
			from->left = true;
	}
}

bool sf_rtcp_seen(struct sf_rtcp *from, struct sf_rtcp *about, const u8 *buf,
		  u32 len, u64 now_ns)
{
	struct sf_rtcp_walk walk;
	struct sf_rtcp_item item;
	enum sf_rtcp_kind kind;

	if (!is_good(buf, len))
		return false;
	sf_rtcp_walk(&walk, buf, len);
	while ((kind = sf_rtcp_next(&walk, &item)) > SF_RTCP_BAD)
		item_apply(from, about, kind, &item, now_ns);
	return true;
}
