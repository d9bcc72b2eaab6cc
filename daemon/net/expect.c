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
	if (expect->id == id)
		return id;
	sf_expect_clear(expect);
	expect->id = id;
	snprintf(expect->site, sizeof(expect->site), "%s", site ? site : "");
	snprintf(expect->name, sizeof(expect->name), "%.*s", (int)name.len,
		 name.s);
	return id;
}
