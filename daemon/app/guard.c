// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * guard.c - what each source has on its conscience, and what becomes of it
 *
 * A score is a time: when all will be forgotten. What counts puts it off.
 */
#include <stdlib.h>

#include "../util/count.h"
#include "guard_internal.h"

#define TICKS(ms)	((ms) / SF_GUARD_TICK_MS)
#define WRONG	TICKS(SF_GUARD_MS)

/* Unproven: so much is too much, and a tenth of it soon after. */
#define LOOSE_LIMIT	TICKS(20000)
#define LOOSE_AGAIN	10

/* What each is worth, in ticks: proven, and unproven; 0: it does not count. */
static const struct {
	u16 proven;
	u16 loose;
} worth[SF_GUARD_WHY_COUNT] = {
	[SF_GUARD_WRONG_SECRET] = { WRONG, 0 },
	[SF_GUARD_UNKNOWN_USER] = { WRONG, 0 },
	[SF_GUARD_SCANNER] = { SF_GUARD_BAN * WRONG, TICKS(13000) },
	[SF_GUARD_MALFORMED] = { WRONG, TICKS(1000) },
	[SF_GUARD_UNANSWERED] = { 0, TICKS(300) },
};

const char *sf_guard_why_name(enum sf_guard_why why)
{
	static const char *const names[] = {
#define X(sym, name) [SF_GUARD_##sym] = (name),
		SF_GUARD_WHYS(X)
#undef X
	};

	return why < SF_GUARD_WHY_COUNT ? names[why] : "unknown";
}

const char *sf_guard_verdict_name(enum sf_guard_verdict verdict)
{
	static const char *const names[] = {
#define X(sym, name) [SF_GUARD_##sym] = (name),
		SF_GUARD_VERDICTS(X)
#undef X
	};

	return verdict < SF_GUARD_VERDICT_COUNT ? names[verdict] : "unknown";
}

const char *sf_standing_name(enum sf_standing standing)
{
	static const char *const names[] = {
#define X(sym, name) [SF_STANDING_##sym] = (name),
		SF_STANDINGS(X)
#undef X
	};

	return standing < SF_STANDING_COUNT ? names[standing] : "unknown";
}

struct sf_guard *sf_guard_new(const struct sf_guard_user *user, void *owner)
{
	struct sf_guard *guard = calloc(1, sizeof(*guard));
	u32 i;

	if (!guard)
		return NULL;
	guard->user = user;
	guard->owner = owner;
	sf_random(&guard->key, sizeof(guard->key));
	guard->start = sf_clock_ms();
	for (i = 0; i < SF_GUARD_LOCKS; i++)
		pthread_mutex_init(&guard->locks[i], NULL);
	return guard;
}

void sf_guard_free(struct sf_guard *guard)
{
	u32 i;

	if (!guard)
		return;
	sf_guard_keep_end(guard);
	for (i = 0; i < SF_GUARD_LOCKS; i++)
		pthread_mutex_destroy(&guard->locks[i]);
	free(guard);
}

static u64 hash_of(const struct sf_guard *guard, const struct sf_ip *ip)
{
	if (ip->family == 4)
		return sf_hash(&guard->key, ip->v4, sizeof(ip->v4));
	return sf_hash(&guard->key, ip->v6, 8);
}

static u32 mark_of(u64 hash)
{
	return (u32)(hash >> 32) | 1;
}

static struct sf_guard_place *lock(struct sf_guard *guard, u64 hash)
{
	u32 set = (u32)hash % SF_GUARD_SETS;

	pthread_mutex_lock(&guard->locks[set % SF_GUARD_LOCKS]);
	return guard->places[set];
}

static void unlock(struct sf_guard *guard, u64 hash)
{
	u32 set = (u32)hash % SF_GUARD_SETS;

	pthread_mutex_unlock(&guard->locks[set % SF_GUARD_LOCKS]);
}

/* While it is locked. */
static void changed(struct sf_guard *guard, u64 hash,
		    struct sf_guard_place *place)
{
	place->dirty = true;
	guard->dirty[(u32)hash % SF_GUARD_LOCKS] = true;
}

static struct sf_guard_place *find(struct sf_guard_place *set, u64 hash)
{
	u32 i;

	for (i = 0; i < SF_GUARD_WAYS; i++)
		if (set[i].mark == mark_of(hash))
			return &set[i];
	return NULL;
}

static u32 end_of(const struct sf_guard_place *place)
{
	return place->proven > place->loose ? place->proven : place->loose;
}

/* Of those that are there, who is the nearest to a fresh start goes. */
static struct sf_guard_place *make(struct sf_guard_place *set, u64 hash)
{
	struct sf_guard_place *place = find(set, hash), *first = set;
	u32 i;

	if (place)
		return place;
	for (i = 1; i < SF_GUARD_WAYS; i++)
		if (end_of(&set[i]) < end_of(first))
			first = &set[i];
	*first = (struct sf_guard_place){ .mark = mark_of(hash) };
	return first;
}

/* Put it off; nobody's score is more than an hour. */
static void raise(u32 *end, u32 at, u32 by)
{
	u32 most = TICKS(3600 * 1000);
	u32 score = sf_guard_left(*end, at) + by;

	*end = at + (score < most ? score : most);
}

static u32 patience(enum sf_standing standing)
{
	switch (standing) {
	case SF_STANDING_STRANGER:
		return 1;
	case SF_STANDING_CARRIER:
		return SF_GUARD_CARRIER;
	default:
		return SF_GUARD_PATIENCE;
	}
}

/* Each verdict once, until all is forgotten. */
static bool is_first(struct sf_guard_place *place, enum sf_guard_verdict verdict)
{
	bool told = place->told & 1u << verdict;

	place->told |= 1u << verdict;
	return !told;
}

static bool judge_proven(struct sf_guard_place *place, u32 at,
			 struct sf_guard_case *judged)
{
	u32 score = sf_guard_left(place->proven, at);
	u32 most = patience(judged->standing) * WRONG;

	judged->seconds = SF_GUARD_LIMIT_S;
	if (judged->standing == SF_STANDING_NEARBY)
		judged->verdict = SF_GUARD_SPARED;
	else if (score > (SF_GUARD_BAN * most - WRONG))
		judged->verdict = SF_GUARD_BANNED;
	else if (score > (SF_GUARD_LIMIT * most - WRONG))
		judged->verdict = SF_GUARD_LIMITED;
	else
		judged->verdict = SF_GUARD_SPARED;
	if (judged->verdict == SF_GUARD_SPARED &&
	    score <= (SF_GUARD_BAN - 1) * WRONG)
		return false;
	return is_first(place, judged->verdict);
}

/* Who was limited a minute ago, and goes on, need not do all of it again. */
static bool is_over(const struct sf_guard_place *place, u32 at, u32 times)
{
	u32 most = LOOSE_LIMIT * times;

	if (place->until && at < place->until + TICKS(SF_GUARD_LOOSE_S * 1000))
		most /= LOOSE_AGAIN;
	return at >= place->until && sf_guard_left(place->loose, at) >= most;
}

static bool judge_loose(struct sf_guard_place *place, u32 at,
			struct sf_guard_case *judged)
{
	judged->seconds = SF_GUARD_LOOSE_S;
	judged->verdict = SF_GUARD_LIMITED;
	if (judged->standing > SF_STANDING_NEIGHBOUR)
		judged->verdict = SF_GUARD_SPARED;
	else if (!is_over(place, at, patience(judged->standing)))
		return false;
	place->until = at + TICKS(SF_GUARD_LOOSE_S * 1000);
	return true;
}

/* It may be too much, for a stranger. */
static bool is_much(struct sf_guard_place *place, u32 at, bool proven)
{
	if (!proven)
		return is_over(place, at, 1);
	return sf_guard_left(place->proven, at) > (SF_GUARD_LIMIT - 1) * WRONG &&
	       !(place->told & 1u << SF_GUARD_BANNED);
}

static bool add(struct sf_guard *guard, u64 hash,
		const struct sf_guard_case *judged)
{
	struct sf_guard_place *place = make(lock(guard, hash), hash);
	u32 at = sf_guard_now(guard);
	bool much;

	if (!sf_guard_left(place->proven, at))
		place->told = 0;
	if (judged->proven)
		raise(&place->proven, at, worth[judged->why].proven);
	else
		raise(&place->loose, at, worth[judged->why].loose);
	changed(guard, hash, place);
	much = is_much(place, at, judged->proven);
	unlock(guard, hash);
	return much;
}

static void judge(struct sf_guard *guard, u64 hash,
		  struct sf_guard_case *judged)
{
	struct sf_guard_place *place = find(lock(guard, hash), hash);
	bool reached = false;

	if (place)
		reached = judged->proven ?
			judge_proven(place, sf_guard_now(guard), judged) :
			judge_loose(place, sf_guard_now(guard), judged);
	if (reached)
		changed(guard, hash, place);
	unlock(guard, hash);
	if (!reached)
		return;
	sf_count(&guard->verdicts[judged->verdict]);
	guard->user->judged(guard->owner, judged);
}

void sf_guard_count(struct sf_guard *guard, const struct sf_flow *flow,
		    bool answered, enum sf_guard_why why)
{
	struct sf_guard_case judged = {
		.flow = flow,
		.why = why,
		.proven = worth[why].proven &&
			  (answered || sf_transport_reliable(flow->transport)),
	};
	u64 hash = hash_of(guard, &flow->remote.ip);

	sf_count(&guard->whys[why]);
	if (!add(guard, hash, &judged) || !guard->user)
		return;
	judged.standing = guard->user->standing(guard->owner, flow);
	judge(guard, hash, &judged);
}

void sf_guard_good(struct sf_guard *guard, const struct sf_ip *ip)
{
	u64 hash = hash_of(guard, ip);
	struct sf_guard_place *place = find(lock(guard, hash), hash);
	u32 at = sf_guard_now(guard), less = worth[SF_GUARD_UNANSWERED].loose;

	if (place && sf_guard_left(place->loose, at) >= less) {
		place->loose -= less;
		changed(guard, hash, place);
	}
	unlock(guard, hash);
}

bool sf_guard_spent(struct sf_guard *guard, const struct sf_ip *ip)
{
	u64 hash = hash_of(guard, ip);
	const struct sf_guard_place *place = find(lock(guard, hash), hash);
	u32 at = sf_guard_now(guard);
	bool spent = place && sf_guard_left(place->proven, at) >
			      (SF_GUARD_BAN - 1) * WRONG;

	unlock(guard, hash);
	return spent;
}

u64 sf_guard_counted(const struct sf_guard *guard, enum sf_guard_why why)
{
	return sf_counted(&guard->whys[why]);
}

u64 sf_guard_judged(const struct sf_guard *guard,
		    enum sf_guard_verdict verdict)
{
	return sf_counted(&guard->verdicts[verdict]);
}
