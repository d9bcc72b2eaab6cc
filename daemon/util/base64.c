// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * base64.c - bytes as text that may stand in a URI
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "base64.h"

static const char digits[64] __attribute__((nonstring)) =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void sf_put_base64(struct sf_out *out, const u8 *bytes, u32 len)
{
	u32 i, bits = 0, held = 0;

	for (i = 0; i < len; i++) {
		bits = bits << 8 | bytes[i];
		for (held += 8; held >= 6; held -= 6)
			sf_put(out, &digits[bits >> (held - 6) & 63], 1);
	}
	if (held)
		sf_put(out, &digits[bits << (6 - held) & 63], 1);
}

static int digit(char c)
{
	const char *at = memchr(digits, c, sizeof(digits));

	return at ? (int)(at - digits) : -1;
}

int sf_base64_read(const char *text, u32 len, u8 *bytes, u32 max)
{
	u32 i, bits = 0, held = 0, n = 0;
	int d;

	for (i = 0; i < len; i++) {
		d = digit(text[i]);
		if (d < 0)
			return -1;
		bits = bits << 6 | (u32)d;
		held += 6;
		if (held < 8)
			continue;
		if (n == max)
			return -1;
		held -= 8;
		bytes[n++] = bits >> held;
	}
	/* One text for one value: what is left over is zero. */
	return held < 6 && !(bits & ((1u << held) - 1)) ? (int)n : -1;
}
