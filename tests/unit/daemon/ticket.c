// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ticket.c - keys of tickets take turns, and are forgotten
 */
#include "../../../daemon/net/tls_internal.h"
#include "../test.h"

static bool same(const struct sf_ticket_key *a, const struct sf_ticket_key *b)
{
	return !memcmp(a, b, sizeof(*a));
}

static void turns(void **state)
{
	struct sf_ticket_ring ring = { .lock = PTHREAD_MUTEX_INITIALIZER };
	struct sf_ticket_key first, second, got;
	u64 now = 1000;

	(void)state;
	assert_true(sf_ticket_seal(&ring, now, &first));
	assert_true(sf_ticket_seal(&ring, now + SF_TICKET_KEY_MS - 1, &got));
	assert_true(same(&got, &first));
	now += SF_TICKET_KEY_MS;
	assert_true(sf_ticket_seal(&ring, now, &second));
	assert_memory_not_equal(&second, &first, sizeof(first));
	/* The one before still opens what it sealed, for as long again. */
	now += SF_TICKET_KEY_MS - 1;
	assert_true(sf_ticket_open(&ring, now, first.name, &got));
	assert_true(same(&got, &first));
	assert_true(sf_ticket_open(&ring, now, second.name, &got));
	assert_true(same(&got, &second));
	assert_false(sf_ticket_open(&ring, now + 1, first.name, &got));
	assert_true(sf_ticket_open(&ring, now + 1, second.name, &got));
}

static void forgotten(void **state)
{
	static const struct sf_ticket_key none;
	struct sf_ticket_ring ring = { .lock = PTHREAD_MUTEX_INITIALIZER };
	struct sf_ticket_key key, got;

	(void)state;
	/* A name of zeros is nobody's. */
	assert_false(sf_ticket_open(&ring, 0, none.name, &got));
	assert_true(sf_ticket_seal(&ring, 0, &key));
	/* Nobody came for long: it does not get another round then. */
	assert_false(sf_ticket_open(&ring, 2 * SF_TICKET_KEY_MS, key.name, &got));
	assert_true(same(&ring.key[1], &none));
}

static const struct CMUnitTest tests[] = {
	TEST(turns), TEST(forgotten),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
