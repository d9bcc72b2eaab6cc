/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz.h - what the fuzz targets share
 *
 * A target gets its input in a buffer of just that size, so that the address
 * sanitizer sees one step too far. Results are doubted as well: must() ends the
 * run like any other crash.
 */
#ifndef SIPFAST_FUZZ_H
#define SIPFAST_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <sipfast/span.h>

/* Called by libFuzzer. Return: 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void must(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "WRONG: %s\n", what);
	abort();
}

/* What sf_walk_*() found: NULL is good. */
static inline void must_not(const char *wrong)
{
	must(!wrong, wrong);
}

static inline bool same_span(struct sf_span a, struct sf_span b)
{
	return a.off == b.off && a.len == b.len;
}

/**
 * struct input - takes numbers from the end of the input
 * @data: the input
 * @len: bytes that are left
 *
 * What is left at the front stays readable text, so that messages serve as
 * seeds and the dictionary works. Numbers are 0 when nothing is left.
 */
struct input {
	const uint8_t *data;
	size_t len;
};

static inline u32 take_u8(struct input *in)
{
	return in->len ? in->data[--in->len] : 0;
}

static inline u32 take_u16(struct input *in)
{
	u32 high = take_u8(in);

	return high << 8 | take_u8(in);
}

#endif /* SIPFAST_FUZZ_H */
