// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * guess.c - how often each source may be wrong
 */
#include "test.h"

#include "../../../daemon/app/guess.h"
#include "fake.h"

static struct sf_guesses *guesses;

static struct sf_ip ip4(u8 a, u8 b, u8 c)
{
	return (struct sf_ip){ 4, .v4 = { 10, a, b, c } };
}

static void wrong(struct sf_ip ip, u32 times)
{
	while (times--)
		sf_guess_wrong(guesses, &ip);
}

static bool spent(struct sf_ip ip)
{
	return sf_guess_spent(guesses, &ip);
}

static void begin(void)
{
	fake_reset();
	guesses = sf_guesses_new();
	assert_non_null(guesses);
}

static void pace(void **state)
{
	u32 i;

	(void)state;
	begin();
	assert_false(spent(ip4(0, 0, 1)));
	wrong(ip4(0, 0, 1), SF_GUESSES - 1);
	assert_false(spent(ip4(0, 0, 1)));
	wrong(ip4(0, 0, 1), 1);
	assert_true(spent(ip4(0, 0, 1)));
	assert_false(spent(ip4(0, 0, 2)));
	for (i = 0; i < 3; i++) {
		fake_pass(SF_GUESS_MS / 1000 - 1);
		assert_true(spent(ip4(0, 0, 1)));
		fake_pass(1);
		assert_false(spent(ip4(0, 0, 1)));
		wrong(ip4(0, 0, 1), 1);
	}
	fake_pass(SF_GUESSES * SF_GUESS_MS / 1000);
	wrong(ip4(0, 0, 1), SF_GUESSES - 1);
	assert_false(spent(ip4(0, 0, 1)));
	sf_guesses_free(guesses);
}

static void networks(void **state)
{
	struct sf_ip one = { 6, .v6 = { 0x20, 1, 0xd, 0xb8, [7] = 1, [15] = 1 } };
	struct sf_ip other = one;

	(void)state;
	begin();
	wrong(one, SF_GUESSES);
	other.v6[15] = 2;
	assert_true(spent(other));
	other.v6[7] = 2;
	assert_false(spent(other));
	sf_guesses_free(guesses);
}

/* More sources than there is room for: who is the most wrong stays. */
static void crowd(void **state)
{
	u32 i, innocent = 0;

	(void)state;
	begin();
	wrong(ip4(255, 0, 1), 3 * SF_GUESSES);
	for (i = 0; i < 200000; i++)
		wrong(ip4(1 + (u8)(i >> 16), (u8)(i >> 8), (u8)i), 1);
	assert_true(spent(ip4(255, 0, 1)));
	for (i = 0; i < 200000; i++)
		innocent += spent(ip4(1 + (u8)(i >> 16), (u8)(i >> 8), (u8)i));
	assert_int_equal(innocent, 0);
	sf_guesses_free(guesses);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(pace),
		TEST(networks),
		TEST(crowd),
	};

	return run(tests, ARRAY_SIZE(tests));
}
