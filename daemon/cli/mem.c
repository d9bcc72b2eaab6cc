// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mem.c - memory for a program that can do nothing without it
 */
#include <stdio.h>
#include <string.h>

#include "../util/escape.h"
#include "cli.h"
#include "mem.h"

#define FIRST	16	/* entries of an array at first */

void *sf_mem_check(void *mem)
{
	if (mem)
		return mem;
	fputs("sipfast: out of memory\n", stderr);
	exit(SF_EXIT_FAILURE);
}

/* The room doubles whenever the number of entries reaches a power of two. */
void *sf_mem_grow(void *array, size_t n, size_t size)
{
	if (!n || (n >= FIRST && !(n & (n - 1))))
		array = sf_mem_check(reallocarray(array, n ? 2 * n : FIRST,
						  size));
	memset((char *)array + n * size, 0, size);
	return array;
}

char *sf_mem_dup(const char *text)
{
	return text ? sf_mem_check(strdup(text)) : NULL;
}

char *sf_mem_escape(const char *text)
{
	return sf_mem_check(sf_escape_dup(text));
}
