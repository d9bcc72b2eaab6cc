// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * digest.c - the examples of RFC 7616, and answers that servers accept
 */
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "../../../daemon/app/answer.h"
#include "fake.h"

static struct sf_text text(const char *s)
{
	return (struct sf_text){ s, (u32)strlen(s) };
}

static void assert_response(const struct sf_auth_input *input, const char *want)
{
	char got[SF_DIGEST_TEXT];

	assert_int_equal(sf_auth_response(input, got), strlen(want));
	assert_memory_equal(got, want, strlen(want));
}

/* 3.9.1: Mufasa, in MD5 and SHA-256. */
static void mufasa(void **state)
{
	static const struct {
		enum sf_alg alg;
		const char *response;
	} rows[] = {
		{ SF_ALG_MD5, "8ca523f5e9506fed4657c9700eebdbec" },
		{ SF_ALG_SHA256,
		  "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1" },
	};
	struct sf_auth_input input = {
		.nonce = text("7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"),
		.nc = text("00000001"),
		.cnonce = text("f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"),
		.qop = text("auth"),
		.method = text("GET"),
		.uri = text("/dir/index.html"),
	};
	u8 ha1[SF_DIGEST_MAX];
	size_t i;

	(void)state;
	input.ha1 = ha1;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", sf_alg_name(rows[i].alg));
		input.alg = rows[i].alg;
		assert_true(sf_auth_ha1(input.alg, text("Mufasa"),
					text("http-auth@example.org"),
					text("Circle of Life"), ha1));
		assert_response(&input, rows[i].response);
	}
}

/* 3.9.2, as its erratum has it: the RFC had cut SHA-512 short. */
static void jason(void **state)
{
	struct sf_auth_input input = {
		.alg = SF_ALG_SHA512_256,
		.nonce = text("5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK"),
		.nc = text("00000001"),
		.cnonce = text("NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v"),
		.qop = text("auth"),
		.method = text("GET"),
		.uri = text("/doe.json"),
	};
	u8 ha1[SF_DIGEST_MAX];

	(void)state;
	input.ha1 = ha1;
	assert_true(sf_auth_ha1(input.alg, text("J\xc3\xa4s\xc3\xb8n Doe"),
				text("api@example.org"),
				text("Secret, or not?"), ha1));
	assert_response(&input,
			"3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5");
}

/* RFC 2617, 3.5 and RFC 2069, 2.4 (as its erratum has it): with qop, without. */
static void older(void **state)
{
	struct sf_auth_input input = {
		.alg = SF_ALG_MD5,
		.nonce = text("dcd98b7102dd2f0e8b11d0f600bfb0c093"),
		.nc = text("00000001"),
		.cnonce = text("0a4f113b"),
		.qop = text("auth"),
		.method = text("GET"),
		.uri = text("/dir/index.html"),
	};
	u8 ha1[SF_DIGEST_MAX];

	(void)state;
	input.ha1 = ha1;
	assert_true(sf_auth_ha1(SF_ALG_MD5, text("Mufasa"),
				text("testrealm@host.com"),
				text("Circle Of Life"), ha1));
	assert_response(&input, "6629fae49393a05397450978507c4ef1");
	input.qop = text("");
	assert_true(sf_auth_ha1(SF_ALG_MD5, text("Mufasa"),
				text("testrealm@host.com"),
				text("CircleOfLife"), ha1));
	assert_response(&input, "1949323746fe6a43ef61f9606e7febea");
}

/* Parts that are longer than what is joined, and that fill it exactly. */
static void long_parts(void **state)
{
	static const struct {
		u32 user, realm, secret;
		const char *want;
	} rows[] = {
		{ 1500, 1, 600,
		  "7459a8cfe5c781d2dbaaa321f4cb0136b025f5e2532262664f5964bb438f9ed5" },
		{ 500, 1, 600,
		  "9148dc741e8eb0647ffa6d0b7304ed449b521486d05e6573d940d9f90d8ef63b" },
		{ 510, 512, 1,
		  "3d74ddce6da4a1895610a90dc8fe0aa027419f1cee11607be55d49c080f9ac65" },
	};
	char user[1500], realm[512], secret[600], got[SF_DIGEST_TEXT + 1];
	u8 ha1[SF_DIGEST_MAX];
	u32 i, j;

	(void)state;
	memset(user, 'x', sizeof(user));
	memset(realm, 'r', sizeof(realm));
	memset(secret, 'y', sizeof(secret));
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%u", i);
		assert_true(sf_auth_ha1(SF_ALG_SHA256,
					(struct sf_text){ user, rows[i].user },
					(struct sf_text){ realm, rows[i].realm },
					(struct sf_text){ secret, rows[i].secret },
					ha1));
		for (j = 0; j < 32; j++)
			snprintf(got + 2 * j, 3, "%02x", ha1[j]);
		assert_string_equal(got, rows[i].want);
	}
}

static void names(void **state)
{
	u32 alg;

	(void)state;
	for (alg = 0; alg < SF_ALG_COUNT; alg++) {
		const char *name = sf_alg_name((enum sf_alg)alg);

		assert_int_equal(sf_alg_find(name, whole((u32)strlen(name))),
				 alg);
	}
	assert_int_equal(sf_alg_find("sha-256", whole(7)), SF_ALG_SHA256);
	assert_int_equal(sf_alg_find("SHA-256-sess", whole(12)), SF_ALG_COUNT);
	assert_int_equal(sf_alg_find("", whole(0)), SF_ALG_COUNT);
}

static char line[2048];

static int reply_to(const char *status, const char *challenges, u32 nc)
{
	struct sf_answer answer = {
		.user = text("router"),
		.secret = text("zanzibar"),
		.method = text("REGISTER"),
		.uri = text("sip:provider.example"),
		.nc = nc,
	};
	struct sf_out out = sf_out(line, sizeof(line) - 1);
	char response[4096];
	int err;

	snprintf(response, sizeof(response),
		 "SIP/2.0 %s\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\n"
		 "From: <sip:a@b>;tag=1\nTo: <sip:a@b>;tag=2\nCall-ID: 1\n"
		 "CSeq: 1 REGISTER\n%s\n", status, challenges);
	err = sf_auth_answer(&out, incoming(response)->msg, &answer);
	line[out.len] = '\0';
	return err;
}

#define DIGEST "WWW-Authenticate: Digest realm=\"p\", nonce=\"n\""

static void answers(void **state)
{
	(void)state;
	fake_reset();
	assert_int_equal(reply_to("401 Unauthorized", DIGEST "\n", 1), 0);
	assert_holds(line, "Authorization: Digest username=\"router\", realm=\"p\", ");
	assert_holds(line, "nonce=\"n\", uri=\"sip:provider.example\", response=\"");
	assert_lacks(line, "qop");
	assert_lacks(line, "algorithm");
	assert_int_equal(reply_to("401 Unauthorized",
				  DIGEST ", algorithm=MD5, qop=\"auth\"\n"
				  DIGEST ", algorithm=SHA-256, qop=\"auth\", opaque=\"o\"\n"
				  DIGEST ", algorithm=SHA-3, qop=\"auth\"\n", 31), 0);
	assert_holds(line, "algorithm=SHA-256, opaque=\"o\", cnonce=\"");
	assert_holds(line, "qop=auth, nc=0000001f\r\n");
	assert_int_equal(reply_to("407 Proxy Authentication Required",
				  "Proxy-Authenticate: Digest realm=\"p\",\n"
				  " nonce=\"n\"\n", 1), 0);
	assert_holds(line, "Proxy-Authorization: Digest ");
	/* nothing that we can answer */
	assert_int_equal(reply_to("401 Unauthorized", "", 1), -ENOENT);
	assert_int_equal(reply_to("407 x", DIGEST "\n", 1), -ENOENT);
	assert_int_equal(reply_to("401 Unauthorized",
				  DIGEST ", qop=\"auth-int\"\n", 1), -ENOENT);
	assert_int_equal(reply_to("401 Unauthorized",
				  "WWW-Authenticate: Basic realm=\"p\"\n", 1),
			 -ENOENT);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(mufasa),
		TEST(jason),
		TEST(older),
		TEST(long_parts),
		TEST(names),
		TEST(answers),
	};

	return run(tests, ARRAY_SIZE(tests));
}
