// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * asked.c - what a REGISTER asks for
 */
#include "../sip/uricmp.h"
#include "outbound.h"

/* Only a shorter time than that may be refused as too brief (10.3, step 7). */
#define HOUR 3600

static bool has_option(const struct sf_msg *msg, enum sf_hdr_id id,
		       const char *option)
{
	const struct sf_hdr *hdr = sf_msg_hdr(msg, id);
	struct sf_span rest, item;

	for (; hdr; hdr = sf_msg_hdr_next(msg, hdr)) {
		rest = hdr->value;
		while (!sf_list_next(msg->buf, &rest, &item))
			if (sf_span_caseeq(msg->buf, item, option,
					   (u32)strlen(option)))
				return true;
	}
	return false;
}

bool sf_asked_option(const struct sf_msg *msg, const char *option)
{
	return has_option(msg, SF_HDR_SUPPORTED, option) ||
	       has_option(msg, SF_HDR_REQUIRE, option);
}

static bool add_text(struct sf_asked *asked, const char *text, u32 len)
{
	if (len > SF_ASKED_TEXT - asked->len)
		return false;
	memcpy(asked->text + asked->len, text, len);
	asked->len += len;
	return true;
}

/* "0", "0.5", "1.000" (RFC 3261, 25.1: qvalue) as thousandths. */
static bool read_q(const char *buf, struct sf_span s, u16 *q)
{
	u32 i, val, unit = 100;

	if (!s.len || s.len > 5 || (buf[s.off] != '0' && buf[s.off] != '1') ||
	    (s.len > 1 && buf[s.off + 1] != '.'))
		return false;
	val = buf[s.off] == '1' ? SF_Q_MAX : 0;
	for (i = 2; i < s.len; i++, unit /= 10) {
		char c = buf[s.off + i];

		if (c < '0' || c > '9')
			return false;
		val += (u32)(c - '0') * unit;
	}
	*q = (u16)val;
	return val <= SF_Q_MAX;
}

/* The element without the quotes that belong to it. */
static struct sf_text in_quotes(const char *text, u32 len)
{
	if (len >= 2 && text[0] == '"' && text[len - 1] == '"')
		return (struct sf_text){ text + 1, len - 2 };
	return (struct sf_text){ text, len };
}

/* A parameter that stays with the binding. */
static bool keep_param(struct sf_asked *asked, struct sf_wish *wish,
		       const char *buf, const struct sf_param *param)
{
	const char *all = asked->text + asked->len, *value;

	if (!add_text(asked, buf + param->all.off, param->all.len))
		return false;
	if (!param->has_value)
		return true;
	value = all + (param->value.off - param->all.off);
	if (sf_span_caseis(buf, param->name, "+sip.instance"))
		wish->fresh.instance = in_quotes(value, param->value.len);
	else if (sf_span_caseis(buf, param->name, "reg-id"))
		sf_span_u32(buf, param->value, &wish->fresh.reg_id);
	return true;
}

/* Header parameters; 0 or 400. */
static u16 read_params(struct sf_asked *asked, struct sf_wish *wish,
		       const char *buf, struct sf_span rest)
{
	const char *text = asked->text + asked->len;
	struct sf_param param;
	enum sf_reason reason;

	while (!(reason = sf_param_next(buf, &rest, &param))) {
		if (sf_span_caseis(buf, param.name, "q")) {
			if (!read_q(buf, param.value, &wish->fresh.q))
				return 400;
		} else if (sf_span_caseis(buf, param.name, "expires")) {
			sf_span_u32(buf, param.value, &wish->expires);
		} else if (!keep_param(asked, wish, buf, &param)) {
			return 400;
		}
	}
	wish->fresh.params.s = text;
	wish->fresh.params.len = (u32)(asked->text + asked->len - text);
	return reason == SF_EMPTY && wish->fresh.params.len <= SF_CONTACT_LEN ?
		0 : 400;
}

static u16 judge_expires(struct sf_wish *wish, const struct sf_domain *domain)
{
	if (!wish->expires)
		return 0;
	if (wish->expires < domain->min_expires && wish->expires < HOUR)
		return 423;
	if (wish->expires > domain->max_expires)
		wish->expires = domain->max_expires;
	return 0;
}

static bool is_same(const struct sf_fresh *a, const struct sf_fresh *b)
{
	return a->reg_id == b->reg_id && sf_text_eq(a->instance, b->instance) &&
	       sf_uri_equal(a->contact.s, sf_span(0, a->contact.len),
			    b->contact.s, sf_span(0, b->contact.len));
}

static void keep_wish(struct sf_asked *asked, const struct sf_wish *wish)
{
	u32 i;

	for (i = 0; i < asked->count; i++)
		if (is_same(&asked->wish[i].fresh, &wish->fresh))
			break;
	asked->wish[i] = *wish;
	if (i == asked->count)
		asked->count++;
}

/* One contact; @like has what all have in common. */
static u16 read_contact(struct sf_asked *asked, const char *buf,
			struct sf_span item, const struct sf_wish *like,
			const struct sf_domain *domain)
{
	struct sf_wish wish = *like;
	struct sf_addr addr;
	struct sf_uri uri;
	u16 status;

	if (sf_addr_parse(buf, item, &addr) || addr.star ||
	    sf_uri_parse(buf, addr.uri, &uri) ||
	    addr.uri.len > SF_CONTACT_LEN)
		return 400;
	wish.fresh.contact = sf_text(buf, addr.uri);
	status = read_params(asked, &wish, buf, addr.params);
	if (!status)
		status = judge_expires(&wish, domain);
	if (status)
		return status;
	if (asked->count == SF_CONTACTS_MAX)
		return 403;
	wish.fresh.wall += wish.expires;
	keep_wish(asked, &wish);
	return 0;
}

static u16 read_contacts(struct sf_asked *asked, const struct sf_msg *msg,
			 const struct sf_wish *like,
			 const struct sf_domain *domain)
{
	const struct sf_hdr *hdr = sf_msg_hdr(msg, SF_HDR_CONTACT);
	struct sf_span rest, item;
	enum sf_reason reason;
	u16 status = 0;

	for (; hdr; hdr = sf_msg_hdr_next(msg, hdr)) {
		rest = hdr->value;
		while (!(reason = sf_list_next(msg->buf, &rest, &item)) &&
		       !status)
			status = read_contact(asked, msg->buf, item, like,
					      domain);
		if (status)
			return status;
		if (reason != SF_EMPTY)
			return 400;
	}
	return 0;
}

/* All elements of Path, in one piece. */
static u16 read_path(struct sf_asked *asked, const struct sf_msg *msg)
{
	const struct sf_hdr *hdr = sf_msg_hdr(msg, SF_HDR_PATH);
	const char *text = asked->text + asked->len;

	if (hdr && !sf_asked_option(msg, "path"))
		return 420;
	for (; hdr; hdr = sf_msg_hdr_next(msg, hdr))
		if ((asked->text + asked->len != text &&
		     !add_text(asked, ", ", 2)) ||
		    !add_text(asked, msg->buf + hdr->value.off,
			      hdr->value.len))
			return 400;
	asked->path.s = text;
	asked->path.len = (u32)(asked->text + asked->len - text);
	return asked->path.len <= SF_PATH_LEN ? 0 : 400;
}

static bool is_sips(const char *buf, struct sf_span s)
{
	return sf_uri_scheme(buf, s) == SF_SCHEME_SIPS;
}

static bool is_sips_path(struct sf_text path)
{
	struct sf_span rest = sf_span(0, path.len), item;
	struct sf_addr addr;

	while (!sf_list_next(path.s, &rest, &item))
		if (sf_addr_parse(path.s, item, &addr) ||
		    !is_sips(path.s, addr.uri))
			return false;
	return true;
}

/*
 * RFC 5630, 5.2: whoever wants to be reached securely has to be there securely, and
 * all that leads to him with him: the connection, the Request-URI, Path, and his
 * other contacts. From and To do not matter, and what goes does not.
 */
static u16 judge_sips(const struct sf_asked *asked,
		      const struct sf_message *request)
{
	u32 i, binds = 0, sips = 0;

	for (i = 0; i < asked->count; i++) {
		const struct sf_text contact = asked->wish[i].fresh.contact;

		if (!asked->wish[i].expires)
			continue;
		binds++;
		sips += is_sips(contact.s, sf_span(0, contact.len));
	}
	if (!sips)
		return 0;
	return sips == binds && is_sips_path(asked->path) &&
	       is_sips(request->buf, request->msg->ruri) &&
	       sf_transport_secure(request->packet->flow.transport) ? 0 : 400;
}

static u32 common_expires(const struct sf_msg *msg,
			  const struct sf_domain *domain)
{
	u32 expires = domain->default_expires;
	struct sf_span value;

	if (!sf_msg_single(msg, SF_HDR_EXPIRES, &value))
		sf_span_u32(msg->buf, value, &expires);
	return expires;
}

static bool is_star(const struct sf_msg *msg)
{
	struct sf_span value;

	return !sf_msg_single(msg, SF_HDR_CONTACT, &value) &&
	       sf_span_is(msg->buf, value, "*");
}

u16 sf_asked_read(struct sf_asked *asked, const struct sf_message *request,
		  const struct sf_domain *domain, u64 now)
{
	const struct sf_msg *msg = request->msg;
	struct sf_wish like = { .fresh = {
		.call_id = sf_text(request->buf, request->call_id),
		.flow = request->packet->flow,
		.wall = now,
		.cseq = request->cseq.number,
		.q = SF_Q_MAX,
	} };
	struct sf_span agent;
	u16 status;

	asked->count = 0;
	asked->len = 0;
	asked->star = is_star(msg);
	status = read_path(asked, msg);
	if (status || asked->star)
		return status;
	like.fresh.path = asked->path;
	like.expires = common_expires(msg, domain);
	if (!sf_msg_single(msg, SF_HDR_USER_AGENT, &agent))
		like.fresh.agent = sf_text(request->buf, agent);
	status = read_contacts(asked, msg, &like, domain);
	if (!status)
		status = judge_sips(asked, request);
	return status ? status : sf_outbound_judge(asked, request);
}
