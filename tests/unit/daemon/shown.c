// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * shown.c - certificates that requests need: judged, and remembered for as long as
 * that is good
 *
 * "shown cost" prints what it costs: `make -C tests/unit/daemon shown-cost`.
 */
#include <fcntl.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../../../daemon/util/clock.h"
#include "world.h"

#define HOUR		3600
#define FILES		16
#define USER		"sip:alice@example.com"

static char dir[] = "/tmp/sipfast-shown-XXXXXX";
static char files[FILES][64];
static u32 nfiles;

static const char *file_named(const char *name)
{
	char *path = files[nfiles++];

	assert_true(nfiles < FILES);
	snprintf(path, sizeof(files[0]), "%s/%s", dir, name);
	return path;
}

/**
 * struct identity - a key, and a certificate for it
 */
struct identity {
	EVP_PKEY *key;
	X509 *cert;
};

static void extend(X509 *cert, int nid, const char *value)
{
	X509_EXTENSION *ext = X509V3_EXT_conf_nid(NULL, NULL, nid, value);

	assert_non_null(ext);
	assert_int_equal(X509_add_ext(cert, ext, -1), 1);
	X509_EXTENSION_free(ext);
}

static void set_name(X509_NAME *name, const char *cn)
{
	assert_int_equal(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
						    (const u8 *)cn, -1, -1, 0), 1);
}

/* By an authority; NULL: by itself. It begins an hour ago. */
static struct identity make(const char *cn, const char *alt, s64 lasts,
			    const struct identity *by)
{
	struct identity who = { EVP_EC_gen("P-256"), X509_new() };
	static long serial;

	assert_non_null(who.key);
	X509_set_version(who.cert, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(who.cert), ++serial);
	ASN1_TIME_set(X509_getm_notBefore(who.cert),
		      (time_t)sf_clock_wall() - HOUR);
	ASN1_TIME_set(X509_getm_notAfter(who.cert),
		      (time_t)((s64)sf_clock_wall() + lasts));
	set_name(X509_get_subject_name(who.cert), cn);
	X509_set_issuer_name(who.cert, X509_get_subject_name(by ? by->cert :
								  who.cert));
	X509_set_pubkey(who.cert, who.key);
	extend(who.cert, NID_basic_constraints,
	       by ? "critical,CA:FALSE" : "critical,CA:TRUE");
	if (alt)
		extend(who.cert, NID_subject_alt_name, alt);
	assert_true(X509_sign(who.cert, by ? by->key : who.key, EVP_sha256()));
	return who;
}

static void unmake(struct identity *who)
{
	EVP_PKEY_free(who->key);
	X509_free(who->cert);
}

static const char *keep_cert(const char *name, X509 *cert)
{
	const char *path = file_named(name);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(PEM_write_X509(file, cert), 1);
	fclose(file);
	return path;
}

static const char *keep_key(const char *name, EVP_PKEY *key)
{
	const char *path = file_named(name);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(PEM_write_PrivateKey(file, key, NULL, NULL, 0, NULL,
					      NULL), 1);
	fclose(file);
	chmod(path, 0600);
	return path;
}

/* What an authority has revoked, or nothing. */
static const char *keep_crl(const char *name, const struct identity *by,
			    const X509 *revoked, s64 lasts)
{
	X509_CRL *crl = X509_CRL_new();
	ASN1_TIME *now = ASN1_TIME_set(NULL, (time_t)sf_clock_wall() - 60);
	ASN1_TIME *next = ASN1_TIME_set(NULL, (time_t)((s64)sf_clock_wall() +
						       lasts));
	const char *path = file_named(name);
	FILE *file = fopen(path, "w");

	X509_CRL_set_version(crl, 1);
	X509_CRL_set_issuer_name(crl, X509_get_subject_name(by->cert));
	X509_CRL_set1_lastUpdate(crl, now);
	X509_CRL_set1_nextUpdate(crl, next);
	if (revoked) {
		X509_REVOKED *one = X509_REVOKED_new();

		X509_REVOKED_set_serialNumber(one,
					      (ASN1_INTEGER *)X509_get0_serialNumber(revoked));
		X509_REVOKED_set_revocationDate(one, now);
		assert_int_equal(X509_CRL_add0_revoked(crl, one), 1);
	}
	assert_true(X509_CRL_sign(crl, by->key, EVP_sha256()));
	assert_non_null(file);
	assert_int_equal(PEM_write_X509_CRL(file, crl), 1);
	fclose(file);
	ASN1_TIME_free(now);
	ASN1_TIME_free(next);
	X509_CRL_free(crl);
	return path;
}

/**
 * struct scene - a phone that is connected, and showed a certificate
 */
struct scene {
	struct world *world;
	struct identity ca;
	struct identity other;
	struct identity phone;
	struct sf_tls_conf conf;
	struct sf_tls_conf strangers;
	SSL_CTX *ctx;
	SSL *ssl;
	int fd;
	struct sf_flow flow;
};

static void secure(struct scene *s)
{
	struct sf_tls *tls = sf_tls_new();
	char why[SF_TLS_WHY_MAX];

	assert_int_equal(sf_tls_add(tls, &s->conf, why), 0);
	assert_int_equal(sf_tls_add(tls, &s->strangers, why), 0);
	sf_net_secure(s->world->net, tls);
	sf_tls_put(tls);
}

static void shake(struct scene *s)
{
	struct sf_end at = world_end(s->world, 0);
	int i, done = 0;

	s->fd = peer_connect(&at);
	s->ctx = SSL_CTX_new(TLS_client_method());
	SSL_CTX_use_certificate(s->ctx, s->phone.cert);
	SSL_CTX_use_PrivateKey(s->ctx, s->phone.key);
	s->ssl = SSL_new(s->ctx);
	SSL_set_fd(s->ssl, s->fd);
	SSL_set_connect_state(s->ssl);
	fcntl(s->fd, F_SETFL, O_NONBLOCK);
	for (i = 0; i < 5000 && done != 1; i++) {
		done = SSL_do_handshake(s->ssl);
		world_run(s->world, 1);
	}
	assert_int_equal(done, 1);
	assert_int_equal(SSL_write(s->ssl, OPTIONS(0), sizeof(OPTIONS(0)) - 1),
			 sizeof(OPTIONS(0)) - 1);
	assert_true(world_packets(s->world, 1));
	s->flow = s->world->seen[0].flow;
}

/* @lasts: seconds that its certificate does; @crl: and what its authority revoked */
static struct scene *begin(s64 lasts, s64 crl)
{
	static struct scene scene;
	struct scene *s = &scene;

	nfiles = 0;
	*s = (struct scene){ .world = world_new() };
	s->ca = make("ca", NULL, 100 * HOUR, NULL);
	s->other = make("other", NULL, 100 * HOUR, NULL);
	s->phone = make("phone", "URI:" USER, lasts, &s->ca);
	s->conf = (struct sf_tls_conf){
		.name = "phones", .claimed = true, .certificates = 1,
		.certificate = { keep_cert("router.crt", s->phone.cert) },
		.key = { keep_key("router.key", s->phone.key) },
		.ca = keep_cert("ca.crt", s->ca.cert),
		.crl = crl ? keep_crl("ca.crl", &s->ca, NULL, crl) : NULL,
	};
	s->strangers = (struct sf_tls_conf){
		.name = "strangers",
		.ca = keep_cert("other.crt", s->other.cert),
	};
	world_listen(s->world, "127.0.0.1", SF_TRANSPORT_TLS);
	world_open(s->world);
	secure(s);
	shake(s);
	return s;
}

static void end(struct scene *s)
{
	u32 i;

	SSL_free(s->ssl);
	SSL_CTX_free(s->ctx);
	close(s->fd);
	world_close(s->world);
	unmake(&s->ca);
	unmake(&s->other);
	unmake(&s->phone);
	for (i = 0; i < nfiles; i++)
		unlink(files[i]);
}

static const struct sf_claim alice = {
	.site = "phones", .user = { "alice@example.com", 17 },
};

static bool shows(struct scene *s)
{
	return sf_net_shows(s->world->net, &s->flow, &alice);
}

static u64 judged(struct scene *s)
{
	return counter(s->world, SF_NET_TLS_JUDGED);
}

/* Once for all requests of a connection; names are another matter. */
static void once(void **state)
{
	const struct sf_claim bob = { .site = "phones",
				      .user = { "bob@example.com", 15 } };
	const struct sf_claim anybody = { .site = "phones" };
	struct scene *s = begin(HOUR, HOUR);
	int i;

	(void)state;
	for (i = 0; i < 10; i++) {
		assert_true(shows(s));
		assert_false(sf_net_shows(s->world->net, &s->flow, &bob));
		assert_true(sf_net_shows(s->world->net, &s->flow, &anybody));
	}
	assert_int_equal(judged(s), 1);
	assert_int_equal(counter(s->world, SF_NET_TLS_WRONG_NAME), 10);
	end(s);
}

/* What one section says is nothing to another. */
static void of_sections(void **state)
{
	const struct sf_claim stranger = { .site = "strangers" };
	struct scene *s = begin(HOUR, 0);

	(void)state;
	assert_true(shows(s));
	assert_false(sf_net_shows(s->world->net, &s->flow, &stranger));
	assert_true(shows(s));
	assert_false(sf_net_shows(s->world->net, &s->flow, &stranger));
	assert_int_equal(counter(s->world, SF_NET_TLS_UNKNOWN_CA), 2);
	end(s);
}

/* A reload is the end of it: other authorities, or others revoked. */
static void until_reload(void **state)
{
	struct scene *s = begin(HOUR, HOUR);

	(void)state;
	assert_true(shows(s));
	secure(s);
	assert_true(shows(s));
	assert_int_equal(judged(s), 2);
	s->conf.crl = keep_crl("late.crl", &s->ca, s->phone.cert, HOUR);
	assert_true(shows(s));
	secure(s);
	assert_false(shows(s));
	assert_int_equal(counter(s->world, SF_NET_TLS_REVOKED), 1);
	s->conf.crl = NULL;
	s->conf.ca = s->strangers.ca;
	secure(s);
	assert_false(shows(s));
	assert_int_equal(counter(s->world, SF_NET_TLS_UNKNOWN_CA), 1);
	end(s);
}

/* So is the end of the certificate, while the connection stays. */
static void until_expiry(void **state)
{
	struct scene *s = begin(HOUR, 0);

	(void)state;
	assert_true(shows(s));
	clock_skip((HOUR - 10) * 1000);
	assert_true(shows(s));
	assert_int_equal(judged(s), 1);
	clock_skip(11 * 1000);
	assert_false(shows(s));
	assert_int_equal(counter(s->world, SF_NET_TLS_EXPIRED), 1);
	end(s);
}

/* And that of what is known to be revoked: the next list may have it. */
static void until_next_update(void **state)
{
	struct scene *s = begin(2 * HOUR, HOUR);

	(void)state;
	assert_true(shows(s));
	clock_skip((HOUR - 10) * 1000);
	assert_true(shows(s));
	assert_int_equal(judged(s), 1);
	clock_skip(11 * 1000);
	assert_false(shows(s));
	assert_int_equal(counter(s->world, SF_NET_TLS_NO_CRL), 1);
	end(s);
}

/* A clock that is put back is another one. */
static void until_the_clock_jumps(void **state)
{
	struct scene *s;

	(void)state;
	clock_skip(2 * HOUR * 1000);
	s = begin(HOUR, 0);
	assert_true(shows(s));
	clock_skip((u64)-2 * HOUR * 1000);
	assert_false(shows(s));
	assert_int_equal(counter(s->world, SF_NET_TLS_EXPIRED), 1);
	clock_skip(2 * HOUR * 1000);
	assert_true(shows(s));
	end(s);
}

/* One after the other, each @n times. */
static double us_each(struct scene *s, const struct sf_claim *a,
		      const struct sf_claim *b, int n)
{
	struct timespec from, to;
	int i;

	clock_gettime(CLOCK_MONOTONIC, &from);
	for (i = 0; i < n; i++) {
		assert_true(sf_net_shows(s->world->net, &s->flow, a));
		assert_true(sf_net_shows(s->world->net, &s->flow, b));
	}
	clock_gettime(CLOCK_MONOTONIC, &to);
	return ((double)(to.tv_sec - from.tv_sec) * 1e9 +
		(double)(to.tv_nsec - from.tv_nsec)) / 1e3 / (2 * n);
}

/* Two sections with the same authority take turns: nothing is remembered then. */
static void cost(void **state)
{
	const struct sf_claim any = { .site = "phones" };
	struct sf_claim again = alice;
	struct scene *s = begin(HOUR, HOUR);
	double judge, know;

	(void)state;
	s->strangers.ca = s->conf.ca;
	s->strangers.crl = s->conf.crl;
	secure(s);
	again.site = "strangers";
	judge = us_each(s, &alice, &again, 5000);
	know = us_each(s, &alice, &alice, 50000);
	fprintf(stderr, "# judged: %.1f us, remembered: %.1f us, without a name: %.2f us\n",
		judge, know, us_each(s, &any, &any, 50000));
	end(s);
}

static const struct CMUnitTest tests[] = {
	TEST(once), TEST(of_sections), TEST(until_reload), TEST(until_expiry),
	TEST(until_next_update), TEST(until_the_clock_jumps),
};

static const struct CMUnitTest costs[] = { TEST(cost) };

int main(int argc, char **argv)
{
	int failed;

	(void)argv;
	if (!mkdtemp(dir))
		return 1;
	failed = argc > 1 ? run(costs, ARRAY_SIZE(costs)) :
			    run(tests, ARRAY_SIZE(tests));
	rmdir(dir);
	return failed;
}
