/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nonce.h - nonces of digest, and which requests they were used for
 *
 * A nonce is a time, a number and a keyed hash of both, and of the address that
 * it is given to: whoever asks for one costs nothing. Who answers with one that
 * was given to his address gets what is sent there: a source cannot be made up
 * that way. (Of IPv6 the /64 is the address: phones change the rest.) It ages as
 * time goes by, whatever the clock of the machine is set to.
 *
 * Its first good use takes a place, the number modulo the size of the table, in
 * which the requests are counted (nc). A newer nonce may take the place of an older
 * one, which is stale then; without a user's secret nobody takes a place.
 *
 * Nonces are good in the process that made them: another one does not know
 * what they were used for.
 */
#ifndef SIPFAST_APP_NONCE_H
#define SIPFAST_APP_NONCE_H

#include <sipfast/span.h>

/* Bytes of a nonce. */
#define SF_NONCE_LEN 32

struct sf_nonces;

/**
 * sf_nonces_new() - Return: for sf_nonces_free(), or NULL.
 * @life: seconds that a nonce is good for
 */
struct sf_nonces *sf_nonces_new(u32 life);
void sf_nonces_free(struct sf_nonces *nonces);

/**
 * sf_nonce_make() - make a nonce; from any thread
 * @to: who gets it
 * @text: SF_NONCE_LEN bytes
 */
void sf_nonce_make(struct sf_nonces *nonces, const struct sf_ip *to,
		   char *text);

enum sf_nonce_verdict {
	SF_NONCE_GOOD,
	SF_NONCE_AGAIN,		/* the very same request, sent again */
	SF_NONCE_FOREIGN,	/* made by nobody here, or for another address */
	SF_NONCE_OLD,		/* its time is over, or its place taken */
	SF_NONCE_REPLAY,	/* its nc was used for another request */
};

/**
 * sf_nonce_look() - is it one of ours, and not too old?
 * @from: who has sent it
 * @stamp: which one it is, for sf_nonce_use(); written only when it is good
 *
 * It is not used by that: what it was used for is not looked at.
 *
 * Return: SF_NONCE_GOOD, SF_NONCE_FOREIGN or SF_NONCE_OLD.
 */
enum sf_nonce_verdict sf_nonce_look(const struct sf_nonces *nonces,
				    const struct sf_ip *from, const char *buf,
				    struct sf_span nonce, u64 *stamp);

/**
 * sf_nonce_use() - may a request be let in with a nonce?
 * @stamp: of a nonce that is good, by sf_nonce_look()
 * @nc: 0 for a request without one: only the time counts
 * @print: something that is the same for the same request only
 *
 * Called when the rest of the credentials is good.
 *
 * Return: SF_NONCE_GOOD, SF_NONCE_AGAIN, SF_NONCE_OLD or SF_NONCE_REPLAY.
 */
enum sf_nonce_verdict sf_nonce_use(struct sf_nonces *nonces, u64 stamp, u32 nc,
				   u32 print);

#endif /* SIPFAST_APP_NONCE_H */
