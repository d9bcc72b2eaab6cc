// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * digest.c - credentials, computed apart from the daemon
 */
#include "digest.h"

#include <ctype.h>
#include <stdio.h>
#include <strings.h>

#include <openssl/evp.h>

#define HEX	(2 * EVP_MAX_MD_SIZE + 1)

const char *digest_value(const char *text, const char *name, char *out, u32 size)
{
	u32 len = (u32)strlen(name);
	const char *at;

	out[0] = '\0';
	for (at = text; (at = strcasestr(at, name)); at += len) {
		if (at[len] != '=' || (at > text && isalnum((unsigned char)at[-1])))
			continue;
		at += len + 1;
		if (*at == '"')
			snprintf(out, size, "%.*s", (int)strcspn(at + 1, "\""),
				 at + 1);
		else
			snprintf(out, size, "%.*s", (int)strcspn(at, ", \t"), at);
		break;
	}
	return out;
}

static bool hash(const char *algorithm, const char *text, char *hex)
{
	u8 bytes[EVP_MAX_MD_SIZE];
	unsigned int len, i;
	const char *name = !*algorithm || !strcasecmp(algorithm, "MD5") ? "MD5" :
			   !strcasecmp(algorithm, "SHA-256") ? "SHA256" :
			   !strcasecmp(algorithm, "SHA-512-256") ? "SHA512-256" :
								   NULL;

	if (!name || !EVP_Digest(text, strlen(text), bytes, &len,
				 EVP_get_digestbyname(name), NULL))
		return false;
	for (i = 0; i < len; i++)
		snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
	return true;
}

/* What a response is made of, as texts. */
struct parts {
	char algorithm[32], realm[256], nonce[256], nc[16], cnonce[128], qop[32];
	const char *user, *secret, *method, *uri;
};

static bool respond(const struct parts *p, char *hex)
{
	char text[2048], ha1[HEX], ha2[HEX];

	snprintf(text, sizeof(text), "%s:%s:%s", p->user, p->realm, p->secret);
	if (!hash(p->algorithm, text, ha1))
		return false;
	snprintf(text, sizeof(text), "%s:%s", p->method, p->uri);
	if (!hash(p->algorithm, text, ha2))
		return false;
	if (*p->qop)
		snprintf(text, sizeof(text), "%s:%s:%s:%s:%s:%s", ha1, p->nonce,
			 p->nc, p->cnonce, p->qop, ha2);
	else
		snprintf(text, sizeof(text), "%s:%s:%s", ha1, p->nonce, ha2);
	return hash(p->algorithm, text, hex);
}

bool digest_answer(struct text *out, const char *challenge, const char *user,
		   const char *secret, const char *method, const char *uri)
{
	struct parts p = { .nc = "00000001", .cnonce = "0a4f113b",
			   .user = user, .secret = secret,
			   .method = method, .uri = uri };
	char hex[HEX];

	digest_value(challenge, "algorithm", p.algorithm, sizeof(p.algorithm));
	digest_value(challenge, "realm", p.realm, sizeof(p.realm));
	digest_value(challenge, "nonce", p.nonce, sizeof(p.nonce));
	if (*digest_value(challenge, "qop", p.qop, sizeof(p.qop)))
		strcpy(p.qop, "auth");
	if (!*p.nonce || !respond(&p, hex))
		return false;
	text_clear(out);
	text_printf(out, "Digest username=\"%s\", realm=\"%s\", nonce=\"%s\"", user,
		    p.realm, p.nonce);
	text_printf(out, ", uri=\"%s\", response=\"%s\"", uri, hex);
	if (*p.algorithm)
		text_printf(out, ", algorithm=%s", p.algorithm);
	if (*p.qop)
		text_printf(out, ", qop=auth, nc=%s, cnonce=\"%s\"", p.nc, p.cnonce);
	return true;
}

bool digest_good(const char *credentials, const char *nonce, const char *user,
		 const char *secret, const char *method)
{
	struct parts p = { .user = user, .secret = secret, .method = method };
	char uri[512], name[128], said[HEX], hex[HEX];

	digest_value(credentials, "algorithm", p.algorithm, sizeof(p.algorithm));
	digest_value(credentials, "realm", p.realm, sizeof(p.realm));
	digest_value(credentials, "nonce", p.nonce, sizeof(p.nonce));
	digest_value(credentials, "nc", p.nc, sizeof(p.nc));
	digest_value(credentials, "cnonce", p.cnonce, sizeof(p.cnonce));
	digest_value(credentials, "qop", p.qop, sizeof(p.qop));
	digest_value(credentials, "response", said, sizeof(said));
	digest_value(credentials, "username", name, sizeof(name));
	p.uri = digest_value(credentials, "uri", uri, sizeof(uri));
	return !strcmp(nonce, p.nonce) && !strcmp(name, user) &&
	       respond(&p, hex) && !strcmp(hex, said);
}
