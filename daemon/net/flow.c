// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * flow.c - where a message came from, and so where its answers go
 */
#include <netinet/in.h>
#include <sys/socket.h>

#include "flow.h"

/* RFC 7118, 5.2 and 5.4: WebSocket's ports are the web's. */
static const struct {
	const char *name;
	const char *via;
	u16 port;
} transports[] = {
	[SF_TRANSPORT_OTHER] = { "?", "?", 5060 },
	[SF_TRANSPORT_UDP] = { "udp", "UDP", 5060 },
	[SF_TRANSPORT_TCP] = { "tcp", "TCP", 5060 },
	[SF_TRANSPORT_TLS] = { "tls", "TLS", 5061 },
	[SF_TRANSPORT_SCTP] = { "sctp", "SCTP", 5060 },
	[SF_TRANSPORT_WS] = { "ws", "WS", 80 },
	[SF_TRANSPORT_WSS] = { "wss", "WSS", 443 },
};

static u32 index_of(enum sf_transport transport)
{
	return transport < ARRAY_SIZE(transports) ? transport :
						    SF_TRANSPORT_OTHER;
}

const char *sf_transport_name(enum sf_transport transport)
{
	return transports[index_of(transport)].name;
}

const char *sf_transport_via(enum sf_transport transport)
{
	return transports[index_of(transport)].via;
}

u16 sf_transport_port(enum sf_transport transport)
{
	return transports[index_of(transport)].port;
}

bool sf_ip_eq(const struct sf_ip *a, const struct sf_ip *b)
{
	if (a->family != b->family)
		return false;
	if (a->family == 4)
		return !memcmp(a->v4, b->v4, sizeof(a->v4));
	return a->family != 6 || !memcmp(a->v6, b->v6, sizeof(a->v6));
}

const char *sf_end_text(const struct sf_end *end, char *text)
{
	u32 len = sf_ip_text(&end->ip, true, text);

	text[len++] = ':';
	len += sf_u32_text(end->port, text + len);
	text[len] = '\0';
	return text;
}

/*
 * Where the port's colon is: the last one, unless it is within brackets, or one
 * of several of an address without them.
 */
static u32 find_port(const char *text, u32 len)
{
	const char *colon = strrchr(text, ':');

	if (!colon || strchr(colon, ']'))
		return len;
	if (text[0] != '[' && strchr(text, ':') != colon)
		return len;
	return (u32)(colon - text);
}

bool sf_end_parse(const char *text, u16 port, struct sf_end *end)
{
	u32 len = (u32)strlen(text), at = find_port(text, len);
	struct sf_end parsed = { .port = port };

	if (!sf_span_ip(text, sf_span(0, at), &parsed.ip))
		return false;
	if (at < len && !sf_span_port(text, sf_span(at + 1, len), &parsed.port))
		return false;
	if (!parsed.port)
		return false;
	*end = parsed;
	return true;
}

u32 sf_end_to_sockaddr(const struct sf_end *end, struct sockaddr_storage *sa)
{
	struct sockaddr_in *in = (struct sockaddr_in *)sa;
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)sa;

	if (end->ip.family == 4) {
		memset(in, 0, sizeof(*in));
		in->sin_family = AF_INET;
		in->sin_port = htons(end->port);
		memcpy(&in->sin_addr, end->ip.v4, sizeof(end->ip.v4));
		return sizeof(*in);
	}
	memset(in6, 0, sizeof(*in6));
	in6->sin6_family = AF_INET6;
	in6->sin6_port = htons(end->port);
	memcpy(&in6->sin6_addr, end->ip.v6, sizeof(end->ip.v6));
	return sizeof(*in6);
}

void sf_end_from_sockaddr(struct sf_end *end, const struct sockaddr_storage *sa)
{
	const struct sockaddr_in *in = (const struct sockaddr_in *)sa;
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)sa;

	*end = (struct sf_end){ 0 };
	if (sa->ss_family == AF_INET) {
		end->ip.family = 4;
		memcpy(end->ip.v4, &in->sin_addr, sizeof(end->ip.v4));
		end->port = ntohs(in->sin_port);
	} else if (sa->ss_family == AF_INET6) {
		end->ip.family = 6;
		memcpy(end->ip.v6, &in6->sin6_addr, sizeof(end->ip.v6));
		end->port = ntohs(in6->sin6_port);
	}
}
