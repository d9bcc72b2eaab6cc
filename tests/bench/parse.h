/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * parse.h - ways to read the message of the benchmark, a file each
 *
 * The peers' headers claim the same names, so each is known to one file only.
 */
#ifndef SIPFAST_BENCH_PARSE_H
#define SIPFAST_BENCH_PARSE_H

#include <stddef.h>

#include <sipfast/msg.h>

/* The message, and its length. */
extern char text[SF_MSG_MAX + 1];
extern u32 text_len;

/* Results go here, seen by all files: nothing is left out as unused. */
extern u32 sink;

/**
 * must() - end the program unless something is so
 */
void must(int good, const char *what);

/* The limit: where each line ends, and nothing else. */
void run_lines(void);

/* Ours: the index; every value that a proxy reads, too; full validation. */
void run_index(void);
void run_full(void);
void run_check(void);

/* What a proxy does when it has to be slow: all that there is, or a refusal. */
void run_hostile(enum sf_reason expected);

/* The peers': the message; its description, too. */
void osip_begin(void);
void run_osip(void);
void run_osip_full(void);
void run_sofia(void);
void run_sofia_full(void);

#endif /* SIPFAST_BENCH_PARSE_H */
