// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * domain.c - the domains that we serve
 */
#include "domain.h"

static bool is_named(const char *buf, struct sf_span host, const char *name)
{
	return sf_span_caseeq(buf, host, name, (u32)strlen(name));
}

static bool is_domain(const struct sf_domain *domain, const char *buf,
		      struct sf_span host)
{
	u32 i;

	if (is_named(buf, host, domain->name))
		return true;
	for (i = 0; i < domain->alias_count; i++)
		if (is_named(buf, host, domain->aliases[i]))
			return true;
	return false;
}

const struct sf_domain *sf_domain_find(const struct sf_domains *domains,
				       const struct sf_net *net,
				       const char *buf,
				       const struct sf_host *host)
{
	struct sf_span name = host->host;
	u32 i;

	/* the dot of a name that is complete */
	if (name.len > 1 && !host->ip.family &&
	    buf[sf_span_end(name) - 1] == '.')
		name.len--;
	for (i = 0; i < domains->count; i++)
		if (is_domain(&domains->list[i], buf, name))
			return &domains->list[i];
	if (net && domains->count && host->ip.family &&
	    sf_net_own(net, &host->ip, host->port))
		return &domains->list[0];
	return NULL;
}

bool sf_domain_shows(const struct sf_domain *domain, struct sf_net *net,
		     const struct sf_flow *flow, const struct sf_aor *user)
{
	struct sf_claim claim = { .site = domain->tls };

	if (domain->claim == SF_CLAIM_NONE)
		return true;
	if (domain->claim == SF_CLAIM_DOMAIN)
		claim.domain = domain->name;
	else if (domain->claim == SF_CLAIM_USER)
		claim.user = (struct sf_text){ user->text, user->len };
	return sf_net_shows(net, flow, &claim);
}
