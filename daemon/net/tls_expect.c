// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tls_expect.c - what is kept of who is to be there: see expect.c
 */
#include <openssl/ssl.h>
#include <stdio.h>

#include "internal.h"

static const struct sf_expect *find(const struct sf_net *net, u32 id)
{
	const struct sf_expect *expect = &net->expect[id / 2 % SF_EXPECTS];

	return id && expect->id == id ? expect : NULL;
}

/* Brackets of an IPv6 address are none of its name. */
bool sf_expect_name(const struct sf_net *net, u32 id, char *name)
{
	const struct sf_expect *expect = find(net, id);
	u32 len;

	if (!expect)
		return false;
	len = (u32)strlen(expect->name);
	if (len > 2 && expect->name[0] == '[')
		snprintf(name, SF_TLS_NAME_MAX, "%.*s", (int)len - 2,
			 expect->name + 1);
	else
		snprintf(name, SF_TLS_NAME_MAX, "%s", expect->name);
	return true;
}

const char *sf_expect_site(const struct sf_net *net, u32 id)
{
	const struct sf_expect *expect = find(net, id);

	return expect ? expect->site : NULL;
}

/* Where a session with that peer is kept; NULL: it is another's place by now. */
struct ssl_session_st **sf_expect_session(struct sf_net *net, u32 id)
{
	struct sf_expect *expect = &net->expect[id / 2 % SF_EXPECTS];

	return id && expect->id == id ? &expect->session : NULL;
}

void sf_expect_clear(struct sf_expect *expect)
{
	SSL_SESSION_free(expect->session);
	expect->session = NULL;
}

void sf_expect_forget(struct sf_net *net)
{
	u32 i;

	for (i = 0; i < SF_EXPECTS; i++)
		sf_expect_clear(&net->expect[i]);
}
