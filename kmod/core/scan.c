// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * scan.c - the scans that are not worth inlining
 */
#include "scan.h"

/**
 * sf_scan_byte() - find a byte
 * Return: its offset, or @end.
 */
u32 sf_scan_byte(const char *buf, u32 pos, u32 end, char c)
{
	u64 marks;

	for (; end - pos >= 8; pos += 8) {
		marks = sf_swar_byte(sf_load64(buf + pos), (u8)c);
		if (marks)
			return pos + sf_swar_first(marks);
	}
	while (pos < end && buf[pos] != c)
		pos++;
	return pos;
}

/**
 * sf_scan_quoted() - find the end of a quoted string
 * @pos: at the opening quote
 *
 * A backslash takes the next byte with it, whatever it is (RFC 4475, 3.1.1.2
 * has a NUL there).
 *
 * Return: the offset behind the closing quote; 0 when there is none.
 */
u32 sf_scan_quoted(const char *buf, u32 pos, u32 end)
{
	for (pos++; pos < end; pos++) {
		if (buf[pos] == '"')
			return pos + 1;
		if (buf[pos] == '\\')
			pos++;
	}
	return 0;
}
