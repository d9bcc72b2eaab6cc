// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * granted.c - what a registrar granted us
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "granted.h"

static bool is_ours(const char *buf, const struct sf_addr *contact,
		    const struct sf_end *end)
{
	struct sf_uri uri;
	struct sf_end is;

	if (sf_uri_parse(buf, contact->uri, &uri) || !uri.at.ip.family)
		return false;
	is = (struct sf_end){ .ip = uri.at.ip, .port = uri.at.port };
	if (!is.port)
		is.port = sf_transport_port(SF_TRANSPORT_UDP);
	return sf_end_eq(&is, end);
}

u32 sf_granted_expires(const struct sf_message *response,
		       const struct sf_end *end, u32 asked)
{
	const struct sf_hdr *hdr = sf_msg_hdr(response->msg, SF_HDR_CONTACT);
	struct sf_span rest, item, value;
	struct sf_addr contact;
	struct sf_param expires;
	u32 seconds;

	for (; hdr; hdr = sf_msg_hdr_next(response->msg, hdr)) {
		rest = hdr->value;
		while (!sf_list_next(response->buf, &rest, &item)) {
			if (!sf_addr_parse(response->buf, item, &contact) &&
			    is_ours(response->buf, &contact, end) &&
			    sf_param(response->buf, contact.params, "expires",
				     &expires) &&
			    sf_span_u32(response->buf, expires.value, &seconds))
				return seconds;
		}
	}
	if (!sf_msg_single(response->msg, SF_HDR_EXPIRES, &value) &&
	    sf_span_u32(response->buf, value, &seconds))
		return seconds;
	return asked;
}

u32 sf_granted_min(const struct sf_message *response)
{
	struct sf_span value;
	u32 seconds;

	if (sf_msg_single(response->msg, SF_HDR_MIN_EXPIRES, &value) ||
	    !sf_span_u32(response->buf, value, &seconds))
		return 0;
	return seconds;
}
