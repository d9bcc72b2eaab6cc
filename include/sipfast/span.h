/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * span.h - a piece of a message, by offset and length
 *
 * Nothing is copied: every result of the core is a span into the buffer that
 * the caller handed in. A span means nothing without its buffer, and stays
 * valid as long as that buffer is unchanged. A message holds any byte, NUL
 * included, and is never NUL-terminated.
 */
#ifndef SIPFAST_SPAN_H
#define SIPFAST_SPAN_H

#include <sipfast/deps.h>

/**
 * struct sf_span - offset and length into a message
 * @off: offset of the first byte
 * @len: number of bytes; 0 where the part is absent or empty
 *
 * Where "absent" and "empty" differ, the structure that holds the span says
 * which it is with a flag of its own.
 */
struct sf_span {
	u32 off;
	u32 len;
};

static inline struct sf_span sf_span(u32 off, u32 end)
{
	return (struct sf_span){ .off = off, .len = end - off };
}

static inline u32 sf_span_end(struct sf_span s)
{
	return s.off + s.len;
}

/* Does @outer hold every byte of @inner? */
static inline bool sf_span_within(struct sf_span inner, struct sf_span outer)
{
	return inner.off >= outer.off &&
	       sf_span_end(inner) <= sf_span_end(outer);
}

/**
 * sf_span_eq() - compare a span with bytes, case-sensitively
 * @buf: the buffer of @s
 * @s: the span
 * @str: bytes to compare with, @len of them
 */
static inline bool sf_span_eq(const char *buf, struct sf_span s,
			      const char *str, u32 len)
{
	return s.len == len && !memcmp(buf + s.off, str, len);
}

/**
 * sf_span_caseeq() - the same without regard to ASCII case
 *
 * Tokens in SIP compare case-insensitively unless said otherwise
 * (RFC 3261, 7.3.1).
 */
bool sf_span_caseeq(const char *buf, struct sf_span s, const char *str, u32 len);

/*
 * The same with a literal, whose length the compiler knows: no call is needed.
 * What is compared mostly has another length, or is written as everyone writes
 * it.
 */
static inline bool sf_span_lit(const char *buf, struct sf_span s,
			       const char *str, u32 len)
{
	return s.len == len && !__builtin_memcmp(buf + s.off, str, len);
}

static inline bool sf_span_caselit(const char *buf, struct sf_span s,
				   const char *str, u32 len)
{
	return sf_span_lit(buf, s, str, len) ||
	       (s.len == len && sf_span_caseeq(buf, s, str, len));
}

#define sf_span_is(buf, s, lit) sf_span_lit(buf, s, lit, sizeof(lit) - 1)
#define sf_span_caseis(buf, s, lit) sf_span_caselit(buf, s, lit, sizeof(lit) - 1)

/**
 * sf_span_trim() - cut linear white space (folds too) from both ends
 */
struct sf_span sf_span_trim(const char *buf, struct sf_span s);

/**
 * sf_span_u32() - read a decimal number that fills the whole span
 * @val: written only on success
 *
 * Leading zeros are allowed (RFC 4475, 3.1.1.1); signs, blanks and values
 * above 4294967295 are not.
 *
 * Return: true when the span is such a number.
 */
bool sf_span_u32(const char *buf, struct sf_span s, u32 *val);

/**
 * sf_span_port() - read a port, 1 to 65535, that fills the whole span
 * @port: in host byte order; written only on success
 */
bool sf_span_port(const char *buf, struct sf_span s, u16 *port);

/**
 * struct sf_ip - an IP address read from text
 * @family: 4, 6, or 0 when the text was no address
 * @v4: the IPv4 address in network byte order
 * @v6: the IPv6 address in network byte order
 */
struct sf_ip {
	u8 family;
	union {
		u8 v4[4];
		u8 v6[16];
	};
};

/**
 * sf_span_ip() - read an IP address that fills the whole span
 * @ip: written only on success
 *
 * Takes dotted IPv4, IPv6 with or without brackets, IPv6 with an IPv4 tail,
 * and, on receipt only, the three colons of RFC 5118, 4.10. Octets with
 * leading zeros, and zone identifiers, are no address.
 */
bool sf_span_ip(const char *buf, struct sf_span s, struct sf_ip *ip);

/* Longest text of an address, brackets included, and of a port. */
#define SF_IP_TEXT_MAX 47
#define SF_U32_TEXT_MAX 10

/**
 * sf_ip_text() - write an address as text (RFC 5952), without a NUL
 * @bracket: put an IPv6 address in brackets, as URIs and Via want it
 * @out: room for SF_IP_TEXT_MAX bytes
 *
 * Return: bytes written.
 */
u32 sf_ip_text(const struct sf_ip *ip, bool bracket, char *out);

/**
 * sf_u32_text() - write a number as decimal text, without a NUL
 * @out: room for SF_U32_TEXT_MAX bytes
 *
 * Return: bytes written.
 */
u32 sf_u32_text(u32 val, char *out);

#endif /* SIPFAST_SPAN_H */
