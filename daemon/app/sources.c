// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sources.c - who asks for how much, while too much comes
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "sources.h"

/* A request counts as ONE, and an eighth less each time. */
#define ONE	64
#define AGE_MS	50
#define AGES	128	/* then nothing is left of anything */

static void age(struct sf_sources *sources, u64 now)
{
	u64 times = (now - sources->aged) / AGE_MS;
	u32 i;

	if (!times)
		return;
	sources->aged = now;
	for (times = times < AGES ? times : AGES; times; times--) {
		sources->most = 0;
		for (i = 0; i < SF_SIEVE_GROUPS; i++) {
			sources->asked[i] -= (sources->asked[i] + 7) / 8;
			if (sources->asked[i] > sources->most)
				sources->most = sources->asked[i];
		}
	}
}

static u32 part_of(const struct sf_sources *sources, u32 asked, u32 part)
{
	u64 all = (u64)part * sources->most;

	return all / SF_SHARE_ALL >= asked ? SF_SHARE_ALL : (u32)(all / asked);
}

u32 sf_sources_ask(struct sf_sources *sources, u64 now, const struct sf_end *from,
		   u32 part)
{
	u32 *asked = &sources->asked[sf_sieve_group(from)];

	age(sources, now);
	*asked += ONE;
	if (*asked > sources->most)
		sources->most = *asked;
	return part_of(sources, *asked, part);
}

u32 sf_sources_over(const struct sf_sources *sources, u32 part)
{
	u32 groups = 0, i;

	for (i = 0; i < SF_SIEVE_GROUPS; i++)
		if (part_of(sources, sources->asked[i], part) < SF_SHARE_ALL)
			groups |= 1u << i;
	return groups;
}
