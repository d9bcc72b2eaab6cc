// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * withhold.c - what a message says that is not for whoever gets it
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "withhold.h"

#include "../sip/credentials.h"

static void drop_all(struct sf_drops *drops, const struct sf_msg *msg,
		     enum sf_hdr_id id)
{
	const struct sf_hdr *hdr = sf_msg_hdr(msg, id);

	for (; hdr; hdr = sf_msg_hdr_next(msg, hdr))
		sf_drops_add(drops, (u32)(hdr - msg->hdrs));
}

/* Does who speaks want his identity to be kept from others (RFC 3325, 7)? */
static bool is_private(const struct sf_msg *msg)
{
	const struct sf_hdr *hdr = sf_msg_hdr(msg, SF_HDR_PRIVACY);
	u32 at, end, start;

	for (; hdr; hdr = sf_msg_hdr_next(msg, hdr)) {
		end = sf_span_end(hdr->value);
		for (start = at = hdr->value.off; at <= end; at++) {
			if (at < end && msg->buf[at] != ';')
				continue;
			if (sf_span_caseis(msg->buf,
					   sf_span_trim(msg->buf,
							sf_span(start, at)),
					   "id"))
				return true;
			start = at + 1;
		}
	}
	return false;
}

void sf_withhold_identity(struct sf_drops *drops, const struct sf_conf *conf,
			  const struct sf_msg *msg, int from, int to)
{
	if (sf_withhold_trusts(conf, from) &&
	    (sf_withhold_trusts(conf, to) || !is_private(msg)))
		return;
	drop_all(drops, msg, SF_HDR_P_ASSERTED_IDENTITY);
	drop_all(drops, msg, SF_HDR_P_PREFERRED_IDENTITY);
}

static bool is_ours(const struct sf_conf *conf, const char *buf,
		    struct sf_span realm)
{
	const struct sf_domains *domains = &conf->domains;
	u32 i;

	for (i = 0; i < domains->count; i++)
		if (sf_span_eq(buf, realm, domains->list[i].name,
			       (u32)strlen(domains->list[i].name)))
			return true;
	return false;
}

void sf_withhold_credentials(struct sf_drops *drops, const struct sf_conf *conf,
			     const struct sf_msg *msg, bool all)
{
	const struct sf_hdr *hdr = sf_msg_hdr(msg, SF_HDR_PROXY_AUTHORIZATION);
	struct sf_credentials c;
	enum sf_reason reason;

	for (; hdr; hdr = sf_msg_hdr_next(msg, hdr)) {
		reason = all ? SF_OK :
			       sf_credentials_parse(msg->buf, hdr->value, &c);
		if (reason == SF_EMPTY ||
		    (!all && !reason && !is_ours(conf, msg->buf, c.realm)))
			continue;
		sf_drops_add(drops, (u32)(hdr - msg->hdrs));
	}
}
