/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * value.h - values with a grammar of their own: Via, CSeq, numbers
 */
#ifndef SIPFAST_VALUE_H
#define SIPFAST_VALUE_H

#include <sipfast/addr.h>
#include <sipfast/hdr.h>
#include <sipfast/uri.h>

enum sf_transport {
	SF_TRANSPORT_OTHER,
	SF_TRANSPORT_UDP,
	SF_TRANSPORT_TCP,
	SF_TRANSPORT_TLS,
	SF_TRANSPORT_SCTP,
	SF_TRANSPORT_WS,
	SF_TRANSPORT_WSS,
};

/**
 * struct sf_via - one Via element (RFC 3261, 20.42)
 * @transport: enum sf_transport
 * @transport_text: the transport as written
 * @sent_by: host and port
 * @params: parameters from the first ';': branch, received, rport (RFC 3581),
 *          maddr, ttl, by sf_param()
 */
struct sf_via {
	u8 transport;
	struct sf_span transport_text;
	struct sf_host sent_by;
	struct sf_span params;
};

/**
 * sf_via_parse() - read one Via element
 * @item: an element as sf_list_next() gives it
 * @via: written only on success
 *
 * White space may stand around the slashes and the colon of the port. The
 * parameters are not judged here: sf_param_next() does that.
 *
 * Return: SF_OK or SF_VIA.
 */
enum sf_reason sf_via_parse(const char *buf, struct sf_span item,
			    struct sf_via *via);

/**
 * struct sf_cseq - CSeq (RFC 3261, 20.16)
 * @number: the sequence number
 * @method: enum sf_method
 * @method_name: the method as written
 */
struct sf_cseq {
	u32 number;
	u8 method;
	struct sf_span method_name;
};

/**
 * sf_cseq_parse() - read a CSeq value
 * Return: SF_OK or SF_CSEQ.
 */
enum sf_reason sf_cseq_parse(const char *buf, struct sf_span value,
			     struct sf_cseq *cseq);

/**
 * struct sf_type - Content-Type (RFC 3261, 20.15)
 * @type: the type, e.g. "application"
 * @subtype: the subtype, e.g. "sdp"
 * @params: parameters from the first ';'
 */
struct sf_type {
	struct sf_span type;
	struct sf_span subtype;
	struct sf_span params;
};

/**
 * sf_type_parse() - read a media type
 * Return: SF_OK or SF_HEADER.
 */
enum sf_reason sf_type_parse(const char *buf, struct sf_span value,
			     struct sf_type *type);

#endif /* SIPFAST_VALUE_H */
