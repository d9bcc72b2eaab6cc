// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * expect.c - who is to be at the other end of connections that we open
 *
 * A flow has room for a number only: a keyed hash of the name and the section.
 * The names are kept here, each in one place, until another one gets that.
 */
#include <stdio.h>

#include "internal.h"

u32 sf_net_expect(struct sf_net *net, const char *site, struct sf_text name)
{
	struct sf_expect *expect;
	struct sf_hasher hasher;
	u32 id;

	if (!name.len || name.len >= SF_TLS_NAME_MAX)
		return 0;
	sf_hasher_init(&hasher, &net->key);
	sf_hasher_add(&hasher, name.s, name.len);
	sf_hasher_add(&hasher, "", 1);
	sf_hasher_add(&hasher, site ? site : "", site ? strlen(site) : 0);
	id = (u32)sf_hasher_end(&hasher) | 1;
	expect = &net->expect[id / 2 % SF_EXPECTS];
	expect->id = id;
	snprintf(expect->site, sizeof(expect->site), "%s", site ? site : "");
	snprintf(expect->name, sizeof(expect->name), "%.*s", (int)name.len,
		 name.s);
	return id;
}

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
