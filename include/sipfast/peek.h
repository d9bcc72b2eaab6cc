/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * peek.h - what kind of message is this?
 *
 * For those who have to know it of every packet, before anybody reads the
 * message: the start line, and of the header lines just enough to say whose it
 * is. The index (msg.h) is what to have for everything else.
 */
#ifndef SIPFAST_PEEK_H
#define SIPFAST_PEEK_H

#include <sipfast/hdr.h>
#include <sipfast/reason.h>

/**
 * struct sf_peek - what can be told from the head of a message
 * @is_request: a request; otherwise a response
 * @method: enum sf_method of the request line; of CSeq for a response
 * @status: status code of a response; 0 for a request
 * @head: bytes up to the end of the blank line; 0: it was not seen
 * @length: Content-Length, or what follows the head where there is none
 * @has_length: there is a Content-Length
 * @sdp: the body is a session description, or has parts
 * @scanner: a request that says itself that it comes from a tool that looks for
 *           SIP servers to break into
 * @to_tag: there is a tag in To
 * @call_id: value of Call-ID
 * @from: value of From
 * @to: value of To
 */
struct sf_peek {
	bool is_request;
	u8 method;
	u16 status;
	u32 head;
	u32 length;
	bool has_length;
	bool sdp;
	bool scanner;
	bool to_tag;
	struct sf_span call_id;
	struct sf_span from;
	struct sf_span to;
};

/**
 * sf_peek() - look at the head of a message
 * @peek: what was seen; on failure up to there
 * @buf: the first bytes of the message
 * @seen: how many of them there are
 * @len: bytes of the datagram, @seen or more; of a stream, what came so far
 *
 * What it refuses, sf_msg_parse() or sf_msg_check() refuse as well, or would
 * if they saw no more than @seen bytes; the reverse does not hold. A head that
 * does not end within @seen bytes is no error as long as @len says that there
 * are more.
 *
 * Return: SF_OK; SF_EMPTY for line ends only; SF_NOT_SIP; or what is wrong:
 * SF_PARTIAL when the head does not end within @len, SF_LENGTH_CUT when the
 * body does not.
 */
enum sf_reason sf_peek(struct sf_peek *peek, const char *buf, u32 seen, u32 len);

/**
 * sf_peek_scanner() - is that how a tool calls itself that looks for SIP servers to
 * break into?
 * @buf: what @agent is into
 * @agent: value of User-Agent
 */
bool sf_peek_scanner(const char *buf, struct sf_span agent);

#endif /* SIPFAST_PEEK_H */
