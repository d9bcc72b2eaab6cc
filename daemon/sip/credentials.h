/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * credentials.h - what Authorization and WWW-Authenticate say
 *
 * RFC 7616, 3.3 and 3.4 (digest); RFC 3261, 22.4, 25.1; RFC 8760.
 *
 * Values are spans without their quotes, escapes as they came: that is what a
 * digest is computed of. A parameter that stands twice is refused, one that
 * nobody knows is ignored.
 */
#ifndef SIPFAST_SIP_CREDENTIALS_H
#define SIPFAST_SIP_CREDENTIALS_H

#include <sipfast/auth.h>

/**
 * struct sf_credentials - Authorization or Proxy-Authorization
 * @username: of the user
 * @realm: what the user's secret is for
 * @nonce: the server's
 * @uri: the Request-URI, as the client had it
 * @response: hexadecimal digits
 * @algorithm: empty when there is none: MD5
 * @cnonce: the client's nonce
 * @qop: empty when there is none (RFC 2069)
 * @nc_text: as the digest has it: eight hexadecimal digits
 * @nc: the number of requests with this nonce; 0: there is none
 * @userhash: @username is a hash
 */
struct sf_credentials {
	struct sf_span username;
	struct sf_span realm;
	struct sf_span nonce;
	struct sf_span uri;
	struct sf_span response;
	struct sf_span algorithm;
	struct sf_span cnonce;
	struct sf_span qop;
	struct sf_span nc_text;
	u32 nc;
	bool userhash;
};

/**
 * sf_credentials_parse() - read credentials
 * @value: of the header
 * @credentials: written only on success
 *
 * Return: SF_OK; SF_EMPTY when they are of another scheme than Digest;
 * SF_VALUE, also when what a digest cannot do without is missing.
 */
enum sf_reason sf_credentials_parse(const char *buf, struct sf_span value,
				    struct sf_credentials *credentials);

/**
 * struct sf_challenge - WWW-Authenticate or Proxy-Authenticate
 * @realm: what the secret is asked for
 * @nonce: the server's
 * @opaque: to be returned, if @has_opaque
 * @algorithm: empty when there is none: MD5
 * @has_opaque: there is an opaque
 * @has_qop: there is a qop, and so nc and cnonce are wanted
 * @auth: "auth" is among its values
 * @stale: the secret was right, and only the nonce too old
 */
struct sf_challenge {
	struct sf_span realm;
	struct sf_span nonce;
	struct sf_span opaque;
	struct sf_span algorithm;
	bool has_opaque;
	bool has_qop;
	bool auth;
	bool stale;
};

/**
 * sf_challenge_parse() - read a challenge; as sf_credentials_parse()
 */
enum sf_reason sf_challenge_parse(const char *buf, struct sf_span value,
				  struct sf_challenge *challenge);

#endif /* SIPFAST_SIP_CREDENTIALS_H */
