// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * nonce.c - nonces: ours, old, used
 */
#include "test.h"

#include <string.h>

#include "../../../daemon/app/nonce.h"
#include "fake.h"

static struct sf_nonces *nonces;
static char nonce[SF_NONCE_LEN];
static const struct sf_ip home = { 4, .v4 = { 192, 0, 2, 1 } };

static void begin(void)
{
	fake_reset();
	nonces = sf_nonces_new(300);
	assert_non_null(nonces);
	sf_nonce_make(nonces, &home, nonce);
}

static enum sf_nonce_verdict look(const struct sf_ip *from)
{
	u64 stamp;

	return sf_nonce_look(nonces, from, nonce, whole(SF_NONCE_LEN), &stamp);
}

/* From home. */
static enum sf_nonce_verdict use_of(struct sf_nonces *of, const char *text,
				    u32 len, u32 nc, u32 print)
{
	enum sf_nonce_verdict verdict;
	u64 stamp;

	row("nc %u, print %u", nc, print);
	verdict = sf_nonce_look(of, &home, text, whole(len), &stamp);
	return verdict ? verdict : sf_nonce_use(of, stamp, nc, print);
}

static enum sf_nonce_verdict use(u32 nc, u32 print)
{
	return use_of(nonces, nonce, SF_NONCE_LEN, nc, print);
}

static void counting(void **state)
{
	u32 nc;

	(void)state;
	begin();
	for (nc = 1; nc < 100; nc++)
		assert_int_equal(use(nc, nc), SF_NONCE_GOOD);
	/* the last ones are known, those before were used by somebody */
	assert_int_equal(use(99, 99), SF_NONCE_AGAIN);
	assert_int_equal(use(92, 92), SF_NONCE_AGAIN);
	assert_int_equal(use(99, 98), SF_NONCE_REPLAY);
	assert_int_equal(use(91, 91), SF_NONCE_REPLAY);
	assert_int_equal(use(50, 50), SF_NONCE_REPLAY);
	/* overtaken on the way */
	assert_int_equal(use(110, 110), SF_NONCE_GOOD);
	assert_int_equal(use(105, 105), SF_NONCE_GOOD);
	assert_int_equal(use(105, 105), SF_NONCE_AGAIN);
	assert_int_equal(use(105, 1), SF_NONCE_REPLAY);
	assert_int_equal(use(100, 100), SF_NONCE_GOOD);
	assert_int_equal(use(100, 100), SF_NONCE_REPLAY);
	/* far ahead, and what is too far behind */
	assert_int_equal(use(0xffffffff, 1), SF_NONCE_GOOD);
	assert_int_equal(use(0xffffffff, 1), SF_NONCE_AGAIN);
	assert_int_equal(use(111, 1), SF_NONCE_REPLAY);
	sf_nonces_free(nonces);
}

static void life(void **state)
{
	(void)state;
	begin();
	fake_pass(300);
	assert_int_equal(use(1, 1), SF_NONCE_GOOD);
	assert_int_equal(use(0, 1), SF_NONCE_GOOD);
	fake_pass(1);
	assert_int_equal(use(2, 1), SF_NONCE_OLD);
	assert_int_equal(use(0, 1), SF_NONCE_OLD);
	sf_nonces_free(nonces);
}

static void foreign(void **state)
{
	struct sf_nonces *others;
	u32 i;

	(void)state;
	begin();
	for (i = 0; i < SF_NONCE_LEN; i++) {
		char was = nonce[i];

		nonce[i] = was == '0' ? '1' : '0';
		assert_int_equal(use(1, 1), SF_NONCE_FOREIGN);
		nonce[i] = 'g';
		assert_int_equal(use(1, 1), SF_NONCE_FOREIGN);
		nonce[i] = was;
	}
	assert_int_equal(use_of(nonces, nonce, SF_NONCE_LEN - 1, 1, 1),
			 SF_NONCE_FOREIGN);
	assert_int_equal(use_of(nonces, nonce, 0, 1, 1), SF_NONCE_FOREIGN);
	assert_int_equal(use(1, 1), SF_NONCE_GOOD);
	/* another process */
	others = sf_nonces_new(300);
	assert_int_equal(use_of(others, nonce, SF_NONCE_LEN, 2, 1),
			 SF_NONCE_FOREIGN);
	sf_nonces_free(others);
	sf_nonces_free(nonces);
}

/* It is good for whom it was given to; of IPv6 that is a network. */
static void sources(void **state)
{
	struct sf_ip one = { 6, .v6 = { 0x20, 1, 0xd, 0xb8, [7] = 1, [15] = 1 } };
	struct sf_ip other = { 4, .v4 = { 192, 0, 2, 2 } };

	(void)state;
	begin();
	assert_int_equal(look(&home), SF_NONCE_GOOD);
	assert_int_equal(look(&other), SF_NONCE_FOREIGN);
	sf_nonce_make(nonces, &one, nonce);
	other = one;
	other.v6[15] = 2;
	assert_int_equal(look(&other), SF_NONCE_GOOD);
	other.v6[7] = 2;
	assert_int_equal(look(&other), SF_NONCE_FOREIGN);
	fake_pass(301);
	assert_int_equal(look(&one), SF_NONCE_OLD);
	sf_nonces_free(nonces);
}

/* The next one that takes the same place. */
static void make_later(char *later)
{
	u32 i;

	for (i = 0; i < 32768; i++)
		sf_nonce_make(nonces, &home, later);
}

/* Who asks for nonces takes no place; who uses one makes an older one stale. */
static void places(void **state)
{
	char later[SF_NONCE_LEN];

	(void)state;
	begin();
	assert_int_equal(use(1, 1), SF_NONCE_GOOD);
	make_later(later);
	assert_int_equal(use(2, 2), SF_NONCE_GOOD);
	assert_int_equal(use_of(nonces, later, SF_NONCE_LEN, 1, 1), SF_NONCE_GOOD);
	assert_int_equal(use(3, 3), SF_NONCE_OLD);
	assert_int_equal(use_of(nonces, later, SF_NONCE_LEN, 1, 1), SF_NONCE_AGAIN);
	sf_nonces_free(nonces);
}

/*
 * That the clock is set, there and back, makes no nonce old, and none good again whose
 * place another one has.
 */
static void set_clock(s32 seconds)
{
	char later[SF_NONCE_LEN];

	begin();
	assert_int_equal(use(1, 1), SF_NONCE_GOOD);
	fake.wall += (u64)seconds;
	assert_int_equal(use(2, 2), SF_NONCE_GOOD);
	make_later(later);
	assert_int_equal(use_of(nonces, later, SF_NONCE_LEN, 1, 1), SF_NONCE_GOOD);
	assert_int_equal(use(1, 3), SF_NONCE_OLD);
	fake.wall -= (u64)seconds;
	assert_int_equal(use(1, 3), SF_NONCE_OLD);
	assert_int_equal(use_of(nonces, later, SF_NONCE_LEN, 2, 2), SF_NONCE_GOOD);
	fake_pass(301);
	assert_int_equal(use_of(nonces, later, SF_NONCE_LEN, 3, 3), SF_NONCE_OLD);
	sf_nonces_free(nonces);
}

static void clock_is_set(void **state)
{
	(void)state;
	set_clock(-3600);
	set_clock(3600);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(counting),
		TEST(life),
		TEST(foreign),
		TEST(sources),
		TEST(places),
		TEST(clock_is_set),
	};

	return run(tests, ARRAY_SIZE(tests));
}
