/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * domain.h - the domains that we serve, and how
 */
#ifndef SIPFAST_APP_DOMAIN_H
#define SIPFAST_APP_DOMAIN_H

#include <sipfast/uri.h>

#include "../net/net.h"
#include "../sip/aor.h"

/**
 * enum sf_domain_claim - whose certificate its users have to show (RFC 5922)
 * @SF_CLAIM_NONE: none
 * @SF_CLAIM_ANY: one that the section is content with
 * @SF_CLAIM_DOMAIN: and that names the domain, as those of servers do
 * @SF_CLAIM_USER: and that names the user
 */
enum sf_domain_claim {
	SF_CLAIM_NONE,
	SF_CLAIM_ANY,
	SF_CLAIM_DOMAIN,
	SF_CLAIM_USER,
};

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
 * @contacts: bindings that a user may have, SF_TARGETS_MAX at most
 * @claim: what who speaks for its users has to show
 * @tls: the section that judges that; NULL: the first
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
	enum sf_domain_claim claim;
	const char *tls;
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

/**
 * sf_domain_shows() - does who sends on a flow show what the domain wants?
 * @net: of the worker whose flow it is
 * @user: for whom he speaks
 */
bool sf_domain_shows(const struct sf_domain *domain, struct sf_net *net,
		     const struct sf_flow *flow, const struct sf_aor *user);

#endif /* SIPFAST_APP_DOMAIN_H */
