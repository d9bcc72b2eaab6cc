/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check.h - full validation: is all that the index holds well-formed?
 *
 * A layer above the lazy index, for those who answer what is wrong: a proxy, a
 * registrar, the tool. The kernel module does without: it reads what it
 * changes, and passes what it does not understand.
 *
 * RFC 3261, 8.1.1, 16.3, 20, 25.1; RFC 4475, 3.1.2 and 3.3 for what to refuse.
 */
#ifndef SIPFAST_CHECK_H
#define SIPFAST_CHECK_H

#include <sipfast/msg.h>

/**
 * struct sf_check - what sf_msg_check() found
 * @id: enum sf_hdr_id of the header that is wrong or missing; SF_HDR_OTHER
 *      for one without a number, and for the start line
 * @line: its index in @hdrs of the message; SF_HDR_NONE for the start line and
 *        for a header that is missing
 * @at: what is wrong: the element of a list, the value, or the Request-URI;
 *      empty when it is missing
 */
struct sf_check {
	u8 id;
	u8 line;
	struct sf_span at;
};

/**
 * sf_msg_check() - judge every value of a message
 * @msg: an index that sf_msg_parse() or sf_msg_parse_stream() called good
 * @check: the first thing that is wrong; written only on failure
 *
 * Judged are the Request-URI, every header whose grammar is known, what has to
 * be there (From, To, Call-ID, CSeq, Via), what may stand only once, and
 * whether CSeq names the method. What only few readers use comes last: SF_DATE
 * for a Date, and SF_INFO for Warning, User-Agent and their like, say that
 * nothing else is wrong, and sf_is_minor() that a proxy may let it pass.
 *
 * Lenient with what RFC 2543 left out (tag, branch, Max-Forwards) and with
 * free text; strict where two readers could disagree. The body is not judged,
 * sf_sdp_parse() does that.
 *
 * The cost is linear in the length of the message.
 *
 * Return: SF_OK, or why the message is to be refused.
 */
enum sf_reason sf_msg_check(const struct sf_msg *msg, struct sf_check *check);

/* Is it wrong, but no reason to refuse the message? */
static inline bool sf_is_minor(enum sf_reason reason)
{
	return reason == SF_DATE || reason == SF_INFO;
}

/**
 * sf_uri_check() - read a URI and judge all its parts
 * @s: the URI, without angle brackets
 *
 * Beyond sf_uri_parse(): host names, numbers of tel URIs, parameters and
 * headers. A host of digits and dots has to be an IPv4 address. Of parameters
 * that change where a request goes, none may stand twice.
 *
 * Return: SF_OK or SF_URI.
 */
enum sf_reason sf_uri_check(const char *buf, struct sf_span s);

#endif /* SIPFAST_CHECK_H */
