/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * filter.h - which messages somebody wants to see
 *
 * Those of one Call-ID, or those that a user has to do with: and from the first
 * of these on all of the same Call-ID, whoever they name.
 */
#ifndef SIPFAST_APP_FILTER_H
#define SIPFAST_APP_FILTER_H

#include <sipfast/msg.h>

#include "../sip/aor.h"
#include "../util/hash.h"
#include "../util/text.h"

/* The longest one. */
#define SF_FILTER_MAX	255

/* Call-IDs that are followed; of more the oldest is forgotten. */
#define SF_FILTER_CALLS	256

/**
 * struct sf_filter - what is wanted; whoever has it sees to its lock
 * @text: as it was asked for, @len bytes and a NUL
 * @aor: the user, at a domain that means nothing if @any_domain; empty when the
 *       text can be no user
 * @any_domain: the user of every domain
 * @key: of the hashes in @call
 * @call: Call-IDs that are followed, as hashes: @calls of them
 * @next: where the next one is put
 */
struct sf_filter {
	char text[SF_FILTER_MAX + 1];
	u32 len;
	struct sf_aor aor;
	bool any_domain;
	struct sf_hash_key key;
	u64 call[SF_FILTER_CALLS];
	u32 calls;
	u32 next;
};

/**
 * sf_filter_init() - read what is wanted
 * @text: a Call-ID; "alice", "alice@example.org", "sip:alice@example.org",
 *        "tel:+4930123", whatever of these it may be
 *
 * Return: false when it is empty, too long, or not printable.
 */
bool sf_filter_init(struct sf_filter *filter, struct sf_text text);

/**
 * sf_filter_match() - is that a message that is wanted?
 * @msg: its index; of one that is wrong, as much as could be read
 *
 * A user is looked for in the Request-URI, From, To, P-Asserted-Identity, and
 * the name in digest credentials.
 */
bool sf_filter_match(struct sf_filter *filter, const struct sf_msg *msg);

#endif /* SIPFAST_APP_FILTER_H */
