// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * edit.c - any list of edits against a naive reference, and messages that have
 * to parse again
 */
#include "fuzz.h"

#include <string.h>

#include <sipfast/edit.h>

#define SIZE_MAX_IN 4096
#define SIZE_MAX_OUT (SIZE_MAX_IN + SF_EDITS_TEXT)

/**
 * struct naive - the edits that were taken, in the order they came
 * @failed: one could not be taken
 * @count: entries used
 * @bytes: bytes of all replacements
 * @at: what is replaced
 * @text: by what
 */
struct naive {
	bool failed;
	u32 count;
	u32 bytes;
	struct sf_span at[SF_EDITS_MAX];
	struct sf_span text[SF_EDITS_MAX];
};

static struct sf_edits edits;
static struct naive naive;
static struct sf_msg msg;
static char texts[256];
static char got[SIZE_MAX_OUT], want[SIZE_MAX_OUT];

/* A byte of one lies in the other, or an insertion in its middle. */
static bool overlap(struct sf_span a, struct sf_span b)
{
	if (a.len && b.len)
		return a.off < sf_span_end(b) && b.off < sf_span_end(a);
	if (a.len)
		return a.off < b.off && b.off < sf_span_end(a);
	if (b.len)
		return b.off < a.off && a.off < sf_span_end(b);
	return false;
}

static void naive_edit(struct sf_span at, struct sf_span text)
{
	u32 i;

	if (naive.failed)
		return;
	for (i = 0; i < naive.count; i++)
		if (same_span(naive.at[i], at) && naive.text[i].len == text.len &&
		    !memcmp(texts + naive.text[i].off, texts + text.off,
			    text.len))
			return;
	if (naive.count == SF_EDITS_MAX || naive.bytes + text.len > SF_EDITS_TEXT)
		naive.failed = true;
	for (i = 0; i < naive.count; i++)
		if (overlap(naive.at[i], at))
			naive.failed = true;
	if (naive.failed)
		return;
	naive.at[naive.count] = at;
	naive.text[naive.count++] = text;
	naive.bytes += text.len;
}

/* All edits of one kind at an offset; returns the length of the output. */
static u32 naive_put(u32 n, u32 off, bool insert, u32 *skip)
{
	u32 i;

	for (i = 0; i < naive.count; i++) {
		if (naive.at[i].off != off || insert == !!naive.at[i].len)
			continue;
		memcpy(want + n, texts + naive.text[i].off, naive.text[i].len);
		n += naive.text[i].len;
		*skip += naive.at[i].len;
	}
	return n;
}

static u32 naive_apply(const char *buf, u32 len)
{
	u32 off, n = 0, skip = 0;

	for (off = 0; off <= len; off++) {
		n = naive_put(n, off, true, &skip);
		n = naive_put(n, off, false, &skip);
		if (off == len)
			break;
		if (skip)
			skip--;
		else
			want[n++] = buf[off];
	}
	return n;
}

static void edit(struct sf_span at, struct sf_span text)
{
	sf_edit(&edits, at, texts + text.off, text.len);
	naive_edit(at, text);
}

/* Apply over the whole input, and compare. Returns the length, 0 if refused. */
static u32 apply(const char *buf, u32 len)
{
	struct sf_span window;
	u32 n, w;

	must(edits.err == (naive.failed ? SF_EDITS : SF_OK),
	     "taken by one, refused by the other");
	if (edits.err) {
		must(sf_edits_apply(&edits, buf, sf_span(0, len), got,
				    sizeof(got), &n) == SF_EDITS,
		     "refused edits were applied");
		return 0;
	}
	must(sf_edits_apply(&edits, buf, sf_span(0, len), got,
			    len + edits.delta, &n) == SF_OK,
	     "no room in the room that is needed");
	must(n == naive_apply(buf, len) && !memcmp(got, want, n),
	     "edits make another text");

	/* the window alone makes the same bytes */
	window = sf_edits_window(&edits);
	must(sf_edits_apply(&edits, buf, window, want, sizeof(want), &w) ==
	     SF_OK, "no room for the window");
	must(w == window.len + edits.delta &&
	     !memcmp(want, got + window.off, w),
	     "the window makes another text");
	return n;
}

static void begin(void)
{
	sf_edits_init(&edits);
	naive.failed = false;
	naive.count = 0;
	naive.bytes = 0;
}

/* Edits anywhere, of anything. */
static void anywhere(struct input in, const char *buf, u32 len)
{
	u32 n = take_u8(&in) % 128, i, off, end, text;

	begin();
	for (i = 0; i < n; i++) {
		off = take_u16(&in) % (len + 1);
		end = off + take_u8(&in) % 16;
		text = take_u8(&in);
		edit(sf_span(off, end > len ? len : end),
		     sf_span(text, text + take_u8(&in) % (256 - text)));
	}
	apply(buf, len);
}

/*
 * Whole values and anything in the body: the message has to parse again, with
 * the same headers and a Content-Length that says the truth.
 */
static void parses_again(struct input in, const char *buf, u32 len)
{
	u32 n = take_u8(&in) % 32, i, which, end, nhdrs = msg.nhdrs;
	struct sf_span body = msg.body, at;
	bool had = msg.has_length;
	int delta = 0, before;

	begin();
	for (i = 0; i < n; i++) {
		which = take_u8(&in);
		if (which < nhdrs &&
		    msg.hdrs[which].id != SF_HDR_CONTENT_LENGTH) {
			edit(msg.hdrs[which].value, sf_span('a', 'a' + 1 + i % 20));
			continue;
		}
		at.off = body.off + take_u16(&in) % (body.len + 1);
		end = at.off + take_u8(&in) % 16;
		if (end > sf_span_end(body))
			end = sf_span_end(body);
		before = edits.delta;
		edit(sf_span(at.off, end), sf_span(which / 2, which));
		delta += edits.delta - before;
	}
	if (edits.err || !apply(buf, len))
		return;
	/* A body without a length of its own takes all that follows. */
	sf_edit_length(&edits, &msg);
	if (edits.err || len + edits.delta > SF_MSG_MAX)
		return;
	must(sf_edits_apply(&edits, buf, sf_span(0, len), got, sizeof(got),
			    &n) == SF_OK, "no room for the length");
	must(sf_msg_parse(&msg, got, n) == SF_OK,
	     "an edited message does not parse");
	must(msg.nhdrs == nhdrs && msg.has_length == had,
	     "an edited message has other headers");
	must(msg.body.len == body.len + delta,
	     "an edited message has another body");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *buf = (const char *)data;
	struct input in = { data, size };
	u32 i;

	if (size > SIZE_MAX_IN)
		return 0;
	for (i = 0; i < sizeof(texts); i++)
		texts[i] = (char)i;
	anywhere(in, buf, (u32)size);
	if (sf_msg_parse(&msg, buf, (u32)size) == SF_OK)
		parses_again(in, buf, (u32)size);
	return 0;
}
