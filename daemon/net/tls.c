// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tls.c - bytes of an encrypted connection
 *
 * OpenSSL reads and writes the socket by itself, without a buffer of ours. In
 * the handshake the connection is SF_CONN_SHAKING; what has to be known until
 * then is freed after it.
 */
#include <errno.h>
#include <openssl/err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "../util/log.h"
#include "conn.h"
#include "tls_internal.h"

#define OFFER_MAX	512
#define SHOWN_MAX	(16 + 2 * SF_TLS_PIN_LEN)

/* The socket, as OpenSSL sees it: nobody gets SIGPIPE. */
static int bio_read(BIO *bio, char *buf, int len)
{
	const struct sf_conn *conn = BIO_get_data(bio);
	ssize_t n = recv(conn->watch.fd, buf, (size_t)len, 0);

	BIO_clear_retry_flags(bio);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		BIO_set_retry_read(bio);
	else if (!n)
		BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
	return (int)n;
}

static int bio_write(BIO *bio, const char *buf, int len)
{
	const struct sf_conn *conn = BIO_get_data(bio);
	ssize_t n = send(conn->watch.fd, buf, (size_t)len, MSG_NOSIGNAL);

	BIO_clear_retry_flags(bio);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		BIO_set_retry_write(bio);
	return (int)n;
}

static long bio_ctrl(BIO *bio, int what, long number, void *arg)
{
	(void)number;
	(void)arg;
	if (what == BIO_CTRL_EOF)
		return !!BIO_test_flags(bio, BIO_FLAGS_IN_EOF);
	return what == BIO_CTRL_FLUSH;
}

static int bio_create(BIO *bio)
{
	BIO_set_init(bio, 1);
	return 1;
}

/* Made once, by whoever is the first, and kept. */
static BIO_METHOD *method(void)
{
	static BIO_METHOD *made;
	BIO_METHOD *known = __atomic_load_n(&made, __ATOMIC_ACQUIRE), *mine;

	if (known)
		return known;
	mine = BIO_meth_new(BIO_TYPE_SOURCE_SINK | BIO_get_new_index(),
			    "connection");
	if (!mine)
		return NULL;
	BIO_meth_set_read(mine, bio_read);
	BIO_meth_set_write(mine, bio_write);
	BIO_meth_set_ctrl(mine, bio_ctrl);
	BIO_meth_set_create(mine, bio_create);
	if (__atomic_compare_exchange_n(&made, &known, mine, false,
					__ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
		return mine;
	BIO_meth_free(mine);
	return known;
}

static struct sf_tls_hand *new_hand(const struct sf_conn *conn,
				    const struct sf_tls_site *site)
{
	struct sf_tls_hand *hand = calloc(1, sizeof(*hand));

	if (!hand)
		return NULL;
	if (conn->ours && !sf_expect_name(conn->net, conn->flow.peer, hand->name)) {
		free(hand);
		return NULL;
	}
	hand->tls = sf_tls_get(conn->net->tls);
	hand->site = site;
	return hand;
}

static void free_hand(struct sf_tls_hand *hand)
{
	if (hand)
		sf_tls_put(hand->tls);
	free(hand);
}

static void end_hand(struct sf_conn *conn)
{
	free_hand(SSL_get_app_data(conn->ssl));
	SSL_set_app_data(conn->ssl, NULL);
}

/* Who is called is told by which name, unless that is an address. */
static void set_side(SSL *ssl, const struct sf_conn *conn,
		     const struct sf_tls_hand *hand)
{
	struct sf_ip ip;

	if (!conn->ours) {
		SSL_set_accept_state(ssl);
		return;
	}
	SSL_set_connect_state(ssl);
	sf_tls_session_use(conn, ssl);
	if (!sf_span_ip(hand->name, sf_span(0, (u32)strlen(hand->name)), &ip))
		SSL_set_tlsext_host_name(ssl, hand->name);
}

int sf_tls_start(struct sf_conn *conn, const char *name)
{
	const struct sf_tls_site *site = sf_tls_find(conn->net->tls, name);
	struct sf_tls_hand *hand = site ? new_hand(conn, site) : NULL;
	SSL *ssl = hand ? SSL_new(conn->ours ? site->client :
						     site->server[0]) : NULL;
	BIO *bio = ssl && method() ? BIO_new(method()) : NULL;

	if (!bio) {
		SSL_free(ssl);
		free_hand(hand);
		return site ? -ENOMEM : -EPROTONOSUPPORT;
	}
	BIO_set_data(bio, conn);
	SSL_set_bio(ssl, bio, bio);
	SSL_set_app_data(ssl, hand);
	set_side(ssl, conn, hand);
	conn->ssl = ssl;
	return 0;
}

/* What to pin, if that is who it should be. */
static const char *shown(const struct sf_tls_hand *hand, char *text)
{
	u32 i, len = 0;

	text[0] = '\0';
	if (hand->shown)
		len = (u32)snprintf(text, SHOWN_MAX, " fingerprint=");
	for (i = 0; hand->shown && i < SF_TLS_PIN_LEN; i++)
		snprintf(text + len + 2 * i, SHOWN_MAX - len - 2 * i, "%02X",
			 hand->pin[i]);
	return text;
}

static void tell(const struct sf_conn *conn, enum sf_net_counter reason,
		 unsigned long error)
{
	const struct sf_tls_hand *hand = SSL_get_app_data(conn->ssl);
	const char *detail = ERR_reason_error_string(error);
	char peer[SF_END_TEXT_LEN], offer[OFFER_MAX], cert[SHOWN_MAX];

	sf_tls_offer_text(&hand->offer, offer, sizeof(offer));
	sf_log(SF_LOG_WARNING, "tls-refused",
	       "peer=%s opened=%s reason=%s name=%s detail=\"%s\"%s%s",
	       sf_end_text(&conn->flow.remote, peer),
	       conn->ours ? "here" : "there", sf_net_counter_name(reason),
	       sf_quoted(hand->name, strlen(hand->name)),
	       detail ? detail : "", offer, shown(hand, cert));
}

/* It is counted always, but floods do not fill the log. */
static void refuse(struct sf_conn *conn, enum sf_net_counter reason,
		   unsigned long error)
{
	sf_net_count(conn->net, reason);
	if (sf_shake_line(conn->net))
		tell(conn, reason, error);
}

/* Return: -EAGAIN, and what is waited for; or that it failed. */
static int shake_on(struct sf_conn *conn, int result)
{
	unsigned long error;
	int what = SSL_get_error(conn->ssl, result);

	if (what == SSL_ERROR_WANT_READ || what == SSL_ERROR_WANT_WRITE) {
		conn->crossed = what == SSL_ERROR_WANT_WRITE;
		return -EAGAIN;
	}
	error = ERR_peek_error();
	refuse(conn, what == SSL_ERROR_SSL ? sf_tls_reason(conn->ssl, error) :
					     SF_NET_TLS_PEER_LEFT, error);
	ERR_clear_error();
	sf_tls_session_drop(conn);
	conn->broken = true;
	return -EPROTO;
}

static int tls_shake(struct sf_conn *conn)
{
	int result;

	ERR_clear_error();
	result = SSL_do_handshake(conn->ssl);
	if (result != 1)
		return shake_on(conn, result);
	conn->crossed = false;
	end_hand(conn);
	sf_net_count(conn->net, SF_NET_TLS_SHAKEN);
	if (SSL_session_reused(conn->ssl))
		sf_net_count(conn->net, SF_NET_TLS_RESUMED);
	return 0;
}

/* Of a read or a write that did not work. */
static ssize_t fail(struct sf_conn *conn, int result, int crossing)
{
	int what = SSL_get_error(conn->ssl, result);

	if (what == SSL_ERROR_WANT_READ || what == SSL_ERROR_WANT_WRITE) {
		if (what == crossing)
			conn->crossed = true;
		return -EAGAIN;
	}
	if (what == SSL_ERROR_ZERO_RETURN)
		return 0;
	ERR_clear_error();
	conn->broken = true;
	return what == SSL_ERROR_SYSCALL && errno ? -errno : -EPROTO;
}

static ssize_t tls_read(struct sf_conn *conn, char *buf, u32 len)
{
	int n;

	ERR_clear_error();
	conn->crossed = false;
	n = SSL_read(conn->ssl, buf, (int)len);
	return n > 0 ? n : fail(conn, n, SSL_ERROR_WANT_WRITE);
}

static ssize_t tls_write(struct sf_conn *conn, const char *buf, u32 len)
{
	ssize_t n;

	ERR_clear_error();
	n = SSL_write(conn->ssl, buf, (int)len);
	if (n <= 0)
		n = fail(conn, (int)n, SSL_ERROR_NONE);
	return n ? n : -EPIPE;
}

/*
 * Until TLS 1.3 who is told that no more comes has to say the same at once, and to
 * forget what he still had to say (RFC 5246, 7.2.1; RFC 8446, 6.1).
 */
static bool tls_half(const struct sf_conn *conn)
{
	return SSL_version(conn->ssl) >= TLS1_3_VERSION;
}

static bool tls_pending(const struct sf_conn *conn)
{
	return SSL_pending(conn->ssl) > 0;
}

static void tls_finish(struct sf_conn *conn)
{
	ERR_clear_error();
	SSL_shutdown(conn->ssl);
	ERR_clear_error();
	shutdown(conn->watch.fd, SHUT_WR);
}

/* A peer that keeps us waiting in the handshake is told of, too. */
static void tls_end(struct sf_conn *conn)
{
	bool shaking = SSL_get_app_data(conn->ssl);

	if (shaking && !conn->broken && conn->state == SF_CONN_SHAKING)
		refuse(conn, conn->err == ETIMEDOUT ? SF_NET_TLS_LATE :
						      SF_NET_TLS_PEER_LEFT, 0);
	ERR_clear_error();
	if (!shaking && !conn->broken)
		SSL_shutdown(conn->ssl);
	ERR_clear_error();
	end_hand(conn);
	SSL_free(conn->ssl);
	conn->ssl = NULL;
}

const struct sf_conn_ops sf_tls_ops = {
	.shake = tls_shake,
	.read = tls_read,
	.write = tls_write,
	.half = tls_half,
	.pending = tls_pending,
	.finish = tls_finish,
	.end = tls_end,
};

static void copy_name(char *to, u32 max, const char *from)
{
	snprintf(to, max, "%s", from ? from : "");
}

/* The certificate of a peer that was checked; or NULL. */
static X509 *checked(const struct sf_conn *conn)
{
	if (!conn->ssl || conn->state <= SF_CONN_SHAKING ||
	    SSL_get_verify_mode(conn->ssl) == SSL_VERIFY_NONE ||
	    SSL_get_verify_result(conn->ssl) != X509_V_OK)
		return NULL;
	return SSL_get0_peer_certificate(conn->ssl);
}

bool sf_tls_proven(const struct sf_conn *conn, const char *name)
{
	X509 *cert = checked(conn);

	return cert && sf_tls_is(cert, name, false);
}

void sf_tls_view(const struct sf_conn *conn, struct sf_conn_view *view)
{
	X509 *cert = conn->ssl ? SSL_get0_peer_certificate(conn->ssl) : NULL;

	if (!conn->ssl || conn->state == SF_CONN_SHAKING ||
	    conn->state == SF_CONN_CONNECTING)
		return;
	copy_name(view->version, sizeof(view->version),
		  SSL_get_version(conn->ssl));
	copy_name(view->cipher, sizeof(view->cipher),
		  SSL_get_cipher_name(conn->ssl));
	view->resumed = SSL_session_reused(conn->ssl);
	if (!cert)
		return;
	view->verified = checked(conn);
	if (X509_NAME_get_text_by_NID(X509_get_subject_name(cert),
				      NID_commonName, view->peer,
				      sizeof(view->peer)) < 0)
		view->peer[0] = '\0';
}
