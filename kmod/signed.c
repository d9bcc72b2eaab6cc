// SPDX-License-Identifier: GPL-2.0
/*
 * signed.c - which parts of a message somebody signed
 *
 * RFC 8224: an Identity of three parts with dots between them vouches for the
 * parties; the addresses of media are not covered. RFC 4474: one that is a bare
 * signature covers Contact and the body as well. RFC 8760 and before it
 * RFC 2617: qop=auth-int covers the body. RFC 8551: multipart/signed covers
 * what is in it; other bodies of S/MIME are no session descriptions that could
 * be read.
 */
#include "packet.h"
#include "signed.h"

/* A token has dots, which the base64 of a signature has not. */
static bool sf_signed_token(const char *buf, struct sf_span value)
{
	u32 i;

	for (i = value.off; i < sf_span_end(value) && buf[i] != ';'; i++)
		if (buf[i] == '.')
			return true;

	return false;
}

static u8 sf_signed_identity(const struct sf_msg *msg)
{
	const struct sf_hdr *hdr;
	u8 parts = 0;

	for (hdr = sf_msg_hdr(msg, SF_HDR_IDENTITY); hdr;
	     hdr = sf_msg_hdr_next(msg, hdr)) {
		if (!hdr->value.len)
			continue;
		parts |= SF_SIGNED_PARTIES;
		if (!sf_signed_token(msg->buf, hdr->value))
			parts |= SF_SIGNED_CONTACT | SF_SIGNED_BODY;
	}

	return parts;
}

/* Is one of a list of parameters qop=auth-int? The first follows a scheme. */
static bool sf_signed_qop(const char *buf, struct sf_span item)
{
	static const char value[] = "auth-int";
	const char *p = buf + item.off;
	struct sf_span name = item, rest;
	u32 i = 0;

	while (i < item.len && p[i] != '=')
		i++;
	if (i == item.len)
		return false;

	rest = sf_span_trim(buf, sf_span(item.off + i + 1, sf_span_end(item)));
	if (rest.len > 1 && buf[rest.off] == '"')
		rest = sf_span(rest.off + 1, sf_span_end(rest) - 1);

	name = sf_span_trim(buf, sf_span(item.off, item.off + i));
	if (name.len > 3)
		name = sf_span(sf_span_end(name) - 3, sf_span_end(name));

	return sf_span_caseis(buf, name, "qop") &&
	       sf_span_caselit(buf, rest, value, sizeof(value) - 1);
}

static bool sf_signed_digest(const struct sf_msg *msg, enum sf_hdr_id id)
{
	struct sf_span rest, item;
	const struct sf_hdr *hdr;

	for (hdr = sf_msg_hdr(msg, id); hdr; hdr = sf_msg_hdr_next(msg, hdr)) {
		rest = hdr->value;
		while (sf_list_next(msg->buf, &rest, &item) == SF_OK)
			if (sf_signed_qop(msg->buf, item))
				return true;
	}

	return false;
}

/* A description that is the whole body is no part of a signed one. */
static bool sf_signed_description(const struct sf_packet *pkt)
{
	return pkt->sdp->all.len != pkt->msg->body.len &&
	       sf_sdp_signed(pkt->msg);
}

static bool sf_signed_body(const struct sf_packet *pkt)
{
	const struct sf_msg *msg = pkt->msg;

	return sf_signed_description(pkt) ||
	       sf_signed_digest(msg, SF_HDR_AUTHORIZATION) ||
	       sf_signed_digest(msg, SF_HDR_PROXY_AUTHORIZATION) ||
	       sf_signed_digest(msg, SF_HDR_AUTHENTICATION_INFO);
}

u8 sf_signed(const struct sf_packet *pkt)
{
	u8 parts = sf_signed_identity(pkt->msg);

	if (pkt->sdp && !(parts & SF_SIGNED_BODY) && sf_signed_body(pkt))
		parts |= SF_SIGNED_BODY;

	return parts;
}
