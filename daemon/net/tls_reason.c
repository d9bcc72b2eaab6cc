// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tls_reason.c - why there is no connection
 */
#include <openssl/err.h>
#include <openssl/x509_vfy.h>

#include "tls_internal.h"

static const struct {
	int what;
	enum sf_net_counter reason;
} by_certificate[] = {
	{ X509_V_ERR_CERT_HAS_EXPIRED, SF_NET_TLS_EXPIRED },
	{ X509_V_ERR_CERT_NOT_YET_VALID, SF_NET_TLS_EXPIRED },
	{ X509_V_ERR_HOSTNAME_MISMATCH, SF_NET_TLS_WRONG_NAME },
	{ X509_V_ERR_APPLICATION_VERIFICATION, SF_NET_TLS_WRONG_PIN },
	{ X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, SF_NET_TLS_SELF_SIGNED },
	{ X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, SF_NET_TLS_UNKNOWN_CA },
	{ X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, SF_NET_TLS_UNKNOWN_CA },
	{ X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, SF_NET_TLS_UNKNOWN_CA },
	{ X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, SF_NET_TLS_UNKNOWN_CA },
	{ X509_V_ERR_CERT_REVOKED, SF_NET_TLS_REVOKED },
	{ X509_V_ERR_UNABLE_TO_GET_CRL, SF_NET_TLS_NO_CRL },
	{ X509_V_ERR_CRL_HAS_EXPIRED, SF_NET_TLS_NO_CRL },
	{ X509_V_ERR_CRL_NOT_YET_VALID, SF_NET_TLS_NO_CRL },
	{ X509_V_ERR_CRL_SIGNATURE_FAILURE, SF_NET_TLS_NO_CRL },
}, by_error[] = {
	{ SSL_R_NO_SHARED_CIPHER, SF_NET_TLS_NO_CIPHER },
	{ SSL_R_NO_CIPHERS_AVAILABLE, SF_NET_TLS_NO_CIPHER },
	{ SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM, SF_NET_TLS_NO_CIPHER },
	{ SSL_R_NO_SUITABLE_KEY_SHARE, SF_NET_TLS_NO_CIPHER },
	{ SSL_R_UNSUPPORTED_PROTOCOL, SF_NET_TLS_NO_VERSION },
	{ SSL_R_VERSION_TOO_LOW, SF_NET_TLS_NO_VERSION },
	{ SSL_R_WRONG_SSL_VERSION, SF_NET_TLS_NO_VERSION },
	{ SSL_R_WRONG_VERSION_NUMBER, SF_NET_TLS_NO_TLS },
	{ SSL_R_HTTP_REQUEST, SF_NET_TLS_NO_TLS },
	{ SSL_R_HTTPS_PROXY_REQUEST, SF_NET_TLS_NO_TLS },
	{ SSL_R_PACKET_LENGTH_TOO_LONG, SF_NET_TLS_NO_TLS },
	{ SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE, SF_NET_TLS_NO_CERTIFICATE },
};

/* Alerts of the peer are numbered from here on (SSL_AD_REASON_OFFSET). */
#define ALERTS	1000

enum sf_net_counter sf_tls_reason_of(long verified)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(by_certificate); i++)
		if (by_certificate[i].what == verified)
			return by_certificate[i].reason;
	return SF_NET_TLS_UNTRUSTED;
}

enum sf_net_counter sf_tls_reason(const SSL *ssl, unsigned long error)
{
	int reason = ERR_GET_REASON(error);
	u32 i;

	if (ERR_GET_LIB(error) != ERR_LIB_SSL)
		return SF_NET_TLS_PEER_LEFT;
	for (i = 0; i < ARRAY_SIZE(by_error); i++)
		if (by_error[i].what == reason)
			return by_error[i].reason;
	if (reason >= ALERTS)
		return SF_NET_TLS_PEER_REFUSED;
	if (reason != SSL_R_CERTIFICATE_VERIFY_FAILED)
		return SF_NET_TLS_OTHER;
	return sf_tls_reason_of(SSL_get_verify_result(ssl));
}
