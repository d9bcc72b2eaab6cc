/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grammar.h - readers that judge a value, and want nothing from it
 *
 * Each takes a whole value, or an element of a list as sf_list_next() gives
 * it, and returns true when the grammar knows it.
 */
#ifndef SIPFAST_CORE_GRAMMAR_H
#define SIPFAST_CORE_GRAMMAR_H

#include <sipfast/addr.h>
#include <sipfast/uri.h>

/* A host name of RFC 1123's labels, or an address that was read as one. */
bool sf_good_host(const char *buf, const struct sf_host *host);

/* host, IPv4 address or IPv6 address with or without brackets. */
bool sf_good_hostname(const char *buf, struct sf_span s);

/* All parts of a URI that sf_uri_parse() has read. */
bool sf_good_uri(const char *buf, const struct sf_uri *uri);

/* *( ";" name [ "=" value ] ) of a header; known ones in their own grammar. */
bool sf_good_params(const char *buf, struct sf_span params);

/* Nothing but bytes of @classes, and one of them at least. */
bool sf_good_all(const char *buf, struct sf_span s, u8 classes);

bool sf_good_token(const char *buf, struct sf_span s);
bool sf_good_u32(const char *buf, struct sf_span s);
bool sf_good_u8(const char *buf, struct sf_span s);

/* word [ "@" word ] (RFC 3261, 25.1), and the same with parameters. */
bool sf_good_call_id(const char *buf, struct sf_span s);
bool sf_good_dialog(const char *buf, struct sf_span s);

/* token *( ";" param ), delta-seconds *( ";" param ) */
bool sf_good_token_params(const char *buf, struct sf_span s);
bool sf_good_delta_params(const char *buf, struct sf_span s);

/* type "/" subtype *( ";" param ) */
bool sf_good_type(const char *buf, struct sf_span s);

bool sf_good_version(const char *buf, struct sf_span s);
bool sf_good_privacy(const char *buf, struct sf_span s);
bool sf_good_rack(const char *buf, struct sf_span s);
bool sf_good_retry_after(const char *buf, struct sf_span s);
bool sf_good_timestamp(const char *buf, struct sf_span s);
bool sf_good_warning(const char *buf, struct sf_span s);

/* Credentials or a challenge (RFC 3261, 25.1; RFC 7616). */
bool sf_good_auth(const char *buf, struct sf_span s);
bool sf_good_auth_info(const char *buf, struct sf_span s);

/* An RFC 1123 date in GMT, in the case it is written there (RFC 3261, 20.17) */
bool sf_good_date(const char *buf, struct sf_span s);

#endif /* SIPFAST_CORE_GRAMMAR_H */
