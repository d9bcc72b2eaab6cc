/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tls.h - what connections are encrypted with, and who may be at the other end
 *
 * Made from the configuration, and never changed then: all workers share it
 * without a lock, so keys and lists of revoked certificates are there once. A
 * reload, and files that change, make another one; connections keep what they
 * began with.
 *
 * RFC 3261, 26 (SIP over TLS), RFC 5922 (certificates and domains).
 */
#ifndef SIPFAST_NET_TLS_H
#define SIPFAST_NET_TLS_H

#include "../util/text.h"

#define SF_TLS_SITE_MAX	32	/* of a section's name, with its NUL */
#define SF_TLS_NAME_MAX	256	/* of a peer's name, with its NUL */
#define SF_TLS_WHY_MAX	512	/* of what is wrong with a section */

/**
 * enum sf_tls_profile - how old a peer may be
 * @SF_TLS_MODERN: TLS 1.2 with ECDHE and AEAD, and TLS 1.3
 * @SF_TLS_COMPATIBLE: CBC and RSA key exchange of TLS 1.2 as well
 * @SF_TLS_LEGACY: whatever OpenSSL still has, from TLS 1.0 on
 */
enum sf_tls_profile {
	SF_TLS_MODERN,
	SF_TLS_COMPATIBLE,
	SF_TLS_LEGACY,
};

/* Return: false when it is none. */
bool sf_tls_profile_parse(const char *name, enum sf_tls_profile *profile);

/**
 * enum sf_tls_client - whether who calls us has to show a certificate
 */
enum sf_tls_client {
	SF_TLS_CLIENT_NOT_ASKED,
	SF_TLS_CLIENT_OPTIONAL,
	SF_TLS_CLIENT_REQUIRED,
};

#define SF_TLS_CERTS_MAX	8
#define SF_TLS_PINS_MAX		8
#define SF_TLS_PIN_LEN		32	/* SHA-256 */
/* Of a section: certificates, their keys, authorities, what they revoked. */
#define SF_TLS_FILES_MAX	(2 * SF_TLS_CERTS_MAX + 2)

/**
 * struct sf_tls_conf - a section of the configuration; copied
 * @name: the section's
 * @profile: enum sf_tls_profile
 * @client: enum sf_tls_client
 * @claimed: domains want certificates of their users: who calls us is asked for
 *           one, even if @client does not, and then any will do
 * @verify: those that we call have to be who they should be
 * @wildcard: "*.example.net" in their certificates is good for a host
 * @certificate: ours, with those between them and the authority
 * @key: their keys
 * @certificates: how many; a listener shows the one whose name it is asked for,
 *                or the first, which is shown to those that we call, too
 * @ca: authorities that are trusted; NULL: the system's
 * @crl: what they have revoked; NULL: nothing is looked up
 * @pin: certificates that are good, whoever vouches for them: their SHA-256
 * @pins: how many; with some, no other is
 */
struct sf_tls_conf {
	const char *name;
	enum sf_tls_profile profile;
	enum sf_tls_client client;
	bool claimed;
	bool verify;
	bool wildcard;
	const char *certificate[SF_TLS_CERTS_MAX];
	const char *key[SF_TLS_CERTS_MAX];
	u32 certificates;
	const char *ca;
	const char *crl;
	u8 pin[SF_TLS_PINS_MAX][SF_TLS_PIN_LEN];
	u32 pins;
};

/* "AB:CD:…", as openssl x509 -fingerprint -sha256 has it, with colons or without. */
bool sf_tls_pin_parse(const char *text, u8 *pin);

struct sf_tls;
struct sf_tls_site;

/* Return: an empty one, with a reference; NULL without memory. */
struct sf_tls *sf_tls_new(void);
struct sf_tls *sf_tls_get(struct sf_tls *tls);
void sf_tls_put(struct sf_tls *tls);

/**
 * sf_tls_add() - load a section
 * @why: SF_TLS_WHY_MAX bytes: what is wrong, and the mend
 *
 * Return: 0 or a negative errno.
 */
int sf_tls_add(struct sf_tls *tls, const struct sf_tls_conf *conf, char *why);

/**
 * sf_tls_changed() - are files not those any more that were loaded?
 *
 * Files that are being written change at every look: that waits until nothing
 * changed between two of them. For one thread only.
 */
bool sf_tls_changed(struct sf_tls *tls);

/**
 * sf_tls_again() - the same sections, from what the files hold now
 * @told: of each section that changed; @why: what is wrong, and then it stays as
 *        it was until its files change again; NULL: it was loaded
 *
 * Return: with a reference; NULL without memory.
 */
struct sf_tls *sf_tls_again(struct sf_tls *old,
			    void (*told)(const char *section, const char *why));

bool sf_tls_is_legacy(const struct sf_tls_site *site);

/* Are those whom it trusts named there, and not whom everybody trusts? */
bool sf_tls_is_private(const struct sf_tls_site *site);

/* The section of that name; NULL or "": the first; or NULL. */
const struct sf_tls_site *sf_tls_find(const struct sf_tls *tls,
				      const char *name);

#endif /* SIPFAST_NET_TLS_H */
