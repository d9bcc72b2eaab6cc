// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * verify.c - whose a certificate is (RFC 5922, 7.1 and 7.2)
 */
#include <openssl/x509v3.h>

#include "../../../daemon/net/tls_internal.h"
#include "../test.h"

/**
 * struct alt - a name in a certificate
 * @type: GEN_URI or GEN_DNS
 * @text: with what stands behind a NUL
 */
struct alt {
	int type;
	struct sf_text text;
};

#define URI(lit) { GEN_URI, { (lit), sizeof(lit) - 1 } }
#define DNS(lit) { GEN_DNS, { (lit), sizeof(lit) - 1 } }

static X509 *certificate(const struct alt *alt)
{
	GENERAL_NAMES *names = sk_GENERAL_NAME_new_null();
	GENERAL_NAME *name = GENERAL_NAME_new();
	ASN1_IA5STRING *text = ASN1_IA5STRING_new();
	X509 *cert = X509_new();

	assert_int_equal(ASN1_STRING_set(text, alt->text.s, (int)alt->text.len),
			 1);
	GENERAL_NAME_set0_value(name, alt->type, text);
	assert_true(sk_GENERAL_NAME_push(names, name));
	assert_int_equal(X509_add1_ext_i2d(cert, NID_subject_alt_name, names, 0,
					   0), 1);
	GENERAL_NAMES_free(names);
	return cert;
}

static void domains(void **state)
{
	static const struct {
		struct alt alt;
		const char *name;
		bool wildcard;
		bool is;
	} rows[] = {
		{ URI("sip:good.example"), "good.example", false, true },
		{ URI("SIP:GOOD.example"), "good.example", false, true },
		{ URI("sip:good.example:5061"), "good.example", false, true },
		{ URI("sip:good.example;a=b"), "good.example", false, true },
		{ URI("sip:good.example?a=b"), "good.example", false, true },
		{ URI("sip:evil.example"), "good.example", false, false },
		{ URI("sip:a@good.example"), "good.example", false, false },
		{ URI("sip:*.example"), "good.example", false, false },
		{ URI("sip:*.example"), "good.example", true, true },
		{ DNS("good.example"), "good.example", false, true },
		{ DNS("evil.example"), "good.example", false, false },
		/* a NUL within is no end */
		{ URI("sip:good.example\0.evil.example"), "good.example", false,
		  false },
		{ URI("sip:*.example\0.evil.example"), "good.example", true,
		  false },
		{ URI("sip:good.example\0"), "good.example", false, false },
		{ DNS("good.example\0.evil.example"), "good.example", false,
		  false },
		{ DNS("*.example\0.evil.example"), "good.example", true, false },
	};
	X509 *cert;
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%u: %.*s for %s", i, (int)rows[i].alt.text.len,
		    rows[i].alt.text.s, rows[i].name);
		cert = certificate(&rows[i].alt);
		assert_int_equal(sf_tls_is(cert, rows[i].name, rows[i].wildcard),
				 rows[i].is);
		X509_free(cert);
	}
}

static void users(void **state)
{
	static const struct sf_text alice = { "alice@good.example", 18 };
	static const struct {
		struct alt alt;
		bool is;
	} rows[] = {
		{ URI("sip:alice@good.example"), true },
		{ URI("sips:alice@GOOD.example"), true },
		{ URI("sip:Alice@good.example"), false },
		{ URI("sip:good.example"), false },
		{ URI("sip:alice@good.example\0.evil.example"), false },
		{ URI("sip:alice@good.exampl\0"), false },
	};
	X509 *cert;
	u32 i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%u: %.*s", i, (int)rows[i].alt.text.len,
		    rows[i].alt.text.s);
		cert = certificate(&rows[i].alt);
		assert_int_equal(sf_tls_is_user(cert, alice), rows[i].is);
		X509_free(cert);
	}
}

static const struct CMUnitTest tests[] = {
	TEST(domains), TEST(users),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
