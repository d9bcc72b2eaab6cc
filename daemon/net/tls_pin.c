// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tls_pin.c - certificates that are good because they are these
 *
 * A pin stands for the authority and for the name. Not for the dates: who let a
 * certificate expire has to say that it is still to be used.
 */
#include <ctype.h>
#include <openssl/x509.h>

#include "tls_internal.h"

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)tolower((unsigned char)c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool sf_tls_pin_parse(const char *text, u8 *pin)
{
	int high, low;
	u32 i;

	for (i = 0; i < SF_TLS_PIN_LEN; i++) {
		if (i && *text == ':')
			text++;
		high = digit(*text);
		low = high < 0 ? -1 : digit(text[1]);
		if (low < 0)
			return false;
		pin[i] = (u8)(high << 4 | low);
		text += 2;
	}
	return !*text;
}

bool sf_tls_pin_of(const X509 *cert, u8 *pin)
{
	unsigned int len;

	return X509_digest(cert, EVP_sha256(), pin, &len) == 1 &&
	       len == SF_TLS_PIN_LEN;
}

static bool is_pinned(const X509 *cert, const struct sf_tls_conf *conf)
{
	u8 pin[SF_TLS_PIN_LEN];
	u32 i;

	if (!sf_tls_pin_of(cert, pin))
		return false;
	for (i = 0; i < conf->pins; i++)
		if (!memcmp(conf->pin[i], pin, sizeof(pin)))
			return true;
	return false;
}

/* Return: what OpenSSL calls it: X509_V_OK, or what is wrong. */
int sf_tls_pinned(const X509 *cert, const struct sf_tls_conf *conf)
{
	if (!is_pinned(cert, conf))
		return X509_V_ERR_APPLICATION_VERIFICATION;
	if (X509_cmp_current_time(X509_get0_notBefore(cert)) > 0)
		return X509_V_ERR_CERT_NOT_YET_VALID;
	if (X509_cmp_current_time(X509_get0_notAfter(cert)) < 0)
		return X509_V_ERR_CERT_HAS_EXPIRED;
	return X509_V_OK;
}
