// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * top_screen.c - frames on the terminal, and the keys that are pressed
 */
#include <curses.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "top.h"

#define CTRL_L	('l' & 0x1f)

/* Pairs of colours, numbered as enum sf_color. */
static const struct {
	short color;
	attr_t attr;
} looks[] = {
	[SF_COLOR_OFF] = { 0, A_NORMAL },
	[SF_COLOR_HEAD] = { 0, A_REVERSE },
	[SF_COLOR_LABEL] = { 0, A_BOLD },
	[SF_COLOR_GOOD] = { COLOR_GREEN, A_NORMAL },
	[SF_COLOR_WARN] = { COLOR_YELLOW, A_NORMAL },
	[SF_COLOR_BAD] = { COLOR_RED, A_BOLD },
	[SF_COLOR_DIM] = { 0, A_DIM },
};

static atomic_bool stopped;

static void stop(int number)
{
	(void)number;
	stopped = true;
}

/**
 * struct screen - the terminal
 * @colors: it has some, and they are wanted
 * @line: where the pen is
 */
struct screen {
	bool colors;
	int line;
};

static void screen_put(void *arg, enum sf_color color, const char *text)
{
	const struct screen *screen = arg;

	attrset(looks[color].attr);
	if (screen->colors && looks[color].color)
		attron(COLOR_PAIR(color));
	addstr(text);
}

/* Beyond the last line nothing is drawn: move() fails there. */
static void screen_end(void *arg)
{
	struct screen *screen = arg;

	screen->line++;
	move(screen->line, 0);
}

static void draw(struct sf_top *top, struct screen *screen)
{
	const struct sf_top_pen pen = { screen_put, screen_end, screen };

	screen->line = 0;
	erase();
	move(0, 0);
	sf_top_frame(top, &pen, COLS, LINES);
	refresh();
}

static void start_colors(const struct sf_cli *cli, struct screen *screen)
{
	size_t i;

	screen->colors = cli->color && has_colors();
	if (!screen->colors)
		return;
	start_color();
	use_default_colors();
	for (i = 0; i < ARRAY_SIZE(looks); i++)
		if (looks[i].color)
			init_pair(i, looks[i].color, -1);
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static void scroll_by(struct sf_top *top, long rows)
{
	if (rows < 0 && top->first < (size_t)-rows)
		top->first = 0;
	else
		top->first += rows;
}

/* The letters of the keys to sort by are the first ones of their names. */
static void choose(struct sf_top *top, int c)
{
	unsigned int i = 0;

	while (i < SF_TOP_KEYS && *sf_top_key_names[i] != c)
		i++;
	if (i < SF_TOP_KEYS) {
		top->key = i;
		top->reversed = false;
	} else if (c == 'r') {
		top->reversed = !top->reversed;
	}
	sf_top_sort(top);
}

/* Return whether the user has had enough. */
static bool press(struct sf_top *top, int c)
{
	int page = LINES > 6 ? LINES - 6 : 1;

	switch (c) {
	case 'q':
	case 'Q':
		return true;
	case KEY_UP:
		scroll_by(top, -1);
		break;
	case KEY_DOWN:
		scroll_by(top, 1);
		break;
	case KEY_PPAGE:
		scroll_by(top, -page);
		break;
	case KEY_NPAGE:
		scroll_by(top, page);
		break;
	case KEY_HOME:
		top->first = 0;
		break;
	case CTRL_L:
		clearok(stdscr, TRUE);
		break;
	case KEY_RESIZE:
	case ERR:
		break;
	default:
		choose(top, c);
	}
	return false;
}

static void loop(struct sf_top *top, struct screen *screen, int interval,
		 sf_top_read_fn read, void *arg)
{
	int64_t next = now_ms(), left;

	do {
		left = next - now_ms();
		if (left <= 0) {
			read(top, arg);
			next = now_ms() + interval;
			left = interval;
		}
		draw(top, screen);
		timeout(left);
	} while (!press(top, getch()) && !stopped);
}

/* Signals end the loop, not the process: the terminal is left as it was. */
static void catch_signals(void)
{
	struct sigaction action = { .sa_handler = stop };

	stopped = false;
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
}

int sf_top_screen(struct sf_cli *cli, struct sf_top *top, int interval,
		  sf_top_read_fn read, void *arg)
{
	struct screen screen = { 0 };
	SCREEN *terminal;

	catch_signals();
	terminal = newterm(NULL, cli->out, stdin);
	if (!terminal)
		return sf_cli_error(cli, "the terminal is unknown: see --once");
	cbreak();
	noecho();
	keypad(stdscr, TRUE);
	curs_set(0);
	start_colors(cli, &screen);
	loop(top, &screen, interval, read, arg);
	endwin();
	delscreen(terminal);
	return SF_EXIT_OK;
}
