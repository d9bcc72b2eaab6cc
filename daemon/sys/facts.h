/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * facts.h - all that decides whether SIP works here, gathered
 *
 * Facts only: what they mean is judged elsewhere. They belong to the network
 * namespace of the calling thread.
 */
#ifndef SIPFAST_SYS_FACTS_H
#define SIPFAST_SYS_FACTS_H

#include <net/if.h>
#include <stdbool.h>
#include <stdint.h>

#include "rules.h"
#include "world.h"

/**
 * struct sf_facts - what is known
 * @kernel: 0: the module answers; or the negative error of kernel.h
 * @version: the module's version, "" when it names none
 * @media_min: first port of the media range; 0: not known
 * @media_max: the last one
 * @seen: messages understood
 * @refused: messages not understood (keepalives are none)
 * @ports_short: media that found no free port
 * @no_expect: pinholes for which conntrack had no expectation
 * @rules_err: 0: @rules holds; -ENOENT: there is no nft program; other errors
 * @rules: what the rules do
 * @sip_loaded: the in-tree helper is loaded
 * @auto_helper: the kernel attaches helpers by port on its own (up to 5.19)
 * @forward4: IPv4 is forwarded
 * @forward6: IPv6 is forwarded
 * @default_routes: interfaces with a default route
 * @rp_strict: interfaces that drop what comes in by another way than answers
 *	       would go out
 * @uplink: an interface with a default route; "" if none
 * @expect_max: expectations at most
 * @conntracks: connections
 * @conntrack_max: connections at most
 * @udp_timeout: seconds for UDP that was not answered
 * @udp_stream: seconds for UDP that was
 * @local_min: first port of the router's own sockets
 * @local_max: the last one
 * @local_reserved: of these, the media range is left out
 *
 * Numbers of type long are -1 where the kernel does not tell.
 */
struct sf_facts {
	int kernel;
	char version[32];
	uint16_t media_min;
	uint16_t media_max;
	uint64_t seen;
	uint64_t refused;
	uint64_t ports_short;
	uint64_t no_expect;
	int rules_err;
	struct sf_rules_facts rules;
	bool sip_loaded;
	long auto_helper;
	long forward4;
	long forward6;
	unsigned int default_routes;
	unsigned int rp_strict;
	char uplink[IFNAMSIZ];
	long expect_max;
	long conntracks;
	long conntrack_max;
	long udp_timeout;
	long udp_stream;
	long local_min;
	long local_max;
	bool local_reserved;
};

/**
 * sf_facts_gather() - find out
 */
void sf_facts_gather(struct sf_facts *facts, const struct sf_world *world);

#endif /* SIPFAST_SYS_FACTS_H */
