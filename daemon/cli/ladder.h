/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ladder.h - messages between sipfastd and others, as arrows between columns
 *
 * It is drawn while it happens: columns come as parties come, and there is a
 * head again then. Whoever finds no room for a column, or all of them on a narrow
 * terminal, are named in the line instead.
 */
#ifndef SIPFAST_CLI_LADDER_H
#define SIPFAST_CLI_LADDER_H

#include "sighting.h"

#define SF_PARTIES	6
#define SF_LADDER_MAX	240	/* columns of text that are used at most */
#define SF_PARTY_NAME	32

/**
 * struct sf_party - one who has a column
 * @place: where it is; see sf_sighting_place()
 * @name: who it seems to be, or ""
 * @many: it is more than one: a provider, another proxy
 */
struct sf_party {
	char place[SF_PLACE_LEN];
	char name[SF_PARTY_NAME];
	bool many;
};

/**
 * struct sf_ladder - what was drawn so far
 * @cli: where to, and how wide that is
 * @party: who has a column, in the order they came; the first is on the left of
 *         sipfastd, the others on its right
 * @parties: how many
 * @room: columns of text behind the times
 * @step: from one column to the next; 0: there are none
 */
struct sf_ladder {
	struct sf_cli *cli;
	struct sf_party party[SF_PARTIES];
	unsigned int parties;
	unsigned int room;
	unsigned int step;
};

/* Begin; nothing is drawn yet. */
void sf_ladder_begin(struct sf_ladder *ladder, struct sf_cli *cli);

/* Draw a message, and before that a head, if it brings a party or a name. */
void sf_ladder_add(struct sf_ladder *ladder,
		   const struct sf_sighting *sighting);

#endif /* SIPFAST_CLI_LADDER_H */
