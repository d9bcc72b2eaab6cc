// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * nonce.c - nonces of digest, and which requests they were used for
 */
#include <pthread.h>
#include <stdlib.h>

#include "../util/clock.h"
#include "../util/hash.h"
#include "../util/hex.h"
#include "nonce.h"

#define PLACES	32768
#define LOCKS	64	/* a place is held for some ten instructions */
#define WINDOW	32	/* how much later than a greater one a nc may come */
#define PRINTS	8	/* of the last ones it is known which request it was */

/**
 * struct place - what a nonce was used for
 * @stamp: which nonce; 0: none
 * @top: the greatest nc
 * @seen: bit n: @top - n was used
 * @print: of the last requests, by nc
 */
struct place {
	u64 stamp;
	u32 top;
	u32 seen;
	u32 print[PRINTS];
};

/**
 * struct sf_nonces - all of them
 * @key: of the hashes; constant
 * @life: seconds; constant
 * @epoch: the time of day at second 0 of sf_clock_ms(), as it was at first; constant
 * @count: nonces made; an atomic
 * @locks: lock n protects the places n, n + LOCKS, …
 * @places: what they were used for
 */
struct sf_nonces {
	struct sf_hash_key key;
	u32 life;
	u32 epoch;
	u32 count;
	pthread_mutex_t locks[LOCKS];
	struct place places[PLACES];
};

/*
 * Seconds by a clock that nobody sets: a nonce whose time came again could be used
 * again, as its place may have become another's. As a time of day, so that nobody
 * learns how long the machine runs.
 */
static u32 now(const struct sf_nonces *nonces)
{
	return nonces->epoch + (u32)(sf_clock_ms() / 1000);
}

struct sf_nonces *sf_nonces_new(u32 life)
{
	struct sf_nonces *nonces = calloc(1, sizeof(*nonces));
	u32 i;

	if (!nonces)
		return NULL;
	sf_random(&nonces->key, sizeof(nonces->key));
	nonces->life = life;
	nonces->epoch = (u32)sf_clock_wall() - now(nonces);
	for (i = 0; i < LOCKS; i++)
		pthread_mutex_init(&nonces->locks[i], NULL);
	return nonces;
}

void sf_nonces_free(struct sf_nonces *nonces)
{
	u32 i;

	for (i = 0; i < LOCKS; i++)
		pthread_mutex_destroy(&nonces->locks[i]);
	free(nonces);
}

static bool get_hex(const char *text, u64 *val)
{
	u64 got = 0;
	u32 i;

	for (i = 0; i < 16; i++) {
		char c = text[i];

		if (c >= '0' && c <= '9')
			got = got << 4 | (u64)(c - '0');
		else if (c >= 'a' && c <= 'f')
			got = got << 4 | (u64)(c - 'a' + 10);
		else
			return false;
	}
	*val = got;
	return true;
}

static u64 mac_of(const struct sf_nonces *nonces, u64 stamp,
		  const struct sf_ip *ip)
{
	struct sf_hasher hasher;

	sf_hasher_init(&hasher, &nonces->key);
	sf_hasher_add(&hasher, &stamp, sizeof(stamp));
	if (ip->family == 4)
		sf_hasher_add(&hasher, ip->v4, sizeof(ip->v4));
	else
		sf_hasher_add(&hasher, ip->v6, 8);
	return sf_hasher_end(&hasher);
}

/* The time above the number: of two stamps the greater is the newer. */
void sf_nonce_make(struct sf_nonces *nonces, const struct sf_ip *to,
		   char *text)
{
	u64 stamp = (u64)now(nonces) << 32 |
		    __atomic_fetch_add(&nonces->count, 1, __ATOMIC_RELAXED);

	sf_hex64(text, stamp);
	sf_hex64(text + 16, mac_of(nonces, stamp, to));
}

/* Whether it was made here, in a time that does not tell how much of it. */
static bool read_stamp(const struct sf_nonces *nonces, const struct sf_ip *from,
		       const char *buf, struct sf_span nonce, u64 *stamp)
{
	u64 mac;

	return nonce.len == SF_NONCE_LEN && get_hex(buf + nonce.off, stamp) &&
	       get_hex(buf + nonce.off + 16, &mac) &&
	       mac == mac_of(nonces, *stamp, from);
}

static bool is_old(const struct sf_nonces *nonces, u64 stamp)
{
	return now(nonces) - (u32)(stamp >> 32) > nonces->life;
}

/* A greater nc than ever: the window moves. */
static void move(struct place *place, u32 nc)
{
	u32 by = nc - place->top;

	place->seen = by < WINDOW ? place->seen << by : 0;
	place->seen |= 1;
	place->top = nc;
}

static enum sf_nonce_verdict judge(struct place *place, u32 nc, u32 print)
{
	u32 behind;

	if (nc > place->top)
		move(place, nc);
	else if (place->top - nc >= WINDOW)
		return SF_NONCE_REPLAY;
	else if (place->seen & 1u << (place->top - nc))
		return place->top - nc < PRINTS &&
		       place->print[nc % PRINTS] == print ?
			SF_NONCE_AGAIN : SF_NONCE_REPLAY;
	behind = place->top - nc;
	place->seen |= 1u << behind;
	if (behind < PRINTS)
		place->print[nc % PRINTS] = print;
	return SF_NONCE_GOOD;
}

static enum sf_nonce_verdict use(struct place *place, u64 stamp, u32 nc,
				 u32 print)
{
	if (place->stamp > stamp)
		return SF_NONCE_OLD;
	if (place->stamp < stamp)
		*place = (struct place){ .stamp = stamp };
	return judge(place, nc, print);
}

enum sf_nonce_verdict sf_nonce_look(const struct sf_nonces *nonces,
				    const struct sf_ip *from, const char *buf,
				    struct sf_span nonce, u64 *stamp)
{
	u64 got;

	if (!read_stamp(nonces, from, buf, nonce, &got))
		return SF_NONCE_FOREIGN;
	if (is_old(nonces, got))
		return SF_NONCE_OLD;
	*stamp = got;
	return SF_NONCE_GOOD;
}

enum sf_nonce_verdict sf_nonce_use(struct sf_nonces *nonces, u64 stamp, u32 nc,
				   u32 print)
{
	enum sf_nonce_verdict verdict;
	u32 at = (u32)stamp % PLACES;

	if (!nc)
		return SF_NONCE_GOOD;
	pthread_mutex_lock(&nonces->locks[at % LOCKS]);
	verdict = use(&nonces->places[at], stamp, nc, print);
	pthread_mutex_unlock(&nonces->locks[at % LOCKS]);
	return verdict;
}
