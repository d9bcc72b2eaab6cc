/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * resolve.h - from a SIP URI to addresses, ports and transports
 *
 * RFC 3263: NAPTR, SRV, A and AAAA; and hosts(5) before all of them. Answers are
 * kept as long as DNS says, and asked for once however many want them. Nobody
 * ever waits in a call.
 */
#ifndef SIPFAST_SIP_RESOLVE_H
#define SIPFAST_SIP_RESOLVE_H

#include "../net/flow.h"
#include "../util/loop.h"
#include "../util/text.h"

/* The most places that a name leads to. */
#define SF_SPOTS_MAX	8

/**
 * struct sf_spot - one of them
 * @of: which name it was found by, for who asks for several
 */
struct sf_spot {
	struct sf_end end;
	u8 transport;
	u8 of;
};

/**
 * struct sf_lookup - a question, a part of what it is for
 * @done: called once from the loop, never from sf_resolve() itself; not after
 *        sf_resolve_cancel()
 * @err: 0; -ENOENT when there is no such name, or no address of it that we
 *       could use; -EAGAIN when DNS did not answer
 * @count: entries in @at, the first is to be tried first (RFC 3263, 4.3)
 * @at: where it leads
 *
 * The rest is the resolver's own.
 */
struct sf_lookup {
	void (*done)(struct sf_lookup *lookup);
	int err;
	u32 count;
	struct sf_spot at[SF_SPOTS_MAX];
	struct sf_lookup *next;
	struct sf_lookup **link;
};

/**
 * struct sf_resolve_target - what is asked
 * @host: a name or an address, brackets of an IPv6 one included
 * @port: 0: none was given
 * @transport: enum sf_transport; SF_TRANSPORT_OTHER: none was given
 * @secure: of a sips URI: only TLS will do
 */
struct sf_resolve_target {
	struct sf_text host;
	u16 port;
	u8 transport;
	bool secure;
};

struct sf_resolver;

/**
 * struct sf_resolver_able - what we could use: others are left out
 * @transports: bits 1 << enum sf_transport
 * @families: bit 0: IPv4, bit 1: IPv6
 * @hosts: a file like /etc/hosts, which is asked before DNS is, and stays where
 *         it is; NULL: none
 */
struct sf_resolver_able {
	u32 transports;
	u32 families;
	const char *hosts;
};

/**
 * sf_resolver_open() - a worker's resolver
 * @servers: "192.0.2.53,[2001:db8::53]:5353", or NULL for those of the system,
 *           as they are when this is called
 *
 * Return: 0 or a negative errno.
 */
int sf_resolver_open(struct sf_resolver **resolver, struct sf_loop *loop,
		     const struct sf_resolver_able *able, const char *servers);

/* Nobody is told. Not to be called while a lookup is done. */
void sf_resolver_close(struct sf_resolver *resolver);

/**
 * sf_resolve_now() - answer without asking anybody: an address, or a name that
 * is known
 *
 * Return: false when DNS has to be asked.
 */
bool sf_resolve_now(struct sf_resolver *resolver,
		    const struct sf_resolve_target *target,
		    struct sf_lookup *lookup);

/**
 * sf_resolve() - ask; the answer comes by @lookup->done
 */
void sf_resolve(struct sf_resolver *resolver,
		const struct sf_resolve_target *target,
		struct sf_lookup *lookup);

/*
 * Not interested any more; nothing happens if it is done already, or all zero.
 * It may be called at any time, also while another one is done.
 */
void sf_resolve_cancel(struct sf_lookup *lookup);

/* X(symbol, name): what became of the questions about a name, counted. */
#define SF_RESOLVE_COUNTERS(X)						\
	X(KNOWN, "known")		/* no need to ask */		\
	X(ASKED, "asked")						\
	X(NONE, "none")			/* DNS says: there is none */	\
	X(FAILED, "failed")		/* DNS did not answer */	\
	X(STALE, "stale")		/* so an old answer was used */	\
	X(FULL, "full")			/* too many names at once */

enum sf_resolve_counter {
#define X(sym, name) SF_RESOLVE_##sym,
	SF_RESOLVE_COUNTERS(X)
#undef X
	SF_RESOLVE_COUNTER_COUNT
};

const char *sf_resolve_counter_name(enum sf_resolve_counter counter);
u64 sf_resolve_counter(const struct sf_resolver *resolver,
		       enum sf_resolve_counter counter);

#endif /* SIPFAST_SIP_RESOLVE_H */
