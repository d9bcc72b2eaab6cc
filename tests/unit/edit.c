// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * edit.c - edits against a naive reference that copies the text each time
 */
#define _GNU_SOURCE
#include "test.h"

#include <stdio.h>
#include <string.h>

#include <sipfast/edit.h>

#define MAX 1024

static struct sf_edits edits;
static struct sf_msg msg;

/*
 * The reference: texts hung into an array with a place before each byte and
 * one behind the last. A byte is either kept or not.
 */
struct naive {
	u32 len;
	u32 count;
	struct sf_span at[SF_EDITS_MAX];
	char text[SF_EDITS_MAX][32];
	char keep[MAX];
	char before[MAX + 1][512];
	char instead[MAX][32];
};

static struct naive naive;

static void naive_init(u32 len)
{
	memset(&naive, 0, sizeof(naive));
	memset(naive.keep, 1, len);
	naive.len = len;
}

/* The same edit twice counts once. */
static bool naive_known(struct sf_span at, const char *text)
{
	u32 i;

	for (i = 0; i < naive.count; i++)
		if (naive.at[i].off == at.off && naive.at[i].len == at.len &&
		    !strcmp(naive.text[i], text))
			return true;
	naive.at[naive.count] = at;
	strcpy(naive.text[naive.count++], text);
	return false;
}

static void naive_edit(struct sf_span at, const char *text)
{
	if (naive_known(at, text))
		return;
	if (!at.len) {
		strcat(naive.before[at.off], text);
		return;
	}
	memset(naive.keep + at.off, 0, at.len);
	strcpy(naive.instead[at.off], text);
}

static u32 naive_apply(const char *buf, char *out)
{
	char *end = out;
	u32 i;

	for (i = 0; i <= naive.len; i++) {
		end = stpcpy(end, naive.before[i]);
		if (i == naive.len)
			break;
		end = stpcpy(end, naive.instead[i]);
		if (naive.keep[i])
			*end++ = buf[i];
	}
	return (u32)(end - out);
}

/* Apply to the whole buffer, into room that is just as large as it has to be. */
static u32 apply(const char *buf, u32 len, char *out)
{
	u32 room = (u32)((int)len + edits.delta), n;

	if (room)
		assert_reason(sf_edits_apply(&edits, buf, whole(len), out,
					     room - 1, &n), SF_EDITS);
	assert_reason(sf_edits_apply(&edits, buf, whole(len), out, room, &n),
		      SF_OK);
	assert_int_equal(n, room);
	return n;
}

static void identity(void **state)
{
	static const char text[] = "INVITE sip:a SIP/2.0\r\n\r\n";
	u32 len = sizeof(text) - 1, n;
	const char *buf = guard_tail(text, len);
	char out[64];

	(void)state;
	sf_edits_init(&edits);
	assert_int_equal(sf_edits_window(&edits).len, 0);
	assert_int_equal(edits.delta, 0);
	assert_int_equal(apply(buf, len, out), len);
	assert_memory_equal(out, text, len);
	assert_reason(sf_edits_apply(&edits, buf, sf_edits_window(&edits), out,
				     0, &n), SF_OK);
	assert_int_equal(n, 0);
}

static void window(void **state)
{
	static const char text[] = "0123456789";
	char out[16];
	u32 n;

	(void)state;
	sf_edits_init(&edits);
	sf_edit(&edits, sf_span(7, 8), "", 0);
	sf_edit(&edits, sf_span(2, 4), "abc", 3);
	assert_int_equal(sf_edits_window(&edits).off, 2);
	assert_int_equal(sf_edits_window(&edits).len, 6);
	assert_reason(sf_edits_apply(&edits, text, sf_edits_window(&edits),
				     out, sizeof(out), &n), SF_OK);
	assert_text(out, whole(n), "abc456");
	assert_reason(sf_edits_apply(&edits, text, sf_span(1, 10), out,
				     sizeof(out), &n), SF_OK);
	assert_text(out, whole(n), "1abc45689");
	assert_reason(sf_edits_apply(&edits, text, sf_span(3, 10), out,
				     sizeof(out), &n), SF_EDITS);
	assert_reason(sf_edits_apply(&edits, text, sf_span(0, 7), out,
				     sizeof(out), &n), SF_EDITS);
}

static void touching(void **state)
{
	char out[32];

	(void)state;
	sf_edits_init(&edits);
	sf_edit(&edits, sf_span(2, 4), "B", 1);
	sf_edit(&edits, sf_span(4, 6), "C", 1);
	sf_edit(&edits, sf_span(0, 2), "A", 1);
	sf_edit(&edits, sf_span(4, 4), "i", 1);
	sf_edit(&edits, sf_span(4, 4), "j", 1);
	sf_edit(&edits, sf_span(6, 6), "e", 1);
	sf_edit(&edits, sf_span(0, 0), "s", 1);
	/* each of them again */
	sf_edit(&edits, sf_span(4, 4), "i", 1);
	sf_edit(&edits, sf_span(2, 4), "B", 1);
	sf_edit(&edits, sf_span(4, 6), "C", 1);
	sf_edit(&edits, sf_span(6, 6), "e", 1);
	assert_reason(edits.err, SF_OK);
	assert_int_equal(edits.count, 7);
	assert_text(out, whole(apply("012345", 6, out)), "sABijCe");
}

static void overlaps(void **state)
{
	static const struct sf_span rows[] = {
		{ 3, 4 }, { 2, 2 }, { 4, 2 }, { 3, 1 }, { 2, 5 }, { 1, 9 },
		{ 4, 0 }, { 3, 3 }, { 3, 2 },
	};
	char out[16];
	u32 i, n;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%u+%u", rows[i].off, rows[i].len);
		sf_edits_init(&edits);
		sf_edit(&edits, sf_span(3, 6), "abc", 3);
		sf_edit(&edits, rows[i], "x", 1);
		assert_reason(edits.err, SF_EDITS);
		/* and it sticks */
		sf_edit(&edits, sf_span(8, 9), "y", 1);
		assert_int_equal(edits.count, 1);
		assert_reason(sf_edits_apply(&edits, "0123456789", whole(10),
					     out, sizeof(out), &n), SF_EDITS);
	}
}

static void limits(void **state)
{
	static char text[SF_EDITS_TEXT + 1], out[2 * SF_EDITS_TEXT];
	u32 i;

	(void)state;
	sf_edits_init(&edits);
	for (i = 0; i < SF_EDITS_MAX; i++)
		sf_edit(&edits, sf_span(2 * i, 2 * i + 1), "", 0);
	assert_reason(edits.err, SF_OK);
	sf_edit(&edits, sf_span(0, 1), "", 0);
	assert_reason(edits.err, SF_OK);
	sf_edit(&edits, sf_span(2 * i, 2 * i + 1), "", 0);
	assert_reason(edits.err, SF_EDITS);

	memset(text, 't', sizeof(text));
	sf_edits_init(&edits);
	sf_edit(&edits, sf_span(0, 0), text, SF_EDITS_TEXT);
	assert_reason(edits.err, SF_OK);
	assert_int_equal(apply("x", 1, out), SF_EDITS_TEXT + 1);
	sf_edit(&edits, sf_span(1, 1), "y", 1);
	assert_reason(edits.err, SF_EDITS);
	sf_edits_init(&edits);
	sf_edit(&edits, sf_span(0, 0), text, SF_EDITS_TEXT + 1);
	assert_reason(edits.err, SF_EDITS);
	sf_edits_init(&edits);
	sf_edit(&edits, sf_span(0, 0), text, 0xffffffff);
	assert_reason(edits.err, SF_EDITS);
}

static void values(void **state)
{
	struct sf_ip v4 = { .family = 4, .v4 = { 203, 0, 113, 7 } };
	struct sf_ip v6 = { .family = 6, .v6 = { 0x20, 1, [15] = 1 } };
	static const char want[] =
		"4294967295203.0.113.732001::15[2001::1]7203.0.113.7:50619[2001::1]:5061a[2001::1]";
	char out[128];

	(void)state;
	sf_edits_init(&edits);
	sf_edit_u32(&edits, sf_span(0, 1), 4294967295u);
	sf_edit_ip(&edits, sf_span(1, 2), &v4, true);
	sf_edit_ip(&edits, sf_span(3, 4), &v6, false);
	sf_edit_ip(&edits, sf_span(5, 6), &v6, true);
	sf_edit_hostport(&edits, sf_span(7, 8), &v4, 5061);
	sf_edit_hostport(&edits, sf_span(9, 10), &v6, 5061);
	sf_edit_hostport(&edits, sf_span(11, 12), &v6, 0);
	assert_text(out, whole(apply("1234567890ab", 12, out)), want);
}

/* Content-Length follows what happens to the body, and nothing else. */
static void content_length(void **state)
{
	static const char text[] =
		"ACK sip:a SIP/2.0\r\nA: b\r\nl: 010\r\n\r\n0123456789 rest";
	u32 len = sizeof(text) - 1, body;
	const char *buf = guard_tail(text, len);
	char out[128];

	(void)state;
	assert_reason(sf_msg_parse(&msg, buf, len), SF_OK);
	body = msg.body.off;

	sf_edits_init(&edits);
	sf_edit(&edits, msg.ruri, "sip:longer", 10);
	sf_edit_length(&edits, &msg);
	assert_int_equal(edits.count, 1);

	sf_edits_init(&edits);
	sf_edit(&edits, sf_span(body + 3, body + 5), "ab", 2);
	sf_edit_length(&edits, &msg);
	assert_int_equal(edits.count, 1);

	sf_edits_init(&edits);
	sf_edit(&edits, sf_span(body + 10, body + 10), "E", 1);
	sf_edit(&edits, sf_span(body, body), "S", 1);
	sf_edit(&edits, msg.ruri, "sip:longer", 10);
	sf_edit(&edits, sf_span(body + 3, body + 8), "", 0);
	sf_edit_length(&edits, &msg);
	assert_text(out, whole(apply(buf, len, out)),
		    "ACK sip:longer SIP/2.0\r\nA: b\r\nl: 7\r\n\r\n"
		    "S01289E rest");
	assert_reason(sf_msg_parse(&msg, out, (u32)((int)len + edits.delta)),
		      SF_OK);
	assert_text(out, msg.body, "S01289E");

	assert_reason(sf_msg_parse(&msg, "ACK sip:a SIP/2.0\r\n\r\nbody", 25),
		      SF_OK);
	sf_edits_init(&edits);
	sf_edit(&edits, msg.body, "", 0);
	sf_edit_length(&edits, &msg);
	assert_int_equal(edits.count, 1);
}

/* Take a few random places in order, each behind the last, then shuffle. */
static u32 random_spans(struct sf_span *at, u32 max, u32 len)
{
	u32 n = 0, pos = 0, i, j;
	struct sf_span swap;

	while (n < max) {
		pos += random_u32() % 12;
		at[n].off = pos;
		at[n].len = random_u32() % 4 ? random_u32() % 9 : 0;
		pos += at[n].len;
		if (pos > len)
			break;
		n++;
	}
	for (i = n; i > 1; i--) {
		j = random_u32() % i;
		swap = at[j];
		at[j] = at[i - 1];
		at[i - 1] = swap;
	}
	return n;
}

/* Any list of edits does what the reference does. */
static void random_edits(void **state)
{
	static char text[MAX], got[2 * MAX], want[2 * MAX];
	struct sf_span at[SF_EDITS_MAX];
	u32 round, i, n, len, count;
	char word[16];

	(void)state;
	for (round = 0; round < 5000; round++) {
		row("round %u", round);
		len = random_u32() % 600;
		for (i = 0; i < len; i++)
			text[i] = (char)random_u32();
		count = random_spans(at, random_u32() % SF_EDITS_MAX, len);
		sf_edits_init(&edits);
		naive_init(len);
		for (i = 0; i < count; i++) {
			n = (u32)sprintf(word, "%.*s",
					 (int)(random_u32() % 10), "<abcdefgh");
			sf_edit(&edits, at[i], word, n);
			naive_edit(at[i], word);
			if (!(random_u32() % 4))
				sf_edit(&edits, at[i], word, n);
		}
		assert_reason(edits.err, SF_OK);
		n = apply(guard_tail(text, len), len, got);
		assert_int_equal(n, naive_apply(text, want));
		assert_memory_equal(got, want, n);
	}
}

/* Edited messages parse again, and Content-Length says the truth. */
static void random_messages(void **state)
{
	static char got[2 * MAX];
	struct sf_span at[SF_EDITS_MAX];
	u32 round, i, n, len, count, body;
	char text[512];

	(void)state;
	for (round = 0; round < 2000; round++) {
		row("round %u", round);
		body = random_u32() % 300;
		len = (u32)sprintf(text, "ACK sip:a SIP/2.0\r\n"
				   "Content-Length: %u\r\nA: b\r\n\r\n", body);
		memset(text + len, 'b', body);
		len += body;
		assert_reason(sf_msg_parse(&msg, guard_tail(text, len), len),
			      SF_OK);
		count = random_spans(at, random_u32() % 20, body);
		sf_edits_init(&edits);
		for (i = 0; i < count; i++) {
			at[i].off += msg.body.off;
			sf_edit(&edits, at[i], "new text", random_u32() % 9);
		}
		sf_edit(&edits, msg.hdrs[1].value, "other", 5);
		sf_edit_length(&edits, &msg);
		n = apply(msg.buf, len, got);
		assert_reason(sf_msg_parse(&msg, got, n), SF_OK);
		assert_int_equal(msg.len, n);
		assert_true(msg.has_length);
		assert_reason(sf_msg_parse_stream(&msg, got, n), SF_OK);
	}
}

static const struct CMUnitTest tests[] = {
	TEST(identity),
	TEST(window),
	TEST(touching),
	TEST(overlaps),
	TEST(limits),
	TEST(values),
	TEST(content_length),
	TEST(random_edits),
	TEST(random_messages),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
