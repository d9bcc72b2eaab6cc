// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * escape.c - text from outside, made fit to be seen
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "escape.h"

#define ESCAPED	4	/* bytes of "\xHH" */
#define MORE	"..."

/* In every locale the same: isprint() would not be. */
static int printable(unsigned char c)
{
	return c >= 0x20 && c < 0x7f;
}

static char *escape(char *dst, size_t size, const char *src, size_t len)
{
	size_t n = 0, safe = 0;

	for (; len; src++, len--) {
		unsigned char c = *src;
		size_t need = printable(c) ? 1 : ESCAPED;

		if (n + need >= size) {
			memcpy(dst + safe, MORE, sizeof(MORE));
			return dst;
		}
		if (need == 1)
			dst[n] = c;
		else
			snprintf(dst + n, size - n, "\\x%02x", c);
		n += need;
		if (n + sizeof(MORE) <= size)
			safe = n;
	}
	dst[n] = '\0';
	return dst;
}

char *sf_escape(char *dst, size_t size, const char *src)
{
	return escape(dst, size, src, src ? strlen(src) : 0);
}

char *sf_escape_dup(const char *src)
{
	return sf_escape_bytes(src, src ? strlen(src) : 0);
}

char *sf_escape_bytes(const char *src, size_t len)
{
	size_t size = len * ESCAPED + 8;
	char *dst = malloc(size);

	return dst ? escape(dst, size, src, len) : NULL;
}
