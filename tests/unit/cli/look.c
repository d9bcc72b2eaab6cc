// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * look.c - the tool with a fake kernel, to look at what it prints
 *
 * `make -C tests/unit/cli look`, then build/tests/unit/cli/look COMMAND…
 */
#include <stdio.h>
#include <string.h>

#include "../../../daemon/cli/cli.h"
#include "sample.h"

static int wall_clock(struct timespec *now)
{
	return clock_gettime(CLOCK_REALTIME, now);
}

int main(int argc, char **argv)
{
	struct sf_cli cli = {
		.out = stdout, .err = stderr, .utf8 = true,
		.clock = wall_clock,
	};

	fake_reset();
	if (argc < 2 || strcmp(argv[1], "monitor"))
		sample_objects();
	sample_events();
	return sf_tool(&cli, argc, argv);
}
