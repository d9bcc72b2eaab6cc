// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * script.c - a scenario: its statements, one after the other
 */
#include "script.h"

#include <stdarg.h>
#include <stdlib.h>

#include "../../daemon/util/clock.h"

#define PHONES	16

static struct place phones[PHONES];
static u32 nphones;
static bool failed;
static struct text account;

static void run_lines(const char *file, const char *text);

const char *script_account(void)
{
	return account.s;
}

bool script_failed(void)
{
	return failed;
}

static void tell_wires(void)
{
	char text[SF_END_TEXT_LEN], cseq[256];
	const struct wire *wire;

	text_printf(&account, "    what went over the wire:\n");
	for (wire = wires.first; wire; wire = wire->next) {
		text_header(wire->bytes, "CSeq", 0, cseq, sizeof(cseq));
		text_printf(&account, "    %8llu %s%s %s %s@%u  %.*s  [%s]\n",
			    (unsigned long long)(wire->at - 1000000),
			    wire->out ? "->" : "<-",
			    wire->out && !wire->seen ? "!" : " ",
			    sf_transport_name(wire->transport),
			    sf_end_text(&wire->peer, text), wire->worker,
			    (int)strcspn(wire->bytes, "\r\n"), wire->bytes,
			    cseq);
	}
}

void script_fail(const struct statement *st, const char *format, ...)
{
	char text[4096];
	va_list args;

	if (failed)
		return;
	failed = true;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	text_printf(&account, "    %s:%u: %s\n", st->file, st->line, text);
	tell_wires();
}

char *script_read(const char *path, u32 *len)
{
	FILE *file = fopen(path, "r");
	char *text = malloc(TEXT_SIZE);
	size_t n;

	if (!file || !text) {
		fprintf(stderr, "%s cannot be read\n", path);
		exit(2);
	}
	n = fread(text, 1, TEXT_SIZE - 1, file);
	text[n] = '\0';
	fclose(file);
	if (len)
		*len = (u32)n;
	return text;
}

u8 script_transport(const char *word)
{
	u8 t;

	for (t = SF_TRANSPORT_UDP; t <= SF_TRANSPORT_WSS; t++)
		if (!strcmp(word, sf_transport_name((enum sf_transport)t)))
			return t;
	return SF_TRANSPORT_OTHER;
}

static const struct place *find_phone(const char *name)
{
	u32 i;

	for (i = 0; i < nphones; i++)
		if (!strcmp(phones[i].name, name))
			return &phones[i];
	return NULL;
}

void script_contact(struct place *place)
{
	bool udp = place->transport == SF_TRANSPORT_UDP;
	char text[SF_END_TEXT_LEN];

	snprintf(place->contact, sizeof(place->contact), "sip:%s@%s%s%s",
		 place->name, sf_end_text(&place->end, text),
		 udp ? "" : ";transport=",
		 udp ? "" : sf_transport_name(place->transport));
}

void script_phone(const struct place *place)
{
	if (nphones < PHONES)
		phones[nphones++] = *place;
}

/* "192.0.2.1:5060", or without its port: any. */
static bool take_end(const char *word, struct sf_end *end)
{
	if (!sf_end_parse(word, 1, end))
		return false;
	if (end->port == 1)
		end->port = 0;
	return true;
}

bool script_place(const struct statement *st, u32 *at, struct place *place)
{
	char word[128], *worker;
	const struct place *phone;

	*place = (struct place){ .worker = -1, .name = "somebody" };
	if (*at >= st->words)
		goto none;
	place->transport = script_transport(st->word[*at]);
	if (place->transport)
		(*at)++;
	if (*at >= st->words)
		goto none;
	snprintf(word, sizeof(word), "%s", st->word[(*at)++]);
	worker = strchr(word, '@');
	if (worker)
		*worker++ = '\0';
	phone = find_phone(word);
	if (!place->transport && phone)
		*place = *phone;
	else if (!place->transport || !take_end(word, &place->end))
		goto none;
	if (worker)
		place->worker = atoi(worker);
	if (!*place->contact)
		script_contact(place);
	return true;
none:
	script_fail(st, "no phone, and no \"udp 192.0.2.1:5060\"");
	return false;
}

bool script_fill(const struct statement *st, const char *text, struct text *out)
{
	char missing[64];

	if (names_fill(out, text, missing, sizeof(missing)))
		return true;
	script_fail(st, "nothing is remembered as $%s", missing);
	return false;
}

void script_leftover(const struct statement *st)
{
	const struct wire *wire;
	char text[SF_END_TEXT_LEN];

	for (wire = wires.first; wire; wire = wire->next) {
		if (!wire->out || wire->seen)
			continue;
		script_fail(st, "nobody expected what was sent to %s %s:\n%s",
			    sf_transport_name(wire->transport),
			    sf_end_text(&wire->peer, text), wire->bytes);
		return;
	}
	if (fake_kernel_asked(NULL))
		script_fail(st, "nobody expected what the kernel was asked: %s",
			    fake_kernel_asked(NULL));
}

bool wire_is_request(const struct wire *wire, const char *method)
{
	char is[64];

	if (text_status(wire->bytes))
		return false;
	text_method(wire->bytes, is, sizeof(is));
	if (method)
		return !strcmp(is, method);
	return strcmp(is, "ACK") && strcmp(is, "CANCEL");
}

bool wire_is_response(const struct wire *wire, const char *method)
{
	char is[64];

	return text_status(wire->bytes) > 100 &&
	       (!method ||
		!strcmp(text_method(wire->bytes, is, sizeof(is)), method));
}

bool script_is_at(const struct wire *wire, const struct place *place)
{
	return wire->transport == place->transport &&
	       sf_ip_eq(&wire->peer.ip, &place->end.ip) &&
	       (!place->end.port || wire->peer.port == place->end.port);
}

const struct wire *script_last(const struct place *place, bool out,
			       bool (*fits)(const struct wire *wire, const char *arg),
			       const char *arg)
{
	const struct wire *wire, *found = NULL;

	for (wire = wires.first; wire; wire = wire->next)
		if (wire->out == out && script_is_at(wire, place) &&
		    fits(wire, arg))
			found = wire;
	return found;
}

static void do_include(const struct statement *st)
{
	char path[512];
	char *text;

	snprintf(path, sizeof(path), "%s/%s", getenv("SCENARIO_CASES"),
		 st->word[1]);
	text = script_read(path, NULL);
	run_lines(st->word[1], text);
	free(text);
}

/* What they are called, how many words they have at least, and whether lines up to
 * "." belong to them.
 */
static const struct verb {
	const char *name;
	void (*run)(const struct statement *st);
	u32 words;
	bool lines;
} verbs[] = {
	{ "conf", stage_file, 1, true },
	{ "file", stage_file, 2, true },
	{ "user", stage_user, 3, false },
	{ "phone", stage_phone, 3, false },
	{ "name", stage_name, 3, false },
	{ "route", stage_route, 3, false },
	{ "listen", stage_listen, 3, false },
	{ "start", stage_start, 1, false },
	{ "reload", stage_reload, 1, false },
	{ "restart", stage_restart, 2, false },
	{ "drain", stage_drain, 1, false },
	{ "backlog", stage_backlog, 2, false },
	{ "set", stage_set, 3, false },
	{ "wait", stage_wait, 2, false },
	{ "busy", stage_busy, 2, false },
	{ "crowd", stage_crowd, 2, false },
	{ "counted", stage_counted, 3, false },
	{ "nothing", stage_nothing, 1, false },
	{ "certificate", stage_certificate, 3, false },
	{ "way", stage_way, 3, false },
	{ "module", stage_module, 2, false },
	{ "close", stage_close, 2, false },
	{ "closed", stage_closed, 2, false },
	{ "ping", stage_ping, 2, false },
	{ "icmp", stage_icmp, 2, false },
	{ "include", do_include, 2, false },
	{ "recv", say_recv, 2, true },
	{ "feed", say_feed, 3, false },
	{ "ask", say_ask, 4, false },
	{ "again", say_again, 2, false },
	{ "login", say_login, 4, false },
	{ "cancel", say_cancel, 2, false },
	{ "ack", say_ack, 2, false },
	{ "follow", say_follow, 3, false },
	{ "reply", say_reply, 3, false },
	{ "send", hear_send, 3, false },
	{ "within", hear_within, 4, false },
	{ "media", hear_media, 3, false },
	{ "guard", hear_media, 3, false },
};

static const struct verb *find_verb(const char *name)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(verbs); i++)
		if (!strcmp(verbs[i].name, name))
			return &verbs[i];
	return NULL;
}

static void run(const struct statement *st, const struct verb *verb)
{
	if (st->words < verb->words)
		script_fail(st, "%s says too little", verb->name);
	else
		verb->run(st);
}

static void split(struct statement *st, char *line)
{
	char *save = NULL, *word;

	for (word = strtok_r(line, " \t", &save);
	     word && st->words < SCRIPT_WORDS; word = strtok_r(NULL, " \t", &save))
		st->word[st->words++] = word;
}

/* Take a line off a text; NULL at its end. */
static char *next_line(char **rest, u32 *number)
{
	char *line = *rest;
	size_t len = strcspn(line, "\n");

	if (!*line)
		return NULL;
	*rest = line + len + (line[len] == '\n');
	line[len] = '\0';
	(*number)++;
	return line;
}

static bool is_indented(const char *text)
{
	return (*text == ' ' || *text == '\t') &&
	       text[strspn(text, " \t")] != '\n';
}

static void read_block(struct statement *st, const struct verb *verb,
		       char **rest, u32 *number)
{
	char *line;

	while (st->lines < SCRIPT_BLOCK &&
	       (verb->lines || is_indented(*rest)) &&
	       (line = next_line(rest, number))) {
		if (verb->lines && !strcmp(line, "."))
			break;
		if (!verb->lines)
			line += strspn(line, " \t");
		if (verb->lines || *line != '#')
			st->block[st->lines++] = line;
	}
}

static void run_lines(const char *file, const char *text)
{
	char *copy = strdup(text), *rest = copy, *line;
	u32 number = 0;

	while (!failed && (line = next_line(&rest, &number))) {
		struct statement st = { .file = file, .line = number };
		const struct verb *verb;

		if (*line == '#' || !line[strspn(line, " \t")])
			continue;
		split(&st, line);
		verb = find_verb(st.word[0]);
		if (!verb) {
			script_fail(&st, "nobody knows \"%s\"", st.word[0]);
			break;
		}
		read_block(&st, verb, &rest, &number);
		run(&st, verb);
	}
	free(copy);
}

bool script_run(const char *file, const char *text)
{
	const struct statement end = { .file = file };

	failed = false;
	text_clear(&account);
	nphones = 0;
	names_reset();
	world_reset();
	run_lines(file, text);
	if (!failed)
		script_leftover(&end);
	world_stop();
	/* The daemon is gone: nobody will answer that any more. */
	if (!failed && fake_kernel_ringing())
		script_fail(&end, "call %u stays open in the kernel",
			    fake_kernel_ringing());
	return !failed;
}
