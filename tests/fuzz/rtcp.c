// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * rtcp.c - any bytes as reports
 */
#include "fuzz.h"

#include <string.h>

#include <sipfast/rtcp.h>

/* Each item takes eight bytes at least, but those of BYE and an empty packet. */
static enum sf_rtcp_kind walk(const uint8_t *data, u32 size)
{
	enum sf_rtcp_kind kind;
	struct sf_rtcp_walk w;
	struct sf_rtcp_item item;
	u32 items = 0;

	sf_rtcp_walk(&w, data, size);
	while ((kind = sf_rtcp_next(&w, &item)) > SF_RTCP_BAD) {
		must(kind <= SF_RTCP_BYE, "an item of no kind");
		must(++items <= size / 4, "more items than words");
		must(w.pos <= w.next && w.next <= size, "an item outside");
		if (kind == SF_RTCP_BLOCK)
			must(item.lost >= -0x800000 && item.lost < 0x800000,
			     "a loss of more than 24 bits");
	}
	must(sf_rtcp_next(&w, &item) == kind, "an end that is none");
	return kind;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sf_rtcp from = { .source = 0 }, about = { .sender_ntp = 5 };
	struct sf_rtcp none_from = from, none_about = about;
	bool good = walk(data, (u32)size) == SF_RTCP_END;

	must(sf_rtcp_seen(&from, &about, data, (u32)size, 1ull << 34) == good,
	     "two opinions about a packet");
	if (!good)
		must(!memcmp(&from, &none_from, sizeof(from)) &&
		     !memcmp(&about, &none_about, sizeof(about)),
		     "something of a malformed packet is believed");
	must(about.fraction < 1000 && about.lost < 0x800000,
	     "a report out of range");
	must(about.has_rtt || !about.rtt_us, "a time that is not known");
	return 0;
}
