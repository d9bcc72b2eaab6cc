/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * uricmp.h - do two URIs mean the same (RFC 3261, 19.1.4)?
 *
 * The relation is not transitive: a URI parameter that only one of the two has
 * is ignored.
 */
#ifndef SIPFAST_SIP_URICMP_H
#define SIPFAST_SIP_URICMP_H

#include <sipfast/uri.h>

/**
 * sf_uri_equal() - compare two URIs, without angle brackets
 *
 * What is no sip or sips URI, or cannot be read, or has more than 32 parameters
 * or headers, is equal to the same bytes only. IPv6 addresses compare by value
 * (RFC 5954). Nothing between two '&' is no header.
 */
bool sf_uri_equal(const char *a, struct sf_span as, const char *b,
		  struct sf_span bs);

/**
 * sf_uri_same_user() - do two URIs, of any scheme, name the same user and host?
 *
 * Whatever else they say: port, password, parameters and headers.
 */
bool sf_uri_same_user(const char *a, const struct sf_uri *ap, const char *b,
		      const struct sf_uri *bp);

/**
 * sf_escape_next() - take a character off a text in which %HH stands for one
 * @pos: moved behind it
 * @end: of the text; @pos is before it
 *
 * Return: the character; + SF_ESCAPED for one that was escaped and is reserved:
 * this one means something else than the bare character. A '%' without two
 * digits behind it is itself.
 */
u32 sf_escape_next(const char *buf, u32 *pos, u32 end);

#define SF_ESCAPED 0x100

/* Does a character mean the same with and without being escaped, and may it
 * stand bare (RFC 3261, 25.1: unreserved)?
 */
bool sf_is_unreserved(u8 c);

#endif /* SIPFAST_SIP_URICMP_H */
