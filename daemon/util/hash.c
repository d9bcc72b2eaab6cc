// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * hash.c - SipHash-2-4, by Jean-Philippe Aumasson and Daniel J. Bernstein
 *
 * "SipHash: a fast short-input PRF", Indocrypt 2012.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

#include "hash.h"
#include "log.h"

static inline u64 rotl(u64 x, u32 by)
{
	return x << by | x >> (64 - by);
}

/* A word, or less, as the low bytes of one. */
static inline u64 load_le(const u8 *p, size_t len)
{
	u64 x = 0;

	memcpy(&x, p, len);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	x = __builtin_bswap64(x);
#endif
	return x;
}

static inline void round_of(u64 *v)
{
	v[0] += v[1];
	v[1] = rotl(v[1], 13) ^ v[0];
	v[0] = rotl(v[0], 32);
	v[2] += v[3];
	v[3] = rotl(v[3], 16) ^ v[2];
	v[0] += v[3];
	v[3] = rotl(v[3], 21) ^ v[0];
	v[2] += v[1];
	v[1] = rotl(v[1], 17) ^ v[2];
	v[2] = rotl(v[2], 32);
}

static inline void compress(u64 *v, u64 word)
{
	v[3] ^= word;
	round_of(v);
	round_of(v);
	v[0] ^= word;
}

void sf_hasher_init(struct sf_hasher *hasher, const struct sf_hash_key *key)
{
	hasher->v[0] = key->k[0] ^ 0x736f6d6570736575ull;
	hasher->v[1] = key->k[1] ^ 0x646f72616e646f6dull;
	hasher->v[2] = key->k[0] ^ 0x6c7967656e657261ull;
	hasher->v[3] = key->k[1] ^ 0x7465646279746573ull;
	hasher->tail = 0;
	hasher->len = 0;
}

/* @len is 8 at most; what does not fit into the tail begins the next one. */
static inline void add_word(struct sf_hasher *hasher, u64 word, size_t len)
{
	u32 have = hasher->len & 7;

	hasher->tail |= word << (8 * have);
	hasher->len += len;
	if (have + len < 8)
		return;
	compress(hasher->v, hasher->tail);
	hasher->tail = have ? word >> (64 - 8 * have) : 0;
}

void sf_hasher_add(struct sf_hasher *hasher, const void *data, size_t len)
{
	/* Of its own, it can be in registers: @data may be anywhere. */
	struct sf_hasher own = *hasher;
	const u8 *p = data;

	for (; len >= 8; len -= 8, p += 8)
		add_word(&own, load_le(p, 8), 8);
	if (len)
		add_word(&own, load_le(p, len), len);
	*hasher = own;
}

u64 sf_hasher_end(struct sf_hasher *hasher)
{
	u64 *v = hasher->v;

	compress(v, hasher->tail | hasher->len << 56);
	v[2] ^= 0xff;
	round_of(v);
	round_of(v);
	round_of(v);
	round_of(v);
	return v[0] ^ v[1] ^ v[2] ^ v[3];
}

u64 sf_hash(const struct sf_hash_key *key, const void *data, size_t len)
{
	struct sf_hasher hasher;

	sf_hasher_init(&hasher, key);
	sf_hasher_add(&hasher, data, len);
	return sf_hasher_end(&hasher);
}

void sf_random(void *data, size_t len)
{
	u8 *p = data;

	while (len) {
		ssize_t n = getrandom(p, len, 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			sf_log(SF_LOG_ERROR, "no-random", "error=%d", errno);
			exit(1);
		}
		p += n;
		len -= (size_t)n;
	}
}
