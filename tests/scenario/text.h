/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * text.h - messages as the script sees them
 *
 * What the daemon reads with is not used here: who checks it does not believe
 * it.
 */
#ifndef SIPFAST_SCENARIO_TEXT_H
#define SIPFAST_SCENARIO_TEXT_H

#include <sipfast/deps.h>

#define TEXT_SIZE	70000

/**
 * struct text - a string that grows, cut at TEXT_SIZE
 */
struct text {
	u32 len;
	char s[TEXT_SIZE];
};

void text_clear(struct text *text);
void text_add(struct text *text, const char *bytes, u32 len);
__attribute__((format(printf, 2, 3)))
void text_printf(struct text *text, const char *format, ...);

/* The body's beginning, behind the blank line; the end when there is none. */
const char *text_body(const char *message);

/**
 * text_header() - copy out the value of a header line
 * @name: in full; its compact form is looked for, too
 * @n: which line of that name, from 0
 * @value: @size bytes
 *
 * Return: false when there are not so many.
 */
bool text_header(const char *message, const char *name, u32 n, char *value,
		 u32 size);

/**
 * text_set() - replace a header line, all of that name, or add one
 * @value: NULL: there is none then
 */
void text_set(struct text *message, const char *name, const char *value);
void text_append(struct text *message, const char *name, const char *value);

/* A parameter of a header's value, such as the tag: "" when there is none. */
const char *text_param(const char *value, const char *name, char *out, u32 size);

/* What stands between "<" and ">"; or the value as a whole. */
const char *text_uri(const char *value, char *out, u32 size);

/* The first word and the second of the start line. */
const char *text_word(const char *message, u32 n, char *out, u32 size);

/* Status code; 0 of a request. */
u32 text_status(const char *message);

/* The method; of a response that of CSeq. */
const char *text_method(const char *message, char *out, u32 size);

/* What a proxy may not touch: the lines but for those that it writes, and the
 * body.
 */
void text_constant(struct text *out, const char *message, u32 len);

#endif /* SIPFAST_SCENARIO_TEXT_H */
