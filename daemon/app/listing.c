// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * listing.c - header lines that answer a REGISTER
 */
#include <stdio.h>
#include <time.h>

#include <sipfast/addr.h>
#include <sipfast/msg.h>
#include <sipfast/role.h>

#include "listing.h"

static void put_q(struct sf_out *out, u16 q)
{
	char digits[] = { (char)('0' + q / 100 % 10), (char)('0' + q / 10 % 10),
			  (char)('0' + q % 10) };
	u32 len = 3;

	if (q == SF_Q_MAX)
		return;
	while (len > 1 && digits[len - 1] == '0')
		len--;
	sf_put_lit(out, ";q=0.");
	sf_put(out, digits, len);
}

void sf_list_contacts(struct sf_out *out, const struct sf_place *place)
{
	const struct sf_binding *binding = sf_location_first(place);

	for (; binding; binding = sf_location_next(binding)) {
		const struct sf_record *record = sf_binding_record(binding);

		sf_put_lit(out, "Contact: <");
		sf_put(out, record->text, record->contact);
		sf_put_lit(out, ">");
		sf_put(out, record->text + record->contact, record->params);
		put_q(out, record->q);
		sf_put_lit(out, ";expires=");
		sf_put_u32(out, sf_binding_left(place, binding));
		sf_put_lit(out, "\r\n");
	}
}

void sf_list_date(struct sf_out *out, u64 wall)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	time_t when = (time_t)wall;
	char text[64];
	struct tm tm;
	int len;

	if (!gmtime_r(&when, &tm))
		return;
	len = snprintf(text, sizeof(text),
		       "Date: %.3s, %02d %.3s %d %02d:%02d:%02d GMT\r\n",
		       days + 3 * tm.tm_wday, tm.tm_mday, months + 3 * tm.tm_mon,
		       tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
	if (len > 0 && (size_t)len < sizeof(text))
		sf_put(out, text, (u32)len);
}

static bool is_able(const struct sf_able *able, const char *buf,
		    struct sf_span option)
{
	u32 i;

	for (i = 0; i < able->count; i++)
		if (sf_span_caseeq(buf, option, able->options[i],
				   (u32)strlen(able->options[i])))
			return true;
	return false;
}

void sf_list_unsupported(struct sf_out *out, const struct sf_msg *msg,
			 const struct sf_able *able)
{
	const struct sf_hdr *hdr = sf_msg_hdr(msg, SF_HDR_REQUIRE);
	struct sf_span rest, item;
	bool first = true;

	for (; hdr; hdr = sf_msg_hdr_next(msg, hdr)) {
		rest = hdr->value;
		while (!sf_list_next(msg->buf, &rest, &item)) {
			if (is_able(able, msg->buf, item))
				continue;
			sf_put_str(out, first ? "Unsupported: " : ", ");
			sf_put_span(out, msg->buf, item);
			first = false;
		}
	}
	if (!first)
		sf_put_lit(out, "\r\n");
}
