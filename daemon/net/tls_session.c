// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tls_session.c - sessions with those that we call
 *
 * The newest one is kept with the name that was asked for, and with the section
 * by which it was checked. It ends with the configuration: what was trusted by
 * another one is asked again.
 */
#include "conn.h"
#include "tls_internal.h"

int sf_tls_session_new(SSL *ssl, SSL_SESSION *session)
{
	const struct sf_conn *conn = BIO_get_data(SSL_get_rbio(ssl));
	struct sf_net *net = conn->net;
	SSL_SESSION **kept = sf_expect_session(net, conn->flow.peer);
	const struct sf_tls_site *site =
		sf_tls_find(net->tls, sf_expect_site(net, conn->flow.peer));

	if (!kept || !site || SSL_get_SSL_CTX(ssl) != site->client)
		return 0;
	SSL_SESSION_free(*kept);
	*kept = session;
	return 1;
}

void sf_tls_session_drop(const struct sf_conn *conn)
{
	SSL_SESSION **kept = sf_expect_session(conn->net, conn->flow.peer);

	if (!kept)
		return;
	SSL_SESSION_free(*kept);
	*kept = NULL;
}

/* The certificate is not shown again: it may have expired since. */
void sf_tls_session_use(const struct sf_conn *conn, SSL *ssl)
{
	SSL_SESSION **kept = sf_expect_session(conn->net, conn->flow.peer);
	X509 *cert = kept && *kept ? SSL_SESSION_get0_peer(*kept) : NULL;

	if (!cert || X509_cmp_current_time(X509_get0_notAfter(cert)) < 0)
		return;
	SSL_set_session(ssl, *kept);
}
