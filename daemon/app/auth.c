// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * auth.c - digests of secrets
 */
#include <pthread.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "../util/hex.h"
#include "auth.h"

static const struct {
	const char *name;
	const char *fetch;
	u32 len;
} algs[] = {
#define X(sym, text, ossl, size) [SF_ALG_##sym] = { text, ossl, size },
	SF_ALGS(X)
#undef X
};

/* Fetched once; a context for each thread, freed at its end. */
static EVP_MD *mds[SF_ALG_COUNT];
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t ctx_key;

static void free_ctx(void *ctx)
{
	EVP_MD_CTX_free(ctx);
}

static void fetch_all(void)
{
	u32 i;

	for (i = 0; i < SF_ALG_COUNT; i++)
		mds[i] = EVP_MD_fetch(NULL, algs[i].fetch, NULL);
	pthread_key_create(&ctx_key, free_ctx);
}

static EVP_MD_CTX *context(void)
{
	static __thread EVP_MD_CTX *mine;

	if (mine)
		return mine;
	pthread_once(&once, fetch_all);
	mine = EVP_MD_CTX_new();
	pthread_setspecific(ctx_key, mine);
	return mine;
}

const char *sf_alg_name(enum sf_alg alg)
{
	return algs[alg].name;
}

u32 sf_alg_len(enum sf_alg alg)
{
	return algs[alg].len;
}

enum sf_alg sf_alg_find(const char *buf, struct sf_span name)
{
	u32 i;

	for (i = 0; i < SF_ALG_COUNT; i++)
		if (sf_span_caseeq(buf, name, algs[i].name,
				   (u32)strlen(algs[i].name)))
			break;
	return (enum sf_alg)i;
}

#define TEXT(lit) ((struct sf_text){ (lit), sizeof(lit) - 1 })

/*
 * Texts one behind the other. Most are short: a call of OpenSSL for each of them
 * would cost more than the digest.
 */
static bool update(EVP_MD_CTX *ctx, const struct sf_text *part, u32 count)
{
	char joined[512];
	size_t n = 0;
	bool good;
	u32 i;

	for (i = 0; i < count; i++) {
		if (part[i].len > sizeof(joined) - n) {
			if (!EVP_DigestUpdate(ctx, joined, n))
				return false;
			n = 0;
		}
		if (part[i].len > sizeof(joined)) {
			if (!EVP_DigestUpdate(ctx, part[i].s, part[i].len))
				return false;
		} else if (part[i].len) {
			memcpy(joined + n, part[i].s, part[i].len);
			n += part[i].len;
		}
	}
	good = EVP_DigestUpdate(ctx, joined, n);
	/* a secret may have been among them */
	explicit_bzero(joined, n);
	return good;
}

static bool digest(enum sf_alg alg, const struct sf_text *part, u32 count,
		   u8 *out)
{
	EVP_MD_CTX *ctx = context();

	return ctx && mds[alg] && EVP_DigestInit_ex2(ctx, mds[alg], NULL) &&
	       update(ctx, part, count) && EVP_DigestFinal_ex(ctx, out, NULL);
}

static struct sf_text to_hex(enum sf_alg alg, const u8 *bytes, char *text)
{
	u32 i;

	/* No digest ends within four bytes. */
	for (i = 0; i < algs[alg].len; i += 4)
		sf_hex32(text + 2 * i,
			 (u32)bytes[i] << 24 | (u32)bytes[i + 1] << 16 |
			 (u32)bytes[i + 2] << 8 | bytes[i + 3]);
	return (struct sf_text){ text, 2 * algs[alg].len };
}

bool sf_auth_ha1(enum sf_alg alg, struct sf_text user, struct sf_text realm,
		 struct sf_text secret, u8 *ha1)
{
	const struct sf_text part[] = {
		user, TEXT(":"), realm, TEXT(":"), secret,
	};

	return digest(alg, part, ARRAY_SIZE(part), ha1);
}

static u32 with_qop(const struct sf_auth_input *input, struct sf_text ha1,
		    struct sf_text ha2, u8 *out)
{
	const struct sf_text part[] = {
		ha1, TEXT(":"), input->nonce, TEXT(":"), input->nc, TEXT(":"),
		input->cnonce, TEXT(":"), input->qop, TEXT(":"), ha2,
	};

	return digest(input->alg, part, ARRAY_SIZE(part), out);
}

static u32 without_qop(const struct sf_auth_input *input, struct sf_text ha1,
		       struct sf_text ha2, u8 *out)
{
	const struct sf_text part[] = {
		ha1, TEXT(":"), input->nonce, TEXT(":"), ha2,
	};

	return digest(input->alg, part, ARRAY_SIZE(part), out);
}

u32 sf_auth_response(const struct sf_auth_input *input, char *text)
{
	const struct sf_text a2[] = { input->method, TEXT(":"), input->uri };
	char ha1_text[SF_DIGEST_TEXT], ha2_text[SF_DIGEST_TEXT];
	struct sf_text ha1, ha2;
	u8 out[SF_DIGEST_MAX];

	if (!digest(input->alg, a2, ARRAY_SIZE(a2), out))
		return 0;
	ha1 = to_hex(input->alg, input->ha1, ha1_text);
	ha2 = to_hex(input->alg, out, ha2_text);
	if (!(input->qop.len ? with_qop(input, ha1, ha2, out) :
			       without_qop(input, ha1, ha2, out)))
		return 0;
	return to_hex(input->alg, out, text).len;
}

bool sf_auth_same(const void *a, const void *b, u32 len)
{
	return !CRYPTO_memcmp(a, b, len);
}

void sf_auth_wipe(void *secret, size_t len)
{
	explicit_bzero(secret, len);
}
