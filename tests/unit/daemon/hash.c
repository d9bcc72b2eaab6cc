// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * hash.c - SipHash-2-4 against the vectors of its authors
 */
#include "world.h"

#include "../../../daemon/util/hash.h"

/* vectors.h of the reference: of 0, 1, 2, … with the key 00 01 … 0f */
static const u64 vectors[] = {
	0x726fdb47dd0e0e31, 0x74f839c593dc67fd, 0x0d6c8009d9a94f5a,
	0x85676696d7fb7e2d, 0xcf2794e0277187b7, 0x18765564cd99a68d,
	0xcbc9466e58fee3ce, 0xab0200f58b01d137, 0x93f5f5799a932462,
	0x9e0082df0ba9e4b0, 0x7a5dbbc594ddb9f3, 0xf4b32f46226bada7,
	0x751e8fbc860ee5fb, 0x14ea5627c0843d90, 0xf723ca908e7af2ee,
	0xa129ca6149be45e5,
};

static const struct sf_hash_key key = {
	{ 0x0706050403020100, 0x0f0e0d0c0b0a0908 }
};

static void count_up(u8 *data, u32 len)
{
	u32 i;

	for (i = 0; i < len; i++)
		data[i] = (u8)i;
}

static void reference(void **state)
{
	u8 data[ARRAY_SIZE(vectors)];
	u32 i;

	(void)state;
	count_up(data, sizeof(data));
	for (i = 0; i < ARRAY_SIZE(vectors); i++) {
		row("%u bytes", i);
		assert_int_equal(sf_hash(&key, guard_tail(data, i), i), vectors[i]);
	}
}

static void parts(void **state)
{
	struct sf_hasher hasher;
	u8 data[64];
	u32 i, j;

	(void)state;
	count_up(data, sizeof(data));
	for (i = 0; i <= sizeof(data); i++) {
		for (j = i; j <= sizeof(data); j++) {
			sf_hasher_init(&hasher, &key);
			sf_hasher_add(&hasher, data, i);
			sf_hasher_add(&hasher, data + i, j - i);
			sf_hasher_add(&hasher, data + j, sizeof(data) - j);
			assert_int_equal(sf_hasher_end(&hasher),
					 sf_hash(&key, data, sizeof(data)));
		}
	}
}

static void random_bytes(void **state)
{
	u8 a[64] = { 0 }, b[64] = { 0 }, zeros[64] = { 0 };

	(void)state;
	sf_random(a, sizeof(a));
	sf_random(b, sizeof(b));
	assert_memory_not_equal(a, b, sizeof(a));
	assert_memory_not_equal(a, zeros, sizeof(a));
	sf_random(zeros, 0);
}

static const struct CMUnitTest tests[] = {
	TEST(reference), TEST(parts), TEST(random_bytes),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
