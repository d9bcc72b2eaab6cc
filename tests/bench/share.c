// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * share.c - what the programs that run in a guest share
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "share.h"

void fail(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s: %s\n", program_invocation_short_name, what, why);
	exit(1);
}

void rest(long ms)
{
	const struct timespec time = { .tv_nsec = ms * 1000000 };

	nanosleep(&time, NULL);
}

unsigned int number(const char *text, unsigned int max)
{
	unsigned long n = strtoul(text, NULL, 10);

	if (n > max)
		fail(text, "too many");
	return (unsigned int)n;
}

void tell(const char *marks, const char *name)
{
	char file[256];
	int tries;

	if (!strcmp(marks, "-"))
		return;
	/* Whatever the kernel has put off gets done before a mark. */
	rest(40);
	snprintf(file, sizeof(file), "%s.%s", marks, name);
	printf("mark %s\n", name);
	fflush(stdout);
	for (tries = 0; access(file, F_OK); tries++) {
		if (tries == 5000)
			fail(name, "nobody takes the mark");
		rest(2);
	}
}
