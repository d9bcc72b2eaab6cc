// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * frame.c - messages arrive in pieces, in several, and with keepalives between
 *
 * A receiver collects what comes, takes the messages that are whole and keeps
 * the rest. Whatever the pieces are, it has to see the same messages.
 */
#include "vector.h"

#include <stdlib.h>
#include <string.h>

#include <sipfast/msg.h>

#define MESSAGES 32
#define ROOM 16384

/**
 * struct seen - a message that was taken
 * @at: where in the stream its start line begins
 * @end: where its body ends
 * @body: bytes of the body
 * @nhdrs: header lines
 */
struct seen {
	u32 at;
	u32 end;
	u32 body;
	u32 nhdrs;
};

/**
 * struct receiver - one end of a connection
 * @bytes: what was not taken yet, @len of them
 * @taken: bytes that were taken before
 * @count: entries of @seen
 * @reason: why it reads no more, or SF_OK
 */
struct receiver {
	char bytes[ROOM];
	u32 len;
	u32 taken;
	u32 count;
	struct seen seen[MESSAGES];
	enum sf_reason reason;
};

static struct sf_msg msg;

static void take(struct receiver *r, u32 len)
{
	memmove(r->bytes, r->bytes + len, r->len - len);
	r->len -= len;
	r->taken += len;
}

static void note(struct receiver *r)
{
	struct seen *seen = &r->seen[r->count++];

	assert_true(r->count < MESSAGES);
	seen->at = r->taken + msg.start.off;
	seen->end = r->taken + msg.len;
	seen->body = msg.body.len;
	seen->nhdrs = msg.nhdrs;
}

static void receive(struct receiver *r, const char *bytes, u32 len)
{
	memcpy(r->bytes + r->len, bytes, len);
	r->len += len;
	while (!r->reason && r->len) {
		r->reason = sf_msg_parse_stream(&msg,
						guard_tail(r->bytes, r->len),
						r->len);
		if (r->reason == SF_OK) {
			note(r);
			take(r, msg.len);
		}
	}
	/* keepalives are done with; for a part the rest has to come */
	if (r->reason == SF_EMPTY)
		take(r, r->len);
	if (r->reason == SF_EMPTY || r->reason == SF_PARTIAL)
		r->reason = SF_OK;
}

static struct receiver whole_stream, pieces;

static void begin(struct receiver *r)
{
	r->len = 0;
	r->taken = 0;
	r->count = 0;
	r->reason = SF_OK;
}

static void same_messages(void)
{
	assert_reason(pieces.reason, whole_stream.reason);
	assert_int_equal(pieces.count, whole_stream.count);
	assert_memory_equal(pieces.seen, whole_stream.seen,
			    pieces.count * sizeof(*pieces.seen));
}

static void put(char *stream, u32 *len, const char *bytes, u32 n)
{
	memcpy(stream + *len, bytes, n);
	*len += n;
}

/* Vectors that have a Content-Length, with keepalives between them. */
static u32 make_stream(char *stream)
{
	static const char *const names[] = {
		"invite-phone", "ok-invite", "rfc4475/wsinv", "compact",
		"rfc4475/mpart01", "bye-in", "multipart-sdp",
		"rfc4475/noreason",
	};
	static const char *const between[] = {
		"\r\n\r\n", "", "\r\n", "\r\n\r\n\r\n\r\n",
	};
	const char *dir = getenv("UNIT_VECTORS");
	const char *gap;
	struct vector *v;
	u32 i, len = 0;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		gap = between[i % ARRAY_SIZE(between)];
		v = vector_read(dir ? dir : "../vectors", names[i]);
		put(stream, &len, gap, (u32)strlen(gap));
		put(stream, &len, v->msg, v->len);
		vector_free(v);
	}
	put(stream, &len, "\r\n\r\n", 4);
	begin(&whole_stream);
	receive(&whole_stream, stream, len);
	assert_int_equal(whole_stream.count, ARRAY_SIZE(names));
	return len;
}

static char stream[ROOM];

static void every_split(void **state)
{
	u32 len = make_stream(stream), cut;

	(void)state;
	for (cut = 0; cut <= len; cut++) {
		row("split at %u", cut);
		begin(&pieces);
		receive(&pieces, stream, cut);
		receive(&pieces, stream + cut, len - cut);
		same_messages();
	}
}

static void byte_by_byte(void **state)
{
	u32 len = make_stream(stream), i;

	(void)state;
	begin(&pieces);
	for (i = 0; i < len; i++)
		receive(&pieces, stream + i, 1);
	same_messages();
}

static void random_pieces(void **state)
{
	u32 len = make_stream(stream), round, pos, n, most;

	(void)state;
	for (round = 0; round < 300; round++) {
		row("round %u", round);
		most = 1 + random_u32() % 600;
		begin(&pieces);
		for (pos = 0; pos < len; pos += n) {
			n = 1 + random_u32() % most;
			n = n < len - pos ? n : len - pos;
			receive(&pieces, stream + pos, n);
		}
		same_messages();
	}
}

#define HEAD "OPTIONS sip:a SIP/2.0\r\n"

/* A stream that is broken is so however it arrives, and as soon as it shows. */
static void lengths(void **state)
{
	static const struct {
		const char *bytes;
		enum sf_reason reason;
	} rows[] = {
		{ HEAD "\r\n", SF_LENGTH },
		{ HEAD "l: 0\r\nContent-Length: 0\r\n\r\n", SF_LENGTH_DUP },
		{ HEAD "l: 1\r\nl: 2\r\n\r\nab", SF_LENGTH_DUP },
		{ HEAD "l: 1, 1\r\n\r\na", SF_LENGTH },
		{ HEAD "l: -1\r\n\r\n", SF_LENGTH },
		{ HEAD "l: +1\r\n\r\na", SF_LENGTH },
		{ HEAD "l: 1 1\r\n\r\n", SF_LENGTH },
		{ HEAD "l: 0x1\r\n\r\na", SF_LENGTH },
		{ HEAD "l:\r\n\r\n", SF_LENGTH },
		{ HEAD "l: 4294967296\r\n\r\n", SF_LENGTH },
		{ HEAD "l: 18446744073709551616\r\n\r\n", SF_LENGTH },
		{ HEAD "l: 4294967295\r\n\r\n", SF_TOO_LONG },
		{ HEAD "l: 65536\r\n\r\n", SF_TOO_LONG },
		{ "GET / HTTP/1.1\r\n\r\n", SF_NOT_SIP },
		{ "\x16\x03\x01\x02", SF_NOT_SIP },
	};
	u32 i, len, cut;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		len = (u32)strlen(rows[i].bytes);
		for (cut = 0; cut <= len; cut++) {
			row("%s, split at %u", rows[i].bytes, cut);
			begin(&pieces);
			receive(&pieces, rows[i].bytes, cut);
			receive(&pieces, rows[i].bytes + cut, len - cut);
			assert_reason(pieces.reason, rows[i].reason);
			assert_int_equal(pieces.count, 0);
		}
	}
}

/* CRLF CRLF asks and CRLF answers (RFC 5626, 3.5.1); neither is a message. */
static void keepalives(void **state)
{
	static const char *const rows[] = { "\r\n\r\n", "\r\n", "\r\n\r\n\r\n" };
	u32 i, j;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%u", i);
		begin(&pieces);
		for (j = 0; rows[i][j]; j++) {
			assert_reason(sf_msg_parse_stream(&msg, rows[i], j + 1),
				      SF_EMPTY);
			receive(&pieces, rows[i] + j, 1);
		}
		assert_int_equal(pieces.len, 0);
		receive(&pieces, HEAD "l: 0\r\n\r\n", sizeof(HEAD) + 7);
		assert_int_equal(pieces.count, 1);
		assert_int_equal(sf_msg_parse(&msg, rows[i],
					      (u32)strlen(rows[i])), SF_EMPTY);
	}
}

/*
 * Datagrams, and frames of a WebSocket, which hold one message each (RFC 7118,
 * 5): the length need not be said, and what is not there never comes.
 */
static void datagrams(void **state)
{
	static const struct {
		const char *bytes;
		enum sf_reason reason;
		u32 body;
	} rows[] = {
		{ HEAD "\r\n", SF_OK, 0 },
		{ HEAD "\r\nabc", SF_OK, 3 },
		{ HEAD "l: 3\r\n\r\nabc", SF_OK, 3 },
		{ HEAD "l: 2\r\n\r\nabc", SF_OK, 2 },
		{ HEAD "l: 0\r\n\r\n" HEAD "\r\n", SF_OK, 0 },
		{ HEAD "l: 4\r\n\r\nabc", SF_LENGTH_CUT, 0 },
		{ HEAD "l: 4294967295\r\n\r\nabc", SF_LENGTH_CUT, 0 },
		{ HEAD "l: 4294967296\r\n\r\nabc", SF_LENGTH, 0 },
		{ HEAD "l: -999\r\n\r\nabc", SF_LENGTH, 0 },
		{ HEAD "l: 3\r\nl: 3\r\n\r\nabc", SF_LENGTH_DUP, 0 },
		{ HEAD "l: 3\r\n", SF_LINE_END, 0 },
		{ HEAD "l: 3", SF_LINE_END, 0 },
	};
	u32 i, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].bytes);
		len = (u32)strlen(rows[i].bytes);
		assert_reason(sf_msg_parse(&msg,
					   guard_tail(rows[i].bytes, len), len),
			      rows[i].reason);
		assert_int_equal(msg.body.len, rows[i].body);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(every_split),
		TEST(byte_by_byte),
		TEST(random_pieces),
		TEST(lengths),
		TEST(keepalives),
		TEST(datagrams),
	};

	return run(tests, ARRAY_SIZE(tests));
}
