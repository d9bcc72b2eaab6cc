/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guard.h - what each source has on its conscience, and what becomes of it
 *
 * Whoever guesses secrets is wrong most of the time; others say themselves that
 * they look for victims, or send what nobody can read, or ask and ask. Each of
 * that raises a score of its source, which falls again as time goes by. Of IPv6 a
 * source is a /64.
 *
 * A source has two scores, as there are two kinds of packets:
 *
 * proven: it has answered a challenge with the nonce that was given to its address
 *	(nonce.h), or speaks on a connection. Somebody is there. Wrong answers, users
 *	that do not exist, scanners and what is unreadable count. A score of
 *	SF_GUARD_LIMIT limits the source for SF_GUARD_LIMIT_S, one of SF_GUARD_BAN
 *	bans it. What was not answered with a nonce of ours (no credentials at all, a
 *	nonce that is too old or was given to somebody else) never counts here.
 * unproven: a datagram that anybody may have sent in anybody's name. What is
 *	unreadable, scanners, and challenges that are never answered count; it takes
 *	many of the last. The source is limited for SF_GUARD_LOOSE_S, and never
 *	banned. A good answer makes up for its challenge.
 *
 * Who it is matters when one of these is reached:
 *
 * stranger	it is done.
 * neighbour	a phone of ours is registered from that address, behind another port
 *		of a NAT. A ban would hit that phone as well, so it takes
 *		SF_GUARD_PATIENCE times as much; and then it is told that there are
 *		phones of ours behind it.
 * resident	it is the address and port that a phone is registered from. The same;
 *		and nothing unproven harms it, whoever sends in its name.
 * carrier	it is a trunk's. SF_GUARD_CARRIER times as much, and nothing unproven
 *		harms it.
 * nearby	calls for help are taken from there without asking who calls
 *		(emergency-from): it is never limited and never banned, for a rule in
 *		the kernel cannot tell such a call. Its guesses are not looked at.
 *
 * However wrong: who is spent (sf_guard_spent()) is not listened to any more when he
 * says who he is, in any of these. Calls for help are not asked.
 *
 * The memory is fixed: when too many sources are at it at once, those are
 * forgotten that are the nearest to a fresh start. So is what is kept of it in the
 * database, for whoever comes back after a restart.
 */
#ifndef SIPFAST_APP_GUARD_H
#define SIPFAST_APP_GUARD_H

#include "../net/flow.h"
#include "../util/hash.h"

/* Wrong answers, each of which is forgotten in SF_GUARD_MS. */
#define SF_GUARD_LIMIT		10
#define SF_GUARD_BAN		20
#define SF_GUARD_MS		3000

#define SF_GUARD_LIMIT_S	10
#define SF_GUARD_LOOSE_S	60

#define SF_GUARD_KEEP_S		5

#define SF_GUARD_PATIENCE	5
#define SF_GUARD_CARRIER	50

/* X(symbol, name): what counts. */
#define SF_GUARD_WHYS(X)						\
	X(WRONG_SECRET, "wrong-secret")					\
	X(UNKNOWN_USER, "unknown-user")					\
	X(SCANNER, "scanner")		/* its User-Agent says so */	\
	X(MALFORMED, "malformed")	/* what nobody can read */	\
	X(UNANSWERED, "unanswered")	/* a challenge */

enum sf_guard_why {
#define X(sym, name) SF_GUARD_##sym,
	SF_GUARD_WHYS(X)
#undef X
	SF_GUARD_WHY_COUNT
};

/* X(symbol, name): what became of it. */
#define SF_GUARD_VERDICTS(X)						\
	X(LIMITED, "limited")						\
	X(BANNED, "banned")						\
	X(SPARED, "spared")		/* for who it is */

enum sf_guard_verdict {
#define X(sym, name) SF_GUARD_##sym,
	SF_GUARD_VERDICTS(X)
#undef X
	SF_GUARD_VERDICT_COUNT
};

/* X(symbol, name): who it is. */
#define SF_STANDINGS(X)							\
	X(STRANGER, "stranger")						\
	X(NEIGHBOUR, "neighbour")					\
	X(RESIDENT, "resident")						\
	X(CARRIER, "carrier")						\
	X(NEARBY, "nearby")

enum sf_standing {
#define X(sym, name) SF_STANDING_##sym,
	SF_STANDINGS(X)
#undef X
	SF_STANDING_COUNT
};

const char *sf_guard_why_name(enum sf_guard_why why);
const char *sf_guard_verdict_name(enum sf_guard_verdict verdict);
const char *sf_standing_name(enum sf_standing standing);

/**
 * struct sf_guard_case - a verdict
 * @flow: where the last packet came from
 * @why: and what it was
 * @proven: which score it is about
 * @standing: who it is
 * @verdict: and what becomes of it
 * @seconds: of a limit
 */
struct sf_guard_case {
	const struct sf_flow *flow;
	enum sf_guard_why why;
	bool proven;
	enum sf_standing standing;
	enum sf_guard_verdict verdict;
	u32 seconds;
};

/**
 * struct sf_guard_user - who knows sources, and what to do with them
 * @standing: who is that? Called when a score is reached, from any thread; no
 *            lock is held
 * @judged: a verdict, likewise; once for each time that a score is reached
 */
struct sf_guard_user {
	enum sf_standing (*standing)(void *owner, const struct sf_flow *flow);
	void (*judged)(void *owner, const struct sf_guard_case *judged);
};

struct sf_guard;

/**
 * sf_guard_new() - Return: for sf_guard_free(), or NULL.
 * @user: NULL: all are strangers, and nothing is done to them
 */
struct sf_guard *sf_guard_new(const struct sf_guard_user *user, void *owner);

/* What is kept is written once more. */
void sf_guard_free(struct sf_guard *guard);

/**
 * sf_guard_keep() - go on from where the last daemon was, and keep scores from now on
 * @path: of the database
 * @key: of hashes of addresses, always the same: what is kept are hashes
 *
 * Before anything was counted. Time that nobody ran is time that has gone by.
 *
 * Return: 0 or a negative errno.
 */
int sf_guard_keep(struct sf_guard *guard, const char *path,
		  const struct sf_hash_key *key);

/* Call it every second, from one thread: every SF_GUARD_KEEP_S it writes what is new. */
void sf_guard_tick(struct sf_guard *guard);

/**
 * sf_guard_count() - a source did that; from any thread
 * @answered: with a nonce that was given to it
 */
void sf_guard_count(struct sf_guard *guard, const struct sf_flow *flow,
		    bool answered, enum sf_guard_why why);

/* A challenge has got a good answer; from any thread. */
void sf_guard_good(struct sf_guard *guard, const struct sf_ip *ip);

/**
 * sf_guard_spent() - was a source wrong so often that it may not guess now?
 *
 * It may be wrong SF_GUARD_BAN times, and once more every SF_GUARD_MS. From any
 * thread.
 */
bool sf_guard_spent(struct sf_guard *guard, const struct sf_ip *ip);

/* How often it counted, and how often that came of it. */
u64 sf_guard_counted(const struct sf_guard *guard, enum sf_guard_why why);
u64 sf_guard_judged(const struct sf_guard *guard,
		    enum sf_guard_verdict verdict);

#endif /* SIPFAST_APP_GUARD_H */
