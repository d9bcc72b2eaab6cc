// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * slots.c - find the multiplier and the slots of the table of header names
 *
 * `make -C tests/unit slots` prints both, to be put into kmod/core/hdr.c when a
 * name was added to include/sipfast/hdr.h. Random odd numbers are tried until
 * one sends every name to a slot of its own: some ten million for 90 names.
 */
#include <stdio.h>

#include <sipfast/hdr.h>

#include "scan.h"

#define SLOTS 256

static const char *const names[] = {
#define X(sym, name, compact) name,
	SF_HDRS(X)
#undef X
};

static const char *const symbols[] = {
#define X(sym, name, compact) #sym,
	SF_HDRS(X)
#undef X
};

#define COUNT ARRAY_SIZE(names)

/* As sf_hdr_lookup() makes it. */
static u64 key_of(const char *name)
{
	u32 len = (u32)strlen(name);
	u64 head = sf_load_upto8(name, len) | SF_SWAR_CASE, tail = 0;

	if (len < 8)
		head &= (1ull << 8 * len) - 1;
	else
		tail = sf_load64(name + len - 8) | SF_SWAR_CASE;
	return head + 3 * tail + len;
}

static bool fits(const u64 *keys, u64 mult, u8 *slots)
{
	u64 taken[SLOTS / 64] = { 0 };
	u32 i, slot;

	for (i = 0; i < COUNT; i++) {
		slot = (u32)(keys[i] * mult >> 56);
		if (taken[slot / 64] >> slot % 64 & 1)
			return false;
		taken[slot / 64] |= 1ull << slot % 64;
		slots[slot] = (u8)(i + 1);
	}
	return true;
}

static u64 random_u64(void)
{
	static u64 state = 0x9e3779b97f4a7c15ull;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

int main(void)
{
	u8 slots[SLOTS] = { 0 };
	u64 keys[COUNT], mult;
	u32 i;

	for (i = 0; i < COUNT; i++)
		keys[i] = key_of(names[i]);
	do {
		memset(slots, 0, sizeof(slots));
		mult = random_u64() | 1;
	} while (!fits(keys, mult, slots));

	printf("#define HDR_MULT\t0x%016llxull\n\n", (unsigned long long)mult);
	for (i = 0; i < SLOTS; i++)
		if (slots[i])
			printf("\t[0x%02x] = SF_HDR_%s,\n", i,
			       symbols[slots[i] - 1]);
	return 0;
}
