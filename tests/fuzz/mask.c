// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mask.c - any text loses its secrets, and nothing else
 *
 * Where the parser says that something is a secret, the copy shows none of it:
 * the two read the message in ways of their own.
 */
#include "fuzz.h"

#include <string.h>

#include <sipfast/attr.h>
#include <sipfast/mask.h>
#include <sipfast/msg.h>
#include <sipfast/sdp.h>
#include <sipfast/uri.h>

static struct sf_msg msg;
static struct sf_sdp sdp;

static bool is_end(char c)
{
	return c == '\r' || c == '\n';
}

/* As the mask was asked for: characters of the message, but no line end. */
static void same_shape(const char *copy, const char *buf, u32 len)
{
	u32 i;

	for (i = 0; i < len; i++)
		must(copy[i] == buf[i] || (copy[i] == '*' && !is_end(buf[i])),
		     "something else than a star was written");
}

static void gone(const char *copy, struct sf_span secret, const char *what)
{
	u32 i;

	for (i = secret.off; i < sf_span_end(secret); i++)
		must(copy[i] == '*' || is_end(copy[i]), what);
}

static void password_gone(const char *copy)
{
	struct sf_uri uri;

	if (msg.is_request &&
	    sf_uri_parse(msg.buf, msg.ruri, &uri) == SF_OK &&
	    (sf_span_caseis(msg.buf, uri.scheme_text, "sip") ||
	     sf_span_caseis(msg.buf, uri.scheme_text, "sips")))
		gone(copy, uri.password, "the password of a URI is shown");
}

/* The first word, which a fold may end. */
static struct sf_span scheme_of(struct sf_span value)
{
	u32 at = value.off, end = sf_span_end(value);

	while (at < end && !is_end(msg.buf[at]) && msg.buf[at] != ' ' &&
	       msg.buf[at] != '\t')
		at++;
	return sf_span(value.off, at);
}

/* What follows the scheme of credentials, unless that is Digest. */
static void credentials_gone(const char *copy, enum sf_hdr_id id)
{
	const struct sf_hdr *hdr;

	for (hdr = sf_msg_hdr(&msg, id); hdr; hdr = sf_msg_hdr_next(&msg, hdr)) {
		struct sf_span scheme = scheme_of(hdr->value), rest;

		rest = sf_span(sf_span_end(scheme), sf_span_end(hdr->value));
		if (!sf_span_caseis(msg.buf, scheme, "Digest"))
			gone(copy, sf_span_trim(msg.buf, rest),
			     "credentials are shown");
	}
}

static void key_gone(const char *copy, struct sf_span keys)
{
	/* That a key follows is no secret. */
	if (keys.len >= 7 &&
	    sf_span_caseis(msg.buf, sf_span(keys.off, keys.off + 7), "inline:"))
		keys = sf_span(keys.off + 7, sf_span_end(keys));
	gone(copy, keys, "the key of media is shown");
}

static void lines_gone(const char *copy, struct sf_span lines)
{
	struct sf_sdp_attr attr;

	while (sf_sdp_attr_next(msg.buf, &lines, &attr)) {
		struct sf_crypto crypto;

		switch (sf_attr_id(msg.buf, attr.name)) {
		case SF_ATTR_CRYPTO:
			if (sf_crypto_parse(msg.buf, attr.value, &crypto) == SF_OK)
				key_gone(copy, crypto.keys);
			break;
		case SF_ATTR_ICE_PWD:
			gone(copy, attr.value, "the password of ICE is shown");
			break;
		default:
			break;
		}
	}
}

static void sdp_gone(const char *copy)
{
	struct sf_span where;
	u32 i;

	if (sf_sdp_of(&msg, &where) != SF_OK ||
	    sf_sdp_parse(&sdp, msg.buf, where) != SF_OK)
		return;
	lines_gone(copy, sdp.session);
	for (i = 0; i < sdp.nmedia; i++)
		lines_gone(copy, sdp.media[i].lines);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *buf = (const char *)data;
	u32 len = (u32)size;
	char *copy = malloc(size ? size : 1);

	memcpy(copy, data, size);
	sf_mask(copy, len);
	same_shape(copy, buf, len);
	if (sf_msg_parse(&msg, buf, len) == SF_OK) {
		password_gone(copy);
		credentials_gone(copy, SF_HDR_AUTHORIZATION);
		credentials_gone(copy, SF_HDR_PROXY_AUTHORIZATION);
		sdp_gone(copy);
	}
	free(copy);
	return 0;
}
