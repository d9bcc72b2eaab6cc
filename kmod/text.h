/* SPDX-License-Identifier: GPL-2.0 */
/*
 * text.h - text of messages, made fit to show
 */
#ifndef _SF_TEXT_H
#define _SF_TEXT_H

#include <linux/minmax.h>
#include <sipfast/span.h>

/**
 * sf_text() - copy text of a message as a string
 * @out: room for @max bytes, the NUL included
 *
 * Bytes outside printable ASCII become '?': whoever reads it may be a
 * terminal, and whoever wrote it may be anyone. What is too long is cut.
 */
static inline void sf_text(char *out, size_t max, const char *buf,
			   struct sf_span s)
{
	u32 i, len = min_t(size_t, s.len, max - 1);
	char c;

	for (i = 0; i < len; i++) {
		c = buf[s.off + i];
		out[i] = c >= 0x20 && c < 0x7f ? c : '?';
	}
	out[len] = '\0';
}

#endif /* _SF_TEXT_H */
