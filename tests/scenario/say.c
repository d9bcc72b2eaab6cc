// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * say.c - what comes in: messages as they stand in the script, or as a phone
 * would make them
 */
#include "script.h"

#include <stdlib.h>

#include "digest.h"

struct text say_made;

/* Of branches, Call-IDs and CSeqs that the runner makes. */
static u32 serial;

static void hand_in(const struct statement *st, const struct place *place)
{
	u32 worker = place->worker < 0 ? 0 : (u32)place->worker;

	script_leftover(st);
	if (script_failed())
		return;
	if (worker >= world.daemon.workers) {
		script_fail(st, "there is no such worker");
		return;
	}
	fake_net_in(world.daemon.worker[worker].net, place->transport,
		    &place->end, say_made.s, say_made.len);
	world_settle();
}

/* Is this line of a block one of those before, too? */
static bool is_second(const struct statement *st, u32 n, const char *name)
{
	u32 i, len = (u32)strlen(name);

	for (i = 0; i < n; i++)
		if (!strncmp(st->block[i], name, len) && st->block[i][len] == ':')
			return true;
	return false;
}

static bool set_line(const struct statement *st, u32 n)
{
	static struct text line;
	char *colon, *value;

	if (!script_fill(st, st->block[n], &line))
		return false;
	if (line.s[0] == '!') {
		text_set(&say_made, line.s + 1 + strspn(line.s + 1, " "), NULL);
		return true;
	}
	colon = strchr(line.s, ':');
	if (!colon) {
		script_fail(st, "no header line: %s", line.s);
		return false;
	}
	*colon = '\0';
	value = colon + 1 + strspn(colon + 1, " ");
	if (is_second(st, n, line.s))
		text_append(&say_made, line.s, value);
	else
		text_set(&say_made, line.s, value);
	return true;
}

/* The lines of a block: "Name: value", "! Name", "| a line of the body". */
static bool apply_block(const struct statement *st)
{
	static struct text body;
	char length[16], had[64];
	u32 i;

	text_clear(&body);
	for (i = 0; i < st->lines; i++) {
		const char *line = st->block[i];

		if (line[0] == '|')
			text_printf(&body, "%s\r\n", line + 1 + (line[1] == ' '));
		else if (!set_line(st, i))
			return false;
	}
	snprintf(length, sizeof(length), "%u", body.len);
	if (!text_header(say_made.s, "Content-Length", 0, had, sizeof(had)))
		text_set(&say_made, "Content-Length", length);
	text_printf(&say_made, "\r\n");
	text_add(&say_made, body.s, body.len);
	return true;
}

/* A message as it stands there: its lines get their ends, and its length. */
void say_recv(const struct statement *st)
{
	static struct text line, body;
	struct place place;
	u32 at = 1, i;
	bool raw, in_body = false;

	if (!script_place(st, &at, &place))
		return;
	raw = at < st->words && !strcmp(st->word[at], "raw");
	text_clear(&say_made);
	text_clear(&body);
	for (i = 0; i < st->lines; i++) {
		if (!script_fill(st, st->block[i], &line))
			return;
		if (!in_body && !line.len && !raw) {
			in_body = true;
			continue;
		}
		text_printf(in_body ? &body : &say_made, "%s\r\n", line.s);
	}
	if (!raw) {
		text_printf(&say_made, "Content-Length: %u\r\n\r\n", body.len);
		text_add(&say_made, body.s, body.len);
	}
	hand_in(st, &place);
}

/*
 * Our Via of the last request goes on top, so that a response has a way; or takes
 * the place of its own.
 */
static void take_via(const struct wire *request, bool instead)
{
	char via[1024];
	const char *end = strstr(say_made.s, "\r\n");
	u32 at = end ? (u32)(end + 2 - say_made.s) : 0;
	static struct text rest;

	text_clear(&rest);
	text_add(&rest, say_made.s + at, say_made.len - at);
	text_header(request->bytes, "Via", 0, via, sizeof(via));
	say_made.len = at;
	text_printf(&say_made, "Via: %s\r\n", via);
	at = instead && !strncmp(rest.s, "Via:", 4) ?
	     (u32)(strstr(rest.s, "\r\n") + 2 - rest.s) : 0;
	text_add(&say_made, rest.s + at, rest.len - at);
}

/* feed PLACE FILE [response|instead]: a file as it is. */
void say_feed(const struct statement *st)
{
	const struct wire *request;
	struct place place;
	u32 at = 1, len;
	char *bytes;

	if (!script_place(st, &at, &place))
		return;
	bytes = script_read(st->word[at++], &len);
	text_clear(&say_made);
	text_add(&say_made, bytes, len);
	free(bytes);
	if (at < st->words) {
		request = script_last(&place, true, wire_is_request, NULL);
		if (!request) {
			script_fail(st, "there is no request to answer");
			return;
		}
		take_via(request, !strcmp(st->word[at], "instead"));
	}
	hand_in(st, &place);
}

u32 say_serial(void)
{
	return ++serial;
}

void say_finish(const struct statement *st, const struct place *place)
{
	if (apply_block(st))
		hand_in(st, place);
}

/* Its Via, with a branch that was never there. */
void say_via(const struct place *place)
{
	char text[SF_END_TEXT_LEN], via[256];
	bool udp = place->transport == SF_TRANSPORT_UDP;

	snprintf(via, sizeof(via), "SIP/2.0/%s %s;branch=z9hG4bK-%u%s",
		 sf_transport_via(place->transport),
		 sf_end_text(&place->end, text), ++serial,
		 udp ? ";rport" : "");
	text_set(&say_made, "Via", via);
}

bool say_has_contact(const char *method)
{
	return !strcmp(method, "INVITE") || !strcmp(method, "REGISTER") ||
	       !strcmp(method, "SUBSCRIBE") || !strcmp(method, "REFER") ||
	       !strcmp(method, "UPDATE");
}

/* ask PLACE METHOD URI: a request outside of any dialog. */
void say_ask(const struct statement *st)
{
	static struct text filled;
	const char *method, *uri = filled.s;
	struct place place;
	u32 at = 1;

	if (!script_place(st, &at, &place) || at + 2 > st->words ||
	    !script_fill(st, st->word[at + 1], &filled))
		return;
	method = st->word[at];
	text_clear(&say_made);
	text_printf(&say_made, "%s %s SIP/2.0\r\n", method, uri);
	say_via(&place);
	text_printf(&say_made, "Max-Forwards: 70\r\n");
	text_printf(&say_made, "From: <sip:%s@example.net>;tag=%s\r\n", place.name,
		    place.name);
	if (!strcmp(method, "REGISTER"))
		text_printf(&say_made, "To: <sip:%s@example.net>\r\n", place.name);
	else
		text_printf(&say_made, "To: <%s>\r\n", uri);
	text_printf(&say_made, "Call-ID: call-%u\r\nCSeq: %u %s\r\n", serial, serial,
		    method);
	if (say_has_contact(method))
		text_printf(&say_made, "Contact: <%s>\r\n", place.contact);
	say_finish(st, &place);
}

static bool is_any(const struct wire *wire, const char *arg)
{
	(void)wire;
	(void)arg;
	return true;
}

/* again PLACE [METHOD]: what it said last, or asked, byte by byte. */
void say_again(const struct statement *st)
{
	const struct wire *last;
	struct place place;
	u32 at = 1;

	if (!script_place(st, &at, &place))
		return;
	if (at < st->words)
		last = script_last(&place, false, wire_is_request, st->word[at]);
	else
		last = script_last(&place, false, is_any, NULL);
	if (!last) {
		script_fail(st, "it has said nothing yet");
		return;
	}
	text_clear(&say_made);
	text_add(&say_made, last->bytes, last->len);
	hand_in(st, &place);
}

/* The head of a message without its blank line, to be changed. */
static void begin_with(const struct wire *wire)
{
	const char *body = text_body(wire->bytes);

	text_clear(&say_made);
	text_add(&say_made, wire->bytes, (u32)(body - wire->bytes) - 2);
	text_set(&say_made, "Content-Length", NULL);
}

static bool is_challenge(const struct wire *wire, const char *arg)
{
	u32 status = text_status(wire->bytes);

	(void)arg;
	return status == 401 || status == 407;
}

/* login PLACE USER SECRET: its last request again, with credentials. */
void say_login(const struct statement *st)
{
	const struct wire *request, *response;
	char value[512], method[64], uri[256];
	static struct text credentials;
	struct place place;
	u32 at = 1, cseq;
	bool proxy;

	if (!script_place(st, &at, &place) || at + 2 > st->words)
		return;
	request = script_last(&place, false, wire_is_request, NULL);
	response = script_last(&place, true, is_challenge, NULL);
	if (!request || !response) {
		script_fail(st, "nobody was asked for credentials");
		return;
	}
	proxy = text_status(response->bytes) == 407;
	text_method(request->bytes, method, sizeof(method));
	text_word(request->bytes, 1, uri, sizeof(uri));
	text_header(response->bytes,
		    proxy ? "Proxy-Authenticate" : "WWW-Authenticate", 0, value,
		    sizeof(value));
	if (!digest_answer(&credentials, value, st->word[at], st->word[at + 1],
			   method, uri)) {
		script_fail(st, "no challenge: %s", value);
		return;
	}
	begin_with(request);
	text_header(say_made.s, "CSeq", 0, value, sizeof(value));
	cseq = (u32)atoi(value);
	snprintf(value, sizeof(value), "%u %s", cseq + 1, method);
	text_set(&say_made, "CSeq", value);
	say_via(&place);
	text_set(&say_made, proxy ? "Proxy-Authorization" : "Authorization",
		 credentials.s);
	say_finish(st, &place);
}
