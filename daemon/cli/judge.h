/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * judge.h - what the facts mean for calls, and how to mend what is wrong
 */
#ifndef SIPFAST_CLI_JUDGE_H
#define SIPFAST_CLI_JUDGE_H

#include <stddef.h>

#include "../sys/facts.h"
#include "../sys/service.h"

#define SF_FINDINGS	24	/* at most, of both */

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
	char mend[400];
};

/**
 * sf_judge() - judge
 * @findings: takes SF_FINDINGS at most
 *
 * Return: how many there are.
 */
size_t sf_judge(const struct sf_facts *facts, struct sf_finding *findings);

/**
 * sf_judge_service() - the same of sipfastd
 */
size_t sf_judge_service(const struct sf_service *service,
			struct sf_finding *findings);

/* Fill a finding. */
__attribute__((format(printf, 3, 4)))
void sf_say(struct sf_finding *finding, enum sf_verdict verdict,
	    const char *format, ...);
__attribute__((format(printf, 2, 3)))
void sf_mend(struct sf_finding *finding, const char *format, ...);

#endif /* SIPFAST_CLI_JUDGE_H */
