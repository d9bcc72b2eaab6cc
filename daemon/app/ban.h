/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ban.h - whom the daemon does not hear, for how long, and why
 *
 * Whoever decides on that calls sf_ban_add() and sf_ban_limit(); the rest is
 * done here: a ban is remembered across restarts, gets longer each time, and
 * sf_ban_some() shows what the kernel's sets have to hold (sets.h).
 *
 * Of IPv6 the /64 is meant that an address is in: who has one address there, has
 * all of them. An address that is allowed is neither banned nor limited, by
 * nobody.
 *
 * All functions may be called from any thread.
 */
#ifndef SIPFAST_APP_BAN_H
#define SIPFAST_APP_BAN_H

#include <sipfast/span.h>

#include "../util/text.h"

#define SF_BAN_FIRST_S	300	/* the first ban of an address */
#define SF_BAN_SECOND_S	3600
#define SF_BAN_THIRD_S	86400	/* the third, and each one after it */
#define SF_BAN_MEMORY_S	604800	/* so long after a ban its strikes count */
#define SF_BAN_LONGEST_S 315360000	/* by hand: ten years */
#define SF_LIMIT_MAX_S	60

/* Entries at most: banned, limited, allowed, and remembered ones. */
#define SF_BANS_MAX	200000

#define SF_BAN_REASON	32	/* with its NUL */
#define SF_BAN_EVIDENCE	160

struct sf_bans;

/* What is known of an address. */
enum sf_ban_kind {
	SF_BAN_NONE,	/* it was banned once: its strikes are remembered */
	SF_BAN_ALLOWED,
	SF_BAN_LIMITED,
	SF_BAN_BANNED,
};

/**
 * struct sf_ban - what is known of one, copied out
 * @ip: the address; of IPv6 the first of the /64
 * @kind: whether it is banned now
 * @strikes: how often it was banned, within SF_BAN_MEMORY_S
 * @since: when that began, in seconds since 1970
 * @end: when it ends, likewise; of SF_BAN_ALLOWED 0: never
 * @reason: a word for it, "scanner"; of bans by hand "manual"
 * @evidence: what was seen, for people
 */
struct sf_ban {
	struct sf_ip ip;
	enum sf_ban_kind kind;
	u32 strikes;
	u64 since;
	u64 end;
	char reason[SF_BAN_REASON];
	char evidence[SF_BAN_EVIDENCE];
};

/**
 * struct sf_ban_user - who is told what changes
 * @changed: an address is banned, limited, allowed, or none of it any more;
 *           called in the thread that changed it, with no lock held
 */
struct sf_ban_user {
	void (*changed)(void *owner, const struct sf_ban *ban);
};

/**
 * sf_bans_open() - the bans of the database
 * @bans: for sf_bans_close(); written only on success
 * @path: of the database; NULL: bans end with the daemon
 * @user: told what changes; NULL: nobody
 *
 * Return: 0 or a negative errno.
 */
int sf_bans_open(struct sf_bans **bans, const char *path,
		 const struct sf_ban_user *user, void *owner);

/* NULL is fine. */
void sf_bans_close(struct sf_bans *bans);

/**
 * sf_ban_add() - ban an address, because of what it did
 * @reason: a word: "scanner", "wrong-secret"; it is logged and shown
 * @evidence: what was seen, for people: "wrong password for 20 users in 8 s"
 * @proven: the packets do come from there: it answered a challenge, or made a
 *          TCP or TLS handshake
 *
 * Each ban of an address is longer than the one before. One that is banned
 * stays banned as it is. Without proof it is limited instead, for
 * SF_LIMIT_MAX_S: otherwise anybody could have anybody banned.
 *
 * Return: true when it is banned, now or already.
 */
bool sf_ban_add(struct sf_bans *bans, const struct sf_ip *ip,
		const char *reason, const char *evidence, bool proven);

/**
 * sf_ban_limit() - hear an address less often, for a while
 * @seconds: at most SF_LIMIT_MAX_S, which is taken for more
 *
 * Nothing changes for one that is banned or allowed.
 */
void sf_ban_limit(struct sf_bans *bans, const struct sf_ip *ip,
		  const char *reason, const char *evidence, u32 seconds);

/**
 * sf_ban_by_hand() - ban an address because the administrator wants it
 * @seconds: how long; 0: as long as the next ban of it would be; at most
 *           SF_BAN_LONGEST_S
 * @evidence: what he said about it; may be ""
 *
 * One that was allowed is so no more. The end of a ban that is there is
 * replaced.
 *
 * Return: 0; -ENOSPC when there is no room, or no memory.
 */
int sf_ban_by_hand(struct sf_bans *bans, const struct sf_ip *ip, u64 seconds,
		   const char *evidence);

/**
 * sf_ban_lift() - neither ban nor limit nor allow it any more
 *
 * Its strikes are forgotten.
 *
 * Return: false when nothing was known of it.
 */
bool sf_ban_lift(struct sf_bans *bans, const struct sf_ip *ip);

/**
 * sf_ban_allow() - never ban or limit it from now on
 *
 * Return: as sf_ban_by_hand().
 */
int sf_ban_allow(struct sf_bans *bans, const struct sf_ip *ip,
		 const char *evidence);

/**
 * sf_ban_of() - what holds for an address
 *
 * Cheap: one look at a counter while there are none at all, and otherwise a
 * lock that is held for no longer than a look at a hash table.
 */
enum sf_ban_kind sf_ban_of(struct sf_bans *bans, const struct sf_ip *ip);

static inline bool sf_ban_has(struct sf_bans *bans, const struct sf_ip *ip)
{
	return sf_ban_of(bans, ip) == SF_BAN_BANNED;
}

/**
 * sf_ban_sweep() - end what is over; to be called every second or so
 *
 * It looks at some entries only, each time at others.
 */
void sf_ban_sweep(struct sf_bans *bans);

/* How many are banned. */
u32 sf_ban_count(const struct sf_bans *bans);

/**
 * sf_ban_some() - show some entries
 * @at: where to begin, 0 at first; written: where to go on, if there is more
 * @max: so many or, with those of the last bucket, a few more
 * @each: called with the lock held: it must call nothing of this
 *
 * Return: false when the last one was shown.
 */
bool sf_ban_some(struct sf_bans *bans, u32 *at, u32 max,
		 void (*each)(void *arg, const struct sf_ban *ban), void *arg);

#endif /* SIPFAST_APP_BAN_H */
