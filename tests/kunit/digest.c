// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * digest.c - what the core in user space makes of files: digest FILE...
 *
 * Prints a number for each. The KUnit suites have to come to the same.
 */
#include <stdio.h>
#include <stdlib.h>

#include "walk.h"

#define ROOM 1048576

int main(int argc, char **argv)
{
	static struct sf_msg msg;
	static struct sf_sdp sdp;
	char *bytes = malloc(ROOM);
	u32 len;
	FILE *in;

	while (--argc && bytes) {
		in = fopen(*++argv, "rb");
		if (!in) {
			perror(*argv);
			return 1;
		}
		len = (u32)fread(bytes, 1, ROOM, in);
		fclose(in);
		printf("0x%08x\n", sf_walk_digest(bytes, len, &msg, &sdp));
	}
	free(bytes);
	return 0;
}
