/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hash.h - keyed hashes (SipHash-2-4)
 *
 * Whoever does not know the key can neither aim at one bucket of a table, nor
 * make a token that we take for ours.
 */
#ifndef SIPFAST_UTIL_HASH_H
#define SIPFAST_UTIL_HASH_H

#include <sipfast/deps.h>

struct sf_hash_key {
	u64 k[2];
};

/**
 * sf_hash() - of some bytes
 */
u64 sf_hash(const struct sf_hash_key *key, const void *data, size_t len);

/**
 * struct sf_hasher - a hash in parts; parts are not told apart by where they end
 */
struct sf_hasher {
	u64 v[4];
	u64 tail;
	u64 len;
};

void sf_hasher_init(struct sf_hasher *hasher, const struct sf_hash_key *key);
void sf_hasher_add(struct sf_hasher *hasher, const void *data, size_t len);
u64 sf_hasher_end(struct sf_hasher *hasher);

/**
 * sf_random() - bytes that nobody can foresee; ends the process if the system
 * has none
 */
void sf_random(void *data, size_t len);

#endif /* SIPFAST_UTIL_HASH_H */
