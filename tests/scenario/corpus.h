/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * corpus.h - the messages of RFC 4475 and RFC 5118 through a running daemon
 */
#ifndef SIPFAST_SCENARIO_CORPUS_H
#define SIPFAST_SCENARIO_CORPUS_H

#include <sipfast/deps.h>

/**
 * corpus_run() - run the rows of corpora.tsv
 * @only: "rfc4475/wsinv"; NULL: all of them, and each message has to have one
 */
void corpus_run(const char *only);

/* main.c: print a verdict. */
void case_told(const char *name, bool passed, const char *account);

#endif /* SIPFAST_SCENARIO_CORPUS_H */
