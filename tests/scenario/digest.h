/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * digest.h - credentials, computed apart from the daemon (RFC 7616, 3.4)
 */
#ifndef SIPFAST_SCENARIO_DIGEST_H
#define SIPFAST_SCENARIO_DIGEST_H

#include "text.h"

/**
 * digest_answer() - answer a challenge
 * @out: takes the value of Authorization or Proxy-Authorization
 * @challenge: value of a challenge
 *
 * Return: false when it cannot be answered.
 */
bool digest_answer(struct text *out, const char *challenge, const char *user,
		   const char *secret, const char *method, const char *uri);

/* Are these credentials those of a user, for that nonce? */
bool digest_good(const char *credentials, const char *nonce, const char *user,
		 const char *secret, const char *method);

/* A value of a challenge or of credentials, without its quotes. */
const char *digest_value(const char *text, const char *name, char *out, u32 size);

#endif /* SIPFAST_SCENARIO_DIGEST_H */
