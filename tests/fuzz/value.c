// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * value.c - any bytes as a URI, list, name-addr, Via, parameters, number
 */
#include "fuzz.h"

#include <string.h>

#include <sipfast/hdr.h>

#include "walk.h"

static void ip_round_trip(const char *buf, struct sf_span all)
{
	char text[SF_IP_TEXT_MAX], twice[SF_IP_TEXT_MAX];
	struct sf_ip ip, back;
	u32 len, n;

	if (!sf_span_ip(buf, all, &ip))
		return;
	n = ip.family == 4 ? 4 : 16;
	len = sf_ip_text(&ip, true, text);
	must(len <= sizeof(text), "text of an address is too long");
	must(sf_span_ip(text, sf_span(0, len), &back),
	     "text of an address is none");
	must(ip.family == back.family && !memcmp(ip.v6, back.v6, n),
	     "text of an address is another one's");
	must(sf_ip_text(&back, true, twice) == len &&
	     !memcmp(text, twice, len), "one address, two texts");
}

static void number_round_trip(const char *buf, struct sf_span all)
{
	char text[SF_U32_TEXT_MAX];
	u32 val, back, len;

	if (!sf_span_u32(buf, all, &val))
		return;
	len = sf_u32_text(val, text);
	must(len <= sizeof(text) && len <= all.len,
	     "text of a number is too long");
	must(sf_span_u32(text, sf_span(0, len), &back) && back == val,
	     "text of a number is another one's");
}

/* A name is known by its number, and the number by its name. */
static void name_round_trip(const char *buf, struct sf_span all)
{
	enum sf_method method = sf_method_id(buf, all);
	enum sf_hdr_id id = sf_hdr_id(buf, all);
	const char *name;

	if (id) {
		name = sf_hdr_name(id);
		must(all.len == 1 ||
		     sf_span_caseeq(buf, all, name, (u32)strlen(name)),
		     "header has another name");
	}
	if (method) {
		name = sf_method_name(method);
		must(sf_span_eq(buf, all, name, (u32)strlen(name)),
		     "method has another name");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sf_span all = sf_span(0, (u32)size);
	const char *buf = (const char *)data;

	must_not(sf_walk_value(buf, all));
	ip_round_trip(buf, all);
	number_round_trip(buf, all);
	name_round_trip(buf, all);
	return 0;
}
