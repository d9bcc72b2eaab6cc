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
	while (at < end && buf[at] != c)
		at++;
	return (u32)at;
}

/* The first quote or backslash, or @end. */
static u32 scan_escape(const char *buf, u32 pos, u32 end)
{
	u64 word, marks;

	for (; end - pos >= 8; pos += 8) {
		word = sf_load64(buf + pos);
		marks = sf_swar_byte(word, '"') | sf_swar_byte(word, '\\');
		if (marks)
			return pos + sf_swar_first(marks);
	}
	while (pos < end && buf[pos] != '"' && buf[pos] != '\\')
		pos++;
	return pos;
}

u32 sf_scan_quoted(const char *buf, u32 pos, u32 end)
{
	for (pos++; pos < end; pos += 2) {
		pos = scan_escape(buf, pos, end);
		if (pos == end)
			return 0;
		if (buf[pos] == '"')
			return pos + 1;
	}
	return 0;
}
