// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * candidate.c - attributes that say where media is: candidates, rtcp, path
 *
 * Their addresses and ports are what NAT translates, so each has its span, and
 * a line that is not entirely understood is none.
 */
#include <sipfast/attr.h>

#include "words.h"

/* A port of a candidate: 0 and 9 stand for none (RFC 6544, 4.5). */
static bool port_take(const char *buf, struct sf_span *rest,
		      struct sf_endpoint_text *at)
{
	u32 port;

	if (!sf_word_take(buf, rest, &at->port_text) ||
	    !sf_span_u32(buf, at->port_text, &port) || port > 65535)
		return false;
	at->port = (u16)port;
	return true;
}

/* An address, or a name such as those of mDNS, which hide one. */
static bool addr_take(const char *buf, struct sf_span *rest,
		      struct sf_endpoint_text *at)
{
	if (!sf_word_take(buf, rest, &at->addr))
		return false;
	if (sf_span_ip(buf, at->addr, &at->ip))
		return buf[at->addr.off] != '[';
	at->ip.family = 0;
	return sf_scan_over(buf, at->addr.off, sf_span_end(at->addr),
			    SF_C_HOST) == sf_span_end(at->addr);
}

static bool word_is_taken(const char *buf, struct sf_span *rest,
			  const char *word, u32 len)
{
	struct sf_span got, after = *rest;

	if (!sf_word_take(buf, &after, &got) ||
	    !sf_span_eq(buf, got, word, len))
		return false;
	*rest = after;
	return true;
}

static u8 candidate_type(const char *buf, struct sf_span s)
{
	if (sf_span_is(buf, s, "host"))
		return SF_CANDIDATE_HOST;
	if (sf_span_is(buf, s, "srflx"))
		return SF_CANDIDATE_SRFLX;
	if (sf_span_is(buf, s, "prflx"))
		return SF_CANDIDATE_PRFLX;
	if (sf_span_is(buf, s, "relay"))
		return SF_CANDIDATE_RELAY;
	return SF_CANDIDATE_OTHER;
}

static bool component_take(const char *buf, struct sf_span *rest,
			   u16 *component)
{
	struct sf_span word;
	u32 number;

	if (!sf_word_take(buf, rest, &word) ||
	    !sf_span_u32(buf, word, &number) || !number || number > 256)
		return false;
	*component = (u16)number;
	return true;
}

/* foundation SP component SP transport SP priority */
static bool head_take(const char *buf, struct sf_span *rest,
		      struct sf_candidate *got)
{
	struct sf_span priority;

	if (!sf_word_take(buf, rest, &got->foundation) ||
	    !component_take(buf, rest, &got->component) ||
	    !sf_word_take(buf, rest, &got->transport) ||
	    !sf_word_take(buf, rest, &priority) ||
	    !sf_span_u32(buf, priority, &got->priority))
		return false;
	got->udp = sf_span_caseis(buf, got->transport, "UDP");
	return true;
}

/* "typ" SP type [ SP "raddr" SP address ] [ SP "rport" SP port ] */
static bool tail_take(const char *buf, struct sf_span *rest,
		      struct sf_candidate *got)
{
	struct sf_span type;
	bool addr, port;

	if (!word_is_taken(buf, rest, "typ", 3) ||
	    !sf_word_take(buf, rest, &type))
		return false;
	got->type = candidate_type(buf, type);
	addr = word_is_taken(buf, rest, "raddr", 5);
	if (addr && !addr_take(buf, rest, &got->related))
		return false;
	port = word_is_taken(buf, rest, "rport", 5);
	if (port && !port_take(buf, rest, &got->related))
		return false;
	got->has_related = addr;
	return addr == port;
}

/* *( SP name SP value ) */
static bool are_pairs(const char *buf, struct sf_span rest)
{
	struct sf_span word;
	u32 n = 0;

	while (sf_word_take(buf, &rest, &word))
		n++;
	return !(n & 1);
}

enum sf_reason sf_candidate_parse(const char *buf, struct sf_span value,
				  struct sf_candidate *candidate)
{
	struct sf_candidate got = { .has_related = false };

	if (!head_take(buf, &value, &got) || !addr_take(buf, &value, &got.at) ||
	    !port_take(buf, &value, &got.at) || !tail_take(buf, &value, &got) ||
	    !are_pairs(buf, value))
		return SF_SDP_ATTR;
	got.extensions = sf_words_trim(buf, value);
	*candidate = got;
	return SF_OK;
}

/* component SP address SP port */
enum sf_reason sf_remote_candidate_next(const char *buf, struct sf_span *rest,
					struct sf_remote_candidate *candidate)
{
	struct sf_span after = sf_words_trim(buf, *rest);
	struct sf_remote_candidate got;

	if (!after.len)
		return SF_EMPTY;
	if (!component_take(buf, &after, &got.component) ||
	    !addr_take(buf, &after, &got.at) ||
	    !port_take(buf, &after, &got.at))
		return SF_SDP_ATTR;
	*rest = after;
	*candidate = got;
	return SF_OK;
}

/* port [ SP nettype SP addrtype SP address ] */
enum sf_reason sf_rtcp_attr_parse(const char *buf, struct sf_span value,
				  struct sf_rtcp_attr *rtcp)
{
	struct sf_rtcp_attr got = { .at = { .port = 0 } };
	struct sf_span nettype, addrtype;

	if (!port_take(buf, &value, &got.at) || !got.at.port)
		return SF_SDP_ATTR;
	if (sf_word_take(buf, &value, &nettype)) {
		if (!sf_word_take(buf, &value, &addrtype) ||
		    !addr_take(buf, &value, &got.at) ||
		    sf_words_trim(buf, value).len)
			return SF_SDP_ATTR;
		if (got.at.ip.family &&
		    !sf_addrtype_fits(buf, nettype, addrtype, &got.at.ip))
			return SF_SDP_ATTR;
	}
	*rtcp = got;
	return SF_OK;
}

/* "msrp://" or "msrps://" */
static bool scheme_take(const char *buf, u32 *pos, u32 end, bool *secure)
{
	u32 colon = sf_scan_byte(buf, *pos, end, ':');
	struct sf_span scheme = sf_span(*pos, colon);

	*secure = sf_span_caseis(buf, scheme, "msrps");
	if ((!*secure && !sf_span_caseis(buf, scheme, "msrp")) ||
	    end - colon < 3 || buf[colon + 1] != '/' || buf[colon + 2] != '/')
		return false;
	*pos = colon + 3;
	return true;
}

/* [ userinfo "@" ] host [ ":" port ] [ "/" session ] ";" transport ... */
static bool msrp_read(const char *buf, struct sf_span s, struct sf_msrp *msrp)
{
	u32 pos = s.off, end = sf_span_end(s), stop;

	if (sf_scan_over(buf, pos, end, SF_C_URI) != end ||
	    !scheme_take(buf, &pos, end, &msrp->secure))
		return false;
	msrp->all = s;
	stop = sf_scan_byte(buf, pos, end, '@');
	msrp->user = sf_span(pos, pos);
	if (stop != end) {
		msrp->user = sf_span(pos, stop);
		pos = stop + 1;
	}
	if (sf_host_parse(buf, sf_span(pos, end), &msrp->at, &pos))
		return false;
	msrp->session = sf_span(pos, pos);
	if (sf_scan_at(buf, pos, end, '/')) {
		stop = sf_scan_byte(buf, pos, end, ';');
		msrp->session = sf_span(pos + 1, stop);
		pos = stop;
	}
	if (!sf_scan_at(buf, pos, end, ';'))
		return false;
	stop = sf_scan_byte(buf, pos + 1, end, ';');
	msrp->transport = sf_span(pos + 1, stop);
	return msrp->transport.len;
}

enum sf_reason sf_msrp_next(const char *buf, struct sf_span *rest,
			    struct sf_msrp *msrp)
{
	struct sf_span after = *rest, word;
	struct sf_msrp got;

	if (!sf_word_take(buf, &after, &word))
		return SF_EMPTY;
	if (!msrp_read(buf, word, &got))
		return SF_SDP_ATTR;
	*rest = after;
	*msrp = got;
	return SF_OK;
}
