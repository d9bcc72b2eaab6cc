// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * hear.c - what has to be sent, and what it has to look like
 */
#include "script.h"

#include <stdlib.h>
#include <strings.h>

#include "../../daemon/util/clock.h"
#include "digest.h"

static struct wire *find(const struct place *place)
{
	struct wire *wire;

	for (wire = wires.first; wire; wire = wire->next)
		if (wire->out && !wire->seen && script_is_at(wire, place) &&
		    (place->worker < 0 || wire->worker == place->worker))
			return wire;
	return NULL;
}

/* Which line of its name a line of the block is about. */
static u32 index_of(const struct statement *st, u32 n, const char *name)
{
	u32 i, len = (u32)strlen(name), count = 0;

	for (i = 0; i < n; i++)
		count += !strncasecmp(st->block[i], name, len) &&
			 st->block[i][len] == ':';
	return count;
}

static void expect_header(const struct statement *st, u32 n,
			  const struct wire *wire)
{
	static char value[8192];
	char name[64];
	const char *line = st->block[n], *colon = strchr(line, ':'), *pattern;

	if (!colon) {
		script_fail(st, "no header line: %s", line);
		return;
	}
	snprintf(name, sizeof(name), "%.*s", (int)(colon - line), line);
	pattern = colon + 1 + strspn(colon + 1, " ");
	if (!text_header(wire->bytes, name, index_of(st, n, name), value,
			 sizeof(value)))
		script_fail(st, "expected %s\n    but there is no such line in:\n%s",
			    line, wire->bytes);
	else if (!pattern_fits(pattern, value))
		script_fail(st, "expected %s\n    but came %s: %s\n    in:\n%s", line,
			    name, value, wire->bytes);
}

/* No line of that name, or none but those that were expected before. */
static void expect_none(const struct statement *st, u32 n,
			const struct wire *wire)
{
	const char *name = st->block[n] + 1 + strspn(st->block[n] + 1, " ");
	char value[1024];

	if (text_header(wire->bytes, name, index_of(st, n, name), value,
			sizeof(value)))
		script_fail(st, "expected no %s\n    but came %s: %s\n    in:\n%s",
			    name, name, value, wire->bytes);
}

static const struct wire *before(const struct wire *wire, bool out,
				 const struct wire *not_to)
{
	const struct wire *at, *found = NULL;

	for (at = wires.first; at && at != wire; at = at->next)
		if (at->out == out &&
		    (!not_to || (at->transport == not_to->transport &&
				 sf_end_eq(&at->peer, &not_to->peer))))
			found = at;
	return found;
}

static void expect_unchanged(const struct statement *st,
			     const struct wire *wire)
{
	static struct text was, is;
	const struct wire *in = before(wire, false, NULL);

	text_constant(&was, in->bytes, in->len);
	text_constant(&is, wire->bytes, wire->len);
	if (was.len != is.len || memcmp(was.s, is.s, is.len))
		script_fail(st, "what passes was changed:\n%s\n    came in as:\n%s",
			    is.s, was.s);
}

/* = digest USER SECRET: the credentials answer the last challenge that it made. */
static void expect_digest(const struct statement *st, const struct wire *wire,
			  const char *user, const char *secret)
{
	char challenge[512], nonce[128], method[64];
	static char value[4096];
	const struct wire *asked = before(wire, false, wire);

	if (asked &&
	    !text_header(asked->bytes, "Proxy-Authenticate", 0, challenge,
			 sizeof(challenge)))
		text_header(asked->bytes, "WWW-Authenticate", 0, challenge,
			    sizeof(challenge));
	if (!text_header(wire->bytes, "Proxy-Authorization", 0, value,
			 sizeof(value)))
		text_header(wire->bytes, "Authorization", 0, value, sizeof(value));
	if (!asked ||
	    !digest_good(value, digest_value(challenge, "nonce", nonce,
					     sizeof(nonce)),
			 user, secret,
			 text_method(wire->bytes, method, sizeof(method))))
		script_fail(st, "these are not the credentials of %s: %s", user,
			    value);
}

static void expect_line(const struct statement *st, u32 n,
			const struct wire *wire)
{
	char line[512], *user, *secret, *save = NULL;

	switch (st->block[n][0]) {
	case '!':
		expect_none(st, n, wire);
		return;
	case '=':
		break;
	default:
		expect_header(st, n, wire);
		return;
	}
	snprintf(line, sizeof(line), "%s", st->block[n] + 1);
	if (!strcmp(strtok_r(line, " ", &save), "unchanged")) {
		expect_unchanged(st, wire);
		return;
	}
	user = strtok_r(NULL, " ", &save);
	secret = strtok_r(NULL, " ", &save);
	if (user && secret)
		expect_digest(st, wire, user, secret);
	else
		script_fail(st, "nobody knows \"%s\"", st->block[n]);
}

/* "again": the same bytes as last time. */
static void expect_again(const struct statement *st, const struct wire *wire)
{
	const struct wire *last = before(wire, true, wire);

	while (last && last->len != wire->len)
		last = before(last, true, wire);
	if (!last || memcmp(last->bytes, wire->bytes, wire->len))
		script_fail(st, "expected the same again\n    but came:\n%s",
			    wire->bytes);
}

static void expect_start(const struct statement *st, u32 at,
			 const struct wire *wire)
{
	char line[1024], pattern[1024];
	u32 i, len;

	snprintf(line, sizeof(line), "%.*s", (int)strcspn(wire->bytes, "\r\n"),
		 wire->bytes);
	len = (u32)snprintf(pattern, sizeof(pattern), "%s%s",
			    atoi(st->word[at]) ? "SIP/2.0 " : "", st->word[at]);
	for (i = at + 1; i < st->words; i++)
		len += (u32)snprintf(pattern + len, sizeof(pattern) - len, " %s",
				     st->word[i]);
	if (i == at + 1)
		snprintf(pattern + len, sizeof(pattern) - len, " *");
	else if (!atoi(st->word[at]))
		snprintf(pattern + len, sizeof(pattern) - len, " SIP/2.0");
	if (!pattern_fits(pattern, line))
		script_fail(st, "expected %s\n    but came:\n%s", pattern,
			    wire->bytes);
}

static void expect(const struct statement *st, u32 at, bool now)
{
	struct place place;
	struct wire *wire;
	u32 i;

	if (!script_place(st, &at, &place) || at >= st->words)
		return;
	wire = find(&place);
	if (!wire) {
		script_fail(st, "expected %s, but nothing was sent there",
			    st->word[at]);
		return;
	}
	wire->seen = true;
	if (fake_kernel_asked(wire))
		script_fail(st, "before, the kernel was asked: %s",
			    fake_kernel_asked(wire));
	if (now && wire->at != sf_clock_ms())
		script_fail(st, "it was sent %llu ms too early",
			    (unsigned long long)(sf_clock_ms() - wire->at));
	if (!strcmp(st->word[at], "again"))
		expect_again(st, wire);
	else
		expect_start(st, at, wire);
	for (i = 0; i < st->lines && !script_failed(); i++)
		expect_line(st, i, wire);
}

/* send PLACE WHAT: it was sent just now. */
void hear_send(const struct statement *st)
{
	expect(st, 1, true);
}

/* within MS send PLACE WHAT: it will be, by then. */
void hear_within(const struct statement *st)
{
	script_leftover(st);
	world_pass(strtoull(st->word[1], NULL, 10), true);
	expect(st, 3, true);
}

/* Was all of it expected that was sent, up to this? */
static bool all_seen(const struct wire *last)
{
	const struct wire *wire;

	for (wire = wires.first; last && wire; wire = wire->next) {
		if (wire->out && !wire->seen)
			return false;
		if (wire == last)
			break;
	}
	return true;
}

/* media LINE, guard LINE: the kernel was asked that, before what is expected next was sent. */
void hear_media(const struct statement *st)
{
	const char *line = fake_kernel_asked(NULL);
	char pattern[256] = "";
	u32 i, len = 0;

	for (i = 1; i < st->words; i++)
		len += (u32)snprintf(pattern + len, sizeof(pattern) - len,
				     "%s%s", i > 1 ? " " : "", st->word[i]);
	if (!line || !pattern_fits(pattern, line))
		script_fail(st, "the kernel was asked %s",
			    line ? line : "nothing");
	else if (!all_seen(fake_kernel_take()))
		script_fail(st, "that was sent before the kernel was asked");
}
