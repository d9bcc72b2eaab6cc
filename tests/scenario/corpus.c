// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * corpus.c - the messages of RFC 4475 and RFC 5118 through a running daemon
 *
 * corpora.tsv says what has to become of each, from a proxy or from a registrar,
 * and how that follows from the RFC. Each row becomes a scenario.
 */
#include "corpus.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "script.h"

#define COLUMNS	5

/**
 * struct row - one message in one role
 * @corpus: "rfc4475"
 * @name: the message
 * @role: of whom something is expected: corpus-ROLE.inc
 * @must: see write_script()
 * @why: how the expectation was read
 */
struct row {
	const char *corpus;
	const char *name;
	const char *role;
	const char *must;
	const char *why;
};

static bool read_row(char *line, struct row *row)
{
	const char **field[COLUMNS] = { &row->corpus, &row->name, &row->role,
					&row->must, &row->why };
	char *rest = line;
	u32 i;

	for (i = 0; i < COLUMNS; i++) {
		*field[i] = strsep(&rest, "\t");
		if (!*field[i])
			return false;
	}
	return true;
}

static void put_path(struct text *script, const struct row *row)
{
	bool old = !strcmp(row->corpus, "rfc4475");

	text_printf(script, "%s/%s/%s.%s", getenv("SCENARIO_VECTORS"),
		    row->corpus, row->name, old ? "dat" : "sip");
}

/* A response that the desk gives to a request that is made first. */
static void write_response(struct text *script, const struct row *row,
			   const char *must)
{
	bool instead = !strncmp(must, "instead-", 8);

	text_printf(script, "include corpus-response.inc\nfeed desk ");
	put_path(script, row);
	text_printf(script, " %s\n", instead ? "instead" : "response");
	if (!strcmp(must, "forward"))
		text_printf(script, "send caller *\n  = unchanged\n");
}

static bool is_invite(const struct row *row)
{
	static struct text path;
	bool invite;
	char *bytes;

	text_clear(&path);
	put_path(&path, row);
	bytes = script_read(path.s, NULL);
	invite = !strncmp(bytes, "INVITE ", 7);
	free(bytes);
	return invite;
}

/* What a request gets: a status code, as it may be to ACK, or the desk. */
static void write_request(struct text *script, const struct row *row,
			  const char *must)
{
	text_printf(script, "feed udp 192.0.2.77:5060 ");
	put_path(script, row);
	text_printf(script, "\n");
	if (!strcmp(must, "forward")) {
		if (is_invite(row))
			text_printf(script, "send udp 192.0.2.77 100\n");
		text_printf(script, "send desk *\n  = unchanged\n");
	} else if (strcmp(must, "drop")) {
		text_printf(script, "send udp 192.0.2.77 %.3s\n", must);
		if (must[3] == '+')
			text_printf(script, "  %s\n", must + 4);
	}
}

/*
 * "forward", "drop", or a status code, perhaps with "+" and a header line that
 * the response has to have. "response-" before it: it is a response;
 * "response-instead-": its own topmost Via goes.
 */
static void write_script(struct text *script, const struct row *row)
{
	text_clear(script);
	text_printf(script, "include corpus-%s.inc\n", row->role);
	if (!strncmp(row->must, "response-", 9))
		write_response(script, row, row->must + 9);
	else
		write_request(script, row, row->must);
	text_printf(script, "nothing\n");
}

static void run_row(const struct row *row, const char *only)
{
	static struct text script;
	char name[256];
	bool good;

	snprintf(name, sizeof(name), "%s/%s", row->corpus, row->name);
	if (only && strcmp(only, name))
		return;
	snprintf(name, sizeof(name), "%s/%s-%s", row->corpus, row->name,
		 row->role);
	write_script(&script, row);
	good = script_run(name, script.s);
	case_told(name, good, script_account());
}

static void judge_message(const char *table, const char *corpus,
			  const char *file)
{
	const char *dot = strrchr(file, '.');
	char want[512];

	if (!dot || (strcmp(dot, ".dat") && strcmp(dot, ".sip")))
		return;
	snprintf(want, sizeof(want), "%s\t%.*s\t", corpus, (int)(dot - file),
		 file);
	if (strstr(table, want))
		return;
	snprintf(want, sizeof(want), "%s/%.*s", corpus, (int)(dot - file), file);
	case_told(want, false, "    corpora.tsv has no such row\n");
}

/* Each message has to have a row. */
static void judge_listed(const char *table, const char *corpus)
{
	char path[512];
	struct dirent *entry;
	DIR *dir;

	snprintf(path, sizeof(path), "%s/%s", getenv("SCENARIO_VECTORS"), corpus);
	dir = opendir(path);
	if (!dir)
		case_told(corpus, false, "    there is no such corpus\n");
	while (dir && (entry = readdir(dir)))
		judge_message(table, corpus, entry->d_name);
	if (dir)
		closedir(dir);
}

void corpus_run(const char *only)
{
	char path[512], *table, *whole, *line, *rest;
	struct row row;

	snprintf(path, sizeof(path), "%s/corpora.tsv", getenv("SCENARIO_CASES"));
	table = script_read(path, NULL);
	whole = strdup(table);
	for (rest = table; (line = strsep(&rest, "\n"));)
		if (*line && *line != '#' && read_row(line, &row))
			run_row(&row, only);
	if (!only) {
		judge_listed(whole, "rfc4475");
		judge_listed(whole, "rfc5118");
	}
	free(whole);
	free(table);
}
