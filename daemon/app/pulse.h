/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pulse.h - when something was last heard of flows over UDP
 *
 * Nobody says that one has ended. Phones that were given Flow-Timer say that theirs
 * has not (RFC 5626, 4.4.1).
 */
#ifndef SIPFAST_APP_PULSE_H
#define SIPFAST_APP_PULSE_H

#include "../net/flow.h"
#include "../util/hash.h"

struct sf_pulses;

/**
 * sf_pulses_new() - none yet
 * @key: of hashes; kept
 *
 * Return: for sf_pulses_free(), or NULL.
 */
struct sf_pulses *sf_pulses_new(const struct sf_hash_key *key);
void sf_pulses_free(struct sf_pulses *pulses);

/**
 * sf_pulses_add() - something came from there, and has to from now on
 *
 * Of several bindings of a flow each is counted. Without memory nothing is
 * expected of it. From any thread, like all that follows.
 */
void sf_pulses_add(struct sf_pulses *pulses, const struct sf_end *end);

/* A binding of that flow is gone. */
void sf_pulses_drop(struct sf_pulses *pulses, const struct sf_end *end);

/* Something came from there: of flows that were not added it says nothing. */
void sf_pulses_heard(struct sf_pulses *pulses, const struct sf_end *end);

/* Should something have come from there by now? */
bool sf_pulses_late(struct sf_pulses *pulses, const struct sf_end *end,
		    u32 seconds);

#endif /* SIPFAST_APP_PULSE_H */
