// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * frame.c - where the messages of a stream end
 */
#include "frame.h"

/*
 * Is there a line end with another one behind it? sf_msg_parse_stream() finds
 * the end of the head there, or something to refuse.
 */
static bool find_blank(struct sf_frame *frame, const char *buf, u32 len)
{
	const char *end = buf + len, *p = buf + frame->scanned;

	while ((p = memchr(p, '\n', (size_t)(end - p)))) {
		if (end - p >= 2 && p[1] == '\n')
			return true;
		if (end - p >= 3 && p[1] == '\r' && p[2] == '\n')
			return true;
		if (end - p < 2 || (end - p == 2 && p[1] == '\r')) {
			frame->scanned = (u32)(p - buf);
			return false;
		}
		p++;
	}
	frame->scanned = len;
	return false;
}

static bool is_due(struct sf_frame *frame, const char *buf, u32 len)
{
	if (frame->need)
		return len >= frame->need;
	return find_blank(frame, buf, len) || len / 2 >= frame->tried ||
	       len >= SF_MSG_MAX;
}

enum sf_reason sf_frame_next(struct sf_frame *frame, struct sf_msg *msg,
			     const char *buf, u32 len)
{
	enum sf_reason reason;

	if (!is_due(frame, buf, len))
		return SF_PARTIAL;
	reason = sf_msg_parse_stream(msg, buf, len);
	if (reason == SF_PARTIAL) {
		frame->tried = len;
		frame->need = msg->len;
	} else {
		*frame = (struct sf_frame){ 0 };
	}
	return reason;
}

u32 sf_blank_skip(struct sf_blank *blank, const char *buf, u32 len, u32 *pings)
{
	static const char ping[] = "\r\n\r\n";
	u32 i;

	*pings = 0;
	for (i = 0; i < len && (buf[i] == '\r' || buf[i] == '\n'); i++) {
		if (buf[i] == ping[blank->seen])
			blank->seen++;
		else
			blank->seen = buf[i] == '\r';
		if (blank->seen < sizeof(ping) - 1)
			continue;
		blank->seen = 0;
		++*pings;
	}
	if (i < len)
		blank->seen = 0;
	return i;
}
