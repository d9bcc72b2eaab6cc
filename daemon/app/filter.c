// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * filter.c - which messages somebody wants to see
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "filter.h"

#include <string.h>

#include <sipfast/addr.h>

#include "../sip/credentials.h"

/* A domain for users of all domains: none has this name. */
#define ANY	"*"

static struct sf_span without_scheme(const char *text, u32 len)
{
	static const char *const schemes[] = { "sip:", "sips:", "tel:" };
	u32 i, n;

	for (i = 0; i < ARRAY_SIZE(schemes); i++) {
		n = (u32)strlen(schemes[i]);
		if (len > n &&
		    sf_span_caseeq(text, sf_span(0, n), schemes[i], n))
			return sf_span(n, len);
	}
	return sf_span(0, len);
}

/* "USER" or "USER@DOMAIN"; the domain is behind the last '@'. */
static void read_user(struct sf_filter *filter)
{
	struct sf_span user = without_scheme(filter->text, filter->len);
	const char *at = memrchr(filter->text + user.off, '@', user.len);
	const char *domain = at ? at + 1 : ANY;

	filter->any_domain = !at;
	if (at)
		user = sf_span(user.off, (u32)(at - filter->text));
	if (!*domain || !sf_aor_make(&filter->aor, filter->text, user, domain))
		filter->aor.len = 0;
}

bool sf_filter_init(struct sf_filter *filter, struct sf_text text)
{
	u32 i;

	if (!text.len || text.len > SF_FILTER_MAX)
		return false;
	for (i = 0; i < text.len; i++)
		if (text.s[i] <= ' ' || text.s[i] > '~')
			return false;
	memset(filter, 0, sizeof(*filter));
	memcpy(filter->text, text.s, text.len);
	filter->len = text.len;
	sf_random(&filter->key, sizeof(filter->key));
	read_user(filter);
	return true;
}

/* In one spelling, at a domain; @domain NULL: at one that nobody names. */
static bool is_user(const struct sf_filter *filter, const char *buf,
		    struct sf_span user, const char *domain)
{
	const struct sf_aor *want = &filter->aor;
	struct sf_aor aor;

	if (filter->any_domain)
		domain = ANY;
	return domain && sf_aor_make(&aor, buf, user, domain) &&
	       sf_aor_eq(&aor, want);
}

static bool is_uri(const struct sf_filter *filter, const char *buf,
		   struct sf_span where)
{
	char domain[SF_AOR_MAX + 1];
	struct sf_uri uri;

	if (sf_uri_parse(buf, where, &uri) || !uri.user.len)
		return false;
	if (!uri.at.host.len || uri.at.host.len >= sizeof(domain))
		return is_user(filter, buf, uri.user, NULL);
	memcpy(domain, buf + uri.at.host.off, uri.at.host.len);
	domain[uri.at.host.len] = '\0';
	return is_user(filter, buf, uri.user, domain);
}

/* Any of the lines, any of the addresses in each. */
static bool is_in_header(const struct sf_filter *filter,
			 const struct sf_msg *msg, enum sf_hdr_id id)
{
	const struct sf_hdr *hdr = sf_msg_hdr(msg, id);
	struct sf_span rest, item;
	struct sf_addr addr;

	for (; hdr; hdr = sf_msg_hdr_next(msg, hdr)) {
		rest = hdr->value;
		while (!sf_list_next(msg->buf, &rest, &item))
			if (!sf_addr_parse(msg->buf, item, &addr) &&
			    is_uri(filter, msg->buf, addr.uri))
				return true;
	}
	return false;
}

/* "alice" of a realm, or "alice@example.org", which some phones have. */
static bool is_account(const struct sf_filter *filter, const char *buf,
		       const struct sf_credentials *credentials)
{
	struct sf_span user = credentials->username;
	struct sf_span realm = credentials->realm;
	char domain[SF_AOR_MAX + 1];
	const char *at = memrchr(buf + user.off, '@', user.len);

	if (at) {
		realm = sf_span((u32)(at + 1 - buf), sf_span_end(user));
		user = sf_span(user.off, (u32)(at - buf));
	}
	if (!realm.len || realm.len >= sizeof(domain) ||
	    memchr(buf + realm.off, '\0', realm.len))
		return is_user(filter, buf, user, NULL);
	memcpy(domain, buf + realm.off, realm.len);
	domain[realm.len] = '\0';
	return is_user(filter, buf, user, domain);
}

static bool is_in_credentials(const struct sf_filter *filter,
			      const struct sf_msg *msg, enum sf_hdr_id id)
{
	const struct sf_hdr *hdr = sf_msg_hdr(msg, id);
	struct sf_credentials credentials;

	for (; hdr; hdr = sf_msg_hdr_next(msg, hdr))
		if (!sf_credentials_parse(msg->buf, hdr->value, &credentials) &&
		    !credentials.userhash && credentials.username.len &&
		    is_account(filter, msg->buf, &credentials))
			return true;
	return false;
}

static bool has_user(const struct sf_filter *filter, const struct sf_msg *msg)
{
	if (!filter->aor.len)
		return false;
	return (msg->is_request && is_uri(filter, msg->buf, msg->ruri)) ||
	       is_in_header(filter, msg, SF_HDR_FROM) ||
	       is_in_header(filter, msg, SF_HDR_TO) ||
	       is_in_header(filter, msg, SF_HDR_P_ASSERTED_IDENTITY) ||
	       is_in_credentials(filter, msg, SF_HDR_AUTHORIZATION) ||
	       is_in_credentials(filter, msg, SF_HDR_PROXY_AUTHORIZATION);
}

static bool is_followed(const struct sf_filter *filter, u64 call)
{
	u32 i;

	for (i = 0; i < filter->calls; i++)
		if (filter->call[i] == call)
			return true;
	return false;
}

static void follow(struct sf_filter *filter, u64 call)
{
	filter->call[filter->next] = call;
	filter->next = (filter->next + 1) % SF_FILTER_CALLS;
	if (filter->calls < SF_FILTER_CALLS)
		filter->calls++;
}

bool sf_filter_match(struct sf_filter *filter, const struct sf_msg *msg)
{
	const struct sf_hdr *hdr = sf_msg_hdr(msg, SF_HDR_CALL_ID);
	u64 call;

	if (!hdr || !hdr->value.len)
		return has_user(filter, msg);
	if (sf_span_eq(msg->buf, hdr->value, filter->text, filter->len))
		return true;
	call = sf_hash(&filter->key, msg->buf + hdr->value.off, hdr->value.len);
	if (is_followed(filter, call))
		return true;
	if (!has_user(filter, msg))
		return false;
	follow(filter, call);
	return true;
}
