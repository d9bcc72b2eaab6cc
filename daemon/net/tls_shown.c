// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tls_shown.c - whether who sends a request has the certificate that it needs
 *
 * A handshake does not know yet for which domain requests come, and there may
 * be several on one connection. What was shown then is judged here, by the
 * authorities of the domain (RFC 5280, 6) and its names (RFC 5922, 7).
 */
#include <time.h>

#include "../util/clock.h"
#include "../util/log.h"
#include "conn.h"
#include "tls_internal.h"

static u64 seconds_of(const ASN1_TIME *at)
{
	struct tm tm;

	return at && ASN1_TIME_to_tm(at, &tm) ? (u64)timegm(&tm) : 0;
}

/* What is judged may be judged otherwise then. */
static void ends_at(struct sf_verdict *verdict, const ASN1_TIME *at)
{
	u64 end = seconds_of(at);

	if (end > verdict->from && end < verdict->until)
		verdict->until = end;
}

/* Lists of what an authority revoked end, and others begin. */
static void ends_with_lists(struct sf_verdict *verdict, X509_STORE_CTX *store,
			    X509 *cert)
{
	struct stack_st_X509_CRL *lists =
		X509_STORE_CTX_get1_crls(store, X509_get_issuer_name(cert));
	int i;

	for (i = 0; i < sk_X509_CRL_num(lists); i++) {
		const X509_CRL *list = sk_X509_CRL_value(lists, i);

		ends_at(verdict, X509_CRL_get0_lastUpdate(list));
		ends_at(verdict, X509_CRL_get0_nextUpdate(list));
	}
	sk_X509_CRL_pop_free(lists, X509_CRL_free);
}

static void ends_with_chain(struct sf_verdict *verdict, X509_STORE_CTX *store,
			    const struct sf_tls_site *site)
{
	struct stack_st_X509 *chain = X509_STORE_CTX_get0_chain(store);
	int i;

	for (i = 0; i < sk_X509_num(chain); i++) {
		X509 *cert = sk_X509_value(chain, i);

		ends_at(verdict, X509_get0_notAfter(cert));
		if (site->conf.crl)
			ends_with_lists(verdict, store, cert);
	}
}

/*
 * Those between the certificate and the authority come from the section only:
 * sessions that go on do not bring them again.
 */
static int verify(X509 *cert, const struct sf_tls_site *site,
		  struct sf_verdict *verdict)
{
	X509_STORE_CTX *store = X509_STORE_CTX_new();
	int error = X509_V_ERR_OUT_OF_MEM;

	if (store &&
	    X509_STORE_CTX_init(store, SSL_CTX_get_cert_store(site->client),
				cert, NULL) == 1 &&
	    X509_STORE_CTX_set_default(store, "ssl_client") == 1) {
		X509_STORE_CTX_set_time(store, 0, (time_t)verdict->from);
		error = X509_verify_cert(store) == 1 ?
				X509_V_OK :
				X509_STORE_CTX_get_error(store);
		if (error == X509_V_OK)
			ends_with_chain(verdict, store, site);
	}
	X509_STORE_CTX_free(store);
	return error;
}

static bool is_named(X509 *cert, const struct sf_claim *claim, bool wildcard)
{
	if (claim->user.len && !sf_tls_is_user(cert, claim->user))
		return false;
	return !claim->domain || sf_tls_is(cert, claim->domain, wildcard);
}

/*
 * A chain takes more than a hundred microseconds, and is the same for each request
 * of a connection. So that it is good is remembered until that may change: with
 * another configuration or other files (sf_net_secure()), and when one of its
 * certificates or lists ends; nor does it hold before it was said, if the clock is
 * put back. What is not good is looked at each time.
 */
static bool is_remembered(const struct sf_net *net,
			  const struct sf_verdict *verdict,
			  const struct sf_tls_site *site, u64 now)
{
	return verdict->site == site && verdict->secured == net->secured &&
	       now >= verdict->from && now < verdict->until;
}

static int vouched(struct sf_net *net, struct sf_conn *conn, X509 *cert,
		   const struct sf_tls_site *site)
{
	struct sf_verdict verdict = {
		.site = site,
		.secured = net->secured,
		.from = sf_clock_wall(),
		.until = UINT64_MAX,
	};
	int error;

	if (is_remembered(net, &conn->verdict, site, verdict.from))
		return X509_V_OK;
	sf_net_count(net, SF_NET_TLS_JUDGED);
	error = verify(cert, site, &verdict);
	if (error == X509_V_OK)
		conn->verdict = verdict;
	return error;
}

static int judge(struct sf_net *net, struct sf_conn *conn, X509 *cert,
		 const struct sf_tls_site *site, const struct sf_claim *claim)
{
	int error = site->conf.pins ? sf_tls_pinned(cert, &site->conf) :
				      vouched(net, conn, cert, site);

	if (error == X509_V_OK && !is_named(cert, claim, site->conf.wildcard))
		return X509_V_ERR_HOSTNAME_MISMATCH;
	return error;
}

static void tell(const struct sf_flow *flow, const struct sf_tls_site *site,
		 const struct sf_claim *claim, enum sf_net_counter reason)
{
	char peer[SF_END_TEXT_LEN];

	sf_log(SF_LOG_WARNING, "certificate-refused",
	       "peer=%s reason=%s section=%s name=%s",
	       sf_end_text(&flow->remote, peer), sf_net_counter_name(reason),
	       site ? site->conf.name : "",
	       claim->user.len ? sf_quoted(claim->user.s, claim->user.len) :
	       claim->domain ? claim->domain : "");
}

bool sf_tls_shows(struct sf_net *net, struct sf_conn *conn,
		  const struct sf_flow *flow, const struct sf_claim *claim)
{
	const struct sf_tls_site *site = sf_tls_find(net->tls, claim->site);
	X509 *cert = conn && conn->ssl && conn->state > SF_CONN_SHAKING ?
			     SSL_get0_peer_certificate(conn->ssl) : NULL;
	enum sf_net_counter reason = SF_NET_TLS_NO_CERTIFICATE;
	int error;

	if (cert && site) {
		error = judge(net, conn, cert, site, claim);
		if (error == X509_V_OK)
			return true;
		reason = sf_tls_reason_of(error);
	}
	sf_net_count(net, reason);
	if (sf_shake_line(net))
		tell(flow, site, claim, reason);
	return false;
}
