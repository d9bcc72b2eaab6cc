/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * withhold.h - what a message says that is not for whoever gets it
 */
#ifndef SIPFAST_APP_WITHHOLD_H
#define SIPFAST_APP_WITHHOLD_H

#include "../sip/forward.h"
#include "conf.h"

/* Is it a trunk whose word is taken for who calls (RFC 3325, 2.3)? -1 is none. */
static inline bool sf_withhold_trusts(const struct sf_conf *conf, int trunk)
{
	return trunk >= 0 && conf->trunk[trunk].trusted;
}

/**
 * sf_withhold_identity() - leave out who is said to speak (RFC 3325, 5 and 7)
 * @drops: the lines are added to it
 * @msg: a request or a response
 * @from: the trunk that it comes from; -1: none
 * @to: the trunk that it goes to; -1: none
 *
 * What trusted trunks say stays, unless the speaker wants to be private and the other
 * side is not trusted.
 */
void sf_withhold_identity(struct sf_drops *drops, const struct sf_conf *conf,
			  const struct sf_msg *msg, int from, int to);

/**
 * sf_withhold_credentials() - leave out what was said to us (RFC 3261, 22.3)
 * @drops: the lines are added to it
 * @all: whoever is meant; otherwise those of our domains, and what nobody can read
 */
void sf_withhold_credentials(struct sf_drops *drops, const struct sf_conf *conf,
			     const struct sf_msg *msg, bool all);

#endif /* SIPFAST_APP_WITHHOLD_H */
