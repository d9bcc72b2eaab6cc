// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * parse_sofia.c - Sofia-SIP's parser reads the message
 */
#include "parse.h"

#include <sofia-sip/msg_addr.h>
#include <sofia-sip/msg_mclass.h>
#include <sofia-sip/sdp.h>
#include <sofia-sip/sip.h>
#include <sofia-sip/sip_parser.h>
#include <sofia-sip/su_alloc.h>

static void read_sofia(int with_sdp)
{
	sdp_parser_t *parser;
	msg_t *m;
	sip_t *sip;

	m = msg_make(sip_default_mclass(), 0, text, (ssize_t)text_len);
	must(!!m, "sofia-sip: not read");
	sip = sip_object(m);
	must(sip && sip->sip_request && sip->sip_cseq && sip->sip_payload &&
	     !sip->sip_error, "sofia-sip: not read");
	if (with_sdp) {
		parser = sdp_parse(msg_home(m), sip->sip_payload->pl_data,
				   (issize_t)sip->sip_payload->pl_len, 0);
		must(!!sdp_session(parser),
		     "sofia-sip: description not read");
		sdp_parser_free(parser);
	}
	msg_destroy(m);
}

void run_sofia(void)
{
	read_sofia(0);
}

void run_sofia_full(void)
{
	read_sofia(1);
}
