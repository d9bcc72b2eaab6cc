// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * frame.c - a connection's framing: pieces of any size are the same messages
 *
 * What sf_frame_next() says of a stream in pieces is what sf_msg_parse_stream()
 * says of the whole; only that something is no message may be said later.
 */
#include "fuzz.h"

#include "../../daemon/net/frame.h"

static struct sf_msg whole, part;

/* A prefix in a buffer of its own, so that nothing behind it is read. */
static enum sf_reason next(struct sf_frame *frame, const char *buf, u32 len)
{
	char *copy = malloc(len ? len : 1);
	enum sf_reason reason;

	memcpy(copy, buf, len);
	reason = sf_frame_next(frame, &part, copy, len);
	free(copy);
	return reason;
}

static enum sf_reason feed(struct input *in, const char *buf, u32 len)
{
	enum sf_reason reason = SF_PARTIAL;
	struct sf_frame frame = { 0 };
	u32 n = 0, step;

	while (n < len && reason == SF_PARTIAL) {
		step = take_u8(in) % 64 + 1;
		n = step < len - n ? n + step : len;
		reason = next(&frame, buf, n);
		must(reason != SF_PARTIAL || !frame.need || n < frame.need,
		     "whole, but still waiting");
	}
	return reason;
}

/* Return: bytes of the message; 0: this was the last one. */
static u32 check(struct input *in, const char *buf, u32 len)
{
	enum sf_reason want = sf_msg_parse_stream(&whole, buf, len);
	enum sf_reason got = feed(in, buf, len);

	if (got == SF_PARTIAL) {
		must(want != SF_OK, "a message that is not seen");
		return 0;
	}
	must(got == want, "another verdict");
	if (got)
		return 0;
	must(part.len == whole.len && part.nhdrs == whole.nhdrs &&
	     same_span(part.body, whole.body), "another message");
	return part.len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct sf_blank blank = { 0 };
	u32 pos = 0, len = (u32)size, took, pings;

	do {
		const char *buf = (const char *)data;

		pos += sf_blank_skip(&blank, buf + pos, len - pos, &pings);
		took = pos < len ? check(&in, buf + pos, len - pos) : 0;
		pos += took;
	} while (took);
	return 0;
}
