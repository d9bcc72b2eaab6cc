// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * frame.c - where the messages of a stream end
 */
#include "world.h"

#include <stdlib.h>

#include "../../../daemon/net/frame.h"

static struct sf_msg msg;

/*
 * All prefixes that pass by in steps of a size, and then the whole. Return: what
 * is said in the end; @tries: how often the head was read.
 */
static enum sf_reason feed(const char *text, u32 len, u32 step, u32 *tries)
{
	struct sf_frame frame = { 0 };
	enum sf_reason reason = SF_PARTIAL;
	u32 n = 0;

	*tries = 0;
	while (n < len && reason == SF_PARTIAL) {
		u32 tried = frame.tried;

		n = step < len - n ? n + step : len;
		reason = sf_frame_next(&frame, &msg, guard_tail(text, n), n);
		*tries += reason != SF_PARTIAL || frame.tried != tried;
	}
	if (reason != SF_PARTIAL)
		assert_true(!frame.scanned && !frame.tried && !frame.need);
	return reason;
}

static void any_step(void **state)
{
	static const struct {
		const char *text;
		enum sf_reason reason;
	} rows[] = {
		{ OPTIONS(0), SF_OK },
		{ OPTIONS(5) "hello", SF_OK },
		{ OPTIONS(5) "hell", SF_PARTIAL },
		{ "BYE sip:a SIP/2.0\r\nl: 1\r\n\r\n\n", SF_OK },
		{ "BYE sip:a SIP/2.0\r\n\r\n", SF_LENGTH },
		{ "BYE sip:a SIP/2.0\r\nl: 0\n\n", SF_LINE_END },
		{ "BYE sip:a SIP/2.0\r\nl: 0\n\r\n", SF_LINE_END },
		{ "GET / HTTP/1.1\r\nHost: a\r\n\r\n", SF_NOT_SIP },
		{ "BYE sip:a SIP/2.0\r\nl: 70000\r\n\r\n", SF_TOO_LONG },
		{ "BYE sip:a SIP/2.0\r\nl: 1\r\nl: 1\r\n\r\n", SF_LENGTH_DUP },
		{ "BYE sip:a SIP/2.0\r\nl: 0\r\n folded\r\n", SF_PARTIAL },
	};
	u32 i, step, tries, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		len = (u32)strlen(rows[i].text);
		for (step = 1; step <= len; step++) {
			row("%s by %u", rows[i].text, step);
			assert_reason(feed(rows[i].text, len, step, &tries),
				      rows[i].reason);
			if (rows[i].reason == SF_OK)
				assert_int_equal(msg.len, len);
		}
	}
}

/* Byte by byte, of any length: the head is read a few times, not each time. */
static void effort(void **state)
{
	static char text[SF_MSG_MAX];
	u32 head = sizeof(OPTIONS(60000)) - 1, tries;

	(void)state;
	memset(text, 'x', sizeof(text));
	memcpy(text, OPTIONS(60000), head);
	assert_reason(feed(text, head + 60000, 1, &tries), SF_OK);
	assert_true(tries < 12);
	/* a head that does not end */
	memset(text, 'x', sizeof(text));
	memcpy(text, "BYE sip:a SIP/2.0\r\nX: ", 22);
	assert_reason(feed(text, sizeof(text), 1, &tries), SF_TOO_LONG);
	assert_true(tries < 20);
}

/* What cannot become SIP is found out while there is more of it to come. */
static void early(void **state)
{
	struct sf_frame frame = { 0 };

	(void)state;
	assert_reason(sf_frame_next(&frame, &msg, "\x16\x03\x01", 3), SF_NOT_SIP);
	assert_reason(sf_frame_next(&frame, &msg, "BYE ", 4), SF_PARTIAL);
	assert_reason(sf_frame_next(&frame, &msg, "BYE sip:a\r", 10), SF_PARTIAL);
}

static void blanks(void **state)
{
	static const struct {
		const char *text;
		u32 len;
		u32 pings;
	} rows[] = {
		{ "", 0, 0 },
		{ "\r\n", 2, 0 },
		{ "\r\n\r\n", 4, 1 },
		{ "\r\n\r\n\r\n", 6, 1 },
		{ "\r\n\r\n\r\n\r\n", 8, 2 },
		{ "\r\r\n\r\n", 5, 1 },
		{ "\n\n\r\n\r\n", 6, 1 },
		{ "\r\n\n\r\n", 5, 0 },
		{ "\r\nBYE\r\n\r\n", 2, 0 },
		{ "BYE", 0, 0 },
	};
	u32 i, step, pos, size, pings, total;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		for (step = 1; step <= 8; step++) {
			struct sf_blank blank = { 0 };

			row("%u by %u", i, step);
			total = 0;
			for (pos = 0; pos < rows[i].len; pos += size) {
				size = sf_blank_skip(&blank, rows[i].text + pos,
						     step, &pings);
				size = size < rows[i].len - pos ? size :
				       rows[i].len - pos;
				assert_true(size);
				total += pings;
			}
			assert_int_equal(total, rows[i].pings);
		}
	}
}

static const struct CMUnitTest tests[] = {
	TEST(any_step), TEST(effort), TEST(early), TEST(blanks),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
