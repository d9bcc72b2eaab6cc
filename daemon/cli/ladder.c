// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ladder.c - messages between sipfastd and others, as arrows between columns
 */
#include <string.h>

#include "../util/escape.h"
#include "ladder.h"

#define SCREEN	80	/* where nobody knows how wide it is */
#define TIMES	20	/* columns of text that the times take */
#define MARGIN	6	/* left of the first column, and right of the last */
#define STEP_MIN	20	/* "<-180 Ringing (SDP)-" */
#define STEP_MAX	40
#define WORD	64

/* Pieces of what is drawn that are no text: how they look depends. */
#define RAIL	'\1'
#define LINE	'\2'

void sf_ladder_begin(struct sf_ladder *ladder, struct sf_cli *cli)
{
	unsigned int width = cli->width ? cli->width : SCREEN;

	memset(ladder, 0, sizeof(*ladder));
	ladder->cli = cli;
	width = width < TIMES + 1 ? TIMES + 1 : width;
	ladder->room = width - TIMES > SF_LADDER_MAX ? SF_LADDER_MAX :
						       width - TIMES;
}

/* Where a party's rail is. */
static unsigned int rail_of(const struct sf_ladder *ladder, unsigned int party)
{
	return MARGIN + ladder->step * (party ? party + 1 : 0);
}

/* And sipfastd's. */
static unsigned int own_rail(const struct sf_ladder *ladder)
{
	return MARGIN + ladder->step;
}

/* The widest step with so many parties; 0: they find no room. */
static unsigned int step_for(const struct sf_ladder *ladder,
			     unsigned int parties)
{
	unsigned int steps = parties > 1 ? parties : 2, step;

	if (ladder->room <= 2 * MARGIN)
		return 0;
	step = (ladder->room - 2 * MARGIN - 1) / steps;
	if (step < STEP_MIN)
		return 0;
	return step > STEP_MAX ? STEP_MAX : step;
}

static void fill(char *row, unsigned int from, unsigned int to, char with)
{
	for (; from < to; from++)
		row[from] = with;
}

/* A text around a place, within its neighbours; cut when it is too long. */
static void put_around(char *row, unsigned int place, unsigned int low,
		       unsigned int high, const char *text)
{
	char cut[SF_LADDER_MAX];
	unsigned int len, at;

	sf_escape(cut, high - low + 1, text);
	len = (unsigned int)strlen(cut);
	at = place > low + len / 2 ? place - len / 2 : low;
	if (at + len > high)
		at = high - len;
	memcpy(row + at, cut, len);
}

/* Above a rail: half a step to either side, and all that there is at the edges. */
static void put_above(const struct sf_ladder *ladder, char *row,
		      unsigned int rail, const char *text)
{
	unsigned int half = ladder->step / 2;
	unsigned int low = rail > half ? rail - half + 1 : 0;
	unsigned int high = rail + half;

	put_around(row, rail, low,
		   high < ladder->room ? high : ladder->room, text);
}

static void print_piece(struct sf_cli *cli, const char *row, unsigned int from,
			unsigned int to)
{
	for (; from < to; from++) {
		if (row[from] == RAIL)
			fputs(cli->utf8 ? "\u2502" : "|", cli->out);
		else if (row[from] == LINE)
			fputs(cli->utf8 ? "\u2500" : "-", cli->out);
		else
			fputc(row[from], cli->out);
	}
}

static unsigned int length_of(const char *row, unsigned int len)
{
	while (len && row[len - 1] == ' ')
		len--;
	return len;
}

/* Who, and where: of all that have columns. */
static void print_head(const struct sf_ladder *ladder)
{
	char who[SF_LADDER_MAX], where[SF_LADDER_MAX];
	struct sf_cli *cli = ladder->cli;
	unsigned int i;

	fill(who, 0, ladder->room, ' ');
	fill(where, 0, ladder->room, ' ');
	put_above(ladder, who, own_rail(ladder), "sipfastd");
	for (i = 0; i < ladder->parties; i++) {
		const struct sf_party *party = &ladder->party[i];
		const char *way = strchr(party->place, ' ');
		char name[SF_PARTY_NAME + 8];

		snprintf(name, sizeof(name), "%.*s%s%s",
			 (int)(way - party->place), party->place,
			 *party->name ? " " : "", party->name);
		put_above(ladder, who, rail_of(ladder, i), name);
		put_above(ladder, where, rail_of(ladder, i), way + 1);
	}
	fprintf(cli->out, "\n%*s%s", TIMES, "", sf_color(cli, SF_COLOR_HEAD));
	print_piece(cli, who, 0, length_of(who, ladder->room));
	fprintf(cli->out, "%s\n%*s", sf_color(cli, SF_COLOR_OFF), TIMES, "");
	print_piece(cli, where, 0, length_of(where, ladder->room));
	fputc('\n', cli->out);
}

/* The party's number; -1: it has no column. */
static int find(const struct sf_ladder *ladder, const char *place)
{
	unsigned int i;

	for (i = 0; i < ladder->parties; i++)
		if (!strcmp(ladder->party[i].place, place))
			return (int)i;
	return -1;
}

static int add(struct sf_ladder *ladder, const struct sf_sighting *sighting,
	       const char *place)
{
	struct sf_party *party = &ladder->party[ladder->parties];
	unsigned int step = step_for(ladder, ladder->parties + 1);

	if (!step || ladder->parties == SF_PARTIES)
		return -1;
	strcpy(party->place, place);
	sf_sighting_peer(sighting, party->name, sizeof(party->name));
	ladder->step = step;
	ladder->parties++;
	print_head(ladder);
	return (int)ladder->parties - 1;
}

/* One who was unknown has a name now; one who has several has none. */
static void learn_name(struct sf_ladder *ladder, struct sf_party *party,
		       const struct sf_sighting *sighting)
{
	char peer[SF_PARTY_NAME];

	sf_sighting_peer(sighting, peer, sizeof(peer));
	if (!*peer || party->many || !strcmp(peer, party->name))
		return;
	party->many = *party->name;
	strcpy(party->name, party->many ? "" : peer);
	print_head(ladder);
}

/* "INVITE (SDP)", "INVITE again", "BYE failed" */
static const char *word_of(const struct sf_sighting *sighting, char *buf,
			   size_t size, unsigned int room)
{
	const char *more = *sighting->error ? " failed" :
			   sighting->again ? " again" : "";
	char word[WORD];
	unsigned int left = room - (unsigned int)strlen(more);

	sf_sighting_word(sighting, word, sizeof(word));
	sf_escape(buf, left + 1 < size ? left + 1 : size, word);
	strcat(buf, more);
	return buf;
}

static void print_times(struct sf_cli *cli, const struct sf_sighting *sighting)
{
	fprintf(cli->out, "%s%8.3f %+8.3f%s   ", sf_color(cli, SF_COLOR_DIM),
		(double)sighting->since_ns / 1e9,
		(double)sighting->delta_ns / 1e9, sf_color(cli, SF_COLOR_OFF));
}

/* From rail to rail; what it is stands next to the party. */
static void put_arrow(const struct sf_ladder *ladder, char *row,
		      unsigned int party, const struct sf_sighting *sighting)
{
	unsigned int rail = rail_of(ladder, party), own = own_rail(ladder);
	unsigned int low = rail < own ? rail : own;
	unsigned int high = rail < own ? own : rail;
	unsigned int from = rail < own ? rail : rail - ladder->step;
	unsigned int room = ladder->step - 5;
	bool right = sighting->sent == (rail > own);
	char word[WORD + 8];

	fill(row, low + 1, high, LINE);
	word_of(sighting, word, sizeof(word), room);
	put_around(row, from + ladder->step / 2, from + 3,
		   from + ladder->step - 2, word);
	row[right ? high - 1 : low + 1] = right ? '>' : '<';
}

static void print_arrow(const struct sf_ladder *ladder, unsigned int party,
			const struct sf_sighting *sighting)
{
	unsigned int rail = rail_of(ladder, party), own = own_rail(ladder), i;
	unsigned int low = rail < own ? rail : own;
	unsigned int high = rail < own ? own : rail;
	struct sf_cli *cli = ladder->cli;
	char row[SF_LADDER_MAX];

	fill(row, 0, ladder->room, ' ');
	for (i = 0; i < ladder->parties; i++)
		row[rail_of(ladder, i)] = RAIL;
	row[own] = RAIL;
	put_arrow(ladder, row, party, sighting);
	print_piece(cli, row, 0, low + 1);
	fputs(sf_color(cli, sf_sighting_color(sighting)), cli->out);
	print_piece(cli, row, low + 1, high);
	fputs(sf_color(cli, SF_COLOR_OFF), cli->out);
	print_piece(cli, row, high, length_of(row, ladder->room));
}

/* "tls 192.0.2.1:40000 alice -> sipfastd: INVITE (SDP)" */
static void print_words(struct sf_cli *cli, const char *place,
			const struct sf_sighting *sighting)
{
	char name[SF_PARTY_NAME], word[WORD + 8];

	sf_sighting_peer(sighting, name, sizeof(name));
	word_of(sighting, word, sizeof(word), WORD);
	if (sighting->sent)
		fprintf(cli->out, "sipfastd %s ", sf_arrow(cli));
	fprintf(cli->out, "%s%s%s", place, *name ? " " : "", name);
	if (!sighting->sent)
		fprintf(cli->out, " %s sipfastd", sf_arrow(cli));
	fprintf(cli->out, ": %s%s%s",
		sf_color(cli, sf_sighting_color(sighting)), word,
		sf_color(cli, SF_COLOR_OFF));
}

void sf_ladder_add(struct sf_ladder *ladder, const struct sf_sighting *sighting)
{
	struct sf_cli *cli = ladder->cli;
	char place[SF_PLACE_LEN];
	int party;

	sf_sighting_place(sighting, place);
	party = find(ladder, place);
	if (party < 0)
		party = add(ladder, sighting, place);
	else
		learn_name(ladder, &ladder->party[party], sighting);
	print_times(cli, sighting);
	if (party < 0)
		print_words(cli, place, sighting);
	else
		print_arrow(ladder, (unsigned int)party, sighting);
	fputc('\n', cli->out);
	if (*sighting->error)
		fprintf(cli->out, "%*snot sent: %s\n", TIMES, "",
			sighting->error);
}
