// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * challenge.c - who a request is from
 */
#include "test.h"

#include <dlfcn.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../daemon/app/challenge.h"
#include "fake.h"

static struct sf_domain domain;
static struct sf_users *users;
static struct sf_auth *auth;
static struct sf_guard *guard;
static struct sf_aor who;

/**
 * struct work - what was computed
 * @digests: so many of them
 * @bytes: that they are made of
 */
static struct work {
	u32 digests;
	size_t bytes;
} work;

typedef int update_fn(EVP_MD_CTX *ctx, const void *data, size_t len);
typedef int final_fn(EVP_MD_CTX *ctx, unsigned char *md, unsigned int *size);

/* Instead of the library's, which they ask. */
int EVP_DigestUpdate(EVP_MD_CTX *ctx, const void *data, size_t len)
{
	update_fn *real = (update_fn *)dlsym(RTLD_NEXT, "EVP_DigestUpdate");

	work.bytes += len;
	return real(ctx, data, len);
}

int EVP_DigestFinal_ex(EVP_MD_CTX *ctx, unsigned char *md, unsigned int *size)
{
	final_fn *real = (final_fn *)dlsym(RTLD_NEXT, "EVP_DigestFinal_ex");

	work.digests++;
	return real(ctx, md, size);
}

static struct sf_text text(const char *s)
{
	return (struct sf_text){ s, (u32)strlen(s) };
}

static void add(struct sf_user_table *table, const char *user, u8 algorithms,
		bool listed)
{
	struct sf_account account = { algorithms, listed, { { 0 } } };
	char aor[64];
	u32 alg;

	for (alg = 0; alg < SF_ALG_COUNT; alg++)
		if (algorithms & SF_ALG_BIT(alg))
			sf_auth_ha1((enum sf_alg)alg, text(user),
				    text("b.com"), text("zanzibar"),
				    account.ha1[alg]);
	snprintf(aor, sizeof(aor), "%s@b.com", user);
	assert_true(sf_user_table_add(table, text(aor), &account));
}

static void begin(void)
{
	struct sf_user_table *table = sf_user_table_new();

	fake_reset();
	domain = (struct sf_domain){
		.name = "b.com",
		.algorithms = SF_ALG_ALL,
	};
	users = sf_users_new();
	add(table, "bob", SF_ALG_ALL, false);
	add(table, "old", SF_ALG_BIT(SF_ALG_MD5), true);
	sf_users_replace(users, table);
	guard = sf_guard_new(NULL, NULL);
	assert_int_equal(sf_auth_open(&auth, users, guard, 300), 0);
}

static void end(void)
{
	sf_auth_close(auth);
	sf_guard_free(guard);
	sf_users_free(users);
}

static char lines[4096];

static const char *challenge(const char *user, bool proxy, bool stale)
{
	struct sf_out out = sf_out(lines, sizeof(lines) - 1);
	struct sf_aor aor;

	sf_aor_make(&aor, user, whole((u32)strlen(user)), "b.com");
	sf_auth_challenge(auth, &out, &domain, &fake_flow, &aor, proxy, stale);
	lines[out.len] = '\0';
	return lines;
}

/**
 * struct asked - credentials of a request
 */
struct asked {
	const char *user;
	const char *secret;
	enum sf_alg alg;
	const char *nc;
	const char *qop;
	const char *uri;
	const char *ruri;
	const char *method;
	u32 cseq;
};

static const struct asked right = {
	.user = "bob", .secret = "zanzibar", .alg = SF_ALG_SHA256,
	.nc = "00000001", .qop = "auth", .uri = "sip:b.com",
	.ruri = "sip:b.com", .method = "INVITE", .cseq = 1,
};

static void answer(const struct asked *a, char *to, size_t size)
{
	const char *nonce = strstr(lines, "nonce=\"") + 7;
	u8 ha1[SF_DIGEST_MAX];
	struct sf_auth_input input = {
		.alg = a->alg,
		.ha1 = ha1,
		.nonce = { nonce, 32 },
		.nc = text(a->nc),
		.cnonce = text("c"),
		.qop = text(a->qop),
		.method = text(a->method),
		.uri = text(a->uri),
	};
	char response[SF_DIGEST_TEXT + 1] = "";

	sf_auth_ha1(a->alg, text(a->user), text("b.com"), text(a->secret), ha1);
	sf_auth_response(&input, response);
	snprintf(to, size, "Digest username=\"%s\", realm=\"b.com\",\n"
		 " nonce=\"%.32s\", uri=\"%s\", response=\"%s\", algorithm=%s%s%s%s%s",
		 a->user, nonce, a->uri, response, sf_alg_name(a->alg),
		 *a->qop ? ", cnonce=\"c\", qop=" : "", a->qop,
		 *a->qop ? ", nc=" : "", *a->qop ? a->nc : "");
}

static enum sf_auth_result check_value(const struct asked *a, const char *value)
{
	static char request[8192];

	snprintf(request, sizeof(request),
		 "%s %s SIP/2.0\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\n"
		 "From: <sip:bob@b.com>;tag=1\nTo: <sip:x@b.com>\n"
		 "Call-ID: 1\nCSeq: %u %s\nProxy-Authorization: %s\n\n",
		 a->method, a->ruri, a->cseq, a->method, value);
	return sf_auth_check(auth, incoming(request), &domain, true, &who);
}

static enum sf_auth_result check(const struct asked *a)
{
	char value[2048];

	answer(a, value, sizeof(value));
	return check_value(a, value);
}

static void lines_of(void **state)
{
	(void)state;
	begin();
	challenge("bob", false, false);
	assert_holds(lines, "WWW-Authenticate: Digest realm=\"b.com\", nonce=\"");
	assert_holds(lines, "\", algorithm=SHA-512-256, qop=\"auth\"\r\nWWW-");
	assert_holds(lines, "\", algorithm=MD5, qop=\"auth\"\r\n");
	/* his own list; nobody's is the domain's */
	assert_lacks(challenge("old", true, true), "SHA");
	assert_holds(lines, "Proxy-Authenticate: ");
	assert_holds(lines, ", stale=true\r\n");
	domain.algorithms = SF_ALG_BIT(SF_ALG_SHA256);
	assert_lacks(challenge("nobody", false, false), "MD5");
	end();
}

static void verdicts(void **state)
{
	struct asked a = right;

	(void)state;
	begin();
	challenge("bob", true, false);
	assert_int_equal(check(&a), SF_AUTH_OK);
	assert_string_equal(who.text, "bob@b.com");
	a.cseq = 2;
	assert_int_equal(check(&a), SF_AUTH_STALE);
	a.nc = "00000002";
	assert_int_equal(check(&a), SF_AUTH_OK);
	a.secret = "tanzania";
	assert_int_equal(check(&a), SF_AUTH_BAD);
	a = right;
	a.user = "nobody";
	assert_int_equal(check(&a), SF_AUTH_BAD);
	/* what his list, or the domain's, does not have */
	a = right;
	a.user = "old";
	a.nc = "00000003";
	assert_int_equal(check(&a), SF_AUTH_BAD);
	a.alg = SF_ALG_MD5;
	assert_int_equal(check(&a), SF_AUTH_OK);
	a.user = "bob";
	a.nc = "00000004";
	assert_int_equal(check(&a), SF_AUTH_OK);
	domain.algorithms = SF_ALG_BIT(SF_ALG_SHA256);
	a.nc = "00000005";
	assert_int_equal(check(&a), SF_AUTH_BAD);
	/* its time is over */
	fake_pass(301);
	a.alg = SF_ALG_SHA256;
	assert_int_equal(check(&a), SF_AUTH_STALE);
	assert_int_equal(sf_auth_counter(auth, SF_AUTH_COUNT_OLD_NONCE), 1);
	end();
}

/* A nonce that nobody knows: stale for all, who then guess where it counts. */
static void foreign_nonce(void **state)
{
	struct asked a = right;

	(void)state;
	begin();
	strcpy(lines, "nonce=\"00000000000000000000000000000000\"");
	assert_int_equal(check(&a), SF_AUTH_STALE);
	a.secret = "tanzania";
	assert_int_equal(check(&a), SF_AUTH_STALE);
	a.user = "nobody";
	assert_int_equal(check(&a), SF_AUTH_STALE);
	assert_int_equal(sf_guard_counted(guard, SF_GUARD_WRONG_SECRET), 0);
	assert_int_equal(sf_guard_counted(guard, SF_GUARD_UNKNOWN_USER), 0);
	/* too old is the same */
	challenge("bob", true, false);
	fake_pass(301);
	assert_int_equal(check(&a), SF_AUTH_STALE);
	assert_int_equal(sf_guard_counted(guard, SF_GUARD_UNKNOWN_USER), 0);
	challenge("bob", true, false);
	assert_int_equal(check(&a), SF_AUTH_BAD);
	assert_int_equal(sf_guard_counted(guard, SF_GUARD_UNKNOWN_USER), 1);
	end();
}

static void uris(void **state)
{
	static const struct {
		const char *uri;
		const char *ruri;
		enum sf_auth_result result;
	} rows[] = {
		{ "sip:x@b.com", "sip:x@b.com;user=phone", SF_AUTH_OK },
		{ "sip:x@B.com", "sip:x@b.com:5060", SF_AUTH_OK },
		{ "sip:%78@b.com", "sip:x@b.com;user=phone", SF_AUTH_OK },
		{ "sip:[2001:DB8:0::1]", "sip:[2001:db8::1];a=b?c", SF_AUTH_OK },
		{ "sip:x@b.com:5070", "sip:x@b.com:5060", SF_AUTH_MALFORMED },
		{ "sip:y@b.com", "sip:x@b.com", SF_AUTH_MALFORMED },
		{ "sip:X@b.com", "sip:x@b.com", SF_AUTH_MALFORMED },
		{ "sip:x@c.com", "sip:x@b.com", SF_AUTH_MALFORMED },
		{ "sips:x@b.com", "sip:x@b.com", SF_AUTH_MALFORMED },
		{ "/", "sip:x@b.com", SF_AUTH_MALFORMED },
		{ "", "sip:x@b.com", SF_AUTH_MALFORMED },
	};
	struct asked a = right;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		begin();
		challenge("bob", true, false);
		a.uri = rows[i].uri;
		a.ruri = rows[i].ruri;
		row("%s for %s", a.uri, a.ruri);
		assert_int_equal(check(&a), rows[i].result);
		end();
	}
}

static void qops(void **state)
{
	struct asked a = right;

	(void)state;
	begin();
	challenge("bob", true, false);
	a.qop = "auth-int";
	assert_int_equal(check(&a), SF_AUTH_MALFORMED);
	a.qop = "";
	assert_int_equal(check(&a), SF_AUTH_MALFORMED);
	domain.no_qop = true;
	assert_int_equal(check(&a), SF_AUTH_OK);
	assert_int_equal(sf_auth_counter(auth, SF_AUTH_COUNT_WRONG_QOP), 2);
	end();
}

static void others(void **state)
{
	(void)state;
	begin();
	challenge("bob", true, false);
	assert_int_equal(check_value(&right, "Basic abc"), SF_AUTH_NONE);
	assert_int_equal(check_value(&right, "Digest username=\"bob\""),
			 SF_AUTH_MALFORMED);
	assert_int_equal(check_value(&right, "Digest username=\"bob\",\n"
				     " realm=\"c.com\", nonce=\"1\", uri=\"x\",\n"
				     " response=\"2\""), SF_AUTH_NONE);
	assert_int_equal(check_value(&right, "Digest username=\"bob\",\n"
				     " realm=\"b.com\", nonce=\"1\",\n"
				     " uri=\"sip:b.com\", response=\"2\",\n"
				     " qop=auth, cnonce=\"\", nc=00000001,\n"
				     " algorithm=MD5-sess"),
			 SF_AUTH_BAD);
	end();
}

/* Credentials that are wrong. Return: what it took to find that out. */
static struct work work_for(const char *user, enum sf_alg alg, const char *more)
{
	struct asked a = right;
	char value[2048];

	row("%s, %s%s", user, sf_alg_name(alg), more);
	begin();
	challenge("bob", true, false);
	a.user = user;
	a.secret = "tanzania";
	a.alg = alg;
	answer(&a, value, sizeof(value));
	strcat(value, more);
	work = (struct work){ 0 };
	assert_int_equal(check_value(&a, value), SF_AUTH_BAD);
	end();
	return work;
}

static void assert_same_work(struct work a, struct work b)
{
	assert_int_equal(a.digests, b.digests);
	assert_int_equal(a.bytes, b.bytes);
}

/* Who asks for somebody who is not there learns nothing from how long it takes. */
static void equal_work(void **state)
{
	char endless[SF_AOR_MAX + 2];
	u32 alg;

	(void)state;
	memset(endless, 'x', sizeof(endless) - 1);
	endless[sizeof(endless) - 1] = '\0';
	for (alg = 0; alg < SF_ALG_COUNT; alg++) {
		struct work known = work_for("bob", (enum sf_alg)alg, "");

		assert_int_equal(known.digests, 2);
		assert_same_work(work_for("nobody", (enum sf_alg)alg, ""), known);
		assert_same_work(work_for("bob", (enum sf_alg)alg,
					  ", userhash=true"), known);
		assert_same_work(work_for(endless, (enum sf_alg)alg, ""), known);
		/* whose list does not have it */
		assert_same_work(work_for("old", (enum sf_alg)alg, ""), known);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(lines_of),
		TEST(verdicts),
		TEST(foreign_nonce),
		TEST(uris),
		TEST(qops),
		TEST(others),
		TEST(equal_work),
	};

	return run(tests, ARRAY_SIZE(tests));
}
