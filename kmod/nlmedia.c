// SPDX-License-Identifier: GPL-2.0
/*
 * nlmedia.c - read what MEDIA_OPEN and MEDIA_CLOSE say
 */
#include <net/netlink.h>

#include "call.h"
#include "nlmedia.h"
#include "opened.h"

/* A URI is cut to SF_CALL_TEXT, a tag to SF_DIALOG_TAG. */
#define SF_OPENING_TEXT 1024

static const struct nla_policy
sf_endpoint_policy[SIPFAST_A_ENDPOINT_MAX + 1] = {
	[SIPFAST_A_ENDPOINT_ADDR4] = NLA_POLICY_EXACT_LEN(4),
	[SIPFAST_A_ENDPOINT_ADDR6] = NLA_POLICY_EXACT_LEN(16),
	[SIPFAST_A_ENDPOINT_PORT] = { .type = NLA_U16 },
};

static const struct nla_policy sf_media_policy[SIPFAST_A_MEDIA_MAX + 1] = {
	[SIPFAST_A_MEDIA_CALL] = NLA_POLICY_MIN(NLA_U32, 1),
	[SIPFAST_A_MEDIA_COOKIE] = { .type = NLA_U64 },
	[SIPFAST_A_MEDIA_CALL_ID] = { .type = NLA_NUL_STRING,
				      .len = SIPFAST_CALL_ID_MAX },
	[SIPFAST_A_MEDIA_FROM] = { .type = NLA_NUL_STRING,
				   .len = SF_OPENING_TEXT },
	[SIPFAST_A_MEDIA_TO] = { .type = NLA_NUL_STRING,
				 .len = SF_OPENING_TEXT },
	[SIPFAST_A_MEDIA_CALLER_TAG] = { .type = NLA_NUL_STRING,
					 .len = SF_OPENING_TEXT },
	[SIPFAST_A_MEDIA_CALLEE_TAG] = { .type = NLA_NUL_STRING,
					 .len = SF_OPENING_TEXT },
	[SIPFAST_A_MEDIA_CALLER] = NLA_POLICY_NESTED(sf_endpoint_policy),
	[SIPFAST_A_MEDIA_CALLEE] = NLA_POLICY_NESTED(sf_endpoint_policy),
	[SIPFAST_A_MEDIA_ZONE] = { .type = NLA_U16 },
	[SIPFAST_A_MEDIA_OFFER] = { .type = NLA_BINARY,
				    .len = SIPFAST_SDP_MAX },
	[SIPFAST_A_MEDIA_ANSWER] = { .type = NLA_BINARY,
				     .len = SIPFAST_SDP_MAX },
	[SIPFAST_A_MEDIA_CALLEE_OFFERS] = NLA_POLICY_MAX(NLA_U8, 1),
	[SIPFAST_A_MEDIA_CALLER_NAMES] = NLA_POLICY_MAX(NLA_U8, 1),
	[SIPFAST_A_MEDIA_CALLEE_NAMES] = NLA_POLICY_MAX(NLA_U8, 1),
	[SIPFAST_A_MEDIA_ANSWERED] = NLA_POLICY_MAX(NLA_U8, 1),
	[SIPFAST_A_MEDIA_SILENCE] =
		NLA_POLICY_FULL_RANGE(NLA_U32, &sf_timeout_range),
	[SIPFAST_A_MEDIA_END] = NLA_POLICY_RANGE(NLA_U8, SIPFAST_END_BYE,
						 SIPFAST_END_IDLE),
};

static const struct nla_policy sf_closing_policy[SIPFAST_A_MEDIA_MAX + 1] = {
	[SIPFAST_A_MEDIA_CALL] = NLA_POLICY_MIN(NLA_U32, 1),
	[SIPFAST_A_MEDIA_END] = NLA_POLICY_RANGE(NLA_U8, SIPFAST_END_BYE,
						 SIPFAST_END_IDLE),
};

/* What a new call needs, and one that agreed anew keeps. */
static const u8 sf_opening_fixed[] = {
	SIPFAST_A_MEDIA_COOKIE, SIPFAST_A_MEDIA_CALL_ID, SIPFAST_A_MEDIA_FROM,
	SIPFAST_A_MEDIA_TO, SIPFAST_A_MEDIA_CALLER, SIPFAST_A_MEDIA_CALLEE,
	/* These may be absent. */
	SIPFAST_A_MEDIA_CALLER_TAG, SIPFAST_A_MEDIA_CALLEE_TAG,
	SIPFAST_A_MEDIA_ZONE,
};

#define SF_OPENING_NEEDED 6

static int sf_opening_check(struct nlattr **tb, struct netlink_ext_ack *extack)
{
	struct nlattr *attr;
	int i;

	if (!tb[SIPFAST_A_MEDIA_OFFER] || !tb[SIPFAST_A_MEDIA_ANSWER]) {
		NL_SET_ERR_MSG(extack, "an offer and its answer are needed");
		return -EINVAL;
	}

	if (tb[SIPFAST_A_MEDIA_END]) {
		NL_SET_ERR_MSG_ATTR(extack, tb[SIPFAST_A_MEDIA_END],
				    "MEDIA_OPEN ends nothing");
		return -EINVAL;
	}

	for (i = 0; i < ARRAY_SIZE(sf_opening_fixed); i++) {
		attr = tb[sf_opening_fixed[i]];
		if (tb[SIPFAST_A_MEDIA_CALL] && attr) {
			NL_SET_ERR_MSG_ATTR(extack, attr,
					    "of a call that is there this does not change");
			return -EINVAL;
		}
		if (!tb[SIPFAST_A_MEDIA_CALL] && !attr &&
		    i < SF_OPENING_NEEDED) {
			NL_SET_ERR_MSG(extack,
				       "cookie, Call-ID, From, To, caller and callee are needed");
			return -EINVAL;
		}
	}

	return 0;
}

static struct sf_span sf_opening_bytes(const struct sf_opening *open,
				       const struct nlattr *attr)
{
	u32 off = (const char *)nla_data(attr) - open->buf;

	return sf_span(off, off + nla_len(attr));
}

static struct sf_span sf_opening_text(const struct sf_opening *open,
				      const struct nlattr *attr)
{
	struct sf_span text = {};

	if (attr) {
		text = sf_opening_bytes(open, attr);
		text.len = strnlen(nla_data(attr), nla_len(attr));
	}

	return text;
}

static int sf_opening_end(struct sf_opening *open, int party,
			  const struct nlattr *nest,
			  struct netlink_ext_ack *extack)
{
	struct nlattr *tb[SIPFAST_A_ENDPOINT_MAX + 1];
	struct sf_end *end = &open->end[party];
	u8 l3num = NFPROTO_IPV6;
	int err;

	err = nla_parse_nested(tb, SIPFAST_A_ENDPOINT_MAX, nest,
			       sf_endpoint_policy, extack);
	if (err)
		return err;

	if (!tb[SIPFAST_A_ENDPOINT_ADDR4] == !tb[SIPFAST_A_ENDPOINT_ADDR6]) {
		NL_SET_ERR_MSG_ATTR(extack, nest, "an endpoint has one address");
		return -EINVAL;
	}
	if (tb[SIPFAST_A_ENDPOINT_ADDR4]) {
		l3num = NFPROTO_IPV4;
		end->addr.ip = nla_get_in_addr(tb[SIPFAST_A_ENDPOINT_ADDR4]);
	} else {
		end->addr.in6 = nla_get_in6_addr(tb[SIPFAST_A_ENDPOINT_ADDR6]);
	}
	if (tb[SIPFAST_A_ENDPOINT_PORT])
		end->port = nla_get_be16(tb[SIPFAST_A_ENDPOINT_PORT]);

	if (party == SF_CALLEE && l3num != open->l3num) {
		NL_SET_ERR_MSG_ATTR(extack, nest,
				    "caller and callee are of one family");
		return -EINVAL;
	}
	open->l3num = l3num;

	return 0;
}

/* What is about a new call. */
static int sf_opening_begin(struct sf_opening *open, struct nlattr **tb,
			    struct netlink_ext_ack *extack)
{
	open->cookie = nla_get_u64(tb[SIPFAST_A_MEDIA_COOKIE]);
	open->call_id = sf_opening_text(open, tb[SIPFAST_A_MEDIA_CALL_ID]);
	open->uri[SF_CALLER] = sf_opening_text(open, tb[SIPFAST_A_MEDIA_FROM]);
	open->uri[SF_CALLEE] = sf_opening_text(open, tb[SIPFAST_A_MEDIA_TO]);
	open->tag[SF_CALLER] =
		sf_opening_text(open, tb[SIPFAST_A_MEDIA_CALLER_TAG]);
	open->tag[SF_CALLEE] =
		sf_opening_text(open, tb[SIPFAST_A_MEDIA_CALLEE_TAG]);
	if (tb[SIPFAST_A_MEDIA_ZONE])
		open->zone = nla_get_u16(tb[SIPFAST_A_MEDIA_ZONE]);

	return sf_opening_end(open, SF_CALLER, tb[SIPFAST_A_MEDIA_CALLER],
			      extack) ?:
	       sf_opening_end(open, SF_CALLEE, tb[SIPFAST_A_MEDIA_CALLEE],
			      extack);
}

static bool sf_opening_flag(const struct nlattr *attr)
{
	return attr && nla_get_u8(attr);
}

int sf_opening_read(struct sf_opening *open, const struct nlattr *nest,
		    struct netlink_ext_ack *extack)
{
	struct nlattr *tb[SIPFAST_A_MEDIA_MAX + 1];
	int err;

	err = nla_parse_nested(tb, SIPFAST_A_MEDIA_MAX, nest, sf_media_policy,
			       extack) ?:
	      sf_opening_check(tb, extack);
	if (err)
		return err;

	memset(open, 0, sizeof(*open));
	open->buf = nla_data(nest);
	open->sdp[SF_OFFER] = sf_opening_bytes(open, tb[SIPFAST_A_MEDIA_OFFER]);
	open->sdp[SF_ANSWER] =
		sf_opening_bytes(open, tb[SIPFAST_A_MEDIA_ANSWER]);
	open->offerer = sf_opening_flag(tb[SIPFAST_A_MEDIA_CALLEE_OFFERS]) ?
			SF_CALLEE : SF_CALLER;
	open->names[SF_CALLER] =
		sf_opening_flag(tb[SIPFAST_A_MEDIA_CALLER_NAMES]);
	open->names[SF_CALLEE] =
		sf_opening_flag(tb[SIPFAST_A_MEDIA_CALLEE_NAMES]);
	open->answered = sf_opening_flag(tb[SIPFAST_A_MEDIA_ANSWERED]);
	if (tb[SIPFAST_A_MEDIA_SILENCE])
		open->silence = nla_get_u32(tb[SIPFAST_A_MEDIA_SILENCE]);
	if (!tb[SIPFAST_A_MEDIA_CALL])
		return sf_opening_begin(open, tb, extack);

	open->call = nla_get_u32(tb[SIPFAST_A_MEDIA_CALL]);

	return 0;
}

int sf_closing_read(struct sf_closing *closing, const struct nlattr *nest,
		    struct netlink_ext_ack *extack)
{
	struct nlattr *tb[SIPFAST_A_MEDIA_MAX + 1];
	int err;

	err = nla_parse_nested(tb, SIPFAST_A_MEDIA_MAX, nest,
			       sf_closing_policy, extack);
	if (err)
		return err;
	if (!tb[SIPFAST_A_MEDIA_CALL]) {
		NL_SET_ERR_MSG(extack, "which call?");
		return -EINVAL;
	}

	closing->call = nla_get_u32(tb[SIPFAST_A_MEDIA_CALL]);
	closing->why = SIPFAST_END_BYE;
	if (tb[SIPFAST_A_MEDIA_END])
		closing->why = nla_get_u8(tb[SIPFAST_A_MEDIA_END]);

	return 0;
}
