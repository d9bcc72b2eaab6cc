// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * find.c - does a text mention an address?
 *
 * Dots are rare in what a header says, and each address has three.
 */
#include <sipfast/find.h>

#include "scan.h"

void sf_find_add(struct sf_find *find, const struct sf_ip *ip)
{
	char text[SF_IP_TEXT_MAX];
	u32 len;

	if (ip->family != 4 || find->count == SF_FIND_MAX) {
		find->any = true;
		return;
	}
	len = sf_ip_text(ip, false, text);
	memcpy(find->v4[find->count].text, text, len);
	find->v4[find->count].len = (u8)len;
	find->v4[find->count].dot = (u8)sf_scan_byte(text, 0, len, '.');
	find->count++;
}

/* Does an address stand around the dot at @at, if that is its first one? */
static inline bool find_around(const struct sf_find *find, const char *buf,
			       struct sf_span s, u32 at)
{
	u32 i, start;

	for (i = 0; i < find->count; i++) {
		start = at - find->v4[i].dot;
		if (at - s.off < find->v4[i].dot ||
		    sf_span_end(s) - start < find->v4[i].len ||
		    buf[at + 1] != find->v4[i].text[find->v4[i].dot + 1])
			continue;
		if (!memcmp(buf + start, find->v4[i].text, find->v4[i].len))
			return true;
	}
	return false;
}

/* The same for each dot among the eight bytes at @pos. */
static inline bool find_word(const struct sf_find *find, const char *buf,
			     struct sf_span s, u32 pos)
{
	u64 marks = sf_swar_byte(sf_load64(buf + pos), '.');
	u32 at;

	for (; marks; marks &= marks - 1) {
		at = pos + sf_swar_first(marks);
		if (buf[at] == '.' && find_around(find, buf, s, at))
			return true;
	}
	return false;
}

bool sf_find_in(const struct sf_find *find, const char *buf, struct sf_span s)
{
	u32 pos, last = sf_span_end(s) - 8;

	/* What is that short is not worth a look. */
	if (find->any || s.len < 8)
		return true;
	for (pos = s.off; pos < last; pos += 8)
		if (find_word(find, buf, s, pos))
			return true;
	return find_word(find, buf, s, last);
}
