/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * network.h - addresses by their prefix
 */
#ifndef SIPFAST_NET_NETWORK_H
#define SIPFAST_NET_NETWORK_H

#include "flow.h"

/**
 * struct sf_network - a network
 * @ip: its address
 * @bits: how many of it count
 */
struct sf_network {
	struct sf_ip ip;
	u8 bits;
};

/**
 * sf_network_parse() - "192.0.2.1", "192.0.2.0/24", "2001:db8::/32"
 * Return: false when it is none.
 */
bool sf_network_parse(const char *text, struct sf_network *network);

bool sf_network_has(const struct sf_network *network, const struct sf_ip *ip);

/* A list of them. */
struct sf_networks {
	struct sf_network *network;
	u32 count;
};

bool sf_networks_have(const struct sf_networks *networks,
		      const struct sf_ip *ip);

#endif /* SIPFAST_NET_NETWORK_H */
