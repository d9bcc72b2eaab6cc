// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * endpoint.c - addresses and ports as text
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "kernel.h"

const char *sf_endpoint_text(const struct sf_endpoint *endpoint, char *buf)
{
	char addr[INET6_ADDRSTRLEN], port[8] = "*", bits[5] = "";
	bool six = endpoint->family == AF_INET6;

	if (endpoint->family == AF_UNSPEC ||
	    !inet_ntop(endpoint->family, endpoint->addr, addr, sizeof(addr)))
		return strcpy(buf, "-");
	if (endpoint->has_port)
		snprintf(port, sizeof(port), "%u", endpoint->port);
	if (endpoint->bits)
		snprintf(bits, sizeof(bits), "/%u", endpoint->bits);
	snprintf(buf, SF_ENDPOINT_LEN, "%s%s%s%s:%s", six ? "[" : "", addr, bits,
		 six ? "]" : "", port);
	return buf;
}

const char *sf_address_text(const struct sf_endpoint *endpoint, char *buf)
{
	if (endpoint->family == AF_UNSPEC ||
	    !inet_ntop(endpoint->family, endpoint->addr, buf, SF_ENDPOINT_LEN))
		return strcpy(buf, "-");
	return buf;
}

bool sf_endpoint_same(const struct sf_endpoint *a, const struct sf_endpoint *b)
{
	return a->family == b->family && a->has_port == b->has_port &&
	       a->port == b->port && !memcmp(a->addr, b->addr, sizeof(a->addr));
}

const char *sf_prefix_text(const struct sf_prefix *prefix, char *buf)
{
	char addr[INET6_ADDRSTRLEN];

	if (!inet_ntop(prefix->family, prefix->addr, addr, sizeof(addr)))
		return strcpy(buf, "-");
	snprintf(buf, SF_PREFIX_LEN, "%s/%u", addr, prefix->len);
	return buf;
}
