// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * conftext.c - options that stand in messages as the administrator wrote them
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "confread.h"

#include <sipfast/addr.h>
#include <sipfast/check.h>

#include "../util/out.h"

#define URI_MAX	512

static const char *last(cfg_opt_t *opt)
{
	return cfg_opt_getnstr(opt, cfg_opt_size(opt) - 1);
}

/* A line end would begin another header. */
static bool is_plain(const char *text)
{
	for (; *text; text++)
		if ((u8)*text < ' ' || *text == 0x7f)
			return false;
	return true;
}

/* "sip:" @before @after, read into @uri with @buf, of URI_MAX bytes. */
static bool make_uri(char *buf, struct sf_uri *uri, const char *before,
		     const char *after)
{
	struct sf_out out = sf_out(buf, URI_MAX);
	struct sf_span all;

	sf_put_lit(&out, "sip:");
	sf_put_str(&out, before);
	sf_put_str(&out, after);
	all = sf_span(0, out.len);
	return !out.full && !sf_uri_check(buf, all) &&
	       !sf_uri_parse(buf, all, uri);
}

static bool is_user(const char *text)
{
	char buf[URI_MAX];
	struct sf_uri uri;

	return make_uri(buf, &uri, text, "@localhost") &&
	       uri.user.len == strlen(text);
}

int sf_check_user(cfg_t *cfg, cfg_opt_t *opt)
{
	if (!*last(opt) || is_user(last(opt)))
		return 0;
	cfg_error(cfg, "%s: '%s' is no user of a URI, such as alice, +441632960123, John%%20Doe",
		  cfg_opt_name(opt), last(opt));
	return -1;
}

/* Quoted in credentials. */
int sf_check_account(cfg_t *cfg, cfg_opt_t *opt)
{
	if (*last(opt) && is_plain(last(opt)) && !strpbrk(last(opt), "\"\\"))
		return 0;
	cfg_error(cfg, "user: '%s' is empty, or has a quote, a backslash or what is no character",
		  last(opt));
	return -1;
}

int sf_check_place(cfg_t *cfg, cfg_opt_t *opt)
{
	char buf[URI_MAX];
	struct sf_uri uri;

	if (!*last(opt) || (make_uri(buf, &uri, last(opt), "") &&
			    uri.at.hostport.len == strlen(last(opt))))
		return 0;
	cfg_error(cfg, "domain: '%s' is none of example.net, 192.0.2.1, example.net:5070",
		  last(opt));
	return -1;
}

/* Without lr it would be a strict router (RFC 3608). */
static bool is_route(const char *text, struct sf_span item)
{
	struct sf_param lr;
	struct sf_addr addr;
	struct sf_uri uri;

	return !sf_addr_parse(text, item, &addr) && addr.bracketed &&
	       !sf_uri_check(text, addr.uri) &&
	       !sf_uri_parse(text, addr.uri, &uri) &&
	       (uri.scheme == SF_SCHEME_SIP || uri.scheme == SF_SCHEME_SIPS) &&
	       sf_param(text, uri.params, "lr", &lr);
}

static bool is_route_list(const char *text)
{
	struct sf_span rest = sf_span(0, (u32)strlen(text)), item;
	enum sf_reason reason;

	while (!(reason = sf_list_next(text, &rest, &item)))
		if (!is_route(text, item))
			return false;
	return reason == SF_EMPTY;
}

int sf_check_service_route(cfg_t *cfg, cfg_opt_t *opt)
{
	if (is_plain(last(opt)) && is_route_list(last(opt)))
		return 0;
	cfg_error(cfg, "service-route: '%s' is no list of URIs such as <sip:192.0.2.1;lr>",
		  last(opt));
	return -1;
}
