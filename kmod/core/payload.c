// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * payload.c - payload types: RFC 3551's own, and those of a=rtpmap
 */
#include <sipfast/payload.h>
#include <sipfast/sdp.h>

#include "scan.h"
#include "words.h"

/* Payload types have seven bits, and those from here on no meaning. */
#define TYPES 128
#define STATIC_TYPES 35

/* What struct sf_payloads has room for. */
#define CLOCK_MASK 0xfffffu

_Static_assert(SF_CLOCK_MAX <= CLOCK_MASK, "a clock that is believed is cut off");

static const struct {
	u8 len;
	char name[16];
} encodings[SF_ENCODING_COUNT] = {
#define X(sym, name) \
	[SF_ENCODING_##sym] = { sizeof(name) - 1, name },
	SF_ENCODINGS(X)
#undef X
};

/* RFC 3551, 6; 19 was comfort noise once, and is still sent. */
static const struct {
	u8 encoding;
	u32 clock;
} assigned[STATIC_TYPES] = {
	[0] = { SF_ENCODING_PCMU, 8000 },
	[3] = { SF_ENCODING_GSM, 8000 },
	[4] = { SF_ENCODING_G723, 8000 },
	[5] = { SF_ENCODING_DVI4, 8000 },
	[6] = { SF_ENCODING_DVI4, 16000 },
	[7] = { SF_ENCODING_LPC, 8000 },
	[8] = { SF_ENCODING_PCMA, 8000 },
	[9] = { SF_ENCODING_G722, 8000 },
	[10] = { SF_ENCODING_L16, 44100 },
	[11] = { SF_ENCODING_L16, 44100 },
	[12] = { SF_ENCODING_QCELP, 8000 },
	[13] = { SF_ENCODING_CN, 8000 },
	[14] = { SF_ENCODING_MPA, 90000 },
	[15] = { SF_ENCODING_G728, 8000 },
	[16] = { SF_ENCODING_DVI4, 11025 },
	[17] = { SF_ENCODING_DVI4, 22050 },
	[18] = { SF_ENCODING_G729, 8000 },
	[19] = { SF_ENCODING_CN, 8000 },
	[25] = { SF_ENCODING_CELB, 90000 },
	[26] = { SF_ENCODING_JPEG, 90000 },
	[28] = { SF_ENCODING_NV, 90000 },
	[31] = { SF_ENCODING_H261, 90000 },
	[32] = { SF_ENCODING_MPV, 90000 },
	[33] = { SF_ENCODING_MP2T, 90000 },
	[34] = { SF_ENCODING_H263, 90000 },
};

const char *sf_encoding_name(u8 encoding)
{
	return encoding < SF_ENCODING_COUNT ? encodings[encoding].name : "";
}

static u8 encoding_of(const char *buf, struct sf_span name)
{
	u8 i;

	for (i = SF_ENCODING_OTHER + 1; i < SF_ENCODING_COUNT; i++)
		if (sf_span_caselit(buf, name, encodings[i].name,
				    encodings[i].len))
			return i;
	return SF_ENCODING_OTHER;
}

/* A number of 0 to 127. */
static bool type_read(const char *buf, struct sf_span s, u8 *type)
{
	u32 val;

	if (!sf_span_u32(buf, s, &val) || val >= TYPES)
		return false;
	*type = (u8)val;
	return true;
}

/*
 * payload type SP encoding name "/" clock rate [ "/" parameters ]
 *
 * G.722 samples 16000 times a second, and its timestamps count half of that
 * (RFC 3551, 4.5.2), whatever some write here.
 */
static bool rtpmap_read(const char *buf, struct sf_span value,
			struct sf_payload *p)
{
	struct sf_span number, rest;
	u32 end, slash, stop, clock;

	if (!sf_word_take(buf, &value, &number) ||
	    !type_read(buf, number, &p->type) ||
	    !sf_word_take(buf, &value, &rest))
		return false;
	end = sf_span_end(rest);
	slash = sf_scan_byte(buf, rest.off, end, '/');
	if (slash == rest.off || slash == end)
		return false;
	stop = sf_scan_byte(buf, slash + 1, end, '/');
	if (!sf_span_u32(buf, sf_span(slash + 1, stop), &clock))
		return false;
	p->encoding = encoding_of(buf, sf_span(rest.off, slash));
	if (p->encoding == SF_ENCODING_G722)
		clock = 8000;
	p->clock = sf_clock_tick(clock) ? clock : 0;
	return true;
}

/* Is it as RFC 3551 has it? */
static bool is_static(const struct sf_payload *p)
{
	return p->type < STATIC_TYPES &&
	       p->encoding == assigned[p->type].encoding &&
	       p->clock == assigned[p->type].clock;
}

void sf_payloads_add(struct sf_payloads *p, const struct sf_payload *one)
{
	u32 at = p->count;

	if (is_static(one))
		return;
	if (at == SF_PAYLOADS_MAX) {
		if (one->encoding != SF_ENCODING_TELEPHONE_EVENT)
			return;
		at--;
	}
	p->encoding[at] = one->encoding;
	p->list[at].type = one->type & (TYPES - 1);
	p->list[at].clock = one->clock & CLOCK_MASK;
	p->count = (u8)(at + 1);
}

static bool take_bit(u64 set[TYPES / 64], u8 type)
{
	u64 bit = 1ull << (type & 63), had = set[type >> 6] & bit;

	set[type >> 6] &= ~bit;
	return had;
}

/* The numbers that the m= line names. */
static void types_of(u64 set[TYPES / 64], const char *buf, struct sf_span fmts)
{
	struct sf_span word;
	u8 type;

	while (sf_word_take(buf, &fmts, &word))
		if (type_read(buf, word, &type))
			set[type >> 6] |= 1ull << (type & 63);
}

void sf_payloads_of(struct sf_payloads *p, const char *buf,
		    const struct sf_sdp_media *m)
{
	struct sf_span lines = m->lines;
	u64 named[TYPES / 64] = { 0 };
	struct sf_sdp_attr attr;
	struct sf_payload one;

	memset(p, 0, sizeof(*p));
	memset(&one, 0, sizeof(one));
	types_of(named, buf, m->fmts);
	while (sf_sdp_attr_next(buf, &lines, &attr))
		if (sf_span_is(buf, attr.name, "rtpmap") &&
		    rtpmap_read(buf, attr.value, &one) &&
		    take_bit(named, one.type))
			sf_payloads_add(p, &one);
}

bool sf_payloads_find(const struct sf_payloads *p, u8 type,
		      struct sf_payload *payload)
{
	u32 i;

	for (i = 0; p && i < p->count; i++) {
		if (p->list[i].type != type)
			continue;
		payload->type = type;
		payload->encoding = p->encoding[i];
		payload->clock = p->list[i].clock;
		return true;
	}
	if (type >= STATIC_TYPES || !assigned[type].clock)
		return false;
	payload->type = type;
	payload->encoding = assigned[type].encoding;
	payload->clock = assigned[type].clock;
	return true;
}

/* Long division: what is left of a second is less than 2^20 ticks. */
u32 sf_clock_tick(u32 clock)
{
	u32 ns, rest;

	if (clock < SF_CLOCK_MIN || clock > SF_CLOCK_MAX)
		return 0;
	ns = 1000000000u / clock;
	rest = 1000000000u % clock;
	return ns << 12 | (rest << 12) / clock;
}

u32 sf_clock_us(u32 ticks, u32 clock)
{
	u64 ns = (u64)ticks * sf_clock_tick(clock) >> 12;

	return (ns >> 32 ? ~0u : (u32)ns) / 1000;
}
