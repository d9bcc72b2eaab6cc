/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guess.h - how often each source may be wrong about who it is
 *
 * Whoever guesses secrets is wrong most of the time. A source may be wrong
 * SF_GUESSES times, and once more every SF_GUESS_MS; what it says in between is
 * not looked at. Who has one address of IPv6 has the whole /64.
 *
 * The memory is fixed: when too many sources are wrong at once, those are
 * forgotten that are the nearest to a fresh start.
 */
#ifndef SIPFAST_APP_GUESS_H
#define SIPFAST_APP_GUESS_H

#include <sipfast/span.h>

#define SF_GUESSES	20
#define SF_GUESS_MS	3000

struct sf_guesses;

/**
 * sf_guesses_new() - Return: for sf_guesses_free(), or NULL.
 */
struct sf_guesses *sf_guesses_new(void);
void sf_guesses_free(struct sf_guesses *guesses);

/**
 * sf_guess_wrong() - a source was wrong; from any thread
 */
void sf_guess_wrong(struct sf_guesses *guesses, const struct sf_ip *ip);

/**
 * sf_guess_spent() - may a source not guess now? From any thread
 */
bool sf_guess_spent(const struct sf_guesses *guesses, const struct sf_ip *ip);

#endif /* SIPFAST_APP_GUESS_H */
