// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * contact.c - two URIs, divided by a line end: are they equal, whose are they?
 */
#include "fuzz.h"

#include <string.h>

#include "../../daemon/sip/aor.h"
#include "../../daemon/sip/uricmp.h"

#define DOMAIN	"example.com"

/* Of its user there, if there is one. The one spelling of an address is its own. */
static bool aor_of(const char *buf, struct sf_span s, struct sf_aor *aor)
{
	char text[SF_AOR_MAX + 8] = "sip:";
	struct sf_aor again;
	struct sf_uri uri;

	if (sf_uri_parse(buf, s, &uri) ||
	    (uri.scheme != SF_SCHEME_SIP && uri.scheme != SF_SCHEME_SIPS) ||
	    !sf_aor_make(aor, buf, uri.user, DOMAIN))
		return false;
	must(aor->len == strlen(aor->text), "an address with a NUL");
	must(aor->user_len < aor->len && aor->text[aor->user_len] == '@',
	     "an address without @");
	memcpy(text + 4, aor->text, aor->len);
	if (sf_uri_parse(text, sf_span(0, aor->len + 4u), &uri))
		return true;
	must(sf_aor_make(&again, text, uri.user, DOMAIN) &&
	     sf_aor_eq(aor, &again),
	     "a spelling that is spelled in another way");
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *buf = (const char *)data;
	const char *end = memchr(buf, '\n', size);
	u32 len = end ? (u32)(end - buf) : (u32)size;
	struct sf_span a = sf_span(0, len);
	struct sf_span b = sf_span(end ? len + 1 : len, (u32)size);
	struct sf_aor one, other;
	bool equal;

	must(sf_uri_equal(buf, a, buf, a), "a URI that is not itself");
	equal = sf_uri_equal(buf, a, buf, b);
	must(sf_uri_equal(buf, b, buf, a) == equal, "equal one way only");
	if (aor_of(buf, a, &one) && aor_of(buf, b, &other) && equal)
		must(sf_aor_eq(&one, &other), "equal URIs of two users");
	return 0;
}
