// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * seen.c - the monitor's memory against a plain array
 */
#include "test.h"

#include <stdbool.h>

#include <linux/sipfast.h>

#include "../../../daemon/cli/seen.h"

#define IDS	300

static struct sf_info object(uint16_t kind, uint32_t id, uint32_t age)
{
	struct sf_info info = { .kind = kind };

	if (kind == SIPFAST_A_CALL) {
		info.call.id = id;
		info.call.age = age;
		info.call.from = "gone when the callback returns";
	} else {
		info.stream.id = id;
		info.stream.age = age;
		info.stream.type = "likewise";
	}
	return info;
}

static void assert_known(const struct sf_memory *memory, uint16_t kind,
			 uint32_t id, uint32_t age)
{
	const struct sf_seen *seen = sf_memory_find(memory, kind, id);

	row("kind %u id %u", kind, id);
	if (!age) {
		assert_null(seen);
		return;
	}
	assert_non_null(seen);
	if (kind == SIPFAST_A_CALL) {
		assert_int_equal(seen->call.age, age);
		assert_null(seen->call.from);
	} else {
		assert_int_equal(seen->stream.age, age);
		assert_null(seen->stream.type);
	}
}

static void random_steps(void **state)
{
	static const uint16_t kinds[] = { SIPFAST_A_CALL, SIPFAST_A_STREAM };
	static uint32_t ages[2][IDS];
	struct sf_memory memory = { 0 };
	uint32_t step, kind, id;
	struct sf_info info;

	(void)state;
	for (step = 1; step <= 20000; step++) {
		kind = random_u32() % 2;
		id = random_u32() % IDS;
		info = object(kinds[kind], id, step);
		if (random_u32() % 2) {
			sf_memory_store(&memory, &info);
			ages[kind][id] = step;
		} else {
			sf_memory_forget(&memory, &info);
			ages[kind][id] = 0;
		}
	}
	for (kind = 0; kind < 2; kind++)
		for (id = 0; id < IDS; id++)
			assert_known(&memory, kinds[kind], id, ages[kind][id]);
	sf_memory_clear(&memory);
	assert_null(sf_memory_find(&memory, SIPFAST_A_CALL, 1));
}

static void forget_nothing(void **state)
{
	struct sf_info info = object(SIPFAST_A_CALL, 1, 1);
	struct sf_memory memory = { 0 };

	(void)state;
	sf_memory_forget(&memory, &info);
	assert_int_equal(memory.used, 0);
}

static const struct CMUnitTest tests[] = {
	TEST(random_steps),
	TEST(forget_nothing),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
