// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * stun.c - answers for phones that ask what they look like
 */
#include "world.h"

#include "../../../daemon/net/stun.h"

#define HEAD	20
#define ID	"\x21\x12\xa4\x42\xb7\xe7\xa7\x01\xbc\x34\xd6\x86\xfa\x87\xdf\xae"

/* What zlib makes of the answer that is expected. */
#define MARK	"\x7d\x28\x1f\x59"

/* RFC 5769, 2.1, which has attributes of ICE that we do not know. */
static const char ice[] =
	"\x00\x01\x00\x58" ID
	"\x80\x22\x00\x10STUN test clien\x74"
	"\x00\x24\x00\x04\x6e\x00\x01\xff"
	"\x80\x29\x00\x08\x93\x2f\xf9\xb1\x51\x26\x3b\x36"
	"\x00\x06\x00\x09\x65\x76\x74\x6a\x3a\x68\x36\x76\x59\x20\x20\x20"
	"\x00\x08\x00\x14\x9a\xea\xa7\x0c\xbf\xd8\xcb\x56\x78\x1e\xf2\xb5"
	"\xb2\xd3\xf2\x49\xc1\xb5\x71\xa2"
	"\x80\x28\x00\x04\xe5\x7a\x3b\xcf";

static const char plain[] = "\x00\x01\x00\x00" ID;

static u32 answer_to(const char *text, u32 len, const char *from, char *answer)
{
	const char *buf = guard_tail(text, len);
	struct sf_end end;

	assert_true(sf_end_parse(from, 0, &end));
	assert_true(sf_stun_is(buf, len));
	return sf_stun_answer(buf, len, &end, answer);
}

/* The address and port are those of RFC 5769, 2.2 and 2.3. */
static void addresses(void **state)
{
	static const char v4[] = "\x00\x20\x00\x08\x00\x01\xa1\x47\xe1\x12\xa6\x43";
	static const char v6[] = "\x00\x20\x00\x14\x00\x02\xa1\x47\x01\x13\xa9\xfa"
		"\xa5\xd3\xf1\x79\xbc\x25\xf4\xb5\xbe\xd2\xb9\xd9";
	char answer[SF_STUN_ANSWER_MAX];
	u32 len;

	(void)state;
	len = answer_to(plain, HEAD, "192.0.2.1:32853", answer);
	assert_int_equal(len, HEAD + 12);
	assert_memory_equal(answer, "\x01\x01\x00\x0c" ID, HEAD);
	assert_memory_equal(answer + HEAD, v4, 12);
	len = answer_to(plain, HEAD, "[2001:db8:1234:5678:11:2233:4455:6677]:32853",
			answer);
	assert_int_equal(len, HEAD + 24);
	assert_memory_equal(answer, "\x01\x01\x00\x18" ID, HEAD);
	assert_memory_equal(answer + HEAD, v6, 24);
}

/* A request with a fingerprint has an answer with one, which reads well. */
static void fingerprints(void **state)
{
	static const char asked[] = "\x00\x01\x00\x08" ID
		"\x80\x28\x00\x04\xfd\xf6\xae\x02";
	char answer[SF_STUN_ANSWER_MAX];
	u32 len, i;

	(void)state;
	len = answer_to(asked, sizeof(asked) - 1, "192.0.2.1:32853", answer);
	assert_int_equal(len, HEAD + 12 + 8);
	assert_memory_equal(answer, "\x01\x01\x00\x14" ID, HEAD);
	assert_memory_equal(answer + HEAD + 12, "\x80\x28\x00\x04" MARK, 8);
	for (i = 0; i < 32; i++) {
		char broken[sizeof(ice)];

		memcpy(broken, ice, sizeof(ice));
		broken[sizeof(ice) - 2 - i / 8] ^= (char)(1 << i % 8);
		assert_int_equal(answer_to(broken, sizeof(ice) - 1, "192.0.2.1:1",
					   answer), 0);
	}
}

/* 420 names what was not understood: PRIORITY here. */
static void unknown(void **state)
{
	char answer[SF_STUN_ANSWER_MAX];
	u32 len = answer_to(ice, sizeof(ice) - 1, "192.0.2.1:1", answer);

	(void)state;
	assert_int_equal(len, HEAD + 8 + 8 + 8);
	assert_memory_equal(answer, "\x01\x11\x00\x18" ID, HEAD);
	assert_memory_equal(answer + HEAD,
			    "\x00\x09\x00\x04\x00\x00\x04\x14"
			    "\x00\x0a\x00\x02\x00\x24\x00\x00", 16);
}

static void many_unknown(void **state)
{
	char request[HEAD + 400] = "\x00\x01\x01\x90" ID, answer[SF_STUN_ANSWER_MAX];
	u32 i, len;

	(void)state;
	for (i = 0; i < 100; i++)
		request[HEAD + 4 * i + 1] = 0x30;
	len = answer_to(request, sizeof(request), "192.0.2.1:1", answer);
	assert_int_equal(len, HEAD + 8 + 4 + 16);
}

/* Nothing to say: an indication, an answer, attributes that do not fit. */
static void silence(void **state)
{
	static const struct {
		const char *text;
		u32 len;
	} rows[] = {
		{ "\x00\x11\x00\x00" ID, HEAD },
		{ "\x01\x01\x00\x00" ID, HEAD },
		{ "\x00\x01\x00\x04" ID "\x80\x22\x00\x01", HEAD + 4 },
		{ "\x00\x01\x00\x04" ID "\x80\x28\x00\x04", HEAD + 4 },
		{ "\x00\x01\x00\x04" ID "\x80\x28\x00\x00", HEAD + 4 },
		{ "\x00\x01\x00\x08" ID "\x80\x22\xff\xff....", HEAD + 8 },
	};
	char answer[SF_STUN_ANSWER_MAX];
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("row %u", i);
		assert_int_equal(answer_to(rows[i].text, rows[i].len,
					   "192.0.2.1:1", answer), 0);
	}
}

static void others(void **state)
{
	static const struct {
		const char *text;
		u32 len;
	} rows[] = {
		{ "", 0 },
		{ plain, HEAD - 1 },
		{ "\x02\x01\x00\x00" ID, HEAD },
		{ "\x00\x01\x00\x04" ID, HEAD },
		{ "\x00\x01\x00\x00" ID "....", HEAD + 4 },
		{ "\x00\x01\x00\x02" ID "..", HEAD + 2 },
		{ "\x00\x01\x00\x00\x21\x12\xa4\x43............", HEAD },
		{ "OPTIONS sip:a@example.com SIP/2.0\r\n\r\n", 38 },
	};
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("row %u", i);
		assert_false(sf_stun_is(guard_tail(rows[i].text, rows[i].len),
					rows[i].len));
	}
}

static const struct CMUnitTest tests[] = {
	TEST(addresses), TEST(fingerprints), TEST(unknown), TEST(many_unknown),
	TEST(silence), TEST(others),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
