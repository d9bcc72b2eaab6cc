/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * text.h - bytes that belong to somebody else
 */
#ifndef SIPFAST_UTIL_TEXT_H
#define SIPFAST_UTIL_TEXT_H

#include <sipfast/span.h>

/**
 * struct sf_text - some bytes, without a NUL
 * @s: the first; NULL when there are none at all
 * @len: how many
 */
struct sf_text {
	const char *s;
	u32 len;
};

static inline struct sf_text sf_text(const char *buf, struct sf_span span)
{
	return (struct sf_text){ .s = buf + span.off, .len = span.len };
}

static inline struct sf_text sf_text_str(const char *str)
{
	return (struct sf_text){ .s = str, .len = (u32)strlen(str) };
}

static inline bool sf_text_eq(struct sf_text a, struct sf_text b)
{
	return a.len == b.len && (!a.len || !memcmp(a.s, b.s, a.len));
}

#endif /* SIPFAST_UTIL_TEXT_H */
