// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * credentials.c - any bytes as Authorization and WWW-Authenticate
 */
#include "fuzz.h"

#include "../../daemon/sip/credentials.h"

static void inside(struct sf_span s, u32 len, const char *what)
{
	must(s.off <= len && s.len <= len - s.off, what);
}

static void params(const char *buf, struct sf_span all)
{
	struct sf_auth_param param;
	struct sf_span rest = all;
	u32 left = all.len + 1;

	while (!sf_auth_param_next(buf, &rest, &param)) {
		inside(param.name, all.len, "a name is outside");
		inside(param.value, all.len, "a value is outside");
		must(param.name.len, "a parameter without a name");
		must(rest.len < left, "the list does not get shorter");
		left = rest.len;
	}
}

static void credentials(const char *buf, struct sf_span all)
{
	struct sf_credentials c;

	if (sf_credentials_parse(buf, all, &c))
		return;
	inside(c.username, all.len, "username");
	inside(c.realm, all.len, "realm");
	inside(c.nonce, all.len, "nonce");
	inside(c.uri, all.len, "uri");
	inside(c.response, all.len, "response");
	inside(c.algorithm, all.len, "algorithm");
	inside(c.cnonce, all.len, "cnonce");
	inside(c.qop, all.len, "qop");
	inside(c.nc_text, all.len, "nc");
	must(!c.nc == !c.nc_text.len, "nc and its text");
}

static void challenge(const char *buf, struct sf_span all)
{
	struct sf_challenge c;

	if (sf_challenge_parse(buf, all, &c))
		return;
	inside(c.realm, all.len, "realm");
	inside(c.nonce, all.len, "nonce");
	inside(c.opaque, all.len, "opaque");
	inside(c.algorithm, all.len, "algorithm");
	must(c.has_qop || !c.auth, "auth without qop");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sf_span all = sf_span(0, (u32)size);
	const char *buf = (const char *)data;

	params(buf, all);
	credentials(buf, all);
	challenge(buf, all);
	return 0;
}
