/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * resident.h - where phones of ours are registered from
 *
 * Who asks here has an address and no name: a packet, of which nothing is known
 * yet. An address counts until the registration would have ended, even if the
 * phone leaves before.
 *
 * The memory is fixed: when too many phones are registered, those are forgotten
 * whose registration ends first.
 */
#ifndef SIPFAST_APP_RESIDENT_H
#define SIPFAST_APP_RESIDENT_H

#include "../net/flow.h"

struct sf_residents;

/**
 * sf_residents_new() - Return: for sf_residents_free(), or NULL.
 */
struct sf_residents *sf_residents_new(void);
void sf_residents_free(struct sf_residents *residents);

/**
 * sf_resident_add() - a phone is registered; from any thread
 * @wall: when that ends, in seconds since 1970
 */
void sf_resident_add(struct sf_residents *residents, const struct sf_end *end,
		     u64 wall);

/* Is a phone registered from that address and port? From any thread. */
bool sf_resident_at(const struct sf_residents *residents,
		    const struct sf_end *end);

/* Or from that address, of IPv6 from its /64, with any port? */
bool sf_resident_near(const struct sf_residents *residents,
		      const struct sf_ip *ip);

#endif /* SIPFAST_APP_RESIDENT_H */
