// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * role.c - questions that a message alone answers
 */
#include <sipfast/role.h>

static bool is_able(const char *buf, struct sf_span option,
		    const struct sf_able *able)
{
	u32 i, len;

	for (i = 0; able && i < able->count; i++) {
		for (len = 0; able->options[i][len];)
			len++;
		if (sf_span_caseeq(buf, option, able->options[i], len))
			return true;
	}
	return false;
}

bool sf_msg_lacks(const struct sf_msg *msg, enum sf_hdr_id id,
		  const struct sf_able *able, struct sf_span *option)
{
	const struct sf_hdr *hdr = sf_msg_hdr(msg, id);
	struct sf_span rest, item;

	for (; hdr; hdr = sf_msg_hdr_next(msg, hdr)) {
		rest = hdr->value;
		while (!sf_list_next(msg->buf, &rest, &item)) {
			if (is_able(msg->buf, item, able))
				continue;
			*option = item;
			return true;
		}
	}
	return false;
}

bool sf_msg_spent(const struct sf_msg *msg)
{
	struct sf_span value;
	u32 hops;

	return !sf_msg_single(msg, SF_HDR_MAX_FORWARDS, &value) &&
	       sf_span_u32(msg->buf, value, &hops) && !hops;
}

bool sf_msg_clear(const struct sf_msg *msg)
{
	struct sf_span value;
	struct sf_cseq cseq;

	if (sf_msg_single(msg, SF_HDR_FROM, &value) ||
	    sf_msg_single(msg, SF_HDR_TO, &value) ||
	    sf_msg_single(msg, SF_HDR_CALL_ID, &value) || !value.len ||
	    sf_msg_single(msg, SF_HDR_CSEQ, &value) ||
	    sf_cseq_parse(msg->buf, value, &cseq))
		return false;
	return !msg->is_request ||
	       sf_span_eq(msg->buf, cseq.method_name,
			  msg->buf + msg->method_name.off,
			  msg->method_name.len);
}

/* Nobody in particular: 0.0.0.0, 224.0.0.0 and up, ::, ff00::/8 */
static bool is_nobody(const struct sf_ip *ip)
{
	static const u8 none[16];

	if (ip->family == 4)
		return ip->v4[0] >= 224 || !memcmp(ip->v4, none, 4);
	return ip->family == 6 &&
	       (ip->v6[0] == 0xff || !memcmp(ip->v6, none, 16));
}

static void go_to_line(struct sf_vias *at, const struct sf_hdr *hdr)
{
	at->hdr = hdr;
	if (hdr)
		at->rest = hdr->value;
}

void sf_vias_begin(const struct sf_msg *msg, struct sf_vias *at)
{
	go_to_line(at, sf_msg_hdr(msg, SF_HDR_VIA));
}

static enum sf_reason next_item(const struct sf_msg *msg, struct sf_vias *at,
				struct sf_span *item)
{
	enum sf_reason reason;

	while (at->hdr) {
		reason = sf_list_next(msg->buf, &at->rest, item);
		if (reason != SF_EMPTY)
			return reason;
		go_to_line(at, sf_msg_hdr_next(msg, at->hdr));
	}
	return SF_EMPTY;
}

enum sf_reason sf_vias_next(const struct sf_msg *msg, struct sf_vias *at,
			    struct sf_via *via)
{
	struct sf_span item;
	enum sf_reason reason = next_item(msg, at, &item);

	return reason ? reason : sf_via_parse(msg->buf, item, via);
}

enum sf_reason sf_msg_via(const struct sf_msg *msg, u32 n, struct sf_via *via)
{
	enum sf_reason reason;
	struct sf_span item;
	struct sf_vias at;

	sf_vias_begin(msg, &at);
	do {
		reason = next_item(msg, &at, &item);
	} while (!reason && n--);
	return reason ? reason : sf_via_parse(msg->buf, item, via);
}

/* RFC 3261, 18.2.2: maddr first, then received, then what was sent by. */
bool sf_msg_returns(const struct sf_msg *msg)
{
	struct sf_param param;
	struct sf_via via;
	struct sf_ip ip;

	/* the first is the reader's own, and taken off */
	if (sf_msg_via(msg, 1, &via))
		return true;
	if ((sf_param(msg->buf, via.params, "maddr", &param) ||
	     sf_param(msg->buf, via.params, "received", &param)) &&
	    sf_span_ip(msg->buf, param.value, &ip))
		return !is_nobody(&ip);
	return !is_nobody(&via.sent_by.ip);
}

/* Does a media range hold application/sdp? */
static bool takes_sdp(const char *buf, struct sf_span item)
{
	struct sf_type type;

	if (sf_type_parse(buf, item, &type))
		return false;
	if (sf_span_is(buf, type.type, "*"))
		return true;
	return sf_span_caseis(buf, type.type, "application") &&
	       (sf_span_is(buf, type.subtype, "*") ||
		sf_span_caseis(buf, type.subtype, "sdp"));
}

bool sf_msg_accepts(const struct sf_msg *msg)
{
	const struct sf_hdr *hdr = sf_msg_hdr(msg, SF_HDR_ACCEPT);
	struct sf_span rest, item;
	bool any = !hdr;

	for (; hdr; hdr = sf_msg_hdr_next(msg, hdr)) {
		rest = hdr->value;
		while (!sf_list_next(msg->buf, &rest, &item))
			any = any || takes_sdp(msg->buf, item);
	}
	return any;
}
