/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tls_internal.h - what the files of TLS share
 *
 * tls.c          bytes of a connection       tls_site.c     sections
 * tls_conf.c     what was said of one        tls_context.c  that, loaded
 * tls_verify.c   who is at the other end     tls_offer.c    what a client offers
 * tls_ticket.c   sessions of those that call tls_session.c  and of those we call
 * tls_reason.c   why there is no connection  tls_pin.c      fingerprints
 * tls_shown.c    certificates that a request needs
 */
#ifndef SIPFAST_NET_TLS_INTERNAL_H
#define SIPFAST_NET_TLS_INTERNAL_H

#include <openssl/ssl.h>
#include <pthread.h>

#include "net.h"
#include "tls.h"

struct sf_conn;

/**
 * struct sf_tls_stamp - which file it is; all zero: there is none
 */
struct sf_tls_stamp {
	u64 device;
	u64 inode;
	u64 size;
	s64 written_ns;
	s64 changed_ns;
};

/**
 * struct sf_tls_site - a section of the configuration, loaded
 * @next: of the same configuration
 * @conf: what was said, a copy
 * @stamp: its files, when they were loaded
 * @seen: and when they were last looked at, by the only thread that looks
 * @server: for those that call us, one for each certificate
 * @servers: how many, at least one
 * @client: for those that we call
 */
struct sf_tls_site {
	struct sf_tls_site *next;
	struct sf_tls_conf conf;
	struct sf_tls_stamp stamp[SF_TLS_FILES_MAX];
	struct sf_tls_stamp seen[SF_TLS_FILES_MAX];
	struct ssl_ctx_st *server[SF_TLS_CERTS_MAX];
	u32 servers;
	SSL_CTX *client;
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
 * @tls: holds @site
 * @site: the section
 * @offer: of a client
 * @pin: of the peer's certificate, if @shown
 * @shown: it showed one
 * @name: who is to be there; "": anybody whom an authority knows
 */
struct sf_tls_hand {
	struct sf_tls *tls;
	const struct sf_tls_site *site;
	struct sf_tls_offer offer;
	u8 pin[SF_TLS_PIN_LEN];
	bool shown;
	char name[SF_TLS_NAME_MAX];
};

/* tls_conf.c */
int sf_tls_conf_copy(struct sf_tls_conf *to, const struct sf_tls_conf *from);
void sf_tls_conf_free(struct sf_tls_conf *conf);
void sf_tls_stamps(const struct sf_tls_conf *conf, struct sf_tls_stamp *stamp);

/* tls_context.c; @why as of sf_tls_add(). Return: 0 or a negative errno. */
int sf_tls_load(struct sf_tls_site *site, char *why);

/* tls_verify.c: RFC 5922, 7 */
int sf_tls_verify(X509_STORE_CTX *store, void *arg);
bool sf_tls_is(X509 *cert, const char *name, bool wildcard);
bool sf_tls_serves(X509 *cert, const char *name);
bool sf_tls_is_user(X509 *cert, struct sf_text user);

/* tls_pin.c; sf_tls_pin_of() writes SF_TLS_PIN_LEN bytes. */
bool sf_tls_pin_of(const X509 *cert, u8 *pin);
int sf_tls_pinned(const X509 *cert, const struct sf_tls_conf *conf);

#define SF_TICKET_NAME_LEN	16
/* A session goes on for so long; so do keys, and as long after. */
#define SF_TICKET_KEY_MS	7200000

/**
 * struct sf_ticket_key - what tickets are sealed with
 * @name: in the ticket, in the clear
 * @until: no new tickets then, on sf_clock_ms(); 0: there is no key here
 */
struct sf_ticket_key {
	u8 name[SF_TICKET_NAME_LEN];
	u8 cipher[32];
	u8 mac[32];
	u64 until;
};

/**
 * struct sf_ticket_ring - keys that take turns
 * @lock: protects @key
 * @key: the one for new tickets, and the one before
 */
struct sf_ticket_ring {
	pthread_mutex_t lock;
	struct sf_ticket_key key[2];
};

/**
 * sf_ticket_seal() - the key for a new ticket
 * Return: false without randomness.
 */
bool sf_ticket_seal(struct sf_ticket_ring *ring, u64 now,
		    struct sf_ticket_key *key);

/* The one of that name; false: it is forgotten. */
bool sf_ticket_open(struct sf_ticket_ring *ring, u64 now, const u8 *name,
		    struct sf_ticket_key *key);

/* tls_ticket.c, called by OpenSSL */
int sf_tls_ticket(SSL *ssl, unsigned char *name, unsigned char *iv,
		  EVP_CIPHER_CTX *cipher, EVP_MAC_CTX *mac, int seal);
SSL_TICKET_RETURN sf_tls_ticket_opened(SSL *ssl, SSL_SESSION *session,
				       const unsigned char *name, size_t len,
				       SSL_TICKET_STATUS status, void *arg);

/* tls_session.c; the first is called by OpenSSL. */
int sf_tls_session_new(SSL *ssl, SSL_SESSION *session);
void sf_tls_session_use(const struct sf_conn *conn, SSL *ssl);
void sf_tls_session_drop(const struct sf_conn *conn);

/* tls_offer.c */
int sf_tls_hello(SSL *ssl, int *alert, void *arg);
int sf_tls_named(SSL *ssl, int *alert, void *arg);
void sf_tls_offer_text(const struct sf_tls_offer *offer, char *text, u32 max);

/* tls_reason.c; @error: of ERR_get_error(); @verified: X509_V_ERR_… */
enum sf_net_counter sf_tls_reason_of(long verified);
enum sf_net_counter sf_tls_reason(const SSL *ssl, unsigned long error);

#endif /* SIPFAST_NET_TLS_INTERNAL_H */
