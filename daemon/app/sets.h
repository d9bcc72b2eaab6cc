/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sets.h - keeps the sets of table inet sipfast like what the daemon knows
 *
 * What should be there is kept here, by whoever learns it: any thread. The main
 * thread tells the kernel, many changes at a time. When somebody else changes the
 * table, flushes it or loads it again, it lists what is there, and mends the
 * difference. Without the table nothing is told, until one is loaded.
 *
 * A registration that is refreshed changes nothing in the kernel until half of the
 * time that it has there is over.
 */
#ifndef SIPFAST_APP_SETS_H
#define SIPFAST_APP_SETS_H

#include "../net/flow.h"
#include "../sys/nft.h"
#include "../util/loop.h"
#include "ban.h"
#include "conf.h"

/* Elements at most; those of more are not told. */
#define SF_SETS_MAX	600000

/* As long as that a phone's REGISTERs are known by their length. */
#define SF_SETS_LENGTH_S	7200

/*
 * In steps: a cnonce may be a digit shorter, a CSeq one longer. What is half a step
 * away is near enough.
 */
#define SF_SETS_LENGTH_STEP	4

/* But not of more phones than so many elements are: four of each. */
#define SF_SETS_LENGTHS_MAX	200000

/* Changes wait so long, so that others come with them. */
#define SF_SETS_WAIT_MS	100

/* X(symbol, name): what went over netlink. */
#define SF_SETS_COUNTERS(X)						\
	X(MESSAGES, "messages")		/* each with up to SF_NFT_BATCH */ \
	X(ADDED, "added")						\
	X(RENEWED, "renewed")						\
	X(DELETED, "deleted")						\
	X(REFUSED, "refused")		/* by the kernel */		\
	X(LISTED, "listed")		/* all sets, to find differences */ \
	X(FULL, "full")			/* SF_SETS_MAX */		\
	X(CUT, "cut")			/* addresses whose connections ended */

enum sf_sets_counter {
#define X(sym, name) SF_SETS_##sym,
	SF_SETS_COUNTERS(X)
#undef X
	SF_SETS_COUNTER_COUNT
};

const char *sf_sets_counter_name(enum sf_sets_counter counter);

struct sf_sets;

/**
 * struct sf_sets_user - who wants to know
 * @banned: an address was banned, and the kernel was told, if it listens; in the
 *          main thread: who is connected from there is to be shown out
 */
struct sf_sets_user {
	void (*banned)(void *owner, const struct sf_ip *ip);
};

/**
 * sf_sets_open() - begin, with nothing in the sets
 * @sets: for sf_sets_close(); written only on success
 * @loop: the main thread's
 * @ops: the kernel
 *
 * What elements there are from before is found before the first change, and
 * taken away with it unless it is asked for again by then.
 *
 * Return: 0 or a negative errno.
 */
int sf_sets_open(struct sf_sets **sets, struct sf_loop *loop,
		 const struct sf_nft_ops *ops, const struct sf_sets_user *user,
		 void *owner);

/*
 * The elements stay: phones are registered while the daemon is away. NULL is fine.
 */
void sf_sets_close(struct sf_sets *sets);

/**
 * sf_sets_register() - a binding has come, from there
 * @left: seconds until it expires
 *
 * Any number of bindings may have the same source: it stays until the last of
 * them has gone, or expired.
 */
void sf_sets_register(struct sf_sets *sets, const struct sf_end *from, u32 left);

/* One that has come is refreshed. */
void sf_sets_refresh(struct sf_sets *sets, const struct sf_end *from, u32 left);

/* And is gone. */
void sf_sets_unregister(struct sf_sets *sets, const struct sf_end *from);

/**
 * sf_sets_proved() - a REGISTER over UDP was from there
 * @len: bytes of such a datagram
 * @bare: and when it has no credentials yet
 *
 * Whoever sends in a phone's name does not know how long the phone's own are. A
 * daemon that was started again leaves those in the kernel that it has not seen
 * yet: they end by themselves.
 */
void sf_sets_proved(struct sf_sets *sets, const struct sf_end *from, u32 len,
		    u32 bare);

/**
 * sf_sets_ban() - something is known of an address, or nothing any more
 */
void sf_sets_ban(struct sf_sets *sets, const struct sf_ban *ban);

/* The same of one that was known before: its connections have ended. */
void sf_sets_restore(struct sf_sets *sets, const struct sf_ban *ban);

/**
 * sf_sets_trunks() - where carriers are now, in the main thread
 *
 * An address goes when the names lead elsewhere, not when they lead nowhere:
 * that is what a trunk is when DNS fails.
 */
void sf_sets_trunks(struct sf_sets *sets, const struct sf_conf *conf);

/**
 * sf_sets_tick() - what has to be done every second, in the main thread
 */
void sf_sets_tick(struct sf_sets *sets);

u64 sf_sets_counter(const struct sf_sets *sets, enum sf_sets_counter counter);

/* Elements that should be there. */
u32 sf_sets_count(struct sf_sets *sets);

#endif /* SIPFAST_APP_SETS_H */
