// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * memory.c - each allocation fails once
 *
 * Those of c-ares are its own: it is linked with the C library's.
 */
#include <errno.h>
#include <stdlib.h>

#include <sipfast/value.h>

#include "world.h"

/* The linker puts these in front of the C library's (see Makefile). */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);

static u32 left = UINT32_MAX;	/* allocations until one fails */

static bool fails(void)
{
	if (left == UINT32_MAX)
		return false;
	return !left--;
}

void *__wrap_malloc(size_t size)
{
	return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return fails() ? NULL : __real_calloc(count, size);
}

/* Did one fail? */
static bool failed(void)
{
	bool yes = left == UINT32_MAX;

	left = UINT32_MAX;
	return yes;
}

static void opening(void **state)
{
	const struct sf_resolver_able able = { .transports = 2, .families = 1 };
	struct sf_resolver *resolver;
	struct sf_loop loop;
	u32 i;
	int err;

	(void)state;
	assert_int_equal(sf_loop_init(&loop), 0);
	for (i = 0;; i++) {
		left = i;
		err = sf_resolver_open(&resolver, &loop, &able, "127.0.0.1");
		if (!failed())
			break;
		assert_int_equal(err, -ENOMEM);
	}
	assert_int_equal(err, 0);
	assert_true(i >= 2);
	sf_resolver_close(resolver);
	sf_loop_close(&loop);
}

/* The whole way, or told that nobody knows; and afterwards it works. */
static void asking(void **state)
{
	static const char want[] = "udp 192.0.2.1:5070";
	struct world *world;
	bool one_failed;
	u32 i;

	(void)state;
	for (i = 0;; i++) {
		const char *got;

		row("%u", i);
		world = world_able(1 << SF_TRANSPORT_UDP, 1);
		fake_naptr(&world->fake, "a.example", 0, 0, "SIP+D2U", "srv.example");
		fake_srv(&world->fake, "srv.example", 0, 0, 5070, "b.example");
		fake_a(&world->fake, "b.example", "192.0.2.1");
		world->travel = true;
		left = i;
		got = resolved(world, "sip:a.example");
		one_failed = failed();
		if (strcmp(got, want) != 0)
			assert_string_equal(got, one_failed ? "again" : want);
		assert_string_equal(resolved(world, "sip:a.example"), want);
		world_close(world);
		if (!one_failed)
			break;
	}
	assert_true(i >= 8);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(opening), TEST(asking),
	};

	return run(tests, ARRAY_SIZE(tests));
}
