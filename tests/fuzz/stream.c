// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * stream.c - framing: what a stream says does not depend on how it arrives
 *
 * Whatever the first bytes of a stream are said to be holds with more bytes,
 * unless they were said to be part of something.
 */
#include "fuzz.h"

#include <string.h>

#include <sipfast/msg.h>

/* Messages of one stream that are looked at. */
#define MESSAGES 16

/* Up to here, every prefix; behind it, those that the input chooses. */
#define EVERY 160

static struct sf_msg whole, part;

/* A prefix in a buffer of its own, so that nothing behind it is read. */
static enum sf_reason parse_prefix(const char *buf, u32 len)
{
	char *copy = malloc(len ? len : 1);
	enum sf_reason reason;

	memcpy(copy, buf, len);
	reason = sf_msg_parse_stream(&part, copy, len);
	free(copy);
	return reason;
}

static bool all_eol(const char *buf, u32 len)
{
	while (len && (buf[len - 1] == '\r' || buf[len - 1] == '\n'))
		len--;
	return !len;
}

static void check_prefix(const char *buf, u32 len, enum sf_reason verdict)
{
	enum sf_reason reason = parse_prefix(buf, len);

	must((reason == SF_EMPTY) == all_eol(buf, len),
	     "keepalives are those that are line ends only");
	if (reason == SF_EMPTY)
		return;
	if (reason == SF_PARTIAL) {
		must(verdict != SF_OK || len < whole.len,
		     "whole, but still waiting for more");
		return;
	}
	must(reason == verdict, "more bytes, another verdict");
	if (reason == SF_OK)
		must(part.len == whole.len && part.nhdrs == whole.nhdrs &&
		     same_span(part.body, whole.body),
		     "more bytes, another message");
}

static void check_prefixes(struct input in, const char *buf, u32 len,
			   enum sf_reason verdict)
{
	u32 end = verdict == SF_OK ? whole.len : 0;
	u32 n, i;

	for (n = 0; n <= len && n < EVERY; n++)
		check_prefix(buf, n, verdict);
	for (i = 0; i < 8; i++)
		check_prefix(buf, take_u16(&in) % (len + 1), verdict);
	/* around the end of the message and of its head */
	for (i = 0; end && i < 5; i++) {
		if (end + i >= 2 && end + i - 2 <= len)
			check_prefix(buf, end + i - 2, verdict);
		if (whole.body.off + i >= 2 && whole.body.off + i - 2 <= len)
			check_prefix(buf, whole.body.off + i - 2, verdict);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	u32 pos = 0, len = (u32)size, i;
	enum sf_reason reason;

	for (i = 0; i < MESSAGES; i++) {
		const char *buf = (const char *)data + pos;

		reason = sf_msg_parse_stream(&whole, buf, len - pos);
		check_prefixes(in, buf, len - pos, reason);
		if (reason != SF_OK)
			break;
		must(whole.len && whole.len <= len - pos && whole.has_length,
		     "message of no length");
		pos += whole.len;
	}
	return 0;
}
