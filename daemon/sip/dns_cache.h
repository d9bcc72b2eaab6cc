/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dns_cache.h - what DNS has said, for as long as it holds
 *
 * A name is asked for once however many want it. What holds no more is asked
 * for again; when nobody answers then, it serves for some minutes longer, as a
 * phone system would rather call an old address than none (RFC 8767).
 */
#ifndef SIPFAST_SIP_DNS_CACHE_H
#define SIPFAST_SIP_DNS_CACHE_H

#include "../util/hash.h"
#include "../util/table.h"
#include "dns.h"
#include "dns_answer.h"
#include "resolve.h"

/* Answers that are kept; the one that was not used for longest goes. */
#define SF_DNS_CACHE_MAX	4096

struct sf_dns_entry;

TAILQ_HEAD(sf_dns_idle, sf_dns_entry);
LIST_HEAD(sf_dns_pins, sf_dns_pin);

/**
 * struct sf_dns_cache - a worker's
 * @dns: who is asked
 * @table: struct sf_dns_entry by type and name
 * @idle: those that nobody holds and nobody waits for, the next to go first
 * @counters: what happened
 * @scratch: a message that is being read
 */
struct sf_dns_cache {
	struct sf_dns dns;
	struct sf_loop *loop;
	struct sf_hash_key key;
	struct sf_table table;
	struct sf_dns_idle idle;
	u64 counters[SF_RESOLVE_COUNTER_COUNT];
	struct sf_dns_answer scratch;
};

/**
 * struct sf_dns_pin - somebody's interest in an entry
 * @list: with the others of @entry
 * @entry: what it holds; NULL when there was no room for one
 * @answered: called when an answer has come, maybe from sf_dns_cache_pin()
 *            itself; it must neither pin nor unpin
 */
struct sf_dns_pin {
	LIST_ENTRY(sf_dns_pin) list;
	struct sf_dns_entry *entry;
	void (*answered)(struct sf_dns_pin *pin);
};

/**
 * sf_dns_cache_open() - Return: 0 or a negative errno.
 */
int sf_dns_cache_open(struct sf_dns_cache *cache, struct sf_loop *loop,
		      const char *servers);

/* Pins that are still held must not be used any more. */
void sf_dns_cache_close(struct sf_dns_cache *cache);

/**
 * sf_dns_cache_known() - an answer without asking anybody
 *
 * Return: one that is valid until the next call for this cache, but for others
 * of this function; NULL when DNS has to be asked.
 */
const struct sf_dns_answer *sf_dns_cache_known(struct sf_dns_cache *cache,
					       const char *name,
					       enum sf_dns_type type);

/**
 * sf_dns_cache_pin() - hold an entry, and ask when it has no answer that holds
 * @pin: the caller's, until sf_dns_cache_unpin(); its @answered is set
 */
void sf_dns_cache_pin(struct sf_dns_cache *cache, struct sf_dns_pin *pin,
		      const char *name, enum sf_dns_type type);
void sf_dns_cache_unpin(struct sf_dns_pin *pin);

/* Does a pin hold what is known of a name? */
bool sf_dns_pin_is(const struct sf_dns_pin *pin, const char *name,
		   enum sf_dns_type type);

/**
 * sf_dns_pin_answer() - what a pin holds, even if it has expired since
 *
 * Return: NULL while DNS is asked.
 */
const struct sf_dns_answer *sf_dns_pin_answer(const struct sf_dns_pin *pin);

#endif /* SIPFAST_SIP_DNS_CACHE_H */
