// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ruleset.c - the ruleset as nft prints it
 *
 * Its JSON has rules as trees; the text has them as the administrator wrote them.
 * With -a a rule ends with its handle, however many lines it takes.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ruleset.h"

enum block { OUTSIDE, IN_TABLE, IN_CHAIN, IN_SET, IN_HELPER, IN_OTHER };

/**
 * struct reader - where in the text we are
 * @ruleset: what was read
 * @block: in what
 * @place: of the table, and of what is in it
 * @rule: what there is of a rule that goes on in the next line; or NULL
 */
struct reader {
	struct sf_ruleset *ruleset;
	enum block block;
	struct sf_ruleset_place place;
	char *rule;
};

/* Room for one more entry, which is zero. */
static void *grow(void *array, size_t *n, size_t size)
{
	void **at = array;
	char *more = realloc(*at, (*n + 1) * size);

	if (!more)
		return NULL;
	*at = more;
	memset(more + *n * size, 0, size);
	return more + (*n)++ * size;
}

static bool begins(const char *line, const char *with)
{
	return !strncmp(line, with, strlen(with));
}

/* "NAME {" and what may follow. */
static bool read_name(char *name, const char *text)
{
	size_t len = strcspn(text, " ");

	if (!len || len >= SF_RULESET_NAME)
		return false;
	memcpy(name, text, len);
	name[len] = '\0';
	return true;
}

static int open_table(struct reader *reader, const char *line)
{
	struct sf_ruleset_place *place = &reader->place;

	/* iptables-nft's tables are announced by a comment */
	if (!*line || *line == '#')
		return 0;
	if (sscanf(line, "table %7s %63s {", place->family, place->table) != 2)
		return -EBADMSG;
	reader->block = IN_TABLE;
	return 0;
}

static int open_chain(struct reader *reader, const char *line)
{
	struct sf_ruleset *set = reader->ruleset;
	struct sf_ruleset_chain *chain;

	if (!read_name(reader->place.name, line + strlen("chain ")))
		return -EBADMSG;
	chain = grow(&set->chain, &set->nchains, sizeof(*chain));
	if (!chain)
		return -ENOMEM;
	chain->place = reader->place;
	reader->block = IN_CHAIN;
	return 0;
}

static int open_set(struct reader *reader, const char *line)
{
	struct sf_ruleset *ruleset = reader->ruleset;
	struct sf_ruleset_set *set;

	if (!read_name(reader->place.name, strchr(line, ' ') + 1))
		return -EBADMSG;
	set = grow(&ruleset->set, &ruleset->nsets, sizeof(*set));
	if (!set)
		return -ENOMEM;
	set->place = reader->place;
	reader->block = IN_SET;
	return 0;
}

static int in_table(struct reader *reader, const char *line)
{
	if (!strcmp(line, "}")) {
		reader->block = OUTSIDE;
		return 0;
	}
	if (begins(line, "chain "))
		return open_chain(reader, line);
	if (begins(line, "set ") || begins(line, "map "))
		return open_set(reader, line);
	if (begins(line, "ct helper ")) {
		reader->block = IN_HELPER;
		return 0;
	}
	/* other objects, and flowtables */
	if (strchr(line, '{') && !strchr(line, '}'))
		reader->block = IN_OTHER;
	return 0;
}

/* "sipfast" and "sipfast-watch" are ours. */
static int read_helper(struct reader *reader, const char *line)
{
	struct sf_ruleset *ruleset = reader->ruleset;
	struct sf_ruleset_place *helper;

	if (!begins(line, "type \"sipfast"))
		return 0;
	helper = grow(&ruleset->helper, &ruleset->nhelpers, sizeof(*helper));
	if (!helper)
		return -ENOMEM;
	*helper = reader->place;
	*helper->name = '\0';
	return 0;
}

/* Elements are parted by commas; comments of theirs may have some, too. */
static void count_elements(struct reader *reader, const char *line)
{
	struct sf_ruleset *ruleset = reader->ruleset;
	struct sf_ruleset_set *set = &ruleset->set[ruleset->nsets - 1];
	bool quoted = false;

	if (begins(line, "elements = {"))
		set->elements = 1;
	if (!set->elements)
		return;
	for (; *line; line++) {
		if (*line == '"')
			quoted = !quoted;
		/* the last one of a line is followed by one, too */
		set->elements += *line == ',' && !quoted;
	}
}

static void read_hook(struct reader *reader, const char *line)
{
	struct sf_ruleset *ruleset = reader->ruleset;
	struct sf_ruleset_chain *chain = &ruleset->chain[ruleset->nchains - 1];
	const char *hook = strstr(line, " hook ");
	const char *priority = strstr(line, " priority ");

	if (!hook || !priority)
		return;
	if (sscanf(hook, " hook %15[a-z]", chain->hook) != 1 ||
	    sscanf(priority, " priority %d", &chain->priority) != 1)
		return;
	chain->drop = strstr(priority, "policy drop;");
}

/* "counter packets 1 bytes 60 " is cut out of the text. */
static void take_counter(struct sf_ruleset_rule *rule)
{
	char *at = strstr(rule->text, "counter packets ");
	int len = 0;

	if (!at || sscanf(at, "counter packets %" SCNu64 " bytes %" SCNu64 "%n",
			  &rule->packets, &rule->bytes, &len) != 2)
		return;
	rule->counted = true;
	len += at[len] == ' ';
	memmove(at, at + len, strlen(at + len) + 1);
	len = (int)strlen(rule->text);
	if (len && rule->text[len - 1] == ' ')
		rule->text[len - 1] = '\0';
}

static int close_rule(struct reader *reader, char *handle)
{
	struct sf_ruleset *ruleset = reader->ruleset;
	struct sf_ruleset_rule *rule;

	rule = grow(&ruleset->rule, &ruleset->nrules, sizeof(*rule));
	if (!rule)
		return -ENOMEM;
	rule->place = reader->place;
	rule->handle = strtoull(handle + strlen(" # handle "), NULL, 10);
	*handle = '\0';
	rule->text = reader->rule;
	reader->rule = NULL;
	take_counter(rule);
	return 0;
}

static int in_chain(struct reader *reader, const char *line)
{
	size_t old = reader->rule ? strlen(reader->rule) : 0;
	char *more, *handle, *last = NULL;

	if (!old && !strcmp(line, "}")) {
		reader->block = IN_TABLE;
		return 0;
	}
	if (!old && begins(line, "type ")) {
		read_hook(reader, line);
		return 0;
	}
	if (!old && (begins(line, "comment ") || !*line))
		return 0;
	more = realloc(reader->rule, old + strlen(line) + 2);
	if (!more)
		return -ENOMEM;
	reader->rule = more;
	sprintf(more + old, "%s%s", old ? " " : "", line);
	for (handle = more; (handle = strstr(handle, " # handle ")); handle++)
		last = handle;
	return last ? close_rule(reader, last) : 0;
}

static int read_line(struct reader *reader, const char *line)
{
	int err = 0;

	line += strspn(line, "\t ");
	switch (reader->block) {
	case OUTSIDE:
		return open_table(reader, line);
	case IN_TABLE:
		return in_table(reader, line);
	case IN_CHAIN:
		return in_chain(reader, line);
	case IN_SET:
		count_elements(reader, line);
		break;
	case IN_HELPER:
		err = read_helper(reader, line);
		break;
	case IN_OTHER:
		break;
	}
	if (!strcmp(line, "}"))
		reader->block = IN_TABLE;
	return err;
}

int sf_ruleset_read(struct sf_ruleset *ruleset, const char *text)
{
	struct reader reader = { .ruleset = ruleset };
	char *copy = strdup(text), *rest = copy, *line;
	int err = copy ? 0 : -ENOMEM;

	memset(ruleset, 0, sizeof(*ruleset));
	while (!err && (line = strsep(&rest, "\n")))
		err = read_line(&reader, line);
	if (!err && reader.block != OUTSIDE)
		err = -EBADMSG;
	free(reader.rule);
	free(copy);
	return err;
}

void sf_ruleset_free(struct sf_ruleset *ruleset)
{
	while (ruleset->nrules)
		free(ruleset->rule[--ruleset->nrules].text);
	free(ruleset->rule);
	free(ruleset->chain);
	free(ruleset->set);
	free(ruleset->helper);
	memset(ruleset, 0, sizeof(*ruleset));
}

bool sf_ruleset_same(const struct sf_ruleset_place *a,
		     const struct sf_ruleset_place *b)
{
	return !strcmp(a->name, b->name) && !strcmp(a->table, b->table) &&
	       !strcmp(a->family, b->family);
}

const struct sf_ruleset_chain *
sf_ruleset_chain(const struct sf_ruleset *ruleset,
		 const struct sf_ruleset_place *place)
{
	size_t i;

	for (i = 0; i < ruleset->nchains; i++)
		if (sf_ruleset_same(&ruleset->chain[i].place, place))
			return &ruleset->chain[i];
	return NULL;
}

const struct sf_ruleset_rule *
sf_ruleset_rule(const struct sf_ruleset *ruleset,
		const struct sf_ruleset_place *chain, uint64_t handle)
{
	size_t i;

	for (i = 0; i < ruleset->nrules; i++)
		if (ruleset->rule[i].handle == handle &&
		    sf_ruleset_same(&ruleset->rule[i].place, chain))
			return &ruleset->rule[i];
	return NULL;
}
