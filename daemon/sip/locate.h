/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * locate.h - the way from a target to places, by what is known
 *
 * It is gone from the beginning each time, as far as it is known: what has to
 * be asked for is asked for on the way, and when answers have come it is gone
 * again. Only the dice are remembered.
 *
 * RFC 3263, 4, and RFC 7984 for the order of addresses.
 */
#ifndef SIPFAST_SIP_LOCATE_H
#define SIPFAST_SIP_LOCATE_H

#include "dns_answer.h"
#include "resolve.h"

/* The most names and types that one way leads along. */
#define SF_LOCATE_NAPTR_MAX	4
#define SF_LOCATE_NAMES_MAX	(1 + SF_LOCATE_NAPTR_MAX + 2 * SF_SPOTS_MAX)

/**
 * struct sf_locate - what is looked for
 * @able: what we could use; the resolver's
 * @ip: the target is an address
 * @host: it is a name
 * @port: 0: none was given
 * @transport: enum sf_transport; SF_TRANSPORT_OTHER: none was given
 * @secure: only TLS will do
 * @seed: of this lookup's dice
 * @get: what is known of a name, valid while the way is gone; NULL: it is asked
 *       for, or would have to be
 * @owner: for @get
 */
struct sf_locate {
	const struct sf_resolver_able *able;
	struct sf_ip ip;
	char host[SF_DNS_NAME_SIZE];
	u16 port;
	u8 transport;
	bool secure;
	u64 seed;
	const struct sf_dns_answer *(*get)(void *owner, const char *name,
					   enum sf_dns_type type);
	void *owner;
};

/**
 * sf_locate_init() - begin with a target; @seed, @get and @owner are not touched
 *
 * Return: 0; -ENOENT when it leads nowhere that we could go.
 */
int sf_locate_init(struct sf_locate *locate, const struct sf_resolver_able *able,
		   const struct sf_resolve_target *target);

/**
 * sf_locate() - go as far as it is known
 * @lookup: takes the places, and @err
 *
 * Return: false when something is not known yet.
 */
bool sf_locate(const struct sf_locate *locate, struct sf_lookup *lookup);

#endif /* SIPFAST_SIP_LOCATE_H */
