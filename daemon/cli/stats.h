/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stats.h - which counters are asked for
 */
#ifndef SIPFAST_CLI_STATS_H
#define SIPFAST_CLI_STATS_H

#include "served.h"

/**
 * struct sf_selection - which counters are asked for
 * @all: those that are zero, too
 * @names: only these, @n of them
 */
struct sf_selection {
	bool all;
	char **names;
	int n;
};

bool sf_selected(const struct sf_selection *selection, const char *name,
		 uint64_t value);

/* Is there a counter of the daemon's with this name? */
bool sf_stats_served_has(const struct sf_served *served, const char *name);

/* Print the daemon's. */
void sf_stats_served(struct sf_cli *cli, const struct sf_served *served,
		     const struct sf_selection *selection);

/* The same, as an object. */
json_t *sf_stats_served_json(const struct sf_served *served,
			     const struct sf_selection *selection);

#endif /* SIPFAST_CLI_STATS_H */
