/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * auth.h - digests of secrets (RFC 7616, RFC 8760)
 *
 * Who asks for them is in challenge.h (our users) and answer.h (we, of a
 * trunk). This is where OpenSSL is; what it needs is made once for each thread.
 */
#ifndef SIPFAST_APP_AUTH_H
#define SIPFAST_APP_AUTH_H

#include "record.h"

/* X(symbol, name, what OpenSSL calls it, bytes); the weakest first. */
#define SF_ALGS(X)							\
	X(MD5, "MD5", "MD5", 16)					\
	X(SHA256, "SHA-256", "SHA2-256", 32)				\
	X(SHA512_256, "SHA-512-256", "SHA2-512/256", 32)

enum sf_alg {
#define X(sym, name, fetch, len) SF_ALG_##sym,
	SF_ALGS(X)
#undef X
	SF_ALG_COUNT
};

#define SF_ALG_BIT(alg)	(1u << (alg))
#define SF_ALG_ALL	((1u << SF_ALG_COUNT) - 1)

/* Bytes of the longest digest, and of its text. */
#define SF_DIGEST_MAX	32
#define SF_DIGEST_TEXT	(2 * SF_DIGEST_MAX)

const char *sf_alg_name(enum sf_alg alg);
u32 sf_alg_len(enum sf_alg alg);

/**
 * sf_alg_find() - by its name, in any case
 * Return: SF_ALG_COUNT for one that we do not have.
 */
enum sf_alg sf_alg_find(const char *buf, struct sf_span name);

/**
 * sf_auth_ha1() - the digest of a user's secret
 * @ha1: takes sf_alg_len() bytes
 *
 * Return: false when OpenSSL does not have the algorithm (MD5 where policy
 * forbids it), or fails.
 */
bool sf_auth_ha1(enum sf_alg alg, struct sf_text user, struct sf_text realm,
		 struct sf_text secret, u8 *ha1);

/**
 * struct sf_auth_input - what a response is made of
 * @alg: the algorithm
 * @ha1: sf_auth_ha1()
 * @nonce: the server's nonce
 * @nc: the text of nc
 * @cnonce: the client's nonce
 * @qop: "auth"; empty for RFC 2069: then @nc and @cnonce are left out
 * @method: the request's
 * @uri: its URI, as in the credentials
 */
struct sf_auth_input {
	enum sf_alg alg;
	const u8 *ha1;
	struct sf_text nonce;
	struct sf_text nc;
	struct sf_text cnonce;
	struct sf_text qop;
	struct sf_text method;
	struct sf_text uri;
};

/**
 * sf_auth_response() - the response, in hexadecimal digits
 * @text: SF_DIGEST_TEXT bytes
 *
 * Return: the digits written; 0 on failure.
 */
u32 sf_auth_response(const struct sf_auth_input *input, char *text);

/**
 * sf_auth_same() - compare, in a time that does not tell where they differ
 */
bool sf_auth_same(const void *a, const void *b, u32 len);

/**
 * sf_auth_wipe() - forget a secret for good
 */
void sf_auth_wipe(void *secret, size_t len);

#endif /* SIPFAST_APP_AUTH_H */
