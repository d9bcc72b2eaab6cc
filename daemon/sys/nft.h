/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nft.h - the sets of table inet sipfast, and connections that end
 *
 * nft/sipfast-sets.nft defines the sets; here elements are added and deleted,
 * listed, and it is heard when somebody else changed something in the table.
 * Nothing is ever flushed or defined. Who keeps the sets in step is behind
 * struct sf_nft_ops, so that tests have a kernel of their own.
 *
 * One thread uses a link.
 */
#ifndef SIPFAST_SYS_NFT_H
#define SIPFAST_SYS_NFT_H

#include <stdbool.h>
#include <stdint.h>

/* X(symbol, name, bytes of a key, its elements end) */
#define SF_NFT_SETS(X)						\
	X(REGISTERED4, "registered4", 8, true)			\
	X(REGISTERED6, "registered6", 20, true)			\
	X(REFRESH4, "refresh4", 12, true)			\
	X(REFRESH6, "refresh6", 24, true)			\
	X(TRUNKS4, "trunks4", 4, false)				\
	X(TRUNKS6, "trunks6", 16, false)			\
	X(BANNED4, "banned4", 4, true)				\
	X(BANNED6, "banned6", 16, true)				\
	X(LIMITED4, "limited4", 4, true)			\
	X(LIMITED6, "limited6", 16, true)

enum sf_nft_set {
#define X(sym, name, len, ends) SF_NFT_##sym,
	SF_NFT_SETS(X)
#undef X
	SF_NFT_SET_COUNT
};

#define SF_NFT_KEY	24	/* the longest: IPv6 address, port and length */
#define SF_NFT_BATCH	1000	/* changes in one go */

/**
 * struct sf_nft_key - an element
 * @set: enum sf_nft_set
 * @bytes: as the kernel has it: the address, then two bytes of port and two of
 *         nothing, then likewise a length; what is not used is 0
 */
struct sf_nft_key {
	uint8_t set;
	uint8_t bytes[SF_NFT_KEY];
};

/* What is done to an element. */
enum sf_nft_change_kind {
	SF_NFT_ADD,	/* one that is there stays as it is */
	SF_NFT_RENEW,	/* its timeout begins anew; it need not be there */
	SF_NFT_DELETE,	/* likewise */
};

/**
 * struct sf_nft_change - a change
 * @timeout_ms: until it ends; of sets whose elements do not end it is ignored
 */
struct sf_nft_change {
	struct sf_nft_key key;
	enum sf_nft_change_kind kind;
	uint64_t timeout_ms;
};

/**
 * typedef sf_nft_fn - is shown an element
 * @left_ms: until it ends; UINT64_MAX: never
 */
typedef void (*sf_nft_fn)(void *arg, const struct sf_nft_key *key,
			  uint64_t left_ms);

/**
 * struct sf_nft_ops - the kernel, or a fake
 * @connect: make a link, written only on success. Return: 0 or a negative errno
 * @disconnect: NULL is fine
 * @fd: is readable when the rules of this namespace changed
 * @changed: read what came there. Return: somebody else changed the table, or
 *           something may have been lost
 * @change: make at most SF_NFT_BATCH changes, all of them or none. Return: 0;
 *          -ENOENT: the table or a set is not there; -EPERM; other errors are
 *          those of one of the changes
 * @list: show what a set holds. Return: 0; -EINTR: it changed meanwhile; others
 * @cut: end the connections that an address (of IPv6 its /64) takes part in as
 *       the one that began them or the one that answers. Return: 0 or a
 *       negative errno
 */
struct sf_nft_ops {
	int (*connect)(void **link);
	void (*disconnect)(void *link);
	int (*fd)(void *link);
	bool (*changed)(void *link);
	int (*change)(void *link, const struct sf_nft_change *changes,
		      uint32_t count);
	int (*list)(void *link, enum sf_nft_set set, sf_nft_fn fn, void *arg);
	int (*cut)(void *link, const uint8_t *addr, bool v6);
};

extern const struct sf_nft_ops sf_nft_kernel;

/* The name of a set, the bytes of its keys, and whether its elements end. */
const char *sf_nft_set_name(enum sf_nft_set set);
uint32_t sf_nft_key_len(enum sf_nft_set set);
bool sf_nft_set_ends(enum sf_nft_set set);

#endif /* SIPFAST_SYS_NFT_H */
