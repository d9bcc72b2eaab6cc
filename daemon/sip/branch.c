// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * branch.c - the branches that we write into Via
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "branch.h"

#define PREFIX	"z9hG4bKsf"

static bool take_hex(const char **at, u32 digits, u64 *val)
{
	const char *p = *at;

	for (*val = 0; digits--; p++) {
		if (*p >= '0' && *p <= '9')
			*val = *val << 4 | (u64)(*p - '0');
		else if (*p >= 'a' && *p <= 'f')
			*val = *val << 4 | (u64)(*p - 'a' + 10);
		else
			return false;
	}
	*at = p;
	return true;
}

void sf_put_branch(struct sf_out *out, const struct sf_branch *branch)
{
	sf_put_lit(out, PREFIX);
	sf_put_hex(out, branch->worker, 2);
	sf_put_lit(out, ".");
	sf_put_hex(out, branch->id, 16);
	sf_put_lit(out, ".");
	sf_put_hex(out, branch->loop, 8);
}

bool sf_branch_parse(const char *buf, struct sf_span text,
		     struct sf_branch *branch)
{
	const char *at = buf + text.off;
	u64 worker, id, loop;

	if (text.len != SF_BRANCH_LEN || memcmp(at, PREFIX, sizeof(PREFIX) - 1))
		return false;
	at += sizeof(PREFIX) - 1;
	if (!take_hex(&at, 2, &worker) || *at++ != '.' ||
	    !take_hex(&at, 16, &id) || *at++ != '.' || !take_hex(&at, 8, &loop))
		return false;
	branch->worker = worker;
	branch->id = id;
	branch->loop = loop;
	return true;
}
