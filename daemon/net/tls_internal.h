/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tls_internal.h - what the files of TLS share
 *
 * tls.c          bytes of a connection       tls_context.c  sections
 * tls_verify.c   who is at the other end     tls_offer.c    what a client offers
 * tls_reason.c   why there is no connection
 */
#ifndef SIPFAST_NET_TLS_INTERNAL_H
#define SIPFAST_NET_TLS_INTERNAL_H

#include <openssl/ssl.h>

#include "net.h"
#include "tls.h"

/**
 * struct sf_tls_site - a section of the configuration, loaded
 * @next: of the same configuration
 * @server: for those that call us
 * @client: for those that we call
 * @wildcard: see struct sf_tls_conf
 * @legacy: its profile is
 */
struct sf_tls_site {
	struct sf_tls_site *next;
	char name[SF_TLS_SITE_MAX];
	SSL_CTX *server;
	SSL_CTX *client;
	bool wildcard;
	bool legacy;
};

#define SF_TLS_OFFER_CIPHERS	32
#define SF_TLS_OFFER_VERSIONS	8

/**
 * struct sf_tls_offer - what a client offers
 * @version: the newest that it names in the old way
 * @versions: those that it names in the new way; @nversions
 * @ciphers: the first of them; @nciphers
 */
struct sf_tls_offer {
	u16 version;
	u16 versions[SF_TLS_OFFER_VERSIONS];
	u16 ciphers[SF_TLS_OFFER_CIPHERS];
	u32 nversions;
	u32 nciphers;
};

/**
 * struct sf_tls_hand - a handshake; SSL_get_app_data() while it goes on
 * @wildcard: see struct sf_tls_conf
 * @offer: of a client
 * @name: who is to be there; "": anybody whom an authority knows
 */
struct sf_tls_hand {
	bool wildcard;
	struct sf_tls_offer offer;
	char name[SF_TLS_NAME_MAX];
};

/* tls_verify.c: RFC 5922, 7 */
int sf_tls_verify(X509_STORE_CTX *store, void *arg);
bool sf_tls_is(X509 *cert, const char *name, bool wildcard);

/* tls_offer.c */
int sf_tls_hello(SSL *ssl, int *alert, void *arg);
void sf_tls_offer_text(const struct sf_tls_offer *offer, char *text, u32 max);

/* tls_reason.c; @error: of ERR_get_error() */
enum sf_net_counter sf_tls_reason(const SSL *ssl, unsigned long error);

#endif /* SIPFAST_NET_TLS_INTERNAL_H */
