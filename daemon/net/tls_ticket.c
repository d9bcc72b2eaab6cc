// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tls_ticket.c - keys of tickets, by which sessions go on
 *
 * A ticket is a session that the client keeps for us, sealed. One set of keys is
 * there for the whole daemon, so that a phone that comes back goes on with
 * whichever worker it meets, and over a reload. What is written down nowhere and
 * forgotten after two rounds opens no old recordings.
 */
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <pthread.h>

#include "../util/clock.h"
#include "tls_internal.h"

/* What new tickets are sealed with, and what was so before. */
static struct sf_ticket_ring shared = { .lock = PTHREAD_MUTEX_INITIALIZER };

static bool fill(struct sf_ticket_key *key, u64 now)
{
	key->until = now + SF_TICKET_KEY_MS;
	return RAND_bytes(key->name, sizeof(key->name)) == 1 &&
	       RAND_priv_bytes(key->cipher, sizeof(key->cipher)) == 1 &&
	       RAND_priv_bytes(key->mac, sizeof(key->mac)) == 1;
}

static bool is_new(const struct sf_ticket_key *key, u64 now)
{
	return key->until > now;
}

/* The key that is replaced is good for another round, if it is not too old. */
static bool turn(struct sf_ticket_ring *ring, u64 now)
{
	if (is_new(&ring->key[0], now))
		return true;
	ring->key[1] = ring->key[0];
	if (ring->key[1].until + SF_TICKET_KEY_MS <= now)
		OPENSSL_cleanse(&ring->key[1], sizeof(ring->key[1]));
	return fill(&ring->key[0], now);
}

bool sf_ticket_seal(struct sf_ticket_ring *ring, u64 now,
		    struct sf_ticket_key *key)
{
	bool good;

	pthread_mutex_lock(&ring->lock);
	good = turn(ring, now);
	*key = ring->key[0];
	pthread_mutex_unlock(&ring->lock);
	return good;
}

bool sf_ticket_open(struct sf_ticket_ring *ring, u64 now, const u8 *name,
		    struct sf_ticket_key *key)
{
	bool found = false;
	u32 i;

	pthread_mutex_lock(&ring->lock);
	turn(ring, now);
	for (i = 0; i < ARRAY_SIZE(ring->key) && !found; i++) {
		found = ring->key[i].until &&
			!memcmp(ring->key[i].name, name, SF_TICKET_NAME_LEN);
		if (found)
			*key = ring->key[i];
	}
	pthread_mutex_unlock(&ring->lock);
	return found;
}

static bool begin(EVP_CIPHER_CTX *cipher, EVP_MAC_CTX *mac,
		  struct sf_ticket_key *key, const u8 *iv, bool seal)
{
	OSSL_PARAM params[] = {
		OSSL_PARAM_octet_string(OSSL_MAC_PARAM_KEY, key->mac,
					sizeof(key->mac)),
		OSSL_PARAM_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)"SHA256", 0),
		OSSL_PARAM_END,
	};

	return EVP_MAC_CTX_set_params(mac, params) == 1 &&
	       EVP_CipherInit_ex(cipher, EVP_aes_256_cbc(), NULL, key->cipher,
				 iv, seal) == 1;
}

/*
 * Called by OpenSSL. Return: 1: go on; 2: and make a new ticket; 0: do not; -1.
 *
 * Of TLS 1.3 a client uses each ticket once, so that nobody can tell by it that he
 * is the same (RFC 8446, C.4): he goes on again only if he gets another one.
 */
int sf_tls_ticket(SSL *ssl, unsigned char *name, unsigned char *iv,
		  EVP_CIPHER_CTX *cipher, EVP_MAC_CTX *mac, int seal)
{
	struct sf_ticket_key key;
	u64 now = sf_clock_ms();
	bool good = true, again;

	if (!seal && !sf_ticket_open(&shared, now, name, &key))
		return 0;
	if (seal) {
		good = sf_ticket_seal(&shared, now, &key) &&
		       RAND_bytes(iv, EVP_MAX_IV_LENGTH) == 1;
		memcpy(name, key.name, sizeof(key.name));
	}
	good = good && begin(cipher, mac, &key, iv, seal);
	again = !is_new(&key, now) || SSL_version(ssl) >= TLS1_3_VERSION;
	OPENSSL_cleanse(&key, sizeof(key));
	if (!good)
		return -1;
	return again ? 2 : 1;
}

/* Who showed a certificate is not believed for longer than that is good. */
SSL_TICKET_RETURN sf_tls_ticket_opened(SSL *ssl, SSL_SESSION *session,
				       const unsigned char *name, size_t len,
				       SSL_TICKET_STATUS status, void *arg)
{
	X509 *cert = session ? SSL_SESSION_get0_peer(session) : NULL;

	(void)ssl;
	(void)name;
	(void)len;
	(void)arg;
	if (status != SSL_TICKET_SUCCESS && status != SSL_TICKET_SUCCESS_RENEW)
		return SSL_TICKET_RETURN_IGNORE_RENEW;
	if (cert && X509_cmp_current_time(X509_get0_notAfter(cert)) < 0)
		return SSL_TICKET_RETURN_IGNORE_RENEW;
	return status == SSL_TICKET_SUCCESS ? SSL_TICKET_RETURN_USE :
					      SSL_TICKET_RETURN_USE_RENEW;
}
