// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * resident.c - where phones are registered from
 */
#include "test.h"

#include "../../../daemon/app/resident.h"
#include "fake.h"

static struct sf_residents *residents;

static struct sf_end end4(u8 a, u8 b, u8 c, u16 port)
{
	return (struct sf_end){ { 4, .v4 = { 10, a, b, c } }, port };
}

static void add(struct sf_end end, u32 seconds)
{
	sf_resident_add(residents, &end, fake.wall + seconds);
}

static bool at(struct sf_end end)
{
	return sf_resident_at(residents, &end);
}

static bool near(struct sf_end end)
{
	return sf_resident_near(residents, &end.ip);
}

static void begin(void)
{
	fake_reset();
	residents = sf_residents_new();
	assert_non_null(residents);
}

static void ports(void **state)
{
	(void)state;
	begin();
	assert_false(at(end4(0, 0, 1, 5060)));
	add(end4(0, 0, 1, 5060), 60);
	assert_true(at(end4(0, 0, 1, 5060)));
	assert_false(at(end4(0, 0, 1, 5061)));
	assert_false(at(end4(0, 0, 1, 0)) && at(end4(0, 0, 2, 5060)));
	assert_true(near(end4(0, 0, 1, 5061)));
	assert_false(near(end4(0, 0, 2, 5060)));
	sf_residents_free(residents);
}

/* The longest registration counts; one that ends sooner takes nothing away. */
static void life(void **state)
{
	(void)state;
	begin();
	add(end4(0, 0, 1, 5060), 60);
	add(end4(0, 0, 1, 6060), 100);
	add(end4(0, 0, 1, 6060), 10);
	fake_pass(59);
	assert_true(at(end4(0, 0, 1, 5060)));
	fake_pass(1);
	assert_false(at(end4(0, 0, 1, 5060)));
	assert_true(at(end4(0, 0, 1, 6060)));
	assert_true(near(end4(0, 0, 1, 5060)));
	fake_pass(40);
	assert_false(near(end4(0, 0, 1, 5060)));
	add(end4(0, 0, 1, 5060), 60);
	assert_true(at(end4(0, 0, 1, 5060)));
	sf_residents_free(residents);
}

static void networks(void **state)
{
	struct sf_end one = { { 6, .v6 = { 0x20, 1, 0xd, 0xb8, [7] = 1,
					   [15] = 1 } }, 5060 };
	struct sf_end other = one;

	(void)state;
	begin();
	add(one, 60);
	other.ip.v6[15] = 2;
	assert_true(at(one));
	assert_false(at(other));
	assert_true(near(other));
	other.ip.v6[7] = 2;
	assert_false(near(other));
	sf_residents_free(residents);
}

/* All of a big exchange; of more than there is room for, the last to leave. */
static void crowd(void **state)
{
	u32 i, known = 0;

	(void)state;
	begin();
	for (i = 0; i < 60000; i++)
		add(end4(1, (u8)(i >> 8), (u8)i, 5060), 3600);
	for (i = 0; i < 60000; i++)
		known += at(end4(1, (u8)(i >> 8), (u8)i, 5060));
	assert_true(known > 59900);
	add(end4(0, 0, 1, 5060), 7200);
	for (i = 0; i < 1000000; i++)
		add(end4((u8)(2 + (i >> 16)), (u8)(i >> 8), (u8)i, 5060), 3600);
	assert_true(at(end4(0, 0, 1, 5060)));
	sf_residents_free(residents);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(ports),
		TEST(life),
		TEST(networks),
		TEST(crowd),
	};

	return run(tests, ARRAY_SIZE(tests));
}
