// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * scan.c - the scans that are not worth inlining
 */
#include "scan.h"

u32 sf_scan_byte(const char *buf, u32 pos, u32 end, char c)
{
	size_t at = pos;
	u64 marks;

	for (; at + 8 <= end; at += 8) {
		marks = sf_swar_byte(sf_load64(buf + at), (u8)c);
		if (marks)
			return (u32)at + sf_swar_first(marks);
	}
	if (at >= end)
		return end;
	marks = sf_swar_byte(sf_load_last(buf, at, end), (u8)c);
	/* the zeros behind the last byte may be what is looked for */
	if (marks)
		at += sf_swar_first(marks);
	return marks && at < end ? (u32)at : end;
}

static inline u64 marks_quoted(u64 word)
{
	return sf_swar_byte(word, '"') | sf_swar_byte(word, '\\');
}

u32 sf_scan_quoted(const char *buf, u32 pos, u32 end)
{
	for (pos++; pos < end; pos += 2) {
		pos = sf_scan(buf, pos, end, marks_quoted);
		if (pos == end)
			return 0;
		if (buf[pos] == '"')
			return pos + 1;
	}
	return 0;
}
