// SPDX-License-Identifier: GPL-2.0
/*
 * walk.c - read all that can be read from a message, and doubt each result
 */
#include <sipfast/attr.h>
#include <sipfast/check.h>
#include <sipfast/role.h>

#include "walk.h"

/**
 * struct walk - where the walk is
 * @buf: the bytes
 * @wrong: the first thing that is wrong, or NULL
 */
struct walk {
	const char *buf;
	const char *wrong;
};

static void expect(struct walk *w, bool good, const char *wrong)
{
	if (!good && !w->wrong)
		w->wrong = wrong;
}

/* An absent part is an empty span anywhere, as long as it is no wild one. */
static void inside(struct walk *w, struct sf_span s, struct sf_span outer,
		   const char *wrong)
{
	expect(w, !s.len || (sf_span_end(s) >= s.off &&
			     sf_span_within(s, outer)), wrong);
}

static void walk_params(struct walk *w, struct sf_span rest)
{
	struct sf_span all = rest;
	struct sf_param param, again;

	while (!w->wrong && sf_param_next(w->buf, &rest, &param) == SF_OK) {
		inside(w, param.all, all, "parameter outside");
		inside(w, param.name, param.all, "parameter's name outside");
		inside(w, param.value, param.all, "parameter's value outside");
		expect(w, param.name.len, "parameter without a name");
		expect(w, param.has_value || !param.value.len,
		       "value that is not there");
		expect(w, sf_span_end(rest) == sf_span_end(all) &&
		       rest.off >= sf_span_end(param.all),
		       "parameters do not follow each other");
	}
	if (sf_param(w->buf, all, "tag", &again))
		expect(w, sf_span_caseis(w->buf, again.name, "tag"),
		       "found another parameter");
	inside(w, rest, all, "rest of the parameters outside");
}

static void walk_host(struct walk *w, const struct sf_host *host,
		      struct sf_span outer)
{
	u16 port;

	inside(w, host->hostport, outer, "host outside");
	inside(w, host->host, host->hostport, "host outside its place");
	inside(w, host->port_text, host->hostport, "port outside its place");
	if (host->port_text.len)
		expect(w, sf_span_port(w->buf, host->port_text, &port) &&
		       port == host->port, "port is not what is written");
	else
		expect(w, !host->port, "port that is not written");
}

static void walk_uri(struct walk *w, struct sf_span span)
{
	struct sf_uri uri;

	if (sf_uri_parse(w->buf, span, &uri) != SF_OK)
		return;

	expect(w, uri.all.off == span.off && uri.all.len == span.len,
	       "URI does not fill its span");
	inside(w, uri.scheme_text, span, "scheme outside");
	inside(w, uri.user, span, "user outside");
	inside(w, uri.password, span, "password outside");
	inside(w, uri.params, span, "URI parameters outside");
	inside(w, uri.headers, span, "URI headers outside");
	walk_host(w, &uri.at, span);
	walk_params(w, uri.params);
}

static void walk_addr(struct walk *w, struct sf_span item)
{
	struct sf_addr addr;

	if (sf_addr_parse(w->buf, item, &addr) != SF_OK)
		return;

	inside(w, addr.display, item, "display name outside");
	inside(w, addr.uri, item, "URI outside");
	inside(w, addr.params, item, "header parameters outside");
	if (!addr.star)
		walk_uri(w, addr.uri);
	walk_params(w, addr.params);
}

static void walk_via(struct walk *w, struct sf_span item)
{
	struct sf_via via;

	if (sf_via_parse(w->buf, item, &via) != SF_OK)
		return;

	inside(w, via.transport_text, item, "transport outside");
	inside(w, via.params, item, "Via parameters outside");
	walk_host(w, &via.sent_by, item);
	walk_params(w, via.params);
}

static void walk_list(struct walk *w, struct sf_span rest)
{
	struct sf_span all = rest, item;
	u32 before = rest.off;

	while (!w->wrong && sf_list_next(w->buf, &rest, &item) == SF_OK) {
		inside(w, item, all, "list element outside");
		inside(w, rest, all, "rest of the list outside");
		expect(w, item.len && rest.off > before,
		       "list does not move on");
		before = rest.off;
		walk_addr(w, item);
		walk_via(w, item);
	}
}

static void walk_value(struct walk *w, struct sf_span value)
{
	struct sf_cseq cseq;
	struct sf_type type;

	walk_list(w, value);
	walk_addr(w, value);
	walk_uri(w, value);

	if (sf_cseq_parse(w->buf, value, &cseq) == SF_OK) {
		inside(w, cseq.method_name, value, "CSeq's method outside");
		expect(w, cseq.method == sf_method_id(w->buf, cseq.method_name),
		       "CSeq's method has another number");
	}
	if (sf_type_parse(w->buf, value, &type) == SF_OK) {
		inside(w, type.type, value, "type outside");
		inside(w, type.subtype, value, "subtype outside");
		inside(w, type.params, value, "type parameters outside");
		walk_params(w, type.params);
	}
}

static void walk_endpoint(struct walk *w, const struct sf_endpoint_text *at,
			  struct sf_span value)
{
	struct sf_ip ip;
	u32 port;

	inside(w, at->addr, value, "attribute's address outside");
	inside(w, at->port_text, value, "attribute's port outside");
	expect(w, !at->ip.family || sf_span_ip(w->buf, at->addr, &ip),
	       "attribute's address is not what is written");
	expect(w, !at->port_text.len ||
	       (sf_span_u32(w->buf, at->port_text, &port) && port == at->port),
	       "attribute's port is not what is written");
}

static void walk_candidate(struct walk *w, struct sf_span value)
{
	struct sf_candidate c;

	if (sf_candidate_parse(w->buf, value, &c) != SF_OK)
		return;
	inside(w, c.foundation, value, "foundation outside");
	inside(w, c.transport, value, "candidate's transport outside");
	inside(w, c.extensions, value, "candidate's extensions outside");
	walk_endpoint(w, &c.at, value);
	walk_endpoint(w, &c.related, value);
	expect(w, c.at.addr.len && c.at.port_text.len,
	       "candidate of no address");
}

static void walk_path(struct walk *w, struct sf_span value)
{
	struct sf_span all = value;
	struct sf_msrp msrp;
	u32 before = value.off;

	while (!w->wrong && sf_msrp_next(w->buf, &value, &msrp) == SF_OK) {
		inside(w, msrp.all, all, "path's URI outside");
		inside(w, msrp.user, msrp.all, "path's user outside");
		inside(w, msrp.at.hostport, msrp.all, "path's host outside");
		inside(w, msrp.session, msrp.all, "path's session outside");
		inside(w, msrp.transport, msrp.all, "path's transport outside");
		expect(w, value.off > before, "path does not move on");
		before = value.off;
	}
}

/* Any value as each of the attributes that have a reader. */
static void walk_attr(struct walk *w, struct sf_span value)
{
	struct sf_fingerprint print;
	struct sf_crypto crypto;
	struct sf_group group;
	enum sf_setup setup;
	struct sf_rtcp_attr rtcp;
	u32 us;

	walk_candidate(w, value);
	walk_path(w, value);
	if (sf_rtcp_attr_parse(w->buf, value, &rtcp) == SF_OK)
		walk_endpoint(w, &rtcp.at, value);
	if (sf_group_parse(w->buf, value, &group) == SF_OK) {
		inside(w, group.semantics, value, "group's semantics outside");
		inside(w, group.mids, value, "group's media outside");
	}
	if (sf_crypto_parse(w->buf, value, &crypto) == SF_OK) {
		inside(w, crypto.suite, value, "crypto suite outside");
		inside(w, crypto.keys, value, "crypto keys outside");
		inside(w, crypto.params, value, "crypto parameters outside");
	}
	if (sf_fingerprint_parse(w->buf, value, &print) == SF_OK) {
		inside(w, print.text, value, "fingerprint outside");
		expect(w, print.len && print.len <= SF_FINGERPRINT_MAX &&
		       print.text.len == 3 * print.len - 1,
		       "fingerprint of another length");
	}
	if (sf_setup_parse(w->buf, value, &setup) == SF_OK)
		expect(w, setup <= SF_SETUP_HOLDCONN, "setup out of range");
	if (sf_ptime_parse(w->buf, value, &us) == SF_OK)
		expect(w, us, "packets of no time");
}

static void walk_attrs(struct walk *w, struct sf_span rest)
{
	struct sf_span all = rest;
	struct sf_sdp_attr attr;
	u32 before = rest.off;

	while (!w->wrong && sf_sdp_attr_next(w->buf, &rest, &attr)) {
		inside(w, attr.name, all, "attribute's name outside");
		inside(w, attr.value, all, "attribute's value outside");
		inside(w, rest, all, "rest of the attributes outside");
		walk_attr(w, attr.value);
		expect(w, sf_attr_id(w->buf, attr.name) < SF_ATTR_COUNT,
		       "attribute out of range");
		expect(w, rest.off > before, "attributes do not move on");
		before = rest.off;
	}
}

static void walk_sdp_addr(struct walk *w, const struct sf_sdp_addr *addr,
			  struct sf_span section)
{
	struct sf_ip ip;

	inside(w, addr->line, section, "line outside its section");
	inside(w, addr->text, addr->line, "address outside its line");
	if (addr->ip.family)
		expect(w, sf_span_ip(w->buf, addr->text, &ip) &&
		       ip.family == addr->ip.family,
		       "address is not what is written");
}

static void walk_media(struct walk *w, const struct sf_sdp_media *m,
		       struct sf_span all)
{
	struct sf_t38 t38;
	u32 port;

	inside(w, m->lines, all, "media section outside");
	inside(w, m->type_text, m->lines, "media type outside");
	inside(w, m->port_text, m->lines, "media port outside");
	inside(w, m->proto_text, m->lines, "media protocol outside");
	inside(w, m->fmts, m->lines, "formats outside");
	inside(w, m->rtcp_port_text, m->lines, "RTCP port outside");
	walk_sdp_addr(w, &m->conn, m->lines);
	walk_sdp_addr(w, &m->rtcp_addr, m->lines);
	expect(w, sf_span_u32(w->buf, m->port_text, &port) && port == m->port,
	       "media port is not what is written");
	expect(w, !m->rtcp_port ||
	       (sf_span_u32(w->buf, m->rtcp_port_text, &port) &&
		port == m->rtcp_port), "RTCP port is not what is written");
	walk_attrs(w, m->lines);
	if (sf_t38_read(w->buf, m->lines, &t38) == SF_OK)
		expect(w, t38.ec <= SF_T38_EC_REDUNDANCY,
		       "T.38 attribute out of range");
}

static void walk_sdp(struct walk *w, struct sf_span all, struct sf_sdp *sdp)
{
	u32 pos, i;

	if (sf_sdp_parse(sdp, w->buf, all) != SF_OK)
		return;

	expect(w, sdp->nmedia <= SF_SDP_MEDIA_MAX, "too many media");
	expect(w, sdp->all.off == all.off && sdp->all.len == all.len,
	       "description does not fill its span");
	inside(w, sdp->session, all, "session section outside");
	walk_sdp_addr(w, &sdp->origin, sdp->session);
	walk_sdp_addr(w, &sdp->conn, sdp->session);
	walk_attrs(w, sdp->session);

	pos = sf_span_end(sdp->session);
	for (i = 0; i < sdp->nmedia && !w->wrong; i++) {
		expect(w, sdp->media[i].lines.off == pos,
		       "sections do not follow each other");
		pos = sf_span_end(sdp->media[i].lines);
		walk_media(w, &sdp->media[i], all);
	}
}

/* The chain of a header's lines holds all of them in their order. */
static void walk_chain(struct walk *w, const struct sf_msg *msg, u32 id)
{
	u32 i, next = msg->first[id];

	for (i = 0; i < msg->nhdrs; i++) {
		if (msg->hdrs[i].id != id)
			continue;
		expect(w, next == i, "header chain has a gap");
		next = msg->hdrs[i].next;
		expect(w, next != SF_HDR_NONE || msg->last[id] == i,
		       "header chain ends somewhere else");
	}
	expect(w, next == SF_HDR_NONE, "header chain does not end");
}

static void walk_hdrs(struct walk *w, const struct sf_msg *msg)
{
	u32 head = msg->body.off, pos = sf_span_end(msg->start), i;
	const struct sf_hdr *hdr;

	for (i = 0; i < msg->nhdrs && !w->wrong; i++) {
		hdr = &msg->hdrs[i];
		expect(w, hdr->name.off >= pos && hdr->name.len,
		       "header name in front of its line");
		expect(w, hdr->value.off > sf_span_end(hdr->name) &&
		       sf_span_end(hdr->value) < head,
		       "header value outside its line");
		expect(w, hdr->id == sf_hdr_id(msg->buf, hdr->name),
		       "header has another number");
		pos = sf_span_end(hdr->value);
		walk_value(w, hdr->value);
	}
	for (i = SF_HDR_OTHER + 1; i < SF_HDR_COUNT; i++)
		walk_chain(w, msg, i);
}

static void walk_start(struct walk *w, const struct sf_msg *msg)
{
	expect(w, msg->method < SF_METHOD_COUNT, "method out of range");
	inside(w, msg->method_name, msg->start, "method outside");
	inside(w, msg->ruri, msg->start, "Request-URI outside");
	inside(w, msg->phrase, msg->start, "phrase outside");
	if (msg->is_request)
		expect(w, !msg->status && msg->ruri.len &&
		       msg->method == sf_method_id(msg->buf, msg->method_name),
		       "request line is none");
	else
		expect(w, msg->status >= 100 && msg->status <= 699,
		       "status out of range");
	walk_uri(w, msg->ruri);
}

/* Full validation, and what follows from it. */
static void walk_check(struct walk *w, const struct sf_msg *msg)
{
	struct sf_check check = { .line = SF_HDR_NONE };
	enum sf_reason reason = sf_msg_check(msg, &check);
	struct sf_span option;

	if (reason && check.line != SF_HDR_NONE) {
		expect(w, check.line < msg->nhdrs &&
		       check.id == msg->hdrs[check.line].id,
		       "fault in no header");
		inside(w, check.at, msg->hdrs[check.line].value,
		       "fault outside its header");
	}
	if (reason != SF_OK && !sf_is_minor(reason))
		expect(w, sf_proxy_ruling(msg, reason, NULL) != SF_GO &&
		       sf_server_ruling(msg, reason, NULL) != SF_GO,
		       "a malformed message is taken");
	else if (sf_proxy_ruling(msg, reason, NULL) == 420)
		expect(w, sf_msg_lacks(msg, SF_HDR_PROXY_REQUIRE, NULL,
				       &option) && option.len,
		       "no option is lacking");
	expect(w, sf_server_ruling(msg, reason, NULL) <= 699,
	       "ruling out of range");
	expect(w, sf_helper_ruling(msg, SF_OK) == SF_HELP_PASS ||
	       sf_msg_clear(msg), "an ambiguous message is edited");
}

const char *sf_walk_msg(const struct sf_msg *msg, u32 len, struct sf_sdp *sdp)
{
	struct walk w = { .buf = msg->buf };
	struct sf_span where;

	expect(&w, msg->len <= len && sf_span_end(msg->body) == msg->len,
	       "message does not end with its body");
	expect(&w, sf_span_end(msg->start) < msg->body.off,
	       "body in front of the start line's end");
	walk_start(&w, msg);
	walk_hdrs(&w, msg);
	walk_check(&w, msg);

	if (!w.wrong && sf_sdp_of(msg, &where) == SF_OK) {
		inside(&w, where, msg->body, "description outside the body");
		walk_sdp(&w, where, sdp);
	}

	return w.wrong;
}

const char *sf_walk_value(const char *buf, struct sf_span value)
{
	struct walk w = { .buf = buf };
	struct sf_uri uri;

	walk_value(&w, value);
	walk_via(&w, value);
	walk_params(&w, value);
	walk_attr(&w, value);
	expect(&w, sf_uri_check(buf, value) != SF_OK ||
	       sf_uri_parse(buf, value, &uri) == SF_OK,
	       "a URI is good and malformed");

	return w.wrong;
}

const char *sf_walk_sdp(const char *buf, struct sf_span all,
			struct sf_sdp *sdp)
{
	struct walk w = { .buf = buf };

	walk_sdp(&w, all, sdp);

	return w.wrong;
}

/* FNV-1a, a number at a time. */
static void digest(u32 *sum, u32 val)
{
	u32 i;

	for (i = 0; i < 4; i++, val >>= 8)
		*sum = (*sum ^ (val & 0xff)) * 0x01000193;
}

static void digest_span(u32 *sum, struct sf_span s)
{
	digest(sum, s.off);
	digest(sum, s.len);
}

static void digest_sdp_addr(u32 *sum, const struct sf_sdp_addr *addr)
{
	u32 i, n = addr->ip.family == 6 ? 16 : addr->ip.family;

	digest_span(sum, addr->text);
	digest_span(sum, addr->line);
	digest(sum, addr->ip.family);
	for (i = 0; i < n; i++)
		digest(sum, addr->ip.v6[i]);
}

static void digest_media(u32 *sum, const struct sf_sdp_media *m)
{
	digest(sum, (u32)m->type << 24 | (u32)m->proto << 16 |
		    (u32)m->dir << 8 | m->rtcp_mux);
	digest(sum, (u32)m->port << 16 | m->rtcp_port);
	digest(sum, m->ports);
	digest_span(sum, m->type_text);
	digest_span(sum, m->port_text);
	digest_span(sum, m->proto_text);
	digest_span(sum, m->fmts);
	digest_span(sum, m->rtcp_port_text);
	digest_span(sum, m->lines);
	digest_sdp_addr(sum, &m->conn);
	digest_sdp_addr(sum, &m->rtcp_addr);
}

static void digest_sdp(u32 *sum, const char *buf, struct sf_span all,
		       struct sf_sdp *sdp)
{
	enum sf_reason reason = sf_sdp_parse(sdp, buf, all);
	u32 i;

	digest(sum, reason);
	if (reason)
		return;
	digest_sdp_addr(sum, &sdp->origin);
	digest_sdp_addr(sum, &sdp->conn);
	digest(sum, (u32)sdp->dir << 8 | sdp->nmedia);
	digest_span(sum, sdp->session);
	for (i = 0; i < sdp->nmedia; i++)
		digest_media(sum, &sdp->media[i]);
}

static void digest_check(u32 *sum, const struct sf_msg *msg)
{
	struct sf_check check = { .line = SF_HDR_NONE };
	enum sf_reason reason = sf_msg_check(msg, &check);

	digest(sum, reason);
	digest(sum, (u32)check.id << 8 | check.line);
	digest_span(sum, check.at);
	digest(sum, sf_proxy_ruling(msg, reason, NULL));
	digest(sum, sf_server_ruling(msg, reason, NULL));
	digest(sum, sf_helper_ruling(msg, SF_OK));
}

static void digest_msg(u32 *sum, const struct sf_msg *msg, struct sf_sdp *sdp)
{
	struct sf_span where;
	u32 i;

	digest(sum, msg->len);
	digest(sum, (u32)msg->is_request << 24 | (u32)msg->method << 16 |
		    msg->status);
	digest_span(sum, msg->start);
	digest_span(sum, msg->method_name);
	digest_span(sum, msg->ruri);
	digest_span(sum, msg->phrase);
	digest_span(sum, msg->body);
	digest(sum, (u32)msg->has_length << 8 | msg->nhdrs);
	for (i = 0; i < msg->nhdrs; i++) {
		digest_span(sum, msg->hdrs[i].name);
		digest_span(sum, msg->hdrs[i].value);
		digest(sum, (u32)msg->hdrs[i].id << 8 | msg->hdrs[i].next);
	}
	digest_check(sum, msg);
	if (sf_sdp_of(msg, &where) == SF_OK)
		digest_sdp(sum, msg->buf, where, sdp);
}

u32 sf_walk_digest(const char *buf, u32 len, struct sf_msg *msg,
		   struct sf_sdp *sdp)
{
	enum sf_reason reason = sf_msg_parse(msg, buf, len);
	u32 sum = 0x811c9dc5;

	digest(&sum, reason);
	if (!reason)
		digest_msg(&sum, msg, sdp);
	reason = sf_msg_parse_stream(msg, buf, len);
	digest(&sum, reason);
	if (!reason)
		digest_msg(&sum, msg, sdp);
	digest_sdp(&sum, buf, sf_span(0, len), sdp);

	return sum;
}
