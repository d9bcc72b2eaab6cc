// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * rtp_head.c - telling RTP from what shares its port, and reading its head
 */
#include <sipfast/bytes.h>
#include <sipfast/rtp.h>

/* The shortest of each kind: four empty bytes keep a mapping alive, no more. */
#define RTCP_MIN 4
#define STUN_MIN 20
#define DTLS_MIN 13

enum sf_rtp_kind sf_rtp_kind(const u8 *buf, u32 len)
{
	if (sf_rtp_is(buf, len))
		return SF_RTP_RTP;
	if (len >= RTCP_MIN && (buf[0] & 0xc0) == 0x80 &&
	    (buf[1] & 0xe0) == 0xc0)
		return SF_RTP_RTCP;
	if (len >= STUN_MIN && buf[0] <= 3)
		return SF_RTP_STUN;
	if (len >= DTLS_MIN && buf[0] >= 20 && buf[0] <= 63)
		return SF_RTP_DTLS;
	return SF_RTP_OTHER;
}

/* Where the payload begins; 0 when that is behind the end. */
static u32 payload_at(const u8 *buf, u32 have, u32 len)
{
	u32 pos = SF_RTP_HEAD + (buf[0] & 0x0f) * 4u;

	if (buf[0] & 0x10) {
		if (have < pos + 4)
			return 0;
		pos += 4 + 4u * sf_be16(buf + pos + 2);
	}
	return pos <= len ? pos : 0;
}

/* The last byte counts itself (RFC 3550, 5.1). */
static bool padding_fits(const u8 *buf, u32 pos, u32 len)
{
	return pos < len && buf[len - 1] && buf[len - 1] <= len - pos;
}

bool sf_rtp_parse(struct sf_rtp_head *h, const u8 *buf, u32 have, u32 len)
{
	u32 pos;

	if (have > len || !sf_rtp_is(buf, have))
		return false;
	pos = payload_at(buf, have, len);
	if (!pos ||
	    (buf[0] & 0x20 && have == len && !padding_fits(buf, pos, len)))
		return false;
	h->payload = buf[1] & 0x7f;
	h->marker = buf[1] & 0x80;
	h->seq = sf_be16(buf + 2);
	h->stamp = sf_be32(buf + 4);
	h->ssrc = sf_be32(buf + 8);
	return true;
}
