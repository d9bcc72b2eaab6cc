/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * scratch.h - a network namespace that looks like this one, to try rules in
 *
 * Interfaces of the same names and addresses, routes, the ruleset with what is in
 * its sets, and the module's mark mask. Nothing of it touches the machine, and all
 * of it goes with the process.
 */
#ifndef SIPFAST_SYS_SCRATCH_H
#define SIPFAST_SYS_SCRATCH_H

#include <stdint.h>

#include "probe.h"
#include "ruleset.h"
#include "world.h"

#define SF_SCRATCH_WHY	512

/* A table of the scratch namespace that tells how far the packet came. */
#define SF_SCRATCH_TABLE	"sipfast_probe"

/* The other end of the interface that the packet comes in by. */
#define SF_SCRATCH_WIRE		"sipfast-probe"

/**
 * struct sf_scratch - the copy
 * @left_out: what could not be copied, for people; "": nothing
 * @bridge: there are rules for bridges, which no packet meets there
 * @marks: the module is there, and marks packets as it does here
 * @why: what went wrong, for people
 */
struct sf_scratch {
	char left_out[256];
	bool bridge;
	bool marks;
	char why[SF_SCRATCH_WHY];
};

/**
 * sf_scratch_complete() - what was not said of the packet
 * @probe: its interface is the one that leads back to where it comes from, its
 *         target the address of that
 *
 * Return: 0, or a negative errno, and @scratch->why says what to say.
 */
int sf_scratch_complete(struct sf_scratch *scratch, const struct sf_world *world,
			struct sf_probe *probe);

/**
 * sf_scratch_enter() - leave this network namespace for a copy of it
 * @probe: complete; its interface can take a packet then
 * @mark_mask: of the module here
 *
 * This thread stays there: there is no way back.
 *
 * Return: 0, or a negative errno, and @scratch->why says what went wrong.
 */
int sf_scratch_enter(struct sf_scratch *scratch, const struct sf_world *world,
		     const struct sf_probe *probe, uint32_t mark_mask);

#endif /* SIPFAST_SYS_SCRATCH_H */
