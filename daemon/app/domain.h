/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * domain.h - the domains that we serve, and how
 */
#ifndef SIPFAST_APP_DOMAIN_H
#define SIPFAST_APP_DOMAIN_H

#include <sipfast/uri.h>

#include "../net/net.h"

/**
 * struct sf_domain - one domain, as it is configured
 * @name: its name in lower case, also the realm of its users
 * @aliases: other names that mean it, @alias_count of them, in lower case
 * @auth: users have to prove who they are
 * @anyone: users need not be known; only without @auth
 * @no_qop: take credentials without qop, too (RFC 2069): they can be replayed
 *          as long as their nonce lives
 * @date: responses to REGISTER have a Date
 * @algorithms: bits SF_ALG_BIT() that are offered
 * @min_expires: shorter registrations get 423; seconds
 * @max_expires: longer ones become so long
 * @default_expires: what a REGISTER gets that names nothing
 * @contacts: bindings that a user may have, SF_CONTACTS_MAX at most
 * @service_route: value of Service-Route (RFC 3608); NULL for none
 */
struct sf_domain {
	const char *name;
	const char *const *aliases;
	u32 alias_count;
	bool auth;
	bool anyone;
	bool no_qop;
	bool date;
	u8 algorithms;
	u32 min_expires;
	u32 max_expires;
	u32 default_expires;
	u32 contacts;
	const char *service_route;
};

/**
 * struct sf_domains - all of them
 * @list: @count domains; the first one is meant by our own addresses, too
 */
struct sf_domains {
	const struct sf_domain *list;
	u32 count;
};

/**
 * sf_domain_find() - which domain does a host mean?
 * @net: tells our own addresses; may be NULL
 *
 * Return: NULL when it is not ours.
 */
const struct sf_domain *sf_domain_find(const struct sf_domains *domains,
				       const struct sf_net *net,
				       const char *buf,
				       const struct sf_host *host);

#endif /* SIPFAST_APP_DOMAIN_H */
