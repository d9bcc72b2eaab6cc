// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * answer.c - answering a challenge, as a client does
 */
#include <errno.h>
#include <stdio.h>

#include "../sip/credentials.h"
#include "../util/hash.h"
#include "answer.h"

#define CNONCE_LEN 16

/* Which of the challenges is answered; SF_ALG_COUNT: none. */
static enum sf_alg choose(const struct sf_msg *response, enum sf_hdr_id id,
			  struct sf_challenge *chosen)
{
	const struct sf_hdr *hdr = sf_msg_hdr(response, id);
	enum sf_alg best = SF_ALG_COUNT, alg;
	struct sf_challenge c;

	for (; hdr; hdr = sf_msg_hdr_next(response, hdr)) {
		if (sf_challenge_parse(response->buf, hdr->value, &c) ||
		    (c.has_qop && !c.auth))
			continue;
		alg = c.algorithm.len ?
			sf_alg_find(response->buf, c.algorithm) : SF_ALG_MD5;
		if (alg == SF_ALG_COUNT ||
		    (best != SF_ALG_COUNT && alg <= best))
			continue;
		best = alg;
		*chosen = c;
	}
	return best;
}

static void put_quoted(struct sf_out *out, const char *name,
		       struct sf_text value)
{
	sf_put_str(out, name);
	sf_put_lit(out, "=\"");
	sf_put(out, value.s, value.len);
	sf_put_lit(out, "\"");
}

static void put_credentials(struct sf_out *out, const char *buf,
			    const struct sf_challenge *c,
			    const struct sf_auth_input *input,
			    const struct sf_answer *answer,
			    struct sf_text response)
{
	put_quoted(out, "username", answer->user);
	put_quoted(out, ", realm", sf_text(buf, c->realm));
	put_quoted(out, ", nonce", input->nonce);
	put_quoted(out, ", uri", input->uri);
	put_quoted(out, ", response", response);
	if (c->algorithm.len) {
		sf_put_lit(out, ", algorithm=");
		sf_put_str(out, sf_alg_name(input->alg));
	}
	if (c->has_opaque)
		put_quoted(out, ", opaque", sf_text(buf, c->opaque));
	if (c->auth) {
		put_quoted(out, ", cnonce", input->cnonce);
		sf_put_lit(out, ", qop=auth, nc=");
		sf_put(out, input->nc.s, input->nc.len);
	}
	sf_put_lit(out, "\r\n");
}

static void make_cnonce(char *text)
{
	u64 bytes;

	sf_random(&bytes, sizeof(bytes));
	snprintf(text, CNONCE_LEN + 1, "%016llx", (unsigned long long)bytes);
}

int sf_auth_answer(struct sf_out *out, const struct sf_msg *response,
		   const struct sf_answer *answer)
{
	bool proxy = response->status == 407;
	char cnonce[CNONCE_LEN + 1], nc[9], text[SF_DIGEST_TEXT];
	struct sf_auth_input input = {
		.method = answer->method,
		.uri = answer->uri,
		.nc = { nc, 8 },
		.cnonce = { cnonce, CNONCE_LEN },
	};
	struct sf_challenge c;
	u8 ha1[SF_DIGEST_MAX];
	u32 len;

	input.alg = choose(response, proxy ? SF_HDR_PROXY_AUTHENTICATE :
					     SF_HDR_WWW_AUTHENTICATE, &c);
	if (input.alg == SF_ALG_COUNT)
		return -ENOENT;
	make_cnonce(cnonce);
	snprintf(nc, sizeof(nc), "%08x", answer->nc);
	if (!sf_auth_ha1(input.alg, answer->user,
			 sf_text(response->buf, c.realm), answer->secret, ha1))
		return -EACCES;
	input.ha1 = ha1;
	input.nonce = sf_text(response->buf, c.nonce);
	if (c.auth)
		input.qop = (struct sf_text){ "auth", 4 };
	len = sf_auth_response(&input, text);
	sf_auth_wipe(ha1, sizeof(ha1));
	if (!len)
		return -EACCES;
	sf_put_str(out, proxy ? "Proxy-Authorization: Digest " :
				"Authorization: Digest ");
	put_credentials(out, response->buf, &c, &input, answer,
			(struct sf_text){ text, len });
	return out->full ? -ENOSPC : 0;
}
