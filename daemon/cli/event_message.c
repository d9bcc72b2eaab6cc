// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * event_message.c - a SIP message that the helper saw
 */
#include <stdlib.h>
#include <string.h>

#include <linux/sipfast.h>

#include "../util/escape.h"
#include "event.h"
#include "json.h"
#include "lines.h"
#include "mem.h"
#include "text.h"

#define INDENT	2	/* of the lines behind the first */

struct timespec sf_event_message_time(const struct sf_message_info *message)
{
	return (struct timespec){
		.tv_sec = message->time / 1000000000,
		.tv_nsec = message->time % 1000000000,
	};
}

static bool is_cut(const struct sf_bytes *bytes)
{
	return bytes->len >= SIPFAST_MESSAGE_TEXT;
}

static void put_bytes(FILE *out, const struct sf_bytes *bytes)
{
	char *safe = sf_mem_check(sf_escape_bytes(bytes->data, bytes->len));

	fputs(safe, out);
	free(safe);
}

/* The first line that says something. */
static void put_start(struct sf_cli *cli, const struct sf_lines *lines)
{
	size_t i;

	for (i = 0; i < lines->n; i++)
		if (lines->line[i].len)
			break;
	fputs(sf_color(cli, SF_COLOR_HEAD), cli->out);
	if (i < lines->n)
		put_bytes(cli->out, &lines->line[i]);
	else
		fputs("not shown", cli->out);
	fprintf(cli->out, "%s\n", sf_color(cli, SF_COLOR_OFF));
}

static enum sf_color verdict_color(uint8_t verdict)
{
	if (verdict == SIPFAST_VERDICT_EDITED)
		return SF_COLOR_GOOD;
	return verdict == SIPFAST_VERDICT_UNREAD ? SF_COLOR_WARN : SF_COLOR_OFF;
}

static void put_verdict(struct sf_cli *cli, const struct sf_message_info *m)
{
	char text[SF_TEXT_LEN];

	fprintf(cli->out, "%*s%s%s%s, ", INDENT, "",
		sf_color(cli, verdict_color(m->verdict)),
		sf_text_verdict(m->verdict, text), sf_color(cli, SF_COLOR_OFF));
	sf_put_count(cli->out, m->length, "byte");
	if (m->zone)
		fprintf(cli->out, ", zone %u", m->zone);
	if (m->call)
		fprintf(cli->out, ", call %u", m->call);
	if (m->call_id) {
		fputs(", ", cli->out);
		sf_put_text(cli->out, m->call_id);
	}
	fputc('\n', cli->out);
}

static void put_decision(struct sf_cli *cli, const struct sf_decision_info *d)
{
	fprintf(cli->out, "%*s%s", INDENT, "", sf_color(cli, SF_COLOR_WARN));
	sf_put_text(cli->out, d->name);
	fputs(sf_color(cli, SF_COLOR_OFF), cli->out);
	if (sf_has(d, SIPFAST_A_DECISION_MEDIA))
		fprintf(cli->out, ", m= line %u", d->media + 1);
	fprintf(cli->out, "\n%*s", 2 * INDENT, "");
	sf_put_words(cli, 2 * INDENT, d->text);
	fputc('\n', cli->out);
}

static void put_changed(struct sf_cli *cli, char sign, enum sf_color color,
			const struct sf_bytes *line)
{
	fprintf(cli->out, "%*s%s%c ", INDENT, "", sf_color(cli, color), sign);
	put_bytes(cli->out, line);
	fprintf(cli->out, "%s\n", sf_color(cli, SF_COLOR_OFF));
}

static void put_difference(const struct sf_bytes *before,
			   const struct sf_bytes *after, void *arg)
{
	struct sf_cli *cli = arg;

	if (before)
		put_changed(cli, '-', SF_COLOR_BAD, before);
	if (after)
		put_changed(cli, '+', SF_COLOR_GOOD, after);
}

/* Of texts that were cut, as many lines as both have. */
static void level(struct sf_lines *a, struct sf_lines *b, bool cut)
{
	size_t n = a->n < b->n ? a->n : b->n;

	if (cut) {
		a->n = n;
		b->n = n;
	}
}

static void diff(const struct sf_message_info *m, sf_lines_fn fn, void *arg)
{
	bool cut = is_cut(&m->text) || is_cut(&m->edited);
	struct sf_lines before, after;

	if (!m->edited.len)
		return;
	before = sf_lines_split(m->text, is_cut(&m->text));
	after = sf_lines_split(m->edited, is_cut(&m->edited));
	level(&before, &after, cut);
	sf_lines_diff(&before, &after, fn, arg);
	free(before.line);
	free(after.line);
}

static void print_lines(struct sf_cli *cli, const struct sf_message_info *m,
			const struct sf_snapshot *decisions, bool changes)
{
	struct sf_lines lines = sf_lines_split(m->text, false);
	struct timespec when = sf_event_message_time(m);
	size_t i;

	sf_event_time(cli, &when);
	put_start(cli, &lines);
	fprintf(cli->out, "%*s", INDENT, "");
	sf_put_flow(cli, INDENT, &m->source, &m->source_mapped, &m->target,
		    &m->target_inside);
	fputc('\n', cli->out);
	put_verdict(cli, m);
	for (i = 0; i < decisions->ndecisions; i++)
		put_decision(cli, &decisions->decisions[i]);
	if (changes) {
		diff(m, put_difference, cli);
		if (is_cut(&m->text))
			fprintf(cli->out, "%*scut at %u bytes\n", INDENT, "",
				SIPFAST_MESSAGE_TEXT);
	}
	free(lines.line);
}

static json_t *json_line(const struct sf_bytes *line)
{
	char *safe = sf_mem_check(sf_escape_bytes(line->data, line->len));
	json_t *json = sf_mem_check(json_string(safe));

	free(safe);
	return json;
}

static void set_lines(json_t *object, const char *key, struct sf_bytes bytes)
{
	struct sf_lines lines = sf_lines_split(bytes, false);
	json_t *list = sf_mem_check(json_array());
	size_t i;

	for (i = 0; i < lines.n; i++)
		sf_json_append(list, json_line(&lines.line[i]));
	sf_json_set(object, key, list);
	free(lines.line);
}

static void add_difference(const struct sf_bytes *before,
			   const struct sf_bytes *after, void *arg)
{
	json_t *o = sf_json_object();

	if (before)
		sf_json_set(o, "before", json_line(before));
	if (after)
		sf_json_set(o, "after", json_line(after));
	sf_json_append(arg, o);
}

static json_t *json_message(const struct sf_message_info *m)
{
	json_t *o = sf_json_object();
	char text[SF_TEXT_LEN];

	sf_json_set(o, "number", json_integer(m->number));
	sf_json_endpoint(o, "source", &m->source);
	sf_json_endpoint(o, "target", &m->target);
	sf_json_endpoint(o, "source_mapped", &m->source_mapped);
	sf_json_endpoint(o, "target_inside", &m->target_inside);
	if (m->zone)
		sf_json_set(o, "zone", json_integer(m->zone));
	if (m->call)
		sf_json_set(o, "call", json_integer(m->call));
	if (m->call_id)
		sf_json_set(o, "call_id", sf_json_text(m->call_id));
	sf_json_set(o, "verdict", json_string(sf_text_verdict(m->verdict,
							      text)));
	sf_json_set(o, "length", json_integer(m->length));
	if (sf_has(m, SIPFAST_A_MESSAGE_TEXT))
		set_lines(o, "text", m->text);
	if (sf_has(m, SIPFAST_A_MESSAGE_EDITED))
		set_lines(o, "edited", m->edited);
	return o;
}

static void print_json(struct sf_cli *cli, const struct sf_message_info *m,
		       const struct sf_snapshot *decisions, bool changes)
{
	json_t *o = sf_json_object(), *message = json_message(m);
	json_t *list = sf_mem_check(json_array());
	struct timespec when = sf_event_message_time(m);
	size_t i;

	sf_json_set(o, "time", sf_event_json_time(&when));
	sf_json_set(o, "event", json_string("message"));
	for (i = 0; i < decisions->ndecisions; i++)
		sf_json_append(list,
			       sf_json_decision(&decisions->decisions[i]));
	sf_json_set(message, "decision", list);
	if (changes) {
		list = sf_mem_check(json_array());
		diff(m, add_difference, list);
		sf_json_set(message, "diff", list);
	}
	sf_json_set(o, "message", message);
	sf_json_print(cli, o, true);
}

void sf_event_message(struct sf_cli *cli, const struct sf_message_info *message,
		      const struct sf_snapshot *decisions, bool changes)
{
	if (cli->json)
		print_json(cli, message, decisions, changes);
	else
		print_lines(cli, message, decisions, changes);
	fflush(cli->out);
}
