/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * escape.h - text from outside, made fit to be seen
 *
 * What SIP messages hold is written by whoever sent them. Terminals and logs
 * act upon control characters; they get printable ASCII only.
 */
#ifndef SIPFAST_UTIL_ESCAPE_H
#define SIPFAST_UTIL_ESCAPE_H

#include <stddef.h>

/**
 * sf_escape() - copy text, with "\xHH" for each byte that is not printable
 * @dst: takes the text, with a NUL
 * @size: of @dst, at least 8
 * @src: a string of any bytes, or NULL for none
 *
 * A text that does not fit ends in "...".
 *
 * Return: @dst.
 */
char *sf_escape(char *dst, size_t size, const char *src);

/**
 * sf_escape_dup() - the same, of any length
 *
 * Return: a string for free(); NULL when memory is short.
 */
char *sf_escape_dup(const char *src);

/**
 * sf_escape_bytes() - the same of bytes among which a NUL may be
 * @src: the bytes, @len of them; NULL when there are none
 */
char *sf_escape_bytes(const char *src, size_t len);

#endif /* SIPFAST_UTIL_ESCAPE_H */
