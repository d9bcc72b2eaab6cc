// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * locate.c - the way from a target to places, by what is known
 */
#include <errno.h>
#include <stdio.h>
#include <strings.h>

#include "locate.h"
#include "srv.h"

/* Transports with SRV records; the order is that without NAPTR records. */
static const struct service {
	enum sf_transport transport;
	const char *prefix;
} services[] = {
	{ SF_TRANSPORT_UDP, "_sip._udp." },
	{ SF_TRANSPORT_TCP, "_sip._tcp." },
	{ SF_TRANSPORT_TLS, "_sips._tcp." },
};

/**
 * struct lead - a host that may have addresses
 * @name: the locate's, or an answer's
 */
struct lead {
	const char *name;
	u16 port;
	u8 transport;
};

/**
 * struct way - the way, while it is gone
 * @seed: of the dice, from the same start each time
 * @fallback: the transport when nothing names one
 * @unknown: something has to be asked for
 * @failed: DNS did not answer something
 * @blind: that was for servers
 * @found: there are SRV records, even if they lead nowhere
 */
struct way {
	const struct sf_locate *to;
	u64 seed;
	u8 fallback;
	bool unknown;
	bool failed;
	bool blind;
	bool found;
	u32 count;
	struct lead lead[SF_SPOTS_MAX];
};

static bool is_able(const struct sf_resolver_able *able, u8 transport)
{
	return transport < 32 && (able->transports >> transport & 1);
}

static bool is_safe(u8 transport)
{
	return transport == SF_TRANSPORT_TLS || transport == SF_TRANSPORT_WSS;
}

/* May the target be reached by that? */
static bool will_do(const struct sf_locate *to, u8 transport)
{
	return is_able(to->able, transport) && (is_safe(transport) || !to->secure);
}

/* transport=tcp of a sips URI is TLS on top of that (RFC 3261, 26.2.2). */
static u8 made_safe(u8 transport)
{
	if (transport == SF_TRANSPORT_TCP)
		return SF_TRANSPORT_TLS;
	return transport == SF_TRANSPORT_WS ? SF_TRANSPORT_WSS : transport;
}

/* The first one that will do; SF_TRANSPORT_OTHER: none does. */
static u8 default_transport(const struct sf_locate *to)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(services); i++)
		if (will_do(to, services[i].transport))
			return services[i].transport;
	return SF_TRANSPORT_OTHER;
}

/*
 * RFC 7118 has browsers call themselves so: they are reached on their connection
 * or not at all, and DNS need not hear of it (RFC 6761, 6.4).
 */
static bool is_invalid(const char *host)
{
	static const char last[] = ".invalid";
	size_t len = strlen(host), dot = len && host[len - 1] == '.';
	size_t tail = sizeof(last) - 1;

	return len > tail + dot && !strncasecmp(host + len - dot - tail, last, tail);
}

int sf_locate_init(struct sf_locate *locate, const struct sf_resolver_able *able,
		   const struct sf_resolve_target *target)
{
	struct sf_text host = target->host;

	locate->able = able;
	locate->port = target->port;
	locate->secure = target->secure;
	locate->transport = target->secure ? made_safe(target->transport) :
					     target->transport;
	locate->ip.family = 0;
	if (!sf_span_ip(host.s, sf_span(0, host.len), &locate->ip) &&
	    (!sf_dns_name_text(locate->host, host) || is_invalid(locate->host)))
		return -ENOENT;
	if (locate->transport == SF_TRANSPORT_OTHER)
		return default_transport(locate) ? 0 : -ENOENT;
	return will_do(locate, locate->transport) ? 0 : -ENOENT;
}

static void add_lead(struct way *way, const char *name, u16 port, u8 transport)
{
	if (way->count == SF_SPOTS_MAX)
		return;
	way->lead[way->count++] = (struct lead){
		.name = name, .port = port, .transport = transport,
	};
}

static const struct sf_dns_answer *get(struct way *way, const char *name,
				       enum sf_dns_type type)
{
	const struct sf_dns_answer *answer = way->to->get(way->to->owner, name, type);

	if (!answer)
		way->unknown = true;
	else if (answer->err == -EAGAIN)
		way->failed = true;
	return answer;
}

/* Servers of one transport. */
static void follow_srv(struct way *way, const char *name, u8 transport)
{
	const struct sf_dns_answer *answer = get(way, name, SF_DNS_SRV);
	u8 order[SF_DNS_RECORDS_MAX];
	u32 i;

	if (!answer)
		return;
	if (answer->err == -EAGAIN)
		way->blind = true;
	if (answer->err)
		return;
	way->found = true;
	sf_srv_order(answer, order, &way->seed);
	for (i = 0; i < answer->count; i++)
		add_lead(way, sf_dns_answer_name(answer, order[i]),
			 answer->at[order[i]].port, transport);
}

static void follow_service(struct way *way, const struct service *service)
{
	char name[SF_DNS_NAME_SIZE];
	int len = snprintf(name, sizeof(name), "%s%s", service->prefix, way->to->host);

	if (len > 0 && (size_t)len < sizeof(name))
		follow_srv(way, name, service->transport);
}

/*
 * Routers' DNS proxies are known to drop, or to refuse, what they do not know:
 * no answer is taken as none. It decides only between transports.
 *
 * Return: false when there are none that we could use.
 */
static bool follow_naptr(struct way *way)
{
	const struct sf_dns_answer *answer = get(way, way->to->host, SF_DNS_NAPTR);
	u8 order[SF_DNS_RECORDS_MAX];
	u32 used = 0, i;

	if (!answer)
		return true;
	if (answer->err)
		return false;
	sf_naptr_order(answer, order);
	for (i = 0; i < answer->count && used < SF_LOCATE_NAPTR_MAX; i++) {
		u8 transport = answer->at[order[i]].transport;

		if (!will_do(way->to, transport))
			continue;
		if (!used++)
			way->fallback = transport;
		follow_srv(way, sf_dns_answer_name(answer, order[i]), transport);
	}
	return used > 0;
}

/* Each transport that would do. */
static void follow_services(struct way *way)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(services); i++)
		if (will_do(way->to, services[i].transport))
			follow_service(way, &services[i]);
}

static void host_itself(struct way *way)
{
	u16 port = way->to->port;

	add_lead(way, way->to->host, port ? port : sf_transport_port(way->fallback),
		 way->fallback);
}

static const struct service *service_of(u8 transport)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(services); i++)
		if (services[i].transport == transport)
			return &services[i];
	return NULL;
}

/* RFC 3263, 4.1 and 4.2, to names. WebSockets have no SRV records. */
static void find_leads(struct way *way)
{
	const struct service *service = service_of(way->to->transport);
	bool given = way->to->transport != SF_TRANSPORT_OTHER;

	if (!way->to->port && service)
		follow_service(way, service);
	else if (!way->to->port && !given && !follow_naptr(way))
		follow_services(way);
	/* To call the host itself while servers may be named is to miscall. */
	if (!way->found && !way->blind && !way->unknown)
		host_itself(way);
}

static void add_spot(struct sf_lookup *lookup, const struct sf_ip *ip, u16 port,
		     u8 transport)
{
	struct sf_spot spot = {
		.end = { .ip = *ip, .port = port }, .transport = transport,
	};
	u32 i;

	if (lookup->count == SF_SPOTS_MAX)
		return;
	for (i = 0; i < lookup->count; i++)
		if (lookup->at[i].transport == transport &&
		    sf_end_eq(&lookup->at[i].end, &spot.end))
			return;
	lookup->at[lookup->count++] = spot;
}

/* No addresses of a family that is of no use. */
static const struct sf_dns_answer *addresses(struct way *way, const char *name,
					     enum sf_dns_type type)
{
	static const struct sf_dns_answer none = { .err = -ENOENT };
	u32 family = type == SF_DNS_A ? 1 : 2;
	const struct sf_dns_answer *answer;

	if (!(way->to->able->families & family))
		return &none;
	answer = get(way, name, type);
	return answer ? answer : &none;
}

/*
 * IPv6 and IPv4 in turn, so that a family without a way there costs one attempt.
 * Where there are other hosts one does not take all the places.
 */
static void follow_lead(struct way *way, const struct lead *lead,
			struct sf_lookup *lookup)
{
	const struct sf_dns_answer *v6 = addresses(way, lead->name, SF_DNS_AAAA);
	const struct sf_dns_answer *v4 = addresses(way, lead->name, SF_DNS_A);
	u32 end = lookup->count + SF_SPOTS_MAX / (way->count > 1 ? 2 : 1), i;

	for (i = 0; i < v6->count || i < v4->count; i++) {
		if (i < v6->count && lookup->count < end)
			add_spot(lookup, &v6->at[i].ip, lead->port, lead->transport);
		if (i < v4->count && lookup->count < end)
			add_spot(lookup, &v4->at[i].ip, lead->port, lead->transport);
	}
}

/* An address needs no question. */
static void numeric(const struct sf_locate *to, u8 transport,
		    struct sf_lookup *lookup)
{
	u32 family = to->ip.family == 4 ? 1 : 2;

	if (to->able->families & family)
		add_spot(lookup, &to->ip,
			 to->port ? to->port : sf_transport_port(transport), transport);
}

bool sf_locate(const struct sf_locate *locate, struct sf_lookup *lookup)
{
	struct way way = { .to = locate, .seed = locate->seed };
	u32 count, i;

	lookup->count = 0;
	way.fallback = locate->transport != SF_TRANSPORT_OTHER ?
		       locate->transport : default_transport(locate);
	if (locate->ip.family)
		numeric(locate, way.fallback, lookup);
	else
		find_leads(&way);
	/* Servers that are still to be named may come before these. */
	count = way.unknown ? 0 : way.count;
	for (i = 0; i < count; i++)
		follow_lead(&way, &way.lead[i], lookup);
	lookup->err = lookup->count ? 0 : way.failed ? -EAGAIN : -ENOENT;
	return !way.unknown;
}
