// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * aor.c - addresses of record, in one spelling
 */
#include "../util/out.h"
#include "aor.h"
#include "uricmp.h"

static void put_char(struct sf_out *out, char c)
{
	sf_put(out, &c, 1);
}

/* As it may stand in a URI: reserved characters stay what they were. */
static void put_user(struct sf_out *out, const char *buf, struct sf_span user)
{
	static const char digits[] = "0123456789ABCDEF";
	u32 pos = user.off, end = sf_span_end(user), start, c;

	while (pos < end) {
		start = pos;
		while (pos < end && sf_is_unreserved((u8)buf[pos]))
			pos++;
		sf_put(out, buf + start, pos - start);
		if (pos == end)
			break;
		c = sf_escape_next(buf, &pos, end);
		if (sf_is_unreserved((u8)c) ||
		    (c < SF_ESCAPED && c && memchr(";/?&=+$,", (int)c, 8))) {
			put_char(out, (char)c);
			continue;
		}
		put_char(out, '%');
		put_char(out, digits[c >> 4 & 15]);
		put_char(out, digits[c & 15]);
	}
}

static void put_lower(struct sf_out *out, const char *text)
{
	for (; *text; text++)
		put_char(out, *text >= 'A' && *text <= 'Z' ?
				      (char)(*text | 0x20) : *text);
}

bool sf_aor_make(struct sf_aor *aor, const char *buf, struct sf_span user,
		 const char *domain)
{
	struct sf_out out = sf_out(aor->text, SF_AOR_MAX);

	put_user(&out, buf, user);
	aor->user_len = (u16)out.len;
	if (!user.len)
		out.full = true;
	put_char(&out, '@');
	put_lower(&out, domain);
	aor->len = out.full ? 0 : (u16)out.len;
	aor->text[aor->len] = '\0';
	return aor->len;
}

bool sf_aor_eq(const struct sf_aor *a, const struct sf_aor *b)
{
	return a->len && a->len == b->len && !memcmp(a->text, b->text, a->len);
}
