// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * find.c - does a text mention an address?
 *
 * Dots are rare in what a header says, and each address has three.
 */
#include <sipfast/find.h>

#include "scan.h"

/* What stands there, to be compared with the same of somewhere else. */
static inline u32 load32(const char *p)
{
	u32 word;

	__builtin_memcpy(&word, p, sizeof(word));
	return word;
}

void sf_find_add(struct sf_find *find, const struct sf_ip *ip)
{
	char text[SF_IP_TEXT_MAX];
	u32 len, dot;

	if (ip->family != 4 || find->count == SF_FIND_MAX) {
		find->any = true;
		return;
	}
	len = sf_ip_text(ip, false, text);
	for (dot = 1; text[dot] != '.';)
		dot++;
	memcpy(find->v4[find->count].text, text, len);
	find->v4[find->count].len = (u8)len;
	find->v4[find->count].dot = (u8)dot;
	find->dots[find->count++] = load32(text + dot);
}

/* Does an address stand around the dot at @at, which is its first one? */
static bool find_around(const struct sf_find *find, const char *buf,
			struct sf_span s, u32 at)
{
	u32 i, start;

	for (i = 0; i < find->count; i++) {
		start = at - find->v4[i].dot;
		if (at - s.off >= find->v4[i].dot &&
		    sf_span_end(s) - start >= find->v4[i].len &&
		    !memcmp(buf + start, find->v4[i].text, find->v4[i].len))
			return true;
	}
	return false;
}

_Static_assert(SF_FIND_MAX == 3, "find_dot() names each of them");

/* Does what stands at a dot look like one of theirs? */
static inline bool find_dot(const struct sf_find *find, u32 dot)
{
	return dot == find->dots[0] || dot == find->dots[1] ||
	       dot == find->dots[2];
}

bool sf_find_in(const struct sf_find *find, const char *buf, struct sf_span s)
{
	u32 pos = s.off, end = sf_span_end(s), last = end - 8, at;
	u64 marks;

	/* What is that short is not worth a look. */
	if (find->any || s.len < 8)
		return true;
	for (;; pos = pos + 8 < last ? pos + 8 : last) {
		marks = sf_swar_byte(sf_load64(buf + pos), '.');
		for (; marks; marks &= marks - 1) {
			at = pos + sf_swar_first(marks);
			if (end - at >= 4 && find_dot(find, load32(buf + at)) &&
			    find_around(find, buf, s, at))
				return true;
		}
		if (pos == last)
			return false;
	}
}
