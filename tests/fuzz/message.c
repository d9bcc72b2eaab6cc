// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * message.c - any datagram: its index, every value in it, its description
 */
#include "fuzz.h"

#include <sipfast/msg.h>

#include "walk.h"

static struct sf_msg msg, again;
static struct sf_sdp sdp;

/* Two indexes of the same bytes. Padding and unused entries are not compared. */
static void same_index(void)
{
	u32 i;

	must(again.len == msg.len && again.is_request == msg.is_request &&
	     again.method == msg.method && again.status == msg.status &&
	     again.nhdrs == msg.nhdrs && again.has_length == msg.has_length,
	     "the same message, another index");
	must(same_span(again.start, msg.start) &&
	     same_span(again.ruri, msg.ruri) &&
	     same_span(again.phrase, msg.phrase) &&
	     same_span(again.body, msg.body),
	     "the same message, other spans");
	for (i = 0; i < msg.nhdrs; i++)
		must(again.hdrs[i].id == msg.hdrs[i].id &&
		     same_span(again.hdrs[i].name, msg.hdrs[i].name) &&
		     same_span(again.hdrs[i].value, msg.hdrs[i].value),
		     "the same message, another header");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *buf = (const char *)data;
	u32 len = (u32)size;

	if (sf_msg_parse(&msg, buf, len) == SF_OK)
		must_not(sf_walk_msg(&msg, len, &sdp));

	/* What frames on a stream is a datagram as well, and the same one. */
	if (sf_msg_parse_stream(&msg, buf, len) == SF_OK) {
		must_not(sf_walk_msg(&msg, len, &sdp));
		must(sf_msg_parse(&again, buf, msg.len) == SF_OK,
		     "a message of a stream is none as a datagram");
		same_index();
	}
	return 0;
}
