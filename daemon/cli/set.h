/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * set.h - the settings, each with its name and its value as people write them
 */
#ifndef SIPFAST_CLI_SET_H
#define SIPFAST_CLI_SET_H

#include "cli.h"

/**
 * struct sf_key - a setting
 * @name: its name
 * @values: what it takes, for messages
 * @attr: the attribute that says whether it is there
 * @offset: of its field in the settings
 * @parse: reads a value into the settings; false when it is wrong
 * @print: writes the value
 */
struct sf_key {
	const char *name;
	const char *values;
	unsigned int attr;
	size_t offset;
	bool (*parse)(const struct sf_key *key, const char *value,
		      struct sf_config_info *config);
	void (*print)(const struct sf_key *key, const char *field, FILE *out);
};

/* All of them, in the order in which they are shown. */
extern const struct sf_key sf_keys[];
extern const size_t sf_nkeys;

#endif /* SIPFAST_CLI_SET_H */
