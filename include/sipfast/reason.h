/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * reason.h - why a message is no message
 *
 * One table: the enum, the name that counters and tools print, and a sentence
 * for people all come from it. Documentation/reasons.rst lists the same rows.
 */
#ifndef SIPFAST_REASON_H
#define SIPFAST_REASON_H

#include <sipfast/deps.h>

/* X(symbol, name, sentence) */
#define SF_REASONS(X)							\
	X(OK, "ok", "understood")					\
	X(PARTIAL, "partial", "a stream has not delivered the whole message yet") \
	X(EMPTY, "empty", "no bytes, or only line ends (a keepalive)")	\
	X(TOO_LONG, "too-long", "longer than a message may be")		\
	X(NOT_SIP, "not-sip", "the first line is no SIP start line")	\
	X(START_LINE, "start-line", "the start line is malformed")	\
	X(VERSION, "version", "a SIP version other than 2.0")		\
	X(STATUS, "status", "a status code outside 100 to 699")	\
	X(LINE_END, "line-end", "a line ends in a bare CR or LF, or the blank line is missing") \
	X(HEADER, "header", "a header line without a name and a colon")	\
	X(HEADERS, "headers", "more header lines than the index holds")	\
	X(DUPLICATE, "duplicate", "a header that may stand once stands twice") \
	X(LENGTH, "length", "Content-Length is malformed or overflows")	\
	X(LENGTH_DUP, "length-dup", "several Content-Length headers")	\
	X(LENGTH_CUT, "length-cut", "the datagram ends before its Content-Length") \
	X(URI, "uri", "a malformed URI")				\
	X(ADDR, "addr", "a malformed name-addr, or an unclosed quote or bracket") \
	X(VIA, "via", "a malformed Via")				\
	X(CSEQ, "cseq", "a malformed CSeq")				\
	X(PARAM, "param", "a malformed parameter")			\
	X(MISSING, "missing", "a mandatory header is missing")		\
	X(CALL_ID, "call-id", "a malformed Call-ID")			\
	X(CSEQ_METHOD, "cseq-method", "CSeq names another method than the request line") \
	X(NUMBER, "number", "a number that is malformed or out of its range") \
	X(DATE, "date", "a date that is not in RFC 1123's form and GMT")	\
	X(INFO, "info", "a malformed header that only informs people")	\
	X(VALUE, "value", "a value that its header's grammar does not know") \
	X(CONTROL, "control", "a control character in a header")	\
	X(URI_HEADERS, "uri-headers", "a Request-URI with headers")	\
	X(SDP, "sdp", "a malformed session description")		\
	X(SDP_MEDIA, "sdp-media", "more media lines than the index holds") \
	X(SDP_ATTR, "sdp-attr", "a malformed attribute of a session description") \
	X(EDITS, "edits", "more edits than the list holds, or edits that overlap")

enum sf_reason {
#define X(sym, name, text) SF_##sym,
	SF_REASONS(X)
#undef X
	SF_REASON_COUNT
};

/**
 * sf_reason_name() - the short name, as counters print it
 * Return: a constant string; "unknown" for a value outside the table.
 */
const char *sf_reason_name(enum sf_reason reason);

/**
 * sf_reason_text() - the sentence
 */
const char *sf_reason_text(enum sf_reason reason);

#endif /* SIPFAST_REASON_H */
