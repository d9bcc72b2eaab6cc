// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tls_shown.c - whether who sends a request has the certificate that it needs
 *
 * A handshake does not know yet for which domain requests come, and there may
 * be several on one connection. What was shown then is judged here, by the
 * authorities of the domain (RFC 5280, 6) and its names (RFC 5922, 7).
 */
#include "../util/log.h"
#include "conn.h"
#include "tls_internal.h"

/*
 * Those between the certificate and the authority come from the section only:
 * sessions that go on do not bring them again.
 */
static int verify(X509 *cert, const struct sf_tls_site *site)
{
	X509_STORE_CTX *store = X509_STORE_CTX_new();
	int error = X509_V_ERR_OUT_OF_MEM;

	if (store &&
	    X509_STORE_CTX_init(store, SSL_CTX_get_cert_store(site->client),
				cert, NULL) == 1 &&
	    X509_STORE_CTX_set_default(store, "ssl_client") == 1)
		error = X509_verify_cert(store) == 1 ?
				X509_V_OK :
				X509_STORE_CTX_get_error(store);
	X509_STORE_CTX_free(store);
	return error;
}

static bool is_named(X509 *cert, const struct sf_claim *claim, bool wildcard)
{
	if (claim->user.len && !sf_tls_is_user(cert, claim->user))
		return false;
	return !claim->domain || sf_tls_is(cert, claim->domain, wildcard);
}

static int judge(X509 *cert, const struct sf_tls_site *site,
		 const struct sf_claim *claim)
{
	int error = site->conf.pins ? sf_tls_pinned(cert, &site->conf) :
				      verify(cert, site);

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

bool sf_tls_shows(struct sf_net *net, const struct sf_conn *conn,
		  const struct sf_flow *flow, const struct sf_claim *claim)
{
	const struct sf_tls_site *site = sf_tls_find(net->tls, claim->site);
	X509 *cert = conn && conn->ssl && conn->state > SF_CONN_SHAKING ?
			     SSL_get0_peer_certificate(conn->ssl) : NULL;
	enum sf_net_counter reason = SF_NET_TLS_NO_CERTIFICATE;
	int error;

	if (cert && site) {
		error = judge(cert, site, claim);
		if (error == X509_V_OK)
			return true;
		reason = sf_tls_reason_of(error);
	}
	sf_net_count(net, reason);
	if (sf_shake_line(net))
		tell(flow, site, claim, reason);
	return false;
}
