// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * secret.c - a user's secret: asked for, or made
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <termios.h>
#include <unistd.h>

#include "../app/auth.h"
#include "../util/hash.h"
#include "secret.h"

/* A line without its end; false when it is too long, or there is none. */
static bool read_line(char *line)
{
	size_t n = 0;
	int c;

	while ((c = getchar()) != EOF && c != '\n') {
		if (n == SF_SECRET_MAX)
			return false;
		line[n++] = (char)c;
	}
	if (n && line[n - 1] == '\r')
		n--;
	line[n] = '\0';
	return (n || c != EOF) && strlen(line) == n;
}

static bool ask(struct sf_cli *cli, const char *prompt, char *line)
{
	struct termios was, quiet;
	bool good;

	if (tcgetattr(STDIN_FILENO, &was))
		return false;
	quiet = was;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	fputs(prompt, cli->err);
	fflush(cli->err);
	if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet))
		return false;
	good = read_line(line);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &was);
	fputc('\n', cli->err);
	return good;
}

static int ask_twice(struct sf_cli *cli, char *secret)
{
	char again[SF_SECRET_MAX + 1] = "";
	bool good = ask(cli, "Secret: ", secret) &&
		    ask(cli, "Again: ", again);
	bool same = good && !strcmp(secret, again);

	sf_auth_wipe(again, sizeof(again));
	if (!good)
		return sf_cli_error(cli, "no secret was read");
	if (!same)
		return sf_cli_error(cli, "those were two secrets");
	return SF_EXIT_OK;
}

static const char *weakness(const char *secret, const char *user, size_t len)
{
	size_t n = strlen(secret);

	if (n < SF_SECRET_MIN)
		return "it is shorter than 8 characters";
	if (n == len && !strncasecmp(secret, user, n))
		return "it is the user's name";
	return NULL;
}

int sf_secret_read(struct sf_cli *cli, const char *user, size_t len, bool weak,
		   char *secret)
{
	int status = SF_EXIT_OK;
	const char *why;

	if (isatty(STDIN_FILENO))
		status = ask_twice(cli, secret);
	else if (!read_line(secret))
		status = sf_cli_error(cli, "no secret was read");
	if (status)
		return status;
	if (!*secret)
		return sf_cli_error(cli, "the secret is empty");
	why = weak ? NULL : weakness(secret, user, len);
	if (!why)
		return SF_EXIT_OK;
	sf_auth_wipe(secret, SF_SECRET_MAX);
	return sf_cli_error(cli, "the secret is weak: %s (--weak takes it, --generate makes one)",
			    why);
}

/* 20 of 62 - 5 characters: a byte that would favour some is drawn again. */
void sf_secret_make(char *secret)
{
	static const char from[] =
		"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
	const u32 count = sizeof(from) - 1;
	u32 n = 0;
	u8 byte;

	while (n < 20) {
		sf_random(&byte, 1);
		if (byte < 256 / count * count)
			secret[n++] = from[byte % count];
	}
	secret[n] = '\0';
}
