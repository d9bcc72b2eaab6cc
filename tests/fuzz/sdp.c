// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sdp.c - any session description, and any body in parts
 */
#include "fuzz.h"

#include <string.h>

#include <sipfast/msg.h>

#include "walk.h"

static struct sf_sdp sdp;
static struct sf_msg msg;

/* The input as the body of a message, with this head before it. */
static void as_body(const uint8_t *data, size_t size, const char *head)
{
	u32 start = (u32)strlen(head), len = start + (u32)size;
	char *buf = malloc(len);

	memcpy(buf, head, start);
	memcpy(buf + start, data, size);
	must(len > SF_MSG_MAX || sf_msg_parse(&msg, buf, len) == SF_OK,
	     "a body makes a message malformed");
	if (len <= SF_MSG_MAX)
		must_not(sf_walk_msg(&msg, len, &sdp));
	free(buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	must_not(sf_walk_sdp((const char *)data, sf_span(0, (u32)size), &sdp));
	as_body(data, size, "ACK sip:a SIP/2.0\r\n"
		"c: multipart/mixed;boundary=b\r\n\r\n");
	return 0;
}
