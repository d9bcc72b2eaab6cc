/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * share.h - what the programs that run in a guest share
 */
#ifndef BENCH_SHARE_H
#define BENCH_SHARE_H

/**
 * fail() - say what did not work and why, and end
 * @what: what was tried
 * @why: the reason
 */
__attribute__((noreturn))
void fail(const char *what, const char *why);

/**
 * rest() - do nothing for a while
 * @ms: milliseconds, less than a second
 */
void rest(long ms);

/**
 * number() - read an argument
 * @text: a decimal number
 * @max: more than that is an error, which ends the program
 * Return: it.
 */
unsigned int number(const char *text, unsigned int max);

/**
 * tell() - say that a measurement begins or ends
 * @marks: the files that answer begin with this; "-": nobody measures
 * @name: "begin" or "end"
 *
 * A line "mark NAME" on standard output; it goes on when the file MARKS.NAME is
 * there.
 */
void tell(const char *marks, const char *name);

#endif /* BENCH_SHARE_H */
