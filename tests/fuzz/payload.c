// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * payload.c - payload types of any session description
 */
#include "fuzz.h"

#include <string.h>

#include <sipfast/payload.h>
#include <sipfast/sdp.h>

static struct sf_sdp sdp;

static void doubt_one(const struct sf_payloads *p, u32 i)
{
	const struct sf_payload one = {
		.type = p->list[i].type, .encoding = p->encoding[i],
		.clock = p->list[i].clock,
	};
	struct sf_payload found;

	must(one.encoding < SF_ENCODING_COUNT, "an encoding without a name");
	must(!one.clock || sf_clock_tick(one.clock), "a clock out of range");
	must(sf_payloads_find(p, one.type, &found) &&
	     found.encoding == one.encoding && found.clock == one.clock,
	     "another one with the same number");
	must(!sf_payloads_find(NULL, one.type, &found) ||
	     found.encoding != one.encoding || found.clock != one.clock,
	     "one that need not be kept");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *buf = (const char *)data;
	struct sf_payloads p;
	u32 i, k;

	if (sf_sdp_parse(&sdp, buf, sf_span(0, (u32)size)) != SF_OK)
		return 0;
	for (i = 0; i < sdp.nmedia; i++) {
		memset(&p, 0xff, sizeof(p));
		sf_payloads_of(&p, buf, &sdp.media[i]);
		must(p.count <= SF_PAYLOADS_MAX, "too many payload types");
		for (k = 0; k < p.count; k++)
			doubt_one(&p, k);
	}
	return 0;
}
