// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * look.c - the tool with a fake kernel, to look at what it prints
 *
 * `make -C tests/unit/cli look`, then build/tests/unit/cli/plain/look COMMAND…
 * SIGUSR1 unloads the module, and loads it again. With LOOK_UNLOADED=y in the
 * environment it is not there at first.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../../../daemon/cli/cli.h"
#include "sample.h"

static int wall_clock(struct timespec *now)
{
	return clock_gettime(CLOCK_REALTIME, now);
}

static void toggle(int number)
{
	(void)number;
	fake.error = fake.error ? 0 : -ENOENT;
	fake.open_error = fake.error;
}

static unsigned int terminal_width(void)
{
	struct winsize size;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) ? 0 : size.ws_col;
}

/* A monitor finds nothing, and top much. */
static void fill(const char *command)
{
	fake_reset();
	if (!strcmp(command, "top"))
		sample_top(30);
	else if (strcmp(command, "monitor"))
		sample_objects();
	sample_events();
	if (getenv("LOOK_UNLOADED"))
		toggle(0);
}

int main(int argc, char **argv)
{
	struct sf_cli cli = {
		.out = stdout, .err = stderr, .utf8 = true,
		.clock = wall_clock, .width = terminal_width(),
	};

	signal(SIGUSR1, toggle);
	fill(argc < 2 ? "" : argv[1]);
	return sf_tool(&cli, argc, argv);
}
