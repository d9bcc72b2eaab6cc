/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hex.h - numbers in hexadecimal digits
 */
#ifndef SIPFAST_UTIL_HEX_H
#define SIPFAST_UTIL_HEX_H

#include <sipfast/deps.h>

/* The eight digits of a number: each nibble in a byte of its own, all at once. */
static inline void sf_hex32(char *text, u32 val)
{
	u64 x = val, letters;

	x = (x << 16 | x) & 0x0000ffff0000ffffull;
	x = (x << 8 | x) & 0x00ff00ff00ff00ffull;
	x = (x << 4 | x) & 0x0f0f0f0f0f0f0f0full;
	/* 1 in each byte that is ten or more */
	letters = (x + 0x0606060606060606ull) >> 4 & 0x0101010101010101ull;
	x += 0x3030303030303030ull + letters * ('a' - '0' - 10);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	x = __builtin_bswap64(x);
#endif
	memcpy(text, &x, sizeof(x));
}

/**
 * sf_hex64() - a number in sixteen digits, with lower case letters
 */
static inline void sf_hex64(char *text, u64 val)
{
	sf_hex32(text, (u32)(val >> 32));
	sf_hex32(text + 8, (u32)val);
}

#endif /* SIPFAST_UTIL_HEX_H */
