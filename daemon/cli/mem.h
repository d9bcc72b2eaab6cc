/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mem.h - memory for a program that can do nothing without it
 *
 * These end the process with SF_EXIT_FAILURE and a line on the standard error
 * when there is no memory. What they return is for free().
 */
#ifndef SIPFAST_CLI_MEM_H
#define SIPFAST_CLI_MEM_H

#include <stddef.h>
#include <stdlib.h>

/**
 * sf_mem_check() - pass on what an allocator returned, if it is not NULL
 */
void *sf_mem_check(void *mem);

/**
 * sf_mem_grow() - make room for one more entry
 * @array: the entries so far, or NULL
 * @n: how many there are
 * @size: of one
 *
 * Return: the array, moved perhaps; its entry @n is zero.
 */
void *sf_mem_grow(void *array, size_t n, size_t size);

/**
 * sf_mem_dup() - copy a string; NULL stays NULL
 */
char *sf_mem_dup(const char *text);

/**
 * sf_mem_escape() - sf_escape_dup()
 */
char *sf_mem_escape(const char *text);

#endif /* SIPFAST_CLI_MEM_H */
