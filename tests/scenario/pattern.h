/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pattern.h - what texts have to look like, and what is remembered of them
 *
 *	*	anything
 *	{name}	anything, remembered
 *	$name	what was remembered; "$$" is a dollar
 *	\c	the character c
 */
#ifndef SIPFAST_SCENARIO_PATTERN_H
#define SIPFAST_SCENARIO_PATTERN_H

#include "text.h"

void names_reset(void);
void name_set(const char *name, const char *value, u32 len);

/* Return: NULL when nothing is remembered by that name. */
const char *name_get(const char *name, u32 len);

/**
 * names_fill() - write a text with what is remembered in it
 * Return: false when something is not, whose name is in @missing.
 */
bool names_fill(struct text *out, const char *text, char *missing, u32 size);

/* Does a text look like that, as a whole? Names are remembered if it does. */
bool pattern_fits(const char *pattern, const char *text);

#endif /* SIPFAST_SCENARIO_PATTERN_H */
