// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * addr.c - comma lists, name-addr and parameters
 */
#include <sipfast/addr.h>

#include "scan.h"

/*
 * Find the comma that ends the element at @pos, or @end; 0 when a quote or a
 * bracket stays open (an element never ends at 0: it is not empty).
 */
static u32 item_end(const char *buf, u32 pos, u32 end)
{
	for (;;) {
		pos = sf_scan_item(buf, pos, end);
		if (pos == end || buf[pos] == ',')
			return pos;
		if (buf[pos] == '"') {
			pos = sf_scan_quoted(buf, pos, end);
			if (!pos)
				return 0;
		} else {
			pos = sf_scan_byte(buf, pos, end, '>');
			if (pos++ == end)
				return 0;
		}
	}
}

enum sf_reason sf_list_next(const char *buf, struct sf_span *rest,
			    struct sf_span *item)
{
	u32 end = sf_span_end(*rest);
	u32 pos = sf_scan_lws(buf, rest->off, end);
	struct sf_span got;
	u32 stop;

	if (pos == end)
		return SF_EMPTY;
	stop = item_end(buf, pos, end);
	if (!stop)
		return SF_ADDR;
	got = sf_span_trim(buf, sf_span(pos, stop));
	if (!got.len)
		return SF_ADDR;
	if (stop != end) {
		stop = sf_scan_lws(buf, stop + 1, end);
		/* nothing behind the comma is an empty element, too */
		if (stop == end)
			return SF_ADDR;
	}
	*rest = sf_span(stop, end);
	*item = got;
	return SF_OK;
}

/* The display name, up to the '<' at @pos on success. */
static bool display_read(const char *buf, u32 *pos, u32 end,
			 struct sf_span *display)
{
	u32 stop;

	if (sf_scan_at(buf, *pos, end, '"')) {
		stop = sf_scan_quoted(buf, *pos, end);
		if (!stop)
			return false;
	} else {
		stop = sf_scan_over(buf, *pos, end, SF_C_DISPLAY);
	}
	*display = sf_span_trim(buf, sf_span(*pos, stop));
	*pos = sf_scan_lws(buf, stop, end);
	return sf_scan_at(buf, *pos, end, '<');
}

/* "<" URI ">"; white space and a second '<' inside are nobody's grammar. */
static bool bracket_read(const char *buf, u32 *pos, u32 end,
			 struct sf_addr *addr)
{
	u32 start = *pos + 1, stop = sf_scan_uri(buf, start, end);

	if (stop == start || !sf_scan_at(buf, stop, end, '>'))
		return false;
	addr->uri = sf_span(start, stop);
	addr->bracketed = true;
	*pos = stop + 1;
	return true;
}

/*
 * A URI without brackets ends at the first ';'. A comma or question mark
 * needs brackets (RFC 3261, 20; RFC 4475, 3.1.2.13).
 */
static bool bare_read(const char *buf, u32 *pos, u32 end, struct sf_addr *addr)
{
	u32 start = *pos, stop = start;

	while (stop < end && sf_is(buf[stop], SF_C_URI) && buf[stop] != ';') {
		if (buf[stop] == ',' || buf[stop] == '?')
			return false;
		stop++;
	}
	addr->uri = sf_span(start, stop);
	addr->display = sf_span(start, start);
	*pos = stop;
	return sf_scan_byte(buf, start, stop, ':') != stop;
}

enum sf_reason sf_addr_parse(const char *buf, struct sf_span item,
			     struct sf_addr *addr)
{
	struct sf_addr got = { .star = false };
	u32 pos, start, end;

	item = sf_span_trim(buf, item);
	start = item.off;
	end = sf_span_end(item);
	if (sf_span_is(buf, item, "*")) {
		got.display = sf_span(start, start);
		got.uri = got.display;
		got.params = sf_span(end, end);
		got.star = true;
		*addr = got;
		return SF_OK;
	}
	pos = start;
	if (display_read(buf, &pos, end, &got.display)) {
		if (!bracket_read(buf, &pos, end, &got))
			return SF_ADDR;
	} else {
		pos = start;
		if (!bare_read(buf, &pos, end, &got))
			return SF_ADDR;
	}
	pos = sf_scan_lws(buf, pos, end);
	if (pos != end && buf[pos] != ';')
		return SF_ADDR;
	got.params = sf_span(pos, end);
	*addr = got;
	return SF_OK;
}

/* What stands behind the '='; 0 when it cannot. */
static u32 value_end(const char *buf, u32 pos, u32 end)
{
	if (sf_scan_at(buf, pos, end, '"'))
		return sf_scan_quoted(buf, pos, end);
	return sf_scan_over(buf, pos, end, SF_C_VALUE);
}

enum sf_reason sf_param_next(const char *buf, struct sf_span *rest,
			     struct sf_param *param)
{
	u32 end = sf_span_end(*rest), start, pos, stop;
	struct sf_param got = { .has_value = false };

	start = sf_scan_lws(buf, rest->off, end);
	if (start == end)
		return SF_EMPTY;
	if (buf[start] != ';')
		return SF_PARAM;
	pos = sf_scan_lws(buf, start + 1, end);
	stop = sf_scan_over(buf, pos, end, SF_C_TOKEN);
	got.name = sf_span(pos, stop);
	got.all = sf_span(start, stop);
	got.value = sf_span(stop, stop);
	if (!got.name.len)
		return SF_PARAM;
	pos = sf_scan_lws(buf, stop, end);
	if (sf_scan_at(buf, pos, end, '=')) {
		pos = sf_scan_lws(buf, pos + 1, end);
		stop = value_end(buf, pos, end);
		if (!stop)
			return SF_PARAM;
		got.has_value = true;
		got.value = sf_span(pos, stop);
		got.all = sf_span(start, stop);
		pos = sf_scan_lws(buf, stop, end);
	}
	if (pos != end && buf[pos] != ';')
		return SF_PARAM;
	*rest = sf_span(pos, end);
	*param = got;
	return SF_OK;
}

bool sf_param_find(const char *buf, struct sf_span params, const char *name,
		   u32 len, struct sf_param *param)
{
	struct sf_param got;

	while (!sf_param_next(buf, &params, &got)) {
		if (!sf_span_caseeq(buf, got.name, name, len))
			continue;
		*param = got;
		return true;
	}
	return false;
}
