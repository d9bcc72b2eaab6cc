// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * network.c - addresses by their prefix
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "network.h"

static u8 bits_of(const struct sf_ip *ip)
{
	return ip->family == 6 ? 128 : 32;
}

bool sf_network_parse(const char *text, struct sf_network *network)
{
	const char *slash = strchr(text, '/');
	u32 len = slash ? (u32)(slash - text) : (u32)strlen(text);
	u32 bits;

	if (!sf_span_ip(text, sf_span(0, len), &network->ip))
		return false;
	bits = bits_of(&network->ip);
	network->bits = (u8)bits;
	if (!slash)
		return true;
	if (!sf_span_u32(text, sf_span(len + 1, (u32)strlen(text)), &bits) ||
	    bits > network->bits)
		return false;
	network->bits = (u8)bits;
	return true;
}

bool sf_network_has(const struct sf_network *network, const struct sf_ip *ip)
{
	u32 bytes = network->bits / 8, left = network->bits % 8;

	if (ip->family != network->ip.family ||
	    memcmp(ip->v6, network->ip.v6, bytes))
		return false;
	return !left || !((ip->v6[bytes] ^ network->ip.v6[bytes]) >> (8 - left));
}

bool sf_networks_have(const struct sf_networks *networks,
		      const struct sf_ip *ip)
{
	u32 i;

	for (i = 0; i < networks->count; i++)
		if (sf_network_has(&networks->network[i], ip))
			return true;
	return false;
}
