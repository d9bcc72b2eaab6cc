// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * t38.c - what a gateway says about fax over UDPTL (ITU-T T.38, Annex D)
 */
#include <sipfast/attr.h>

#include "words.h"

/* T.38 attributes are told from others by how they begin. */
static bool is_t38(const char *buf, struct sf_span name)
{
	name.len = name.len < 3 ? name.len : 3;
	return sf_span_caseis(buf, name, "T38");
}

static enum sf_attr_id t38_id(const char *buf, struct sf_span name)
{
	static const u8 ids[] = {
		SF_ATTR_T38_BIT_RATE, SF_ATTR_T38_BUFFER, SF_ATTR_T38_DATAGRAM,
		SF_ATTR_T38_EC, SF_ATTR_T38_FILL_BIT, SF_ATTR_T38_JBIG,
		SF_ATTR_T38_MMR, SF_ATTR_T38_RATE, SF_ATTR_T38_VERSION,
	};
	const char *known;
	u32 i, len;

	for (i = 0; i < ARRAY_SIZE(ids); i++) {
		known = sf_attr_name(ids[i]);
		for (len = 0; known[len];)
			len++;
		if (sf_span_caseeq(buf, name, known, len))
			return ids[i];
	}
	return SF_ATTR_OTHER;
}

/* A flag is there, or is ":1"; the standard once had ":0" as well. */
static bool flag_read(const char *buf, struct sf_span s, bool *flag)
{
	u32 val = 1;

	if (s.len && (!sf_span_u32(buf, s, &val) || val > 1))
		return false;
	*flag = val;
	return true;
}

static bool rate_read(const char *buf, struct sf_span s, u8 *rate)
{
	if (sf_span_caseis(buf, s, "localTCF"))
		*rate = SF_T38_RATE_LOCAL;
	else if (sf_span_caseis(buf, s, "transferredTCF"))
		*rate = SF_T38_RATE_TRANSFERRED;
	else
		return false;
	return true;
}

static bool ec_read(const char *buf, struct sf_span s, u8 *ec)
{
	if (sf_span_caseis(buf, s, "t38UDPRedundancy"))
		*ec = SF_T38_EC_REDUNDANCY;
	else if (sf_span_caseis(buf, s, "t38UDPFEC"))
		*ec = SF_T38_EC_FEC;
	else if (sf_span_caseis(buf, s, "t38UDPNoEC"))
		*ec = SF_T38_EC_NONE;
	else
		return false;
	return true;
}

static bool attr_read(const char *buf, const struct sf_sdp_attr *attr,
		      struct sf_t38 *t38)
{
	struct sf_span value = sf_words_trim(buf, attr->value);

	switch (t38_id(buf, attr->name)) {
	case SF_ATTR_T38_VERSION:
		return sf_span_u32(buf, value, &t38->version);
	case SF_ATTR_T38_BIT_RATE:
		return sf_span_u32(buf, value, &t38->bit_rate);
	case SF_ATTR_T38_BUFFER:
		return sf_span_u32(buf, value, &t38->buffer);
	case SF_ATTR_T38_DATAGRAM:
		return sf_span_u32(buf, value, &t38->datagram);
	case SF_ATTR_T38_RATE:
		return rate_read(buf, value, &t38->rate);
	case SF_ATTR_T38_EC:
		return ec_read(buf, value, &t38->ec);
	case SF_ATTR_T38_FILL_BIT:
		return flag_read(buf, value, &t38->fill_bit);
	case SF_ATTR_T38_MMR:
		return flag_read(buf, value, &t38->mmr);
	case SF_ATTR_T38_JBIG:
		return flag_read(buf, value, &t38->jbig);
	default:
		return true;
	}
}

enum sf_reason sf_t38_read(const char *buf, struct sf_span lines,
			   struct sf_t38 *t38)
{
	struct sf_t38 got = { .version = 0 };
	struct sf_sdp_attr attr;

	while (sf_sdp_attr_next(buf, &lines, &attr))
		if (is_t38(buf, attr.name) && !attr_read(buf, &attr, &got))
			return SF_SDP_ATTR;
	*t38 = got;
	return SF_OK;
}
