// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tls_context.c - a section of the configuration, loaded
 */
#include <errno.h>
#include <openssl/err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "tls_internal.h"

#define AEAD	"ECDHE+AESGCM:ECDHE+CHACHA20"

static const struct {
	const char *name;
	int version;
	const char *ciphers;	/* of TLS 1.2 and before */
	const char *groups;	/* for key exchange; NULL: OpenSSL's */
} profiles[] = {
	[SF_TLS_MODERN] = { "modern", TLS1_2_VERSION, AEAD,
			    "X25519:P-256:P-384:P-521" },
	[SF_TLS_COMPATIBLE] = {
		"compatible", TLS1_2_VERSION,
		AEAD ":ECDHE+AES:kRSA+AESGCM:kRSA+AES:!AESCCM:!AESCCM8",
	},
	[SF_TLS_LEGACY] = {
		"legacy", TLS1_VERSION,
		"ALL:!aNULL:!eNULL:!EXPORT:!RC4:!PSK:!SRP:@SECLEVEL=0",
	},
};

bool sf_tls_profile_parse(const char *name, enum sf_tls_profile *profile)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(profiles); i++) {
		if (strcmp(profiles[i].name, name))
			continue;
		*profile = i;
		return true;
	}
	return false;
}

/* What is wrong with a file, as OpenSSL sees it. */
static int wrong(char *why, const char *what, const char *file)
{
	const char *reason = ERR_reason_error_string(ERR_peek_last_error());

	snprintf(why, SF_TLS_WHY_MAX, "%s %s: %s", what, file,
		 reason ? reason : "cannot be used");
	ERR_clear_error();
	return -EINVAL;
}

/* Can it be read, and by those only who should? */
static int check_file(const char *what, const char *file, bool secret, char *why)
{
	FILE *stream = fopen(file, "re");
	struct stat st;
	int err = 0;

	if (!stream) {
		err = -errno;
		snprintf(why, SF_TLS_WHY_MAX,
			 "%s %s: %s; it has to be readable for the group sipfast",
			 what, file, strerror(-err));
		return err;
	}
	if (secret && (fstat(fileno(stream), &st) || st.st_mode & 0007)) {
		snprintf(why, SF_TLS_WHY_MAX,
			 "%s: everybody may read %s; chmod o= %s", what, file,
			 file);
		err = -EPERM;
	}
	fclose(stream);
	return err;
}

/* One of our certificates, and its key. */
static int load_own(SSL_CTX *ctx, const struct sf_tls_conf *conf, u32 i,
		    char *why)
{
	const char *certificate = conf->certificate[i], *key = conf->key[i];
	int err = check_file("certificate", certificate, false, why);

	if (!err)
		err = check_file("key", key, true, why);
	if (err)
		return err;
	if (SSL_CTX_use_certificate_chain_file(ctx, certificate) != 1)
		return wrong(why, "certificate", certificate);
	/* It checks that both belong together. */
	if (SSL_CTX_use_PrivateKey_file(ctx, key, SSL_FILETYPE_PEM) != 1)
		return wrong(why, "key", key);
	return 0;
}

static int load_trusted(SSL_CTX *ctx, const struct sf_tls_conf *conf, char *why)
{
	X509_STORE *store = SSL_CTX_get_cert_store(ctx);

	if (!conf->ca)
		SSL_CTX_set_default_verify_paths(ctx);
	else if (SSL_CTX_load_verify_file(ctx, conf->ca) != 1)
		return wrong(why, "ca", conf->ca);
	if (!conf->crl)
		return 0;
	if (X509_load_crl_file(X509_STORE_add_lookup(store, X509_LOOKUP_file()),
			       conf->crl, X509_FILETYPE_PEM) < 1)
		return wrong(why, "crl", conf->crl);
	X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK);
	return 0;
}

/*
 * Idle connections hold no buffers. What comes between messages is one record
 * at a time: without AUTO_RETRY nobody keeps us in a loop with key updates.
 */
static void set_up(SSL_CTX *ctx, enum sf_tls_profile profile)
{
	SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS |
			      SSL_MODE_ENABLE_PARTIAL_WRITE |
			      SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
	SSL_CTX_clear_mode(ctx, SSL_MODE_AUTO_RETRY);
	SSL_CTX_set_options(ctx, SSL_OP_NO_RENEGOTIATION |
				 SSL_OP_NO_COMPRESSION |
				 SSL_OP_CIPHER_SERVER_PREFERENCE |
				 SSL_OP_IGNORE_UNEXPECTED_EOF);
	SSL_CTX_set_min_proto_version(ctx, profiles[profile].version);
	SSL_CTX_set_cipher_list(ctx, profiles[profile].ciphers);
	if (profiles[profile].groups)
		SSL_CTX_set1_groups_list(ctx, profiles[profile].groups);
	SSL_CTX_set_cert_verify_callback(ctx, sf_tls_verify, NULL);
}

/* How clients are judged: a session that began otherwise does not go on. */
static void name_sessions(SSL_CTX *ctx, const struct sf_tls_site *site)
{
	const struct sf_tls_stamp *judges = &site->stamp[2 * SF_TLS_CERTS_MAX];
	const struct sf_tls_conf *conf = &site->conf;
	EVP_MD_CTX *hash = EVP_MD_CTX_new();
	u8 id[EVP_MAX_MD_SIZE];
	unsigned int len;

	if (!hash || EVP_DigestInit_ex(hash, EVP_sha256(), NULL) != 1 ||
	    EVP_DigestUpdate(hash, conf->name, strlen(conf->name) + 1) != 1 ||
	    EVP_DigestUpdate(hash, &conf->client, sizeof(conf->client)) != 1 ||
	    EVP_DigestUpdate(hash, &conf->claimed, sizeof(conf->claimed)) != 1 ||
	    EVP_DigestUpdate(hash, conf->pin, sizeof(conf->pin)) != 1 ||
	    EVP_DigestUpdate(hash, judges, 2 * sizeof(*judges)) != 1 ||
	    EVP_DigestFinal_ex(hash, id, &len) != 1)
		SSL_CTX_set_options(ctx, SSL_OP_NO_TICKET);
	else
		SSL_CTX_set_session_id_context(ctx, id, len);
	EVP_MD_CTX_free(hash);
}

static void set_up_sessions(SSL_CTX *ctx, const struct sf_tls_site *site)
{
	SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
	SSL_CTX_set_num_tickets(ctx, 1);
	SSL_CTX_set_timeout(ctx, SF_TICKET_KEY_MS / 1000);
	SSL_CTX_set_tlsext_ticket_key_evp_cb(ctx, sf_tls_ticket);
	SSL_CTX_set_session_ticket_cb(ctx, NULL, sf_tls_ticket_opened, NULL);
	name_sessions(ctx, site);
}

static void set_up_server(SSL_CTX *ctx, const struct sf_tls_conf *conf)
{
	static const int asks[] = {
		[SF_TLS_CLIENT_NOT_ASKED] = SSL_VERIFY_NONE,
		[SF_TLS_CLIENT_OPTIONAL] = SSL_VERIFY_PEER,
		[SF_TLS_CLIENT_REQUIRED] = SSL_VERIFY_PEER |
					   SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
	};

	SSL_CTX_set_client_hello_cb(ctx, sf_tls_hello, NULL);
	SSL_CTX_set_tlsext_servername_callback(ctx, sf_tls_named);
	SSL_CTX_set_verify(ctx, asks[conf->client] |
				(conf->claimed ? SSL_VERIFY_PEER : 0), NULL);
}

static int load_server(struct sf_tls_site *site, u32 i, char *why)
{
	const struct sf_tls_conf *conf = &site->conf;
	SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
	int err = 0;

	if (!ctx)
		return -ENOMEM;
	site->server[site->servers++] = ctx;
	set_up(ctx, conf->profile);
	set_up_server(ctx, conf);
	set_up_sessions(ctx, site);
	if (i < conf->certificates)
		err = load_own(ctx, conf, i, why);
	if (!err && conf->client != SF_TLS_CLIENT_NOT_ASKED)
		err = load_trusted(ctx, conf, why);
	return err;
}

static int load_client(struct sf_tls_site *site, char *why)
{
	const struct sf_tls_conf *conf = &site->conf;
	int err = 0;

	site->client = SSL_CTX_new(TLS_client_method());
	if (!site->client)
		return -ENOMEM;
	set_up(site->client, conf->profile);
	SSL_CTX_set_session_cache_mode(site->client,
				       SSL_SESS_CACHE_CLIENT |
				       SSL_SESS_CACHE_NO_INTERNAL);
	SSL_CTX_sess_set_new_cb(site->client, sf_tls_session_new);
	SSL_CTX_set_verify(site->client, conf->verify || conf->pins ?
			   SSL_VERIFY_PEER : SSL_VERIFY_NONE, NULL);
	if (conf->certificates)
		err = load_own(site->client, conf, 0, why);
	return err ? err : load_trusted(site->client, conf, why);
}

int sf_tls_load(struct sf_tls_site *site, char *why)
{
	int err;
	u32 i;

	snprintf(why, SF_TLS_WHY_MAX, "memory is short");
	err = load_client(site, why);
	for (i = 0; !err && (!i || i < site->conf.certificates); i++)
		err = load_server(site, i, why);
	return err;
}
