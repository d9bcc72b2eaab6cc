/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * aor.h - addresses of record, in one spelling (RFC 3261, 10.3, step 5)
 *
 * A user has many URIs. What finds him is "user@domain": the domain in lower
 * case, the user with the escapes that are needed, in upper case, and no others.
 * It is printable, without blanks, and two URIs that RFC 3261, 19.1.4 calls
 * equal have the same one.
 */
#ifndef SIPFAST_SIP_AOR_H
#define SIPFAST_SIP_AOR_H

#include <sipfast/uri.h>

/* The longest one. */
#define SF_AOR_MAX 255

/**
 * struct sf_aor - an address of record
 * @len: bytes of @text; 0: there is none
 * @user_len: bytes of the user at its beginning; '@' follows
 * @text: it, with a NUL behind it
 */
struct sf_aor {
	u16 len;
	u16 user_len;
	char text[SF_AOR_MAX + 1];
};

/**
 * sf_aor_make() - put one together
 * @user: the user as a URI has it, or an account's name
 * @domain: a NUL-terminated name, or an address; put in lower case
 *
 * Return: false when the user is empty, or all of it too long.
 */
bool sf_aor_make(struct sf_aor *aor, const char *buf, struct sf_span user,
		 const char *domain);

bool sf_aor_eq(const struct sf_aor *a, const struct sf_aor *b);

#endif /* SIPFAST_SIP_AOR_H */
