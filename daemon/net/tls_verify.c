// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tls_verify.c - who is at the other end
 *
 * OpenSSL says whether an authority that we trust vouches for the certificate;
 * here is what RFC 5922 says about whose it is: 7.1 (which names count) and 7.2
 * (how they are compared).
 */
#include <openssl/x509v3.h>
#include <strings.h>

#include "tls_internal.h"

static struct sf_text text_of(const ASN1_STRING *string)
{
	return (struct sf_text){ (const char *)ASN1_STRING_get0_data(string),
				 (u32)ASN1_STRING_length(string) };
}

/* Upper and lower case are the same; a NUL within is no end. */
static bool is_name(struct sf_text text, const char *name)
{
	return text.len == strlen(name) && !strncasecmp(text.s, name, text.len);
}

/* "*.example.net" is good for one label, if the administrator says so. */
static bool matches(struct sf_text text, const char *name, bool wildcard)
{
	const char *dot = strchr(name, '.');

	if (is_name(text, name))
		return true;
	if (!wildcard || !dot || dot == name || text.len < 3 ||
	    memcmp(text.s, "*.", 2))
		return false;
	return is_name((struct sf_text){ text.s + 1, text.len - 1 }, dot);
}

/* The host of "sip:host"; with a user it names no domain (7.1). */
static bool domain_of(struct sf_text uri, struct sf_text *host)
{
	u32 i;

	if (uri.len < 5 || strncasecmp(uri.s, "sip:", 4) ||
	    memchr(uri.s, '@', uri.len))
		return false;
	*host = (struct sf_text){ uri.s + 4, uri.len - 4 };
	for (i = 0; i < host->len; i++)
		if (memchr(":;?", host->s[i], 3))
			host->len = i;
	return true;
}

static bool is_address(const ASN1_OCTET_STRING *octets, const char *name)
{
	ASN1_OCTET_STRING *wanted = a2i_IPADDRESS(name);
	bool same = wanted && !ASN1_OCTET_STRING_cmp(wanted, octets);

	ASN1_OCTET_STRING_free(wanted);
	return same;
}

/* One of the names of a type. @any: there are some. */
static bool has_name(const GENERAL_NAMES *names, int type, const char *name,
		     bool wildcard, bool *any)
{
	struct sf_text host;
	bool found = false;
	int i;

	for (i = 0; i < sk_GENERAL_NAME_num(names) && !found; i++) {
		const GENERAL_NAME *at = sk_GENERAL_NAME_value(names, i);

		if (at->type != type)
			continue;
		if (type == GEN_IPADD) {
			found = is_address(at->d.iPAddress, name);
		} else if (type == GEN_DNS) {
			found = matches(text_of(at->d.dNSName), name, wildcard);
		} else if (domain_of(text_of(at->d.uniformResourceIdentifier),
				     &host)) {
			*any = true;
			found = matches(host, name, wildcard);
		}
	}
	return found;
}

static bool has_common_name(X509 *cert, const char *name, bool wildcard)
{
	X509_NAME *subject = X509_get_subject_name(cert);
	int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);

	if (at < 0)
		return false;
	return matches(text_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at))),
		       name, wildcard);
}

/* Names of DNS count if there is no sip: URI, CN if there is nothing else. */
bool sf_tls_is(X509 *cert, const char *name, bool wildcard)
{
	GENERAL_NAMES *names = X509_get_ext_d2i(cert, NID_subject_alt_name, NULL,
						NULL);
	bool any = false, found;

	if (!names)
		return has_common_name(cert, name, wildcard);
	found = has_name(names, GEN_URI, name, wildcard, &any);
	if (!found && !any)
		found = has_name(names, GEN_DNS, name, wildcard, &any) ||
			has_name(names, GEN_IPADD, name, wildcard, &any);
	GENERAL_NAMES_free(names);
	return found;
}

/* "sip:user@host", or sips:: the user as it is, the host in any case. */
static bool names_user(struct sf_text uri, struct sf_text user)
{
	u32 scheme = uri.len > 4 && uri.s[3] == ':' ? 3 : 4;
	const char *at = memchr(user.s, '@', user.len);
	u32 len = at ? (u32)(at - user.s) + 1 : 0;

	if (!at || uri.len != scheme + 1 + user.len || uri.s[scheme] != ':' ||
	    strncasecmp(uri.s, "sips", scheme))
		return false;
	uri.s += scheme + 1;
	return !memcmp(uri.s, user.s, len) &&
	       !strncasecmp(uri.s + len, at + 1, user.len - len);
}

bool sf_tls_is_user(X509 *cert, struct sf_text user)
{
	GENERAL_NAMES *names = X509_get_ext_d2i(cert, NID_subject_alt_name, NULL,
						NULL);
	bool found = false;
	int i;

	for (i = 0; i < sk_GENERAL_NAME_num(names) && !found; i++) {
		const GENERAL_NAME *at = sk_GENERAL_NAME_value(names, i);

		found = at->type == GEN_URI &&
			names_user(text_of(at->d.uniformResourceIdentifier),
				   user);
	}
	GENERAL_NAMES_free(names);
	return found;
}

/* Of ours: what browsers and phones take for the name; they know no sip: URIs. */
bool sf_tls_serves(X509 *cert, const char *name)
{
	return X509_check_host(cert, name, 0, 0, NULL) == 1 ||
	       sf_tls_is(cert, name, true);
}

/* By an authority, or by its fingerprint. Return: X509_V_OK, or what is wrong. */
static int judge(X509_STORE_CTX *store, const struct sf_tls_hand *hand)
{
	const struct sf_tls_conf *conf = &hand->site->conf;
	X509 *cert = X509_STORE_CTX_get0_cert(store);
	int error;

	if (conf->pins)
		return sf_tls_pinned(cert, conf);
	if (X509_verify_cert(store) <= 0) {
		error = X509_STORE_CTX_get_error(store);
		return error == X509_V_OK ? X509_V_ERR_UNSPECIFIED : error;
	}
	if (hand->name[0] && !sf_tls_is(cert, hand->name, conf->wildcard))
		return X509_V_ERR_HOSTNAME_MISMATCH;
	return X509_V_OK;
}

/*
 * Called by OpenSSL in place of X509_verify_cert(), in a handshake only. What
 * is asked for because domains want it proves nothing before a request for one of
 * them comes (tls_shown.c).
 */
int sf_tls_verify(X509_STORE_CTX *store, void *arg)
{
	SSL *ssl = X509_STORE_CTX_get_ex_data(store,
					      SSL_get_ex_data_X509_STORE_CTX_idx());
	struct sf_tls_hand *hand = SSL_get_app_data(ssl);
	int error = X509_V_ERR_UNSPECIFIED;
	bool later = false;

	(void)arg;
	if (hand) {
		hand->shown = sf_tls_pin_of(X509_STORE_CTX_get0_cert(store),
					    hand->pin);
		later = SSL_is_server(ssl) &&
			hand->site->conf.client == SF_TLS_CLIENT_NOT_ASKED;
		error = later ? X509_V_ERR_CERT_UNTRUSTED : judge(store, hand);
	}
	X509_STORE_CTX_set_error(store, error);
	return later || error == X509_V_OK;
}
