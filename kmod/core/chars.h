/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * chars.h - classes of bytes in SIP's grammar (RFC 3261, 25.1)
 */
#ifndef SIPFAST_CORE_CHARS_H
#define SIPFAST_CORE_CHARS_H

#include <sipfast/deps.h>

#define SF_C_TOKEN	0x01	/* token */
#define SF_C_LWS	0x02	/* SP, HTAB, and the CRLF of a fold */
#define SF_C_HOST	0x04	/* host name; '_' too, as found in the field */
#define SF_C_URI	0x08	/* what may stand in a URI; UTF-8 is tolerated */
#define SF_C_DISPLAY	0x10	/* display name without quotes, as tolerated */
#define SF_C_VALUE	0x20	/* parameter value without quotes */
#define SF_C_DIGIT	0x40
#define SF_C_HEX	0x80

extern const u8 sf_chars[256];

static inline bool sf_is(char c, u8 classes)
{
	return sf_chars[(u8)c] & classes;
}

static inline bool sf_is_wsp(char c)
{
	return c == ' ' || c == '\t';
}

static inline bool sf_is_eol(char c)
{
	return c == '\r' || c == '\n';
}

static inline char sf_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

#endif /* SIPFAST_CORE_CHARS_H */
