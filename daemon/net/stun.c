// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * stun.c - answers for phones that ask what they look like from here
 */
#include "stun.h"

#define HEAD		20
#define ATTR_HEAD	4
#define COOKIE		0x2112a442u
#define BINDING_REQUEST	0x0001
#define BINDING_SUCCESS	0x0101
#define BINDING_ERROR	0x0111
#define UNKNOWN_MAX	8

enum {
	ATTR_USERNAME = 0x0006,
	ATTR_INTEGRITY = 0x0008,
	ATTR_ERROR = 0x0009,
	ATTR_UNKNOWN = 0x000a,
	ATTR_REALM = 0x0014,
	ATTR_NONCE = 0x0015,
	ATTR_XOR_MAPPED = 0x0020,
	ATTR_OPTIONAL = 0x8000,
	ATTR_FINGERPRINT = 0x8028,
};

/**
 * struct request - what was asked
 * @unknown: attributes that have to be understood, and are not: @count of them,
 *           as far as they fit
 * @fingerprint: it has one, and it is right
 */
struct request {
	u16 unknown[UNKNOWN_MAX];
	u32 count;
	bool fingerprint;
};

static u16 get16(const char *p)
{
	return (u16)((u8)p[0] << 8 | (u8)p[1]);
}

static u32 get32(const char *p)
{
	return (u32)get16(p) << 16 | get16(p + 2);
}

static char *put16(char *p, u32 value)
{
	p[0] = (char)(value >> 8);
	p[1] = (char)value;
	return p + 2;
}

static char *put32(char *p, u32 value)
{
	return put16(put16(p, value >> 16), value & 0xffff);
}

bool sf_stun_is(const char *buf, u32 len)
{
	u32 rest = len >= HEAD ? get16(buf + 2) : 0;

	return len >= HEAD && (u8)buf[0] < 2 && get32(buf + 4) == COOKIE &&
	       rest == len - HEAD && !(rest & 3);
}

/* CRC-32 of ITU V.42, which says in RFC 5389, 15.5, that this is STUN. */
static u32 fingerprint(const char *buf, u32 len)
{
	u32 crc = 0xffffffff, bit;

	for (; len; buf++, len--) {
		crc ^= (u8)*buf;
		for (bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc ^ 0x5354554e;
}

static bool understood(u16 type)
{
	return type >= ATTR_OPTIONAL || type == ATTR_USERNAME ||
	       type == ATTR_INTEGRITY || type == ATTR_REALM ||
	       type == ATTR_NONCE;
}

/* Return: false when it is damaged, or no STUN after all. */
static bool read_attr(struct request *request, const char *buf, u32 pos, u16 type,
		      u16 len)
{
	if (type == ATTR_FINGERPRINT) {
		request->fingerprint = true;
		return len == 4 &&
		       get32(buf + pos + ATTR_HEAD) == fingerprint(buf, pos);
	}
	if (!understood(type) && request->count < UNKNOWN_MAX)
		request->unknown[request->count++] = type;
	return true;
}

static bool read_attrs(struct request *request, const char *buf, u32 len)
{
	u32 pos = HEAD, size;
	u16 type, value;

	while (pos < len) {
		/* The fingerprint is the last one. */
		if (request->fingerprint || len - pos < ATTR_HEAD)
			return false;
		type = get16(buf + pos);
		value = get16(buf + pos + 2);
		size = ATTR_HEAD + ((value + 3u) & ~3u);
		if (size > len - pos || !read_attr(request, buf, pos, type, value))
			return false;
		pos += size;
	}
	return true;
}

/* RFC 5389, 15.2: against NATs that change every address they see. */
static char *put_address(char *p, const char *head, const struct sf_end *from)
{
	u32 len = from->ip.family == 4 ? 4 : 16, i;
	const u8 *ip = from->ip.family == 4 ? from->ip.v4 : from->ip.v6;

	p = put16(p, ATTR_XOR_MAPPED);
	p = put16(p, 4 + len);
	p = put16(p, from->ip.family == 4 ? 1 : 2);
	p = put16(p, from->port ^ COOKIE >> 16);
	for (i = 0; i < len; i++)
		*p++ = (char)(ip[i] ^ (u8)head[4 + i]);
	return p;
}

/* RFC 5389, 7.3.1 and 15.6 */
static char *put_unknown(char *p, const struct request *request)
{
	u32 i, even = (request->count + 1) & ~1u;

	p = put16(p, ATTR_ERROR);
	p = put16(p, 4);
	p = put32(p, 4 << 8 | 20);
	p = put16(p, ATTR_UNKNOWN);
	p = put16(p, 2 * request->count);
	for (i = 0; i < even; i++)
		p = put16(p, i < request->count ? request->unknown[i] : 0);
	return p;
}

static char *put_fingerprint(char *p, char *answer)
{
	/* It counts in the length that it covers. */
	put16(answer + 2, (u32)(p - answer) - HEAD + 8);
	p = put32(p, (u32)ATTR_FINGERPRINT << 16 | 4);
	return put32(p, fingerprint(answer, (u32)(p - answer) - ATTR_HEAD));
}

u32 sf_stun_answer(const char *buf, u32 len, const struct sf_end *from,
		   char *answer)
{
	struct request request = { 0 };
	char *p = answer + HEAD;

	if (get16(buf) != BINDING_REQUEST || !read_attrs(&request, buf, len))
		return 0;
	memcpy(answer, buf, HEAD);
	put16(answer, request.count ? BINDING_ERROR : BINDING_SUCCESS);
	p = request.count ? put_unknown(p, &request) :
			    put_address(p, buf, from);
	put16(answer + 2, (u32)(p - answer) - HEAD);
	if (request.fingerprint)
		p = put_fingerprint(p, answer);
	return (u32)(p - answer);
}
