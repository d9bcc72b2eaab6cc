/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * uri.h - SIP, SIPS, tel and other URIs (RFC 3261, 19.1; RFC 3966; RFC 5954)
 */
#ifndef SIPFAST_URI_H
#define SIPFAST_URI_H

#include <sipfast/reason.h>
#include <sipfast/span.h>

enum sf_scheme {
	SF_SCHEME_OTHER,
	SF_SCHEME_SIP,
	SF_SCHEME_SIPS,
	SF_SCHEME_TEL,
};

/**
 * struct sf_host - host and port, as URIs and Via have them
 * @host: the host as written, brackets of an IPv6 reference included
 * @port_text: the digits of the port; empty when there is none
 * @hostport: from the host to the end of the port
 * @ip: the address when @host is one; @ip.family is 0 for a name
 * @port: the port in host byte order; 0 when there is none
 */
struct sf_host {
	struct sf_span host;
	struct sf_span port_text;
	struct sf_span hostport;
	struct sf_ip ip;
	u16 port;
};

/**
 * struct sf_uri - the parts of a URI
 * @all: the whole URI
 * @scheme: enum sf_scheme
 * @scheme_text: the scheme as written, without the colon
 * @user: userinfo before a password; the number of a tel URI; the part after
 *        the colon of other schemes
 * @password: after the first colon of the userinfo
 * @at: host and port; absent (all zero) for schemes other than sip and sips
 * @params: from the first ';' to the headers, that ';' included; empty when
 *          there are none
 * @headers: after the '?'
 */
struct sf_uri {
	struct sf_span all;
	u8 scheme;
	struct sf_span scheme_text;
	struct sf_span user;
	struct sf_span password;
	struct sf_host at;
	struct sf_span params;
	struct sf_span headers;
};

/**
 * sf_host_parse() - read host[:port] at the start of a span
 * @host: written only on success
 * @end: offset of the first byte behind it; may be NULL when nothing may follow
 *
 * Return: SF_OK or SF_URI.
 */
enum sf_reason sf_host_parse(const char *buf, struct sf_span s,
			     struct sf_host *host, u32 *end);

/**
 * sf_uri_parse() - read a URI that fills a span (no angle brackets)
 * @uri: written only on success
 *
 * Escapes have to be whole and are not decoded. There is one '@' at most: a
 * second one has to be escaped.
 *
 * Return: SF_OK or SF_URI.
 */
enum sf_reason sf_uri_parse(const char *buf, struct sf_span s,
			    struct sf_uri *uri);

/**
 * sf_uri_scheme() - the scheme of a URI, whatever is behind it
 * Return: SF_SCHEME_OTHER when it is not one of those that are known.
 */
enum sf_scheme sf_uri_scheme(const char *buf, struct sf_span s);

#endif /* SIPFAST_URI_H */
