// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * table.c - walks through a hash table that changes meanwhile
 */
#include "world.h"

#include "../../../daemon/util/container.h"
#include "../../../daemon/util/table.h"
#include "../../../daemon/util/walk.h"

#define COUNT	3000

/* An entry, and how often it was seen. */
struct thing {
	struct sf_entry entry;
	u32 seen;
};

static struct thing things[COUNT];

static void see(void *arg, struct sf_entry *entry)
{
	u32 *count = arg;

	container_of(entry, struct thing, entry)->seen++;
	++*count;
}

static void add(struct sf_table *table, u32 from, u32 to)
{
	for (; from < to; from++) {
		things[from] = (struct thing){ 0 };
		sf_table_add(table, &things[from].entry,
			     (u64)random_u32() << 32 | random_u32());
	}
}

/* Each bucket once, whatever the size. */
static void every_bucket(void **state)
{
	u32 mask, at, n;

	(void)state;
	for (mask = 0; mask < 1024; mask = mask * 2 + 1) {
		row("mask %u", mask);
		n = 0;
		at = 0;
		do {
			assert_true(at <= mask);
			n++;
			at = sf_walk_next(at, mask);
		} while (at);
		assert_int_equal(n, mask + 1);
	}
}

static void nothing(void **state)
{
	struct sf_table table;
	u32 at = 0, count = 0;

	(void)state;
	assert_int_equal(sf_table_init(&table), 0);
	assert_false(sf_table_walk(&table, &at, 1, see, &count));
	assert_int_equal(count, 0);
	sf_table_free(&table);
}

/* It grows six times on the way; what is there all the time is seen once. */
static void growing(void **state)
{
	u32 at = 0, count = 0, i, there = 40;
	struct sf_table table;

	(void)state;
	assert_int_equal(sf_table_init(&table), 0);
	add(&table, 0, there);
	while (sf_table_walk(&table, &at, 1, see, &count)) {
		if (there + 37 > COUNT)
			continue;
		add(&table, there, there + 37);
		there += 37;
	}
	assert_true(table.mask > 63);
	for (i = 0; i < there; i++) {
		row("%u", i);
		assert_true(things[i].seen == 1 || (i >= 40 && !things[i].seen));
	}
	sf_table_free(&table);
}

/* Those that are taken out are not seen, and hide nobody. */
static void shrinking(void **state)
{
	u32 at = 0, count = 0, i, gone = 0;
	struct sf_table table;

	(void)state;
	assert_int_equal(sf_table_init(&table), 0);
	add(&table, 0, COUNT);
	while (sf_table_walk(&table, &at, 64, see, &count)) {
		for (i = 0; i < 20 && gone < COUNT / 2; i++)
			sf_table_del(&table, &things[gone++].entry);
	}
	for (i = 0; i < COUNT; i++) {
		row("%u", i);
		assert_true(things[i].seen == 1 || (i < gone && !things[i].seen));
	}
	sf_table_free(&table);
}

/* So many at a time, and with those of the last bucket a few more. */
static void pieces(void **state)
{
	u32 at = 0, count = 0, before;
	struct sf_table table;
	bool more;

	(void)state;
	assert_int_equal(sf_table_init(&table), 0);
	add(&table, 0, COUNT);
	do {
		before = count;
		more = sf_table_walk(&table, &at, 64, see, &count);
		assert_true(!more || count - before >= 64);
		assert_true(count - before < 64 + 32);
	} while (more);
	assert_int_equal(count, COUNT);
	sf_table_free(&table);
}

static const struct CMUnitTest tests[] = {
	TEST(every_bucket),
	TEST(nothing),
	TEST(growing),
	TEST(shrinking),
	TEST(pieces),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
