// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * hops.c - where a request goes
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "hops.h"

#include <strings.h>

#include "trunk.h"
#include "user.h"

#define SOS	"urn:service:sos"

static _Thread_local struct sf_targets targets;
static _Thread_local char trunk_uri[512];
static _Thread_local char warning[SF_AOR_MAX + 48];

static bool is_sos(struct sf_text uri)
{
	u32 len = sizeof(SOS) - 1;

	return uri.len >= len && !strncasecmp(uri.s, SOS, len) &&
	       (uri.len == len || uri.s[len] == '.');
}

bool sf_hops_emergency(const struct sf_conf *conf, const struct sf_way *way)
{
	const struct sf_span user = way->uri.user;
	u32 i;

	if (way->uri.scheme == SF_SCHEME_OTHER)
		return is_sos(way->ruri);
	for (i = 0; i < conf->emergency.count; i++)
		if (sf_span_eq(way->buf, user, conf->emergency.word[i],
			       (u32)strlen(conf->emergency.word[i])))
			return true;
	return false;
}

/* What the URI says of its transport. */
static u8 uri_transport(const char *buf, const struct sf_uri *uri)
{
	struct sf_param param;

	if (uri->scheme == SF_SCHEME_SIPS)
		return SF_TRANSPORT_TLS;
	if (!sf_param(buf, uri->params, "transport", &param))
		return SF_TRANSPORT_OTHER;
	if (sf_span_caseis(buf, param.value, "tcp"))
		return SF_TRANSPORT_TCP;
	if (sf_span_caseis(buf, param.value, "tls"))
		return SF_TRANSPORT_TLS;
	if (sf_span_caseis(buf, param.value, "ws"))
		return SF_TRANSPORT_WS;
	if (sf_span_caseis(buf, param.value, "udp"))
		return SF_TRANSPORT_UDP;
	return SF_TRANSPORT_OTHER;
}

bool sf_hops_uri(struct sf_text text, struct sf_resolve_target *target)
{
	struct sf_uri uri;
	struct sf_param maddr;

	if (sf_uri_parse(text.s, sf_span(0, text.len), &uri) ||
	    (uri.scheme != SF_SCHEME_SIP && uri.scheme != SF_SCHEME_SIPS))
		return false;
	target->host = sf_text(text.s, uri.at.host);
	if (sf_param(text.s, uri.params, "maddr", &maddr))
		target->host = sf_text(text.s, maddr.value);
	target->port = uri.at.port;
	target->transport = uri_transport(text.s, &uri);
	target->secure = uri.scheme == SF_SCHEME_SIPS;
	return true;
}

static struct sf_hop *add_hop(struct sf_plan *plan)
{
	struct sf_hop *hop = &plan->hop[plan->hops++];

	*hop = (struct sf_hop){ .trunk = -1, .q = SF_Q_MAX };
	return hop;
}

/* A trunk that is called by its address may ask within a dialog as well. */
static int trunk_of_uri(const struct sf_conf *conf, struct sf_text uri)
{
	struct sf_resolve_target target;
	struct sf_ip ip;

	if (!sf_hops_uri(uri, &target) ||
	    !sf_span_ip(target.host.s, sf_span(0, target.host.len), &ip))
		return -1;
	return sf_trunk_of_source(conf, &ip);
}

u16 sf_hops_dialog(struct sf_worker *worker, const struct sf_way *way,
		   struct sf_plan *plan)
{
	bool known = way->held || (way->pinned && !way->next.s);
	struct sf_hop *hop = add_hop(plan);

	hop->within = true;
	hop->host = way->next.s ? way->next : way->ruri;
	if (known && sf_location_late(worker->daemon->location, &way->flow))
		return 430;
	if (known) {
		hop->flow = way->flow;
		hop->known = true;
		hop->pinned = true;
		hop->gone = 430;
		hop->trunk = sf_trunk_of_flow(worker->conf, worker->net,
					      &hop->flow);
	} else {
		hop->trunk = trunk_of_uri(worker->conf, hop->host);
	}
	return 0;
}

u32 sf_hops_contact(char *contact, u32 len)
{
	struct sf_param method;
	struct sf_uri uri;
	u32 end;

	if (sf_uri_parse(contact, sf_span(0, len), &uri))
		return len;
	/* They are the last part. */
	if (uri.headers.len)
		len = uri.headers.off - 1;
	if (sf_param(contact, uri.params, "method", &method)) {
		end = sf_span_end(method.all);
		memmove(contact + method.all.off, contact + end, len - end);
		len -= method.all.len;
	}
	return len;
}

/*
 * A phone is reached where its REGISTER came from, by the connection if there is
 * one: what it says of itself may be an address behind a NAT. Through other
 * proxies it is reached as they say.
 */
static void add_binding(struct sf_plan *plan, const struct sf_target *target)
{
	struct sf_hop *hop = add_hop(plan);
	const struct sf_flow *flow = &target->flow;

	hop->q = target->q;
	hop->wall = target->wall;
	if (target->reg_id)
		hop->instance = sf_text(targets.text, target->instance);
	hop->ruri.s = targets.text + target->contact.off;
	hop->ruri.len = sf_hops_contact(targets.text + target->contact.off,
					target->contact.len);
	hop->route = sf_text(targets.text, target->path);
	hop->host = hop->ruri;
	if (hop->route.len) {
		struct sf_span rest = sf_span(0, hop->route.len), item;
		struct sf_addr addr;

		if (!sf_list_next(hop->route.s, &rest, &item) &&
		    !sf_addr_parse(hop->route.s, item, &addr))
			hop->host = sf_text(hop->route.s, addr.uri);
		return;
	}
	/* A connection that is gone can only be opened where it says. */
	if (target->reach == SF_REACH_CONTACT)
		return;
	hop->flow = *flow;
	hop->known = true;
	hop->pinned = true;
	hop->gone = 480;
}

/* RFC 5626, 7: never two flows of a phone at a time; the newest one comes first. */
static void choose_flows(struct sf_plan *plan)
{
	struct sf_hop *a, *b, *end = plan->hop + plan->hops;

	for (a = plan->hop; a < end; a++)
		for (b = plan->hop; b < end; b++)
			if (a != b && a->instance.len && !b->spare &&
			    sf_text_eq(a->instance, b->instance) &&
			    b->wall >= a->wall)
				a->spare = true;
}

/*
 * sips: is a promise that all of the way is secure: it is only kept for those who
 * registered a sips: Contact. Who asks for sip: is not given what he did not ask
 * for: he reaches such a one, over TLS, by sip: (RFC 5630, 5.3).
 */
static bool is_for(const struct sf_way *way, struct sf_target *target)
{
	bool wanted = way->uri.scheme == SF_SCHEME_SIPS;
	char *contact = targets.text + target->contact.off;

	if (target->contact.len < 5 || strncasecmp(contact, "sips:", 5))
		return !wanted;
	if (wanted)
		return sf_transport_secure(target->flow.transport);
	/* One letter less; the rest stays where it is. */
	memcpy(contact, "ssip:", 5);
	target->contact.off++;
	target->contact.len--;
	return true;
}

void sf_hops_warn(struct sf_out *out, const char *domain)
{
	sf_put_lit(out, "Warning: 380 ");
	sf_put_str(out, domain);
	sf_put_lit(out, " \"SIPS Not Allowed\"\r\n");
}

/* RFC 5630, 5.3: he is there, but not for who asks so. */
static void warn_of_sips(const struct sf_aor *aor, struct sf_plan *plan)
{
	struct sf_out out = sf_out(warning, sizeof(warning));

	sf_hops_warn(&out, aor->text + aor->user_len + 1);
	plan->lines = (struct sf_text){ out.buf, out.len };
}

static u16 to_user(struct sf_worker *worker, const struct sf_way *way,
		   const struct sf_aor *aor, struct sf_plan *plan)
{
	const struct sf_text text = { aor->text, aor->len };
	u32 i;

	sf_location_lookup(worker->daemon->location, text, &targets);
	for (i = 0; i < targets.count; i++)
		if (is_for(way, &targets.target[i]))
			add_binding(plan, &targets.target[i]);
	if (targets.count && !plan->hops)
		warn_of_sips(aor, plan);
	choose_flows(plan);
	return plan->hops ? 0 : 480;
}

static u16 to_trunk(struct sf_worker *worker, const struct sf_way *way, int n,
		    struct sf_text number, bool help, struct sf_plan *plan)
{
	struct sf_out out = sf_out(trunk_uri, sizeof(trunk_uri));
	struct sf_hop *hop;

	sf_trunk_uri(&out, &worker->conf->trunk[n], number,
		     way->uri.scheme == SF_SCHEME_SIPS && !help, !help);
	if (out.full)
		return 414;
	hop = add_hop(plan);
	hop->ruri = (struct sf_text){ out.buf, out.len };
	hop->trunk = n;
	hop->help = help;
	return 0;
}

static u16 to_help(struct sf_worker *worker, const struct sf_way *way,
		   struct sf_plan *plan)
{
	const struct sf_conf *conf = worker->conf;
	struct sf_text number = sf_text(way->buf, way->uri.user);
	int n = sf_trunk_of_emergency(conf);

	if (way->uri.scheme == SF_SCHEME_OTHER && conf->emergency.count)
		number = sf_text_str(conf->emergency.word[0]);
	if (n < 0)
		n = sf_trunk_of_number(conf, number);
	return n < 0 ? 404 : to_trunk(worker, way, n, number, true, plan);
}

/* A user whom nobody knows, but for what he was called: perhaps a number. */
static u16 to_nobody(struct sf_worker *worker, const struct sf_way *way,
		     const struct sf_caller *caller, struct sf_plan *plan)
{
	const struct sf_conf *conf = worker->conf;
	struct sf_text number = sf_text(way->buf, way->uri.user);
	const struct sf_domain *domain = &conf->domains.list[0];
	struct sf_aor aor;
	int n;

	if (caller->trunk >= 0) {
		const char *target = conf->trunk[caller->trunk].target;

		if (target && sf_aor_make(&aor, target,
					  sf_span(0, (u32)strlen(target)),
					  domain->name))
			return to_user(worker, way, &aor, plan);
		return 404;
	}
	n = sf_trunk_of_number(conf, number);
	if (n < 0)
		return 404;
	/* What sips: promises is kept where its addresses are tried. */
	return caller->proven ? to_trunk(worker, way, n, number, false, plan) :
				403;
}

static u16 to_other_domain(struct sf_worker *worker, const struct sf_way *way,
			   const struct sf_caller *caller,
			   struct sf_plan *plan)
{
	struct sf_hop *hop;

	if (!caller->proven || !worker->conf->foreign) {
		sf_worker_count(worker, SF_APP_REFUSED_RELAY);
		return 403;
	}
	hop = add_hop(plan);
	hop->host = way->ruri;
	hop->foreign = true;
	return 0;
}

/* tel: URIs are for us as long as they belong to one of our users (RFC 3966). */
static const struct sf_domain *our_domain(struct sf_worker *worker,
					  const struct sf_way *way)
{
	if (way->uri.scheme == SF_SCHEME_TEL)
		return &worker->conf->domains.list[0];
	return sf_domain_find(&worker->conf->domains, worker->net, way->buf,
			      &way->uri.at);
}

u16 sf_hops_find(struct sf_worker *worker, const struct sf_way *way,
		 const struct sf_caller *caller, struct sf_plan *plan)
{
	const struct sf_domain *domain;
	struct sf_aor aor;

	/* What a trunk asks for is never another trunk's. */
	if (caller->trunk < 0 && sf_hops_emergency(worker->conf, way))
		return to_help(worker, way, plan);
	if (way->next.s) {
		sf_worker_count(worker, SF_APP_REFUSED_ROUTE);
		return 403;
	}
	if (way->uri.scheme == SF_SCHEME_OTHER)
		return to_nobody(worker, way, caller, plan);
	domain = our_domain(worker, way);
	if (!domain)
		return to_other_domain(worker, way, caller, plan);
	if (!sf_aor_make(&aor, way->buf, way->uri.user, domain->name))
		return 404;
	if (domain->anyone || sf_users_find(worker->daemon->users,
					    (struct sf_text){ aor.text, aor.len },
					    NULL)) {
		u16 status = to_user(worker, way, &aor, plan);

		if (!status || !domain->anyone || plan->lines.len)
			return status;
	}
	return to_nobody(worker, way, caller, plan);
}
