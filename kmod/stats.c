// SPDX-License-Identifier: GPL-2.0
/*
 * stats.c - named counters: one for every decision
 */
#include <linux/kernel.h>

#include "pernet.h"
#include "stats.h"

static const struct {
	const char *name;
	const char *text;
} sf_counters[] = {
#define X(sym, name, text) { name, text },
	SF_COUNTERS(X)
#undef X
};

void sf_stats_name(enum sf_counter c, char *name)
{
	if (c < SF_CNT_PARSE)
		strscpy(name, sf_counters[c].name, SF_COUNTER_NAME_MAX);
	else
		snprintf(name, SF_COUNTER_NAME_MAX, "parse-%s",
			 sf_reason_name(c - SF_CNT_PARSE));
}

const char *sf_stats_text(enum sf_counter c)
{
	return c < SF_CNT_PARSE ? sf_counters[c].text :
				  sf_reason_text(c - SF_CNT_PARSE);
}

u64 sf_stats_sum(const struct sf_net *sn, enum sf_counter c)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(per_cpu_ptr(sn->stats, cpu)->count[c]);

	return sum;
}
