// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * srv.c - in which order the servers of a name are tried
 */
#include "srv.h"

/* Numbers that need not surprise anybody (SplitMix64, by Sebastiano Vigna). */
static u64 roll(u64 *seed)
{
	u64 x = *seed += 0x9e3779b97f4a7c15ull;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ull;
	x = (x ^ x >> 27) * 0x94d049bb133111ebull;
	return x ^ x >> 31;
}

typedef u32 rank_fn(const struct sf_dns_record *record);

/* Those without a weight first: so a sum of 0 finds them. */
static u32 srv_rank(const struct sf_dns_record *record)
{
	return (u32)record->first << 1 | (record->second != 0);
}

static u32 naptr_rank(const struct sf_dns_record *record)
{
	return (u32)record->first << 16 | record->second;
}

/* The lowest rank first; equals stay as they came. */
static void sort(const struct sf_dns_answer *answer, u8 *order, rank_fn *rank)
{
	u32 i, j;

	for (i = 0; i < answer->count; i++) {
		for (j = i; j && rank(&answer->at[order[j - 1]]) >
				 rank(&answer->at[i]); j--)
			order[j] = order[j - 1];
		order[j] = (u8)i;
	}
}

/* Which of @count, all of the same priority, is next. */
static u32 draw(const struct sf_dns_answer *answer, const u8 *order, u32 count,
		u64 *seed)
{
	u32 total = 0, sum = 0, mark, i;

	for (i = 0; i < count; i++)
		total += answer->at[order[i]].second;
	mark = (u32)(roll(seed) % (total + 1ull));
	for (i = 0; i < count - 1; i++) {
		sum += answer->at[order[i]].second;
		if (sum >= mark)
			break;
	}
	return i;
}

/* The drawn one goes to the front; the others keep their order. */
static void shuffle(const struct sf_dns_answer *answer, u8 *order, u32 count,
		    u64 *seed)
{
	for (; count > 1; order++, count--) {
		u32 drawn = draw(answer, order, count, seed);
		u8 index = order[drawn];

		memmove(order + 1, order, drawn);
		order[0] = index;
	}
}

void sf_srv_order(const struct sf_dns_answer *answer,
		  u8 order[SF_DNS_RECORDS_MAX], u64 *seed)
{
	u32 start, end;

	sort(answer, order, srv_rank);
	for (start = 0; start < answer->count; start = end) {
		u16 priority = answer->at[order[start]].first;

		for (end = start + 1; end < answer->count; end++)
			if (answer->at[order[end]].first != priority)
				break;
		shuffle(answer, order + start, end - start, seed);
	}
}

void sf_naptr_order(const struct sf_dns_answer *answer,
		    u8 order[SF_DNS_RECORDS_MAX])
{
	sort(answer, order, naptr_rank);
}
