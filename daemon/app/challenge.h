/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * challenge.h - is a request from who it says? (RFC 3261, 22; RFC 7616; 8760)
 *
 * Outside, an unknown user and a wrong secret look the same, and take the same
 * time; the counters know the difference. Of credentials whose nonce is not good
 * nothing else is looked at: whoever guesses has to do it where guard.h counts.
 */
#ifndef SIPFAST_APP_CHALLENGE_H
#define SIPFAST_APP_CHALLENGE_H

#include "../sip/aor.h"
#include "../sip/message.h"
#include "../util/out.h"
#include "domain.h"
#include "guard.h"
#include "user.h"

enum sf_auth_result {
	SF_AUTH_OK,
	SF_AUTH_NONE,		/* no credentials for this domain */
	SF_AUTH_STALE,		/* for a nonce that is not good, or not any more */
	SF_AUTH_BAD,		/* nobody has them */
	SF_AUTH_MALFORMED,	/* or they do not fit the request */
	SF_AUTH_SPENT,		/* not looked at: to be dropped; see guard.h */
};

/* X(symbol, name): what became of credentials. */
#define SF_AUTH_COUNTERS(X)						\
	X(GOOD, "good")							\
	X(ABSENT, "absent")		/* no credentials */		\
	X(REPEATED, "repeated")		/* good, the same request again */ \
	X(OLD_NONCE, "old-nonce")					\
	X(FOREIGN_NONCE, "foreign-nonce")	/* not made here */	\
	X(REPLAYED, "replayed")						\
	X(UNKNOWN_USER, "unknown-user")					\
	X(WRONG_SECRET, "wrong-secret")					\
	X(SPENT, "spent")		/* its source was wrong too often */ \
	X(WRONG_URI, "wrong-uri")	/* of another request */	\
	X(WRONG_QOP, "wrong-qop")	/* auth-int, or none */		\
	X(WRONG_ALGORITHM, "wrong-algorithm")	/* not offered */	\
	X(UNREADABLE, "unreadable")

enum sf_auth_counter {
#define X(sym, name) SF_AUTH_COUNT_##sym,
	SF_AUTH_COUNTERS(X)
#undef X
	SF_AUTH_COUNTER_COUNT
};

const char *sf_auth_counter_name(enum sf_auth_counter counter);

struct sf_auth;
struct sf_location;

/**
 * sf_auth_open() - be able to challenge
 * @auth: for sf_auth_close(); written only on success
 * @users: the caller's, and stays
 * @guard: who counts wrong answers; the caller's, and stays
 * @life: seconds that a nonce is good for
 *
 * Return: 0 or -ENOMEM.
 */
int sf_auth_open(struct sf_auth **auth, struct sf_users *users,
		 struct sf_guard *guard, u32 life);
void sf_auth_close(struct sf_auth *auth);

/**
 * sf_auth_home() - who is registered where a request comes from, port included,
 * is heard, however often others at that address were wrong
 * @location: the caller's, and stays
 */
void sf_auth_home(struct sf_auth *auth, struct sf_location *location);

/**
 * sf_auth_check() - look at the credentials of a request; from any thread
 * @proxy: Proxy-Authorization, otherwise Authorization
 * @who: who it is, written only with SF_AUTH_OK
 */
enum sf_auth_result sf_auth_check(struct sf_auth *auth,
				  const struct sf_message *request,
				  const struct sf_domain *domain, bool proxy,
				  struct sf_aor *who);

/**
 * sf_auth_challenge() - write the header lines of a 401 or 407
 * @to: where it goes: the nonce is good for that address
 * @user: whom it is for, if known: he may have a list of algorithms of his own
 * @proxy: Proxy-Authenticate, otherwise WWW-Authenticate
 * @stale: it was the nonce that was not good
 *
 * One line for each algorithm, the strongest first (RFC 8760, 2.3). A list of
 * one's own can be told from the domain's: it says that the user is there.
 */
void sf_auth_challenge(struct sf_auth *auth, struct sf_out *out,
		       const struct sf_domain *domain, const struct sf_flow *to,
		       const struct sf_aor *user, bool proxy, bool stale);

u64 sf_auth_counter(const struct sf_auth *auth, enum sf_auth_counter counter);

#endif /* SIPFAST_APP_CHALLENGE_H */
