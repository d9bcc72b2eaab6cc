// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * peek.c - a look at a message is never at odds with its index
 *
 * What the index takes for a message, with all that every message has, is none
 * that is refused; and both say the same of it. Whoever sees only its beginning
 * says nothing else of that.
 */
#include "fuzz.h"

#include <string.h>

#include <sipfast/msg.h>
#include <sipfast/peek.h>
#include <sipfast/value.h>

static struct sf_msg msg;

/* Is every header there that all have, and once, and CSeq readable? */
static bool is_complete(void)
{
	struct sf_span value;
	struct sf_cseq cseq;

	return sf_msg_hdr(&msg, SF_HDR_VIA) &&
	       !sf_msg_single(&msg, SF_HDR_FROM, &value) &&
	       !sf_msg_single(&msg, SF_HDR_TO, &value) &&
	       !sf_msg_single(&msg, SF_HDR_CALL_ID, &value) &&
	       !sf_msg_single(&msg, SF_HDR_CSEQ, &value) &&
	       !sf_cseq_parse(msg.buf, value, &cseq);
}

static void agree(const struct sf_peek *peek)
{
	struct sf_span value;

	must(peek->is_request == msg.is_request && peek->method == msg.method &&
	     peek->status == msg.status, "another start line");
	must(peek->has_length == msg.has_length && peek->head == msg.body.off &&
	     peek->length == msg.body.len, "another body");
	must(!sf_msg_single(&msg, SF_HDR_CALL_ID, &value) &&
	     same_span(value, peek->call_id), "another Call-ID");
	must(!sf_msg_single(&msg, SF_HDR_TO, &value) &&
	     same_span(value, peek->to), "another To");
	must(!sf_msg_single(&msg, SF_HDR_FROM, &value) &&
	     same_span(value, peek->from), "another From");
}

/* A beginning, in a buffer of its own. */
static void cut(const char *buf, u32 seen, u32 len)
{
	char *copy = malloc(seen ? seen : 1);
	struct sf_peek peek;

	memcpy(copy, buf, seen);
	sf_peek(&peek, copy, seen, len);
	must(!peek.head || peek.head <= seen, "a head that was not seen");
	free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	u32 seen = take_u16(&in), len = (u32)in.len;
	const char *buf = (const char *)data;
	struct sf_peek peek;
	enum sf_reason reason = sf_peek(&peek, buf, len, len);

	if (sf_msg_parse(&msg, buf, len) == SF_OK) {
		must(reason == SF_OK || !is_complete(),
		     "a message that is refused");
		if (reason == SF_OK)
			agree(&peek);
	}
	cut(buf, seen < len ? seen : len, len);
	return 0;
}
