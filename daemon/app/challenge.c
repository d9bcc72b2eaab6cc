// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * challenge.c - is a request from who it says?
 */
#include <errno.h>
#include <stdlib.h>

#include <sipfast/peek.h>

#include "../sip/credentials.h"
#include "../sip/uricmp.h"
#include "../util/count.h"
#include "../util/hash.h"
#include "challenge.h"
#include "nonce.h"
#include "target.h"

/**
 * struct sf_auth - all that is needed
 * @users: has a lock of its own
 * @nonces: has locks of its own
 * @guard: has locks of its own
 * @location: has locks of its own; NULL: nobody is at home
 * @key: of hashes of requests; constant
 * @nobody: digests that nobody's secret has, for unknown users; constant
 * @counters: what became of credentials
 */
struct sf_auth {
	struct sf_users *users;
	struct sf_nonces *nonces;
	struct sf_guard *guard;
	struct sf_location *location;
	struct sf_hash_key key;
	struct sf_account nobody;
	u64 counters[SF_AUTH_COUNTER_COUNT];
};

const char *sf_auth_counter_name(enum sf_auth_counter counter)
{
	static const char *const names[] = {
#define X(sym, name) [SF_AUTH_COUNT_##sym] = (name),
		SF_AUTH_COUNTERS(X)
#undef X
	};

	return counter < SF_AUTH_COUNTER_COUNT ? names[counter] : "unknown";
}

u64 sf_auth_counter(const struct sf_auth *auth, enum sf_auth_counter counter)
{
	return sf_counted(&auth->counters[counter]);
}

int sf_auth_open(struct sf_auth **auth, struct sf_users *users,
		 struct sf_guard *guard, u32 life)
{
	struct sf_auth *made = calloc(1, sizeof(*made));

	if (!made)
		return -ENOMEM;
	made->users = users;
	made->nonces = sf_nonces_new(life);
	made->guard = guard;
	if (!made->nonces) {
		free(made);
		return -ENOMEM;
	}
	sf_random(&made->key, sizeof(made->key));
	sf_random(&made->nobody, sizeof(made->nobody));
	made->nobody.algorithms = SF_ALG_ALL;
	made->nobody.listed = false;
	*auth = made;
	return 0;
}

void sf_auth_close(struct sf_auth *auth)
{
	sf_nonces_free(auth->nonces);
	free(auth);
}

void sf_auth_home(struct sf_auth *auth, struct sf_location *location)
{
	auth->location = location;
}

static enum sf_auth_result count(struct sf_auth *auth,
				 enum sf_auth_counter counter,
				 enum sf_auth_result result)
{
	sf_count(&auth->counters[counter]);
	return result;
}

/* The first credentials of this realm; see sf_credentials_parse(). */
static enum sf_reason find(const struct sf_message *request,
			   const struct sf_domain *domain, bool proxy,
			   struct sf_credentials *found)
{
	const struct sf_hdr *hdr = sf_msg_hdr(request->msg,
		proxy ? SF_HDR_PROXY_AUTHORIZATION : SF_HDR_AUTHORIZATION);
	enum sf_reason reason;

	for (; hdr; hdr = sf_msg_hdr_next(request->msg, hdr)) {
		reason = sf_credentials_parse(request->buf, hdr->value, found);
		if (reason == SF_EMPTY)
			continue;
		if (reason)
			return reason;
		if (sf_span_eq(request->buf, found->realm, domain->name,
			       (u32)strlen(domain->name)))
			return SF_OK;
	}
	return SF_EMPTY;
}

/*
 * Proxies on the way may have changed the Request-URI, and phones leave out its
 * parameters: what counts is whom it names. Nobody has proved anything yet, so
 * what takes longer to compare than to read is not compared.
 */
static bool is_for(const struct sf_message *request, struct sf_span uri)
{
	struct sf_span ruri = request->msg->ruri;
	const char *buf = request->buf;
	struct sf_uri a, b;

	if (sf_span_eq(buf, uri, buf + ruri.off, ruri.len))
		return true;
	if (sf_uri_parse(buf, uri, &a) || sf_uri_parse(buf, ruri, &b) ||
	    (a.at.port && b.at.port && a.at.port != b.at.port))
		return false;
	return sf_uri_same_user(buf, &a, buf, &b);
}

/* The same for the same request only: 22.3 lets it be sent again. */
static u32 print_of(const struct sf_auth *auth,
		    const struct sf_message *request, struct sf_span response)
{
	struct sf_hasher hasher;

	sf_hasher_init(&hasher, &auth->key);
	sf_hasher_add(&hasher, request->buf + response.off, response.len);
	sf_hasher_add(&hasher, &request->cseq.number,
		      sizeof(request->cseq.number));
	sf_hasher_add(&hasher, request->buf + request->call_id.off,
		      request->call_id.len);
	return (u32)sf_hasher_end(&hasher);
}

/* Is the response that of whoever has this digest? */
static bool is_response(const struct sf_message *request, enum sf_alg alg,
			const struct sf_credentials *c, const u8 *ha1)
{
	const char *buf = request->buf;
	const struct sf_auth_input input = {
		.alg = alg,
		.ha1 = ha1,
		.nonce = sf_text(buf, c->nonce),
		.nc = sf_text(buf, c->nc_text),
		.cnonce = sf_text(buf, c->cnonce),
		.qop = sf_text(buf, c->qop),
		.method = sf_text(buf, request->msg->method_name),
		.uri = sf_text(buf, c->uri),
	};
	char text[SF_DIGEST_TEXT], got[SF_DIGEST_TEXT];
	u32 i, len = sf_auth_response(&input, text);

	if (!len || c->response.len != len)
		return false;
	for (i = 0; i < len; i++)
		got[i] = (char)(buf[c->response.off + i] | 0x20);
	return sf_auth_same(text, got, len);
}

static enum sf_auth_result use_nonce(struct sf_auth *auth,
				     const struct sf_message *request,
				     const struct sf_credentials *c, u64 stamp)
{
	switch (sf_nonce_use(auth->nonces, stamp, c->nc,
			     print_of(auth, request, c->response))) {
	case SF_NONCE_GOOD:
		sf_guard_good(auth->guard, &request->packet->flow.remote.ip);
		return count(auth, SF_AUTH_COUNT_GOOD, SF_AUTH_OK);
	case SF_NONCE_AGAIN:
		return count(auth, SF_AUTH_COUNT_REPEATED, SF_AUTH_OK);
	case SF_NONCE_REPLAY:
		return count(auth, SF_AUTH_COUNT_REPLAYED, SF_AUTH_STALE);
	default:
		return count(auth, SF_AUTH_COUNT_OLD_NONCE, SF_AUTH_STALE);
	}
}

static u8 offered(const struct sf_domain *domain,
		  const struct sf_account *account)
{
	return account->listed ? account->algorithms :
				 account->algorithms & domain->algorithms;
}

static bool is_at_home(const struct sf_auth *auth,
		       const struct sf_message *request,
		       const struct sf_aor *aor)
{
	static _Thread_local struct sf_targets targets;
	const struct sf_end *remote = &request->packet->flow.remote;
	u32 i;

	if (!auth->location)
		return false;
	sf_location_lookup(auth->location,
			   (struct sf_text){ aor->text, aor->len }, &targets);
	for (i = 0; i < targets.count; i++) {
		const struct sf_end *end = &targets.target[i].flow.remote;

		if (sf_ip_eq(&end->ip, &remote->ip) && end->port == remote->port)
			return true;
	}
	return false;
}

/*
 * Were it answered even once when it is right, whoever guesses could ignore that
 * the rest is not answered.
 */
static bool is_spent(const struct sf_auth *auth,
		     const struct sf_message *request, bool known,
		     const struct sf_aor *aor)
{
	return sf_guard_spent(auth->guard, &request->packet->flow.remote.ip) &&
	       !(known && is_at_home(auth, request, aor));
}

/* The nonce is one that was given to where this comes from. */
static void answered(struct sf_auth *auth, const struct sf_message *request,
		     bool known, bool right)
{
	const struct sf_flow *flow = &request->packet->flow;
	const struct sf_hdr *agent = sf_msg_hdr(request->msg,
						SF_HDR_USER_AGENT);

	if (agent && sf_peek_scanner(request->buf, agent->value))
		sf_guard_count(auth->guard, flow, true, SF_GUARD_SCANNER);
	if (!known)
		sf_guard_count(auth->guard, flow, true, SF_GUARD_UNKNOWN_USER);
	else if (!right)
		sf_guard_count(auth->guard, flow, true, SF_GUARD_WRONG_SECRET);
}

/* Whoever it says it is: the same is done for those who do not exist. */
static enum sf_auth_result judge_user(struct sf_auth *auth,
				      const struct sf_message *request,
				      const struct sf_domain *domain,
				      const struct sf_credentials *c,
				      enum sf_alg alg, u64 stamp,
				      struct sf_aor *aor)
{
	struct sf_account account = auth->nobody;
	bool known, right, spent;

	known = sf_aor_make(aor, request->buf, c->username, domain->name) &&
		!c->userhash &&
		sf_users_find(auth->users,
			      (struct sf_text){ aor->text, aor->len },
			      &account);
	right = is_response(request, alg, c, account.ha1[alg]);
	if (known && !(offered(domain, &account) & SF_ALG_BIT(alg)))
		right = false;
	sf_auth_wipe(&account, sizeof(account));
	spent = is_spent(auth, request, known, aor);
	answered(auth, request, known, right);
	if (spent)
		return count(auth, SF_AUTH_COUNT_SPENT, SF_AUTH_SPENT);
	if (!known)
		return count(auth, SF_AUTH_COUNT_UNKNOWN_USER, SF_AUTH_BAD);
	if (!right)
		return count(auth, SF_AUTH_COUNT_WRONG_SECRET, SF_AUTH_BAD);
	return use_nonce(auth, request, c, stamp);
}

/* SF_AUTH_OK: it was given to where this comes from, and lately. */
static enum sf_auth_result look_at_nonce(struct sf_auth *auth,
					 const struct sf_message *request,
					 const struct sf_credentials *c,
					 u64 *stamp)
{
	switch (sf_nonce_look(auth->nonces, &request->packet->flow.remote.ip,
			      request->buf, c->nonce, stamp)) {
	case SF_NONCE_GOOD:
		return SF_AUTH_OK;
	case SF_NONCE_OLD:
		return count(auth, SF_AUTH_COUNT_OLD_NONCE, SF_AUTH_STALE);
	default:
		return count(auth, SF_AUTH_COUNT_FOREIGN_NONCE, SF_AUTH_STALE);
	}
}

static enum sf_auth_result judge(struct sf_auth *auth,
				 const struct sf_message *request,
				 const struct sf_domain *domain,
				 const struct sf_credentials *c,
				 struct sf_aor *aor)
{
	enum sf_alg alg = SF_ALG_MD5;
	enum sf_auth_result result;
	u64 stamp;

	if (!is_for(request, c->uri))
		return count(auth, SF_AUTH_COUNT_WRONG_URI, SF_AUTH_MALFORMED);
	if (c->qop.len ? !sf_span_caseis(request->buf, c->qop, "auth") :
			 !domain->no_qop)
		return count(auth, SF_AUTH_COUNT_WRONG_QOP, SF_AUTH_MALFORMED);
	if (c->algorithm.len)
		alg = sf_alg_find(request->buf, c->algorithm);
	if (alg == SF_ALG_COUNT)
		return count(auth, SF_AUTH_COUNT_WRONG_ALGORITHM, SF_AUTH_BAD);
	result = look_at_nonce(auth, request, c, &stamp);
	if (result != SF_AUTH_OK)
		return result;
	return judge_user(auth, request, domain, c, alg, stamp, aor);
}

enum sf_auth_result sf_auth_check(struct sf_auth *auth,
				  const struct sf_message *request,
				  const struct sf_domain *domain, bool proxy,
				  struct sf_aor *who)
{
	enum sf_reason reason;
	struct sf_credentials c;
	enum sf_auth_result result;
	struct sf_aor aor;

	reason = find(request, domain, proxy, &c);
	if (reason == SF_EMPTY)
		return count(auth, SF_AUTH_COUNT_ABSENT, SF_AUTH_NONE);
	if (reason)
		return count(auth, SF_AUTH_COUNT_UNREADABLE, SF_AUTH_MALFORMED);
	result = judge(auth, request, domain, &c, &aor);
	if (result == SF_AUTH_OK)
		*who = aor;
	return result;
}

static void put_challenge(struct sf_out *out, const struct sf_domain *domain,
			  const char *nonce, enum sf_alg alg, bool proxy,
			  bool stale)
{
	if (proxy)
		sf_put_lit(out, "Proxy-Authenticate: Digest realm=\"");
	else
		sf_put_lit(out, "WWW-Authenticate: Digest realm=\"");
	sf_put_str(out, domain->name);
	sf_put_lit(out, "\", nonce=\"");
	sf_put(out, nonce, SF_NONCE_LEN);
	sf_put_lit(out, "\", algorithm=");
	sf_put_str(out, sf_alg_name(alg));
	sf_put_lit(out, ", qop=\"auth\"");
	if (stale)
		sf_put_lit(out, ", stale=true");
	sf_put_lit(out, "\r\n");
}

void sf_auth_challenge(struct sf_auth *auth, struct sf_out *out,
		       const struct sf_domain *domain, const struct sf_flow *to,
		       const struct sf_aor *user, bool proxy, bool stale)
{
	u8 algorithms = domain->algorithms;
	struct sf_account account;
	char nonce[SF_NONCE_LEN];
	u32 alg;

	if (user && user->len &&
	    sf_users_find(auth->users,
			  (struct sf_text){ user->text, user->len },
			  &account)) {
		if (account.listed)
			algorithms = account.algorithms;
		sf_auth_wipe(&account, sizeof(account));
	}
	sf_guard_count(auth->guard, to, false, SF_GUARD_UNANSWERED);
	sf_nonce_make(auth->nonces, &to->remote.ip, nonce);
	for (alg = SF_ALG_COUNT; alg--;)
		if (algorithms & SF_ALG_BIT(alg))
			put_challenge(out, domain, nonce, (enum sf_alg)alg,
				      proxy, stale);
}
