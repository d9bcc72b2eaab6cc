// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tls_offer.c - what a client offers, for the log, and whom it wants
 */
#include <stdio.h>

#include "tls_internal.h"

static u16 word(const unsigned char *at)
{
	return (u16)(at[0] << 8 | at[1]);
}

int sf_tls_hello(SSL *ssl, int *alert, void *arg)
{
	struct sf_tls_hand *hand = SSL_get_app_data(ssl);
	struct sf_tls_offer *offer = &hand->offer;
	const unsigned char *bytes;
	size_t len, i;

	(void)alert;
	(void)arg;
	*offer = (struct sf_tls_offer){
		.version = (u16)SSL_client_hello_get0_legacy_version(ssl),
	};
	len = SSL_client_hello_get0_ciphers(ssl, &bytes);
	for (i = 0; i + 1 < len && offer->nciphers < SF_TLS_OFFER_CIPHERS; i += 2)
		offer->ciphers[offer->nciphers++] = word(bytes + i);
	if (!SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_supported_versions,
				       &bytes, &len))
		return SSL_CLIENT_HELLO_SUCCESS;
	/* The first byte says how many follow. */
	for (i = 1; i + 1 < len && offer->nversions < SF_TLS_OFFER_VERSIONS; i += 2)
		offer->versions[offer->nversions++] = word(bytes + i);
	return SSL_CLIENT_HELLO_SUCCESS;
}

/* The certificate for a name; several may share a listener (RFC 6066, 3). */
int sf_tls_named(SSL *ssl, int *alert, void *arg)
{
	const char *name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
	const struct sf_tls_hand *hand = SSL_get_app_data(ssl);
	u32 i;

	(void)alert;
	(void)arg;
	for (i = 0; name && hand && i < hand->site->servers; i++) {
		X509 *cert = SSL_CTX_get0_certificate(hand->site->server[i]);

		if (!cert || !sf_tls_serves(cert, name))
			continue;
		SSL_set_SSL_CTX(ssl, hand->site->server[i]);
		return SSL_TLSEXT_ERR_OK;
	}
	return SSL_TLSEXT_ERR_NOACK;
}

static u32 put_all(char *text, u32 max, const char *key, const u16 *at, u32 count)
{
	u32 len = 0, i;

	for (i = 0; i < count && len < max; i++)
		len += (u32)snprintf(text + len, max - len, "%s%04x",
				     i ? "," : key, at[i]);
	return len < max ? len : max - 1;
}

/* In the numbers that IANA gives them: names differ between libraries. */
void sf_tls_offer_text(const struct sf_tls_offer *offer, char *text, u32 max)
{
	u32 len;

	text[0] = '\0';
	if (offer->nversions)
		len = put_all(text, max, " versions=", offer->versions,
			      offer->nversions);
	else
		len = put_all(text, max, " versions=", &offer->version,
			      offer->version ? 1 : 0);
	put_all(text + len, max - len, " ciphers=", offer->ciphers,
		offer->nciphers);
}
