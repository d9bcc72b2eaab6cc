// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * span.c - comparing spans and reading numbers from them
 */
#include <sipfast/span.h>

#include "scan.h"

bool sf_span_caseeq(const char *buf, struct sf_span s, const char *str, u32 len)
{
	const char *p = buf + s.off;
	u32 i;

	if (s.len != len)
		return false;
	/* most bytes are written as they are looked for */
	for (i = 0; len - i >= 8 && sf_load64(p + i) == sf_load64(str + i);)
		i += 8;
	for (; i < len; i++)
		if (p[i] != str[i] && sf_lower(p[i]) != sf_lower(str[i]))
			return false;
	return true;
}

struct sf_span sf_span_trim(const char *buf, struct sf_span s)
{
	return sf_scan_trim(buf, s.off, sf_span_end(s));
}

bool sf_span_u32(const char *buf, struct sf_span s, u32 *val)
{
	const char *p = buf + s.off;
	u64 sum = 0;
	u32 i;

	for (i = 0; i < s.len; i++) {
		if ((u8)(p[i] - '0') > 9)
			return false;
		sum = sum * 10 + (u8)(p[i] - '0');
		/* leading zeros may be many, so look at the value, not at i */
		if (sum > 0xffffffffu)
			return false;
	}
	if (!s.len)
		return false;
	*val = (u32)sum;
	return true;
}

bool sf_span_port(const char *buf, struct sf_span s, u16 *port)
{
	u32 val;

	if (!sf_span_u32(buf, s, &val) || !val || val > 65535)
		return false;
	*port = (u16)val;
	return true;
}

u32 sf_u32_text(u32 val, char *out)
{
	u32 len = 1, i;
	u64 limit;

	for (limit = 10; val >= limit; limit *= 10)
		len++;
	for (i = len; i--; val /= 10)
		out[i] = (char)('0' + val % 10);
	return len;
}
