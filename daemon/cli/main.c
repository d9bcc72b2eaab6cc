// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * main.c - the tool, bound to the process it runs in
 */
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"

static int wall_clock(struct timespec *now)
{
	return clock_gettime(CLOCK_REALTIME, now);
}

static unsigned int terminal_width(void)
{
	struct winsize size;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) ? 0 : size.ws_col;
}

int main(int argc, char **argv)
{
	struct sf_cli cli = {
		.out = stdout,
		.err = stderr,
		.clock = wall_clock,
	};
	int status;

	setlocale(LC_CTYPE, "");
	cli.width = terminal_width();
	cli.utf8 = !strcmp(nl_langinfo(CODESET), "UTF-8");
	status = sf_tool(&cli, argc, argv);
	if (fflush(stdout) || ferror(stdout)) {
		perror("sipfast: standard output");
		return SF_EXIT_FAILURE;
	}
	return status;
}
