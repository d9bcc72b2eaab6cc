// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * parse_ours.c - the core reads the message
 */
#include "parse.h"

#include <string.h>

#include <sipfast/attr.h>
#include <sipfast/check.h>
#include <sipfast/role.h>

static struct sf_msg msg;
static struct sf_sdp sdp;

/* The limit: where each line ends, and nothing else. */
void run_lines(void)
{
	const char *pos = text, *end = text + text_len, *eol;
	u32 n = 0;

	while (pos < end && (eol = memchr(pos, '\n', (size_t)(end - pos)))) {
		n++;
		pos = eol + 1;
	}
	sink += n;
}

void run_index(void)
{
	must(sf_msg_parse(&msg, text, text_len) == SF_OK, "not read");
	sink += msg.nhdrs;
}

/* One pass over the parameters takes those that a proxy looks for. */
static void read_params(struct sf_span rest)
{
	struct sf_param param;
	enum sf_reason reason;

	while (!(reason = sf_param_next(text, &rest, &param)))
		if (sf_span_caseis(text, param.name, "branch") ||
		    sf_span_caseis(text, param.name, "received") ||
		    sf_span_caseis(text, param.name, "rport") ||
		    sf_span_caseis(text, param.name, "tag") ||
		    sf_span_caseis(text, param.name, "lr"))
			sink += param.value.len;
	must(reason == SF_EMPTY, "parameters not read");
}

static void read_via(struct sf_span item)
{
	struct sf_via via;

	must(sf_via_parse(text, item, &via) == SF_OK, "Via not read");
	read_params(via.params);
	sink += via.sent_by.port;
}

static void read_addr(struct sf_span item)
{
	struct sf_addr addr;
	struct sf_uri uri;

	must(sf_addr_parse(text, item, &addr) == SF_OK &&
	     sf_uri_parse(text, addr.uri, &uri) == SF_OK, "address not read");
	read_params(addr.params);
	read_params(uri.params);
	sink += uri.at.port;
}

static void read_each(enum sf_hdr_id id, void (*read)(struct sf_span))
{
	const struct sf_hdr *hdr = sf_msg_hdr(&msg, id);
	struct sf_span rest, item;

	for (; hdr; hdr = sf_msg_hdr_next(&msg, hdr)) {
		rest = hdr->value;
		while (!sf_list_next(text, &rest, &item))
			read(item);
	}
}

static void read_number(enum sf_hdr_id id)
{
	struct sf_span value;
	u32 n;

	if (!sf_msg_single(&msg, id, &value) && sf_span_u32(text, value, &n))
		sink += n;
}

static void read_option(struct sf_span item)
{
	sink += item.len;
}

/* Every value that a proxy reads, and the description. */
void run_full(void)
{
	struct sf_span value, where;
	struct sf_cseq cseq;
	struct sf_type type;
	struct sf_uri uri;

	run_index();
	must(sf_uri_parse(text, msg.ruri, &uri) == SF_OK, "URI not read");
	read_each(SF_HDR_VIA, read_via);
	read_each(SF_HDR_FROM, read_addr);
	read_each(SF_HDR_TO, read_addr);
	read_each(SF_HDR_CONTACT, read_addr);
	read_each(SF_HDR_ROUTE, read_addr);
	read_each(SF_HDR_RECORD_ROUTE, read_addr);
	must(!sf_msg_single(&msg, SF_HDR_CSEQ, &value) &&
	     !sf_cseq_parse(text, value, &cseq), "CSeq not read");
	must(!sf_msg_single(&msg, SF_HDR_CALL_ID, &value), "Call-ID not read");
	must(!sf_msg_single(&msg, SF_HDR_CONTENT_TYPE, &value) &&
	     !sf_type_parse(text, value, &type), "type not read");
	read_number(SF_HDR_MAX_FORWARDS);
	read_number(SF_HDR_EXPIRES);
	read_each(SF_HDR_REQUIRE, read_option);
	read_each(SF_HDR_PROXY_REQUIRE, read_option);
	read_each(SF_HDR_SUPPORTED, read_option);
	must(!sf_sdp_of(&msg, &where) && !sf_sdp_parse(&sdp, text, where),
	     "description not read");
	sink += cseq.number + sdp.nmedia;
}

/* Full validation, too. */
void run_check(void)
{
	struct sf_check check;

	run_index();
	sink += sf_msg_check(&msg, &check);
}

/* Read all that there is, as far as it can be. */
void run_hostile(enum sf_reason expected)
{
	struct sf_candidate candidate;
	struct sf_sdp_attr attr;
	struct sf_check check;
	struct sf_span where, rest;

	must(sf_msg_parse(&msg, text, text_len) == expected, "other verdict");
	if (expected)
		return;
	sink += sf_msg_check(&msg, &check);
	sink += sf_helper_ruling(&msg, SF_OK);
	if (sf_sdp_of(&msg, &where) || sf_sdp_parse(&sdp, text, where))
		return;
	rest = sdp.media[0].lines;
	while (sf_sdp_attr_next(text, &rest, &attr))
		if (!sf_candidate_parse(text, attr.value, &candidate))
			sink += candidate.at.port;
}
