/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * judge.h - what the facts mean for calls, and how to mend what is wrong
 */
#ifndef SIPFAST_CLI_JUDGE_H
#define SIPFAST_CLI_JUDGE_H

#include <stddef.h>

#include "../sys/facts.h"

#define SF_FINDINGS	16	/* at most */

enum sf_verdict {
	SF_VERDICT_NONE,	/* nothing is known, or it does not matter */
	SF_VERDICT_OK,
	SF_VERDICT_WARN,	/* some calls may suffer */
	SF_VERDICT_FAIL,	/* calls do not work */
};

/**
 * struct sf_finding - one of them
 * @name: what was looked at; stays from version to version
 * @verdict: how it is
 * @text: a sentence
 * @mend: a command that mends it; "" when nothing is wrong
 */
struct sf_finding {
	const char *name;
	enum sf_verdict verdict;
	char text[200];
	char mend[200];
};

/**
 * sf_judge() - judge
 * @findings: takes SF_FINDINGS at most
 *
 * Return: how many there are.
 */
size_t sf_judge(const struct sf_facts *facts, struct sf_finding *findings);

#endif /* SIPFAST_CLI_JUDGE_H */
