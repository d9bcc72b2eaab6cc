// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * serve.c - whom we serve
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "serve.h"

#include <sipfast/role.h>

#include "challenge.h"
#include "target.h"
#include "trunk.h"

/* The domain of ours that From names, and the user in it. */
static const struct sf_domain *from_domain(struct sf_worker *worker,
					   const struct sf_message *request,
					   struct sf_aor *aor)
{
	const struct sf_domain *domain;
	struct sf_uri uri;

	if (sf_uri_parse(request->buf, request->from.uri, &uri))
		return NULL;
	domain = sf_domain_find(&worker->conf->domains, worker->net,
				request->buf, &uri.at);
	if (!domain ||
	    !sf_aor_make(aor, request->buf, uri.user, domain->name))
		return NULL;
	return domain;
}

/*
 * Where nobody proves anything, a user is known by the address that he is
 * registered from.
 */
static bool is_registered_there(struct sf_worker *worker,
				const struct sf_aor *aor,
				const struct sf_flow *flow)
{
	static _Thread_local struct sf_targets targets;
	const struct sf_text text = { aor->text, aor->len };
	u32 i;

	sf_location_lookup(worker->daemon->location, text, &targets);
	for (i = 0; i < targets.count; i++)
		if (sf_ip_eq(&targets.target[i].flow.remote.ip,
			     &flow->remote.ip))
			return true;
	return false;
}

/* Without passwords; a certificate of his own was looked at before. */
static bool is_proven(struct sf_worker *worker, const struct sf_domain *domain,
		      const struct sf_caller *caller, const struct sf_flow *flow)
{
	return domain->claim == SF_CLAIM_USER ||
	       is_registered_there(worker, &caller->aor, flow);
}

static u16 challenge(struct sf_worker *worker, const struct sf_domain *domain,
		     const struct sf_flow *to, const struct sf_aor *aor,
		     bool stale, struct sf_out *lines)
{
	sf_worker_count(worker, SF_APP_CHALLENGED);
	sf_auth_challenge(worker->daemon->auth, lines, domain, to, aor, true,
			  stale);
	return 407;
}

static u16 authenticate(struct sf_worker *worker,
			const struct sf_message *request,
			const struct sf_domain *domain,
			struct sf_caller *caller, struct sf_out *lines)
{
	const struct sf_flow *flow = &request->packet->flow;
	struct sf_aor who;

	switch (sf_auth_check(worker->daemon->auth, request, domain, true,
			      &who)) {
	case SF_AUTH_OK:
		break;
	case SF_AUTH_STALE:
		return challenge(worker, domain, flow, &caller->aor, true,
				 lines);
	case SF_AUTH_MALFORMED:
		return 400;
	case SF_AUTH_SPENT:
		return SF_DISCARD;
	default:
		return challenge(worker, domain, flow, &caller->aor, false,
				 lines);
	}
	if (!sf_aor_eq(&who, &caller->aor)) {
		sf_worker_count(worker, SF_APP_REFUSED_FROM);
		return 403;
	}
	caller->proven = true;
	return 0;
}

/*
 * A phone that lost its password, or has none, may call for help. Who it says it
 * is stays in From; nobody is told that it is so unless it was proven.
 */
static void believe(struct sf_worker *worker, const struct sf_message *request,
		    const struct sf_domain *domain, struct sf_caller *caller)
{
	struct sf_aor who;

	if (!domain)
		return;
	if (!sf_domain_shows(domain, worker->net, &request->packet->flow,
			     &caller->aor))
		return;
	if (!domain->auth)
		caller->proven = is_proven(worker, domain, caller,
					   &request->packet->flow);
	else if (sf_auth_check(worker->daemon->auth, request, domain, true,
			       &who) == SF_AUTH_OK)
		caller->proven = sf_aor_eq(&who, &caller->aor);
}

u16 sf_serve(struct sf_worker *worker, const struct sf_message *request,
	     bool help, struct sf_caller *caller, struct sf_out *lines)
{
	const struct sf_flow *flow = &request->packet->flow;
	const struct sf_domain *domain;

	memset(caller, 0, sizeof(*caller));
	caller->trunk = sf_trunk_of_flow(worker->conf, worker->net, flow);
	if (caller->trunk >= 0)
		return 0;
	domain = from_domain(worker, request, &caller->aor);
	if (help && sf_networks_have(&worker->conf->emergency_from,
				     &flow->remote.ip)) {
		believe(worker, request, domain, caller);
		return 0;
	}
	if (!domain) {
		sf_worker_count(worker, SF_APP_REFUSED_RELAY);
		return 403;
	}
	if (!sf_domain_shows(domain, worker->net, flow, &caller->aor)) {
		sf_worker_count(worker, SF_APP_REFUSED_CERTIFICATE);
		return 403;
	}
	if (domain->auth)
		return authenticate(worker, request, domain, caller, lines);
	caller->proven = is_proven(worker, domain, caller, flow);
	return 0;
}
