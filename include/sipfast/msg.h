/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * msg.h - the index of a message
 *
 * One pass over the header bytes finds the start line, every header with its
 * number and span, and the body. Values are read later, from their span, by
 * those who need them (uri.h, addr.h, value.h, sdp.h).
 *
 * RFC 3261, 7 (messages), 18.3 (framing), 25 (grammar); RFC 5626, 3.5.1
 * (keepalives).
 */
#ifndef SIPFAST_MSG_H
#define SIPFAST_MSG_H

#include <sipfast/hdr.h>
#include <sipfast/reason.h>

/* The longest message, body included: what a UDP datagram can carry. */
#define SF_MSG_MAX 65535

/* The most header lines. */
#define SF_MSG_HDRS_MAX 192

/* No further header. */
#define SF_HDR_NONE 0xff

/**
 * struct sf_hdr - one header line
 * @name: the name, without white space and colon
 * @value: the value without white space around it; folds inside it stay
 * @id: enum sf_hdr_id
 * @next: index of the next line with the same @id, or SF_HDR_NONE; not set
 *        for SF_HDR_OTHER
 */
struct sf_hdr {
	struct sf_span name;
	struct sf_span value;
	u8 id;
	u8 next;
};

/**
 * struct sf_msg - the index of one message
 * @buf: the bytes, owned by the caller, unchanged as long as the index is used
 * @len: bytes of @buf that belong to the message: start line to end of body
 * @is_request: a request; otherwise a response
 * @method: enum sf_method of the request line; of CSeq for a response
 *          (SF_METHOD_OTHER when there is no readable CSeq)
 * @status: status code of a response, 100 to 699; 0 for a request
 * @start: the start line without its line end
 * @method_name: the method of a request line
 * @ruri: the Request-URI
 * @phrase: the reason phrase of a response
 * @body: the body: Content-Length bytes, or the rest of the datagram when
 *        there is no such header (RFC 3261, 18.3)
 * @has_length: there is a Content-Length header
 * @nhdrs: entries used in @hdrs
 * @first: for each enum sf_hdr_id but SF_HDR_OTHER the index of its first
 *         line, or SF_HDR_NONE
 * @last: likewise the last line; not set where there is none
 * @hdrs: every header line in the order of the message
 *
 * About 4.5 kB: the caller keeps it off the kernel stack.
 */
struct sf_msg {
	const char *buf;
	u32 len;
	bool is_request;
	u8 method;
	u16 status;
	struct sf_span start;
	struct sf_span method_name;
	struct sf_span ruri;
	struct sf_span phrase;
	struct sf_span body;
	bool has_length;
	u8 nhdrs;
	u8 first[SF_HDR_COUNT];
	u8 last[SF_HDR_COUNT];
	struct sf_hdr hdrs[SF_MSG_HDRS_MAX];
};

/**
 * sf_msg_parse() - index the message that fills a datagram
 * @msg: the index; on failure it holds what was read before, see below
 * @buf: the bytes of the datagram
 * @len: how many
 *
 * Bytes behind Content-Length are left out of the body and ignored
 * (RFC 3261, 18.3; RFC 4475, 3.1.1.8). Line ends in front of the start line
 * are skipped. Start line and headers have to end in CRLF: a bare CR or LF
 * is SF_LINE_END, because two readers could disagree on what it ends.
 *
 * This is the lazy index: framing, start line and header lines are judged,
 * values are not; sf_msg_check() judges these.
 *
 * Of a message that is refused the index still holds the header lines up to
 * the one that is wrong (@nhdrs of them) and the parts of the start line up to
 * there, so that a request can be answered. It has no body, and @len is 0.
 *
 * Return: SF_OK, or why it is no message.
 */
enum sf_reason sf_msg_parse(struct sf_msg *msg, const char *buf, u32 len);

/**
 * sf_msg_parse_stream() - index the first message of a byte stream
 * @msg: the index; unless SF_OK is returned, as with sf_msg_parse()
 * @buf: the bytes received so far
 * @len: how many
 *
 * Content-Length is mandatory on a stream (RFC 3261, 20.14): without it the
 * message is SF_LENGTH. Leading line ends count in @msg->len, so the next
 * message starts at @buf + @msg->len. When only the body of a message is not
 * there yet, @msg->len says how many bytes it needs in all.
 *
 * Return: SF_OK; SF_PARTIAL when more bytes are needed; SF_EMPTY when all
 * bytes are keepalive line ends; or why the stream is broken for good.
 */
enum sf_reason sf_msg_parse_stream(struct sf_msg *msg, const char *buf, u32 len);

/**
 * sf_msg_hdr() - the first header line of a kind
 * Return: the line, or NULL. The next one is sf_msg_hdr_next().
 */
static inline const struct sf_hdr *sf_msg_hdr(const struct sf_msg *msg,
					      enum sf_hdr_id id)
{
	return msg->first[id] == SF_HDR_NONE ? NULL :
					       &msg->hdrs[msg->first[id]];
}

/* The next line of the same kind, or NULL. */
static inline const struct sf_hdr *sf_msg_hdr_next(const struct sf_msg *msg,
						   const struct sf_hdr *hdr)
{
	return hdr->next == SF_HDR_NONE ? NULL : &msg->hdrs[hdr->next];
}

/**
 * sf_msg_single() - the value of a header that may stand only once
 * @value: written only on success
 *
 * Return: SF_OK; SF_HEADER when it is absent; SF_DUPLICATE when there are
 * several (RFC 3261, 7.3.1; RFC 4475, 3.3.8).
 */
enum sf_reason sf_msg_single(const struct sf_msg *msg, enum sf_hdr_id id,
			     struct sf_span *value);

#endif /* SIPFAST_MSG_H */
