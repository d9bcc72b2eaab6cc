// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * edit.c - a sorted list of replacements, and the copy that applies it
 */
#include <sipfast/edit.h>

void sf_edits_init(struct sf_edits *edits)
{
	edits->err = SF_OK;
	edits->count = 0;
	edits->text_len = 0;
	edits->delta = 0;
}

/*
 * Does @a have its place before @b? Of two at one offset the insertion comes
 * first: it stands in front of what the other one replaces.
 */
static bool edit_before(struct sf_span a, struct sf_span b)
{
	if (a.off != b.off)
		return a.off < b.off;
	return !a.len && b.len;
}

static bool edit_same(const struct sf_edits *edits, const struct sf_edit *edit,
		      struct sf_span at, const char *str, u32 len)
{
	return edit->at.off == at.off && edit->at.len == at.len &&
	       edit->len == len && !memcmp(edits->text + edit->text, str, len);
}

/* Where a new edit belongs: behind all that stand before it or with it. */
static u32 edit_index(const struct sf_edits *edits, struct sf_span at)
{
	u32 i = edits->count;

	while (i && edit_before(at, edits->edit[i - 1].at))
		i--;
	return i;
}

/* Was this very edit taken? All edits of one place are neighbours. */
static bool edit_known(const struct sf_edits *edits, u32 i, struct sf_span at,
		       const char *str, u32 len)
{
	while (i-- && edits->edit[i].at.off == at.off)
		if (edit_same(edits, &edits->edit[i], at, str, len))
			return true;
	return false;
}

/* Would an edit at index @i overlap its neighbours? */
static bool edit_overlaps(const struct sf_edits *edits, u32 i,
			  struct sf_span at)
{
	if (i && sf_span_end(edits->edit[i - 1].at) > at.off)
		return true;
	return i < edits->count && sf_span_end(at) > edits->edit[i].at.off;
}

static void edit_insert(struct sf_edits *edits, u32 i, struct sf_span at,
			const char *str, u32 len)
{
	struct sf_edit *edit = &edits->edit[i];

	memmove(edit + 1, edit, (edits->count - i) * sizeof(*edit));
	memcpy(edits->text + edits->text_len, str, len);
	edit->at = at;
	edit->text = edits->text_len;
	edit->len = (u16)len;
	edits->count++;
	edits->text_len = (u16)(edits->text_len + len);
	edits->delta += (int)len - (int)at.len;
}

void sf_edit(struct sf_edits *edits, struct sf_span at, const char *str,
	     u32 len)
{
	u32 i;

	if (edits->err)
		return;
	i = edit_index(edits, at);
	if (edit_known(edits, i, at, str, len))
		return;
	if (edits->count == SF_EDITS_MAX ||
	    len > SF_EDITS_TEXT - (u32)edits->text_len ||
	    edit_overlaps(edits, i, at)) {
		edits->err = SF_EDITS;
		return;
	}
	edit_insert(edits, i, at, str, len);
}

void sf_edit_u32(struct sf_edits *edits, struct sf_span at, u32 val)
{
	char text[SF_U32_TEXT_MAX];

	sf_edit(edits, at, text, sf_u32_text(val, text));
}

void sf_edit_ip(struct sf_edits *edits, struct sf_span at,
		const struct sf_ip *ip, bool bracket)
{
	char text[SF_IP_TEXT_MAX];

	sf_edit(edits, at, text, sf_ip_text(ip, bracket, text));
}

void sf_edit_hostport(struct sf_edits *edits, struct sf_span at,
		      const struct sf_ip *ip, u16 port)
{
	char text[SF_IP_TEXT_MAX + 1 + SF_U32_TEXT_MAX];
	u32 len = sf_ip_text(ip, true, text);

	if (port) {
		text[len++] = ':';
		len += sf_u32_text(port, text + len);
	}
	sf_edit(edits, at, text, len);
}

/* By how many bytes the body grows. */
static int body_delta(const struct sf_edits *edits, const struct sf_msg *msg)
{
	int delta = 0;
	u32 i;

	for (i = edits->count; i--;) {
		if (edits->edit[i].at.off < msg->body.off)
			break;
		delta += (int)edits->edit[i].len - (int)edits->edit[i].at.len;
	}
	return delta;
}

void sf_edit_length(struct sf_edits *edits, const struct sf_msg *msg)
{
	const struct sf_hdr *hdr = sf_msg_hdr(msg, SF_HDR_CONTENT_LENGTH);
	int delta = body_delta(edits, msg);

	if (hdr && delta)
		sf_edit_u32(edits, hdr->value,
			    (u32)((int)msg->body.len + delta));
}

struct sf_span sf_edits_window(const struct sf_edits *edits)
{
	if (!edits->count)
		return sf_span(0, 0);
	return sf_span(edits->edit[0].at.off,
		       sf_span_end(edits->edit[edits->count - 1].at));
}

enum sf_reason sf_edits_apply(const struct sf_edits *edits, const char *buf,
			      struct sf_span window, char *out, u32 max,
			      u32 *len)
{
	const struct sf_edit *edit = edits->edit;
	const struct sf_edit *stop = edit + edits->count;
	u32 pos = window.off, n = 0;

	if (edits->err ||
	    (edits->count && !sf_span_within(sf_edits_window(edits), window)) ||
	    (long long)window.len + edits->delta > max)
		return SF_EDITS;
	for (; edit < stop; edit++) {
		memcpy(out + n, buf + pos, edit->at.off - pos);
		n += edit->at.off - pos;
		memcpy(out + n, edits->text + edit->text, edit->len);
		n += edit->len;
		pos = sf_span_end(edit->at);
	}
	memcpy(out + n, buf + pos, sf_span_end(window) - pos);
	*len = n + sf_span_end(window) - pos;
	return SF_OK;
}
