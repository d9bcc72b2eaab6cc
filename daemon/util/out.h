/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * out.h - text that is written into a buffer of fixed size
 *
 * Errors stick: what does not fit is left out, and the writer asks once, at the
 * end. Nothing is NUL-terminated.
 */
#ifndef SIPFAST_UTIL_OUT_H
#define SIPFAST_UTIL_OUT_H

#include <sipfast/span.h>

#include "hex.h"

/**
 * struct sf_out - a buffer that is being written
 * @buf: the bytes, @max of them, the caller's
 * @len: how many are written
 * @full: something did not fit
 */
struct sf_out {
	char *buf;
	u32 len;
	u32 max;
	bool full;
};

static inline struct sf_out sf_out(char *buf, u32 max)
{
	return (struct sf_out){ .buf = buf, .max = max };
}

static inline void sf_put(struct sf_out *out, const char *text, u32 len)
{
	if (len > out->max - out->len)
		out->full = true;
	/* No bytes may have no place. */
	if (out->full || !len)
		return;
	memcpy(out->buf + out->len, text, len);
	out->len += len;
}

#define sf_put_lit(out, lit) sf_put(out, lit, sizeof(lit) - 1)

static inline void sf_put_str(struct sf_out *out, const char *text)
{
	sf_put(out, text, strlen(text));
}

static inline void sf_put_span(struct sf_out *out, const char *buf,
			       struct sf_span s)
{
	sf_put(out, buf + s.off, s.len);
}

static inline void sf_put_u32(struct sf_out *out, u32 val)
{
	char text[SF_U32_TEXT_MAX];

	sf_put(out, text, sf_u32_text(val, text));
}

/* The last digits of a number in hexadecimal, 16 at most. */
static inline void sf_put_hex(struct sf_out *out, u64 val, u32 digits)
{
	char text[16];

	sf_hex64(text, val);
	sf_put(out, text + 16 - digits, digits);
}

/* An address; IPv6 in brackets, as URIs want it. */
static inline void sf_put_ip(struct sf_out *out, const struct sf_ip *ip)
{
	char text[SF_IP_TEXT_MAX];

	sf_put(out, text, sf_ip_text(ip, true, text));
}

/* An address without brackets, as the received of Via wants it. */
static inline void sf_put_addr(struct sf_out *out, const struct sf_ip *ip)
{
	char text[SF_IP_TEXT_MAX];

	sf_put(out, text, sf_ip_text(ip, false, text));
}

#endif /* SIPFAST_UTIL_OUT_H */
