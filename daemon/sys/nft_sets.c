// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * nft_sets.c - which sets there are: nft/sipfast-sets.nft defines them
 */
#include "nft.h"

static const struct {
	const char *name;
	uint32_t len;
	bool ends;
} sets[] = {
#define X(sym, name, len, ends) [SF_NFT_##sym] = { name, len, ends },
	SF_NFT_SETS(X)
#undef X
};

const char *sf_nft_set_name(enum sf_nft_set set)
{
	return sets[set].name;
}

uint32_t sf_nft_key_len(enum sf_nft_set set)
{
	return sets[set].len;
}

bool sf_nft_set_ends(enum sf_nft_set set)
{
	return sets[set].ends;
}
