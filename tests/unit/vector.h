/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vector.h - a message and what is expected of it, as files
 *
 * tests/vectors/README describes the format.
 */
#ifndef SIPFAST_UNIT_VECTOR_H
#define SIPFAST_UNIT_VECTOR_H

#include "test.h"

#define VECTOR_WORDS 12
#define VECTOR_LINES 256

/**
 * struct vector_line - one line of an .expect file
 * @number: its number in the file
 * @count: words in it
 * @word: the words, escapes resolved, each with a NUL behind it
 * @len: their lengths
 */
struct vector_line {
	u32 number;
	u32 count;
	char *word[VECTOR_WORDS];
	u32 len[VECTOR_WORDS];
};

/**
 * struct vector - a message with its expectations
 * @msg: the bytes of the message, @len of them
 * @nat: the bytes after translation, @nat_len of them; NULL without a file
 * @count: entries used in @line
 * @line: the lines of the .expect file that say something
 */
struct vector {
	char *msg;
	u32 len;
	char *nat;
	u32 nat_len;
	u32 count;
	struct vector_line line[VECTOR_LINES];
	char *text;
};

/**
 * vector_names() - find the vectors under a directory
 * @names: their paths without suffix, relative to @dir, in order; the caller
 *         frees neither the names nor the list
 *
 * Return: how many.
 */
size_t vector_names(const char *dir, char ***names);

/**
 * vector_read() - read the files of one vector
 *
 * A file that cannot be read, or a line that makes no sense, ends the program
 * with a message: the vectors themselves are broken then.
 *
 * Return: the vector; vector_free() it.
 */
struct vector *vector_read(const char *dir, const char *name);
void vector_free(struct vector *vector);

#endif /* SIPFAST_UNIT_VECTOR_H */
