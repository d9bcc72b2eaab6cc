// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * event_served.c - one event of sipfastd, as a line or as a JSON object
 */
#include <inttypes.h>
#include <string.h>

#include "event.h"
#include "json.h"
#include "served.h"
#include "text.h"

struct timespec sf_event_served_time(const json_t *event)
{
	uint64_t ms = sf_served_number(event, "time_ms");

	return (struct timespec){ .tv_sec = (time_t)(ms / 1000),
				  .tv_nsec = (long)(ms % 1000) * 1000000 };
}

static void put_head(struct sf_cli *cli, const char *head)
{
	fprintf(cli->out, "%s%s%s ", sf_color(cli, SF_COLOR_HEAD), head,
		sf_color(cli, SF_COLOR_OFF));
}

/* The last word of an event's name, or two: "not-registered" is one. */
static void put_what(struct sf_cli *cli, const char *what, enum sf_color color)
{
	fprintf(cli->out, "%s%s%s", sf_color(cli, color), what,
		sf_color(cli, SF_COLOR_OFF));
}

static void put_status(struct sf_cli *cli, const json_t *o)
{
	uint64_t status = sf_served_number(o, "status");

	if (status)
		fprintf(cli->out, " with %" PRIu64, status);
}

static void put_reason(struct sf_cli *cli, const json_t *o)
{
	if (!*sf_served_text(o, "reason"))
		return;
	fputs(", ", cli->out);
	sf_put_text(cli->out, sf_served_text(o, "reason"));
}

static void put_place(struct sf_cli *cli, const json_t *o)
{
	if (!*sf_served_text(o, "source"))
		return;
	fputs("  ", cli->out);
	sf_put_text(cli->out, sf_served_text(o, "transport"));
	fputc(' ', cli->out);
	sf_put_text(cli->out, sf_served_text(o, "source"));
}

static void put_parties(struct sf_cli *cli, const json_t *o)
{
	fputs("  ", cli->out);
	sf_put_text(cli->out, sf_served_text(o, "from"));
	fprintf(cli->out, " %s ", sf_arrow(cli));
	sf_put_text(cli->out, sf_served_text(o, "to"));
}

static void put_binding(struct sf_cli *cli, const char *what, const json_t *o)
{
	bool lasts = !strcmp(what, "new") || !strcmp(what, "refresh");
	char left[SF_TEXT_LEN];

	put_head(cli, "binding");
	put_what(cli, what, lasts ? SF_COLOR_OFF : SF_COLOR_WARN);
	fputs("  ", cli->out);
	sf_put_text(cli->out, sf_served_text(o, "aor"));
	fputs("  ", cli->out);
	sf_put_text(cli->out, sf_served_text(o, "contact"));
	put_place(cli, o);
	if (lasts)
		fprintf(cli->out, "  for %s",
			sf_text_clock(sf_served_number(o, "expires_s") * 1000,
				      left));
}

static void put_trunk(struct sf_cli *cli, const char *what, const json_t *o)
{
	bool good = !strcmp(what, "up") || !strcmp(what, "registered");

	put_head(cli, "trunk");
	sf_put_text(cli->out, sf_served_text(o, "name"));
	fputc(' ', cli->out);
	put_what(cli, what, good ? SF_COLOR_GOOD : SF_COLOR_BAD);
	put_status(cli, o);
	put_place(cli, o);
}

static void put_proxy_call(struct sf_cli *cli, const char *what,
			   const json_t *o)
{
	put_head(cli, "proxy call");
	put_what(cli, what, !strcmp(what, "answered") ? SF_COLOR_GOOD :
			    !strcmp(what, "failed") ? SF_COLOR_BAD :
						      SF_COLOR_OFF);
	put_status(cli, o);
	put_reason(cli, o);
	put_parties(cli, o);
	fputs("  ", cli->out);
	sf_put_text(cli->out, sf_served_text(o, "call_id"));
}

static void put_request(struct sf_cli *cli, const char *what, const json_t *o)
{
	put_head(cli, "request");
	put_what(cli, what, SF_COLOR_BAD);
	put_status(cli, o);
	put_reason(cli, o);
	fputs("  ", cli->out);
	sf_put_text(cli->out, sf_served_text(o, "method"));
	fputc(' ', cli->out);
	sf_put_text(cli->out, sf_served_text(o, "uri"));
	put_place(cli, o);
	put_parties(cli, o);
}

static void put_guard(struct sf_cli *cli, const char *what, const json_t *o)
{
	put_head(cli, "guard");
	put_what(cli, what, !strcmp(what, "spared") ? SF_COLOR_WARN :
						      SF_COLOR_BAD);
	put_place(cli, o);
	fputs("  ", cli->out);
	sf_put_text(cli->out, sf_served_text(o, "reason"));
	fputs(", ", cli->out);
	sf_put_text(cli->out, sf_served_text(o, "standing"));
}

static const struct {
	const char *object;
	const char *prefix;
	void (*put)(struct sf_cli *cli, const char *what, const json_t *o);
} kinds[] = {
	{ "binding", "binding-", put_binding },
	{ "trunk", "trunk-", put_trunk },
	{ "proxy_call", "proxy-call-", put_proxy_call },
	{ "request", "request-", put_request },
	{ "guard", "guard-", put_guard },
};

static void put_event(struct sf_cli *cli, const json_t *event)
{
	const char *name = sf_served_text(event, "event");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		const json_t *o = json_object_get(event, kinds[i].object);
		size_t len = strlen(kinds[i].prefix);

		if (!o || strncmp(name, kinds[i].prefix, len))
			continue;
		kinds[i].put(cli, name + len, o);
		return;
	}
	fputs("sipfastd: ", cli->out);
	sf_put_text(cli->out, name);
}

static void print_line(struct sf_cli *cli, const json_t *event)
{
	const struct timespec when = sf_event_served_time(event);
	uint64_t lost = sf_served_number(event, "count");

	sf_event_time(cli, &when);
	if (!strcmp(sf_served_text(event, "event"), "lost")) {
		fputs(sf_color(cli, SF_COLOR_WARN), cli->out);
		sf_put_count(cli->out, lost, "event");
		fprintf(cli->out, " of sipfastd %s lost: they came too fast%s",
			lost == 1 ? "was" : "were",
			sf_color(cli, SF_COLOR_OFF));
	} else {
		put_event(cli, event);
	}
	fputc('\n', cli->out);
}

/* As the kernel's: the time as RFC 3339 has it comes first. */
static void print_json(struct sf_cli *cli, const json_t *event)
{
	const struct timespec when = sf_event_served_time(event);
	json_t *o = sf_json_object(), *value;
	const char *key;

	sf_json_set(o, "time", sf_event_json_time(&when));
	json_object_foreach((json_t *)event, key, value)
		if (strcmp(key, "time_ms"))
			sf_json_set(o, key, json_incref(value));
	sf_json_print(cli, o, true);
}

void sf_event_served(struct sf_cli *cli, const json_t *event)
{
	if (cli->json)
		print_json(cli, event);
	else
		print_line(cli, event);
	fflush(cli->out);
}
