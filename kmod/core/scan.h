/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * scan.h - finding bytes, eight at a time
 *
 * The kernel has no vector unit to offer, so eight bytes are judged in one
 * 64-bit word: a mark is the high bit of each byte that matches. No match is
 * without its mark. Marks above the lowest one may be false (a borrow went
 * through them), the lowest never is; words are little-endian, so the lowest
 * mark is the first byte.
 *
 * Nothing here reads at or behind @end.
 */
#ifndef SIPFAST_CORE_SCAN_H
#define SIPFAST_CORE_SCAN_H

#include <sipfast/span.h>

#include "chars.h"

#define SF_SWAR_ONES	0x0101010101010101ull
#define SF_SWAR_HIGHS	0x8080808080808080ull
#define SF_SWAR_CASE	0x2020202020202020ull

static inline u64 sf_load64(const char *p)
{
	u64 word;

	__builtin_memcpy(&word, p, sizeof(word));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

/* The word that sf_load64() makes of eight characters. */
#define SF_CHARS8(a, b, c, d, e, f, g, h)				\
	((u64)(a) | (u64)(b) << 8 | (u64)(c) << 16 | (u64)(d) << 24 |	\
	 (u64)(e) << 32 | (u64)(f) << 40 | (u64)(g) << 48 | (u64)(h) << 56)

/* The same of @len bytes, of which eight count at most; zeros fill it up. */
static inline u64 sf_load_upto8(const char *p, u32 len)
{
	u64 word = 0;

	if (len >= 8)
		return sf_load64(p);
	while (len)
		word = word << 8 | (u8)p[--len];
	return word;
}

/* Mark the bytes below @n, which is less than 0x80. */
static inline u64 sf_swar_below(u64 word, u8 n)
{
	return (word - SF_SWAR_ONES * n) & ~word & SF_SWAR_HIGHS;
}

/* Mark the bytes that are @c. */
static inline u64 sf_swar_byte(u64 word, u8 c)
{
	return sf_swar_below(word ^ (SF_SWAR_ONES * c), 1);
}

/* The index of the first marked byte; @marks is not 0. */
static inline u32 sf_swar_first(u64 marks)
{
	return (u32)__builtin_ctzll(marks) >> 3;
}

/*
 * The bytes from @at to @end, one to eight, with zeros behind them. What
 * stands in front of them in the buffer saves reading them one by one.
 */
static inline u64 sf_load_last(const char *buf, size_t at, u32 end)
{
	if (end < 8)
		return sf_load_upto8(buf + at, end - (u32)at);
	return sf_load64(buf + end - 8) >> (8 * (8 - (end - at)));
}

/**
 * sf_scan() - find the first byte that is marked
 * @marks_of: marks bytes of a word; inlined, where it is known
 *
 * Return: its offset, or @end.
 */
static __always_inline u32 sf_scan(const char *buf, u32 pos, u32 end,
				   u64 (*marks_of)(u64 word))
{
	size_t at = pos;
	u64 marks;

	for (; at + 8 <= end; at += 8) {
		marks = marks_of(sf_load64(buf + at));
		if (marks)
			return (u32)at + sf_swar_first(marks);
	}
	if (at >= end)
		return end;
	marks = marks_of(sf_load_last(buf, at, end));
	/* the zeros may be marked, too */
	if (marks)
		at += sf_swar_first(marks);
	return marks && at < end ? (u32)at : end;
}

/**
 * sf_scan_eol() - find the first CR or LF
 *
 * Both are below 0x0e and little else in a message is, so one comparison
 * finds the candidates.
 *
 * Return: its offset, or @end.
 */
static inline u32 sf_scan_eol(const char *buf, u32 pos, u32 end)
{
	size_t at = pos, i;
	u64 marks, one, two;

	/* Most of what is passed over has none: two words, one question. */
	for (; at + 16 <= end; at += 16) {
		one = sf_load64(buf + at);
		two = sf_load64(buf + at + 8);
		if (!(sf_swar_below(one, 0x0e) | sf_swar_below(two, 0x0e)))
			continue;
		for (marks = sf_swar_below(one, 0x0e); marks; marks &= marks - 1) {
			i = at + sf_swar_first(marks);
			if (sf_is_eol(buf[i]))
				return (u32)i;
		}
		for (marks = sf_swar_below(two, 0x0e); marks; marks &= marks - 1) {
			i = at + 8 + sf_swar_first(marks);
			if (sf_is_eol(buf[i]))
				return (u32)i;
		}
	}
	while (at < end && !sf_is_eol(buf[at]))
		at++;
	return (u32)at;
}

static inline u64 sf_marks_name(u64 word)
{
	return sf_swar_byte(word, ':') | sf_swar_below(word, 0x21);
}

/**
 * sf_scan_name() - find the first colon, blank or control character
 * Return: its offset, or @end.
 */
static inline u32 sf_scan_name(const char *buf, u32 pos, u32 end)
{
	return sf_scan(buf, pos, end, sf_marks_name);
}

/*
 * What may not stand in a URI: what is not visible, and '"', '<' and '>', of
 * which the latter two differ in one bit.
 */
static inline u64 sf_marks_uri(u64 word)
{
	return sf_swar_below(word, 0x21) | sf_swar_byte(word, '"') |
	       sf_swar_byte(word | (SF_SWAR_ONES * 2), '>') |
	       sf_swar_byte(word, 0x7f);
}

/**
 * sf_scan_uri() - find the first byte that may not stand in a URI (SF_C_URI)
 * Return: its offset, or @end.
 */
static inline u32 sf_scan_uri(const char *buf, u32 pos, u32 end)
{
	return sf_scan(buf, pos, end, sf_marks_uri);
}

/* Comma and bracket differ in one bit. */
static inline u64 sf_marks_item(u64 word)
{
	return sf_swar_byte(word, '"') |
	       sf_swar_byte(word | (SF_SWAR_ONES * 0x10), '<');
}

/**
 * sf_scan_item() - find the first comma, quote or opening bracket
 * Return: its offset, or @end.
 */
static inline u32 sf_scan_item(const char *buf, u32 pos, u32 end)
{
	return sf_scan(buf, pos, end, sf_marks_item);
}

/* The first byte at or behind @pos that is in none of @classes. */
static inline u32 sf_scan_over(const char *buf, u32 pos, u32 end, u8 classes)
{
	size_t at = pos;

	while (at < end && sf_is(buf[at], classes))
		at++;
	return (u32)at;
}

static inline u32 sf_scan_lws(const char *buf, u32 pos, u32 end)
{
	return sf_scan_over(buf, pos, end, SF_C_LWS);
}

/* sf_span_trim(), for where it is called for every line. */
static inline struct sf_span sf_scan_trim(const char *buf, u32 pos, u32 end)
{
	pos = sf_scan_lws(buf, pos, end);
	while (end > pos && sf_is(buf[end - 1], SF_C_LWS))
		end--;
	return sf_span(pos, end);
}

/* Is @c the byte at @pos? */
static inline bool sf_scan_at(const char *buf, u32 pos, u32 end, char c)
{
	return pos < end && buf[pos] == c;
}

/**
 * sf_scan_byte() - find a byte
 * @buf: the buffer
 * @pos: where to start
 * @end: where to stop
 * @c: the byte
 *
 * Return: its offset, or @end.
 */
u32 sf_scan_byte(const char *buf, u32 pos, u32 end, char c);

/**
 * sf_scan_quoted() - find the end of a quoted string
 * @buf: the buffer
 * @pos: at the opening quote
 * @end: where to stop
 *
 * A backslash takes the next byte with it, whatever it is (RFC 4475, 3.1.1.2
 * has a NUL there).
 *
 * Return: the offset behind the closing quote; 0 when there is none.
 */
u32 sf_scan_quoted(const char *buf, u32 pos, u32 end);

#endif /* SIPFAST_CORE_SCAN_H */
