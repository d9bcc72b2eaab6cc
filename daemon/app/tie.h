/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tie.h - which users registered over which connection
 *
 * When a connection closes, its bindings have to be found without a look at
 * all the others. A tie may outlive its binding until then; a user is tied
 * once to a connection.
 */
#ifndef SIPFAST_APP_TIE_H
#define SIPFAST_APP_TIE_H

#include "../net/flow.h"

/**
 * struct sf_tie - one user of one connection
 * @next: of the same bucket, or of those that sf_ties_take() returns
 * @hash: of the address of record, as the location has it
 * @serial: which connection: as in struct sf_flow
 * @slot: likewise
 * @worker: likewise
 */
struct sf_tie {
	struct sf_tie *next;
	u64 hash;
	u32 serial;
	u32 slot;
	u8 worker;
};

struct sf_ties;

/**
 * sf_ties_new() - Return: for sf_ties_free(), or NULL.
 */
struct sf_ties *sf_ties_new(void);
void sf_ties_free(struct sf_ties *ties);

/**
 * sf_ties_add() - remember a user; from any thread
 *
 * Return: false when memory is short.
 */
bool sf_ties_add(struct sf_ties *ties, const struct sf_flow *flow, u64 hash);

/**
 * sf_ties_take() - take all users of a connection
 * Return: a list, each of which is for free().
 */
struct sf_tie *sf_ties_take(struct sf_ties *ties, const struct sf_flow *flow);

#endif /* SIPFAST_APP_TIE_H */
