// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * parse_osip.c - GNU oSIP's parser reads the message
 */
#include "parse.h"

#include <osipparser2/osip_parser.h>
#include <osipparser2/sdp_message.h>

void osip_begin(void)
{
	must(!parser_init(), "osip2: no parser");
}

static void read_osip(int with_sdp)
{
	osip_message_t *sip;
	sdp_message_t *desc;
	osip_body_t *body;

	must(!osip_message_init(&sip), "osip2: no message");
	must(!osip_message_parse(sip, text, text_len), "osip2: not read");
	if (with_sdp) {
		must(!osip_message_get_body(sip, 0, &body) &&
		     !sdp_message_init(&desc), "osip2: no description");
		must(!sdp_message_parse(desc, body->body),
		     "osip2: description not read");
		sdp_message_free(desc);
	}
	osip_message_free(sip);
}

void run_osip(void)
{
	read_osip(0);
}

void run_osip_full(void)
{
	read_osip(1);
}
