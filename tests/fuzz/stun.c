// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * stun.c - answers to STUN: they fit, and are answers themselves
 */
#include "fuzz.h"

#include "../../daemon/net/stun.h"

static u32 get16(const char *p)
{
	return (u32)(u8)p[0] << 8 | (u8)p[1];
}

static void check(const char *buf, u32 len, u8 family)
{
	struct sf_end from = { .ip.family = family, .port = 5060 };
	char answer[SF_STUN_ANSWER_MAX], none[SF_STUN_ANSWER_MAX];
	u32 got = sf_stun_answer(buf, len, &from, answer);

	must(got <= sizeof(answer), "answer too long");
	if (!got)
		return;
	must(sf_stun_is(answer, got), "answer is no STUN");
	must(get16(answer) == 0x0101 || get16(answer) == 0x0111,
	     "answer is no answer");
	must(!memcmp(answer + 4, buf + 4, 16), "answer to another request");
	must(!sf_stun_answer(answer, got, &from, none), "answer to an answer");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *buf = (const char *)data;

	if (!sf_stun_is(buf, (u32)size))
		return 0;
	check(buf, (u32)size, 4);
	check(buf, (u32)size, 6);
	return 0;
}
