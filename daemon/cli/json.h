/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * json.h - objects as JSON
 *
 * Keys are the names of the netlink attributes, in snake case, and stay. A key
 * is there when the kernel gave the attribute. Endpoints are strings as
 * sf_endpoint_text() writes them; durations are integers whose key ends in
 * their unit; text from outside is escaped as sf_escape() does. What the tool
 * works out itself is in an object "quality", beside what the kernel counted.
 *
 * The functions return a new reference.
 */
#ifndef SIPFAST_CLI_JSON_H
#define SIPFAST_CLI_JSON_H

#include <jansson.h>

#include "cli.h"
#include "quality.h"
#include "snapshot.h"

json_t *sf_json_config(const struct sf_config_info *config);
json_t *sf_json_call(const struct sf_call_info *call);
json_t *sf_json_stream(const struct sf_stream_info *stream);
json_t *sf_json_registration(const struct sf_registration_info *registration);
json_t *sf_json_table(const struct sf_table_info *table);
json_t *sf_json_counter(const struct sf_counter_info *counter);
json_t *sf_json_quality(const struct sf_quality *quality);
json_t *sf_json_decision(const struct sf_decision_info *decision);

/* A snapshot's first call with all that is behind it, in lists. */
json_t *sf_json_call_detail(const struct sf_snapshot *detail);

/* Lists of what a snapshot holds. */
json_t *sf_json_calls(const struct sf_snapshot *snapshot);
json_t *sf_json_streams(const struct sf_snapshot *snapshot);
json_t *sf_json_registrations(const struct sf_snapshot *snapshot);

/**
 * sf_json_object() - an object without keys
 */
json_t *sf_json_object(void);

/**
 * sf_json_set() - give an object a key
 * @value: its reference is taken over
 */
void sf_json_set(json_t *object, const char *key, json_t *value);

/* The same for what is there only if its attribute was. */
void sf_json_string(json_t *object, const char *key, const char *text);
void sf_json_number(json_t *object, const char *key, bool there,
		    uint64_t value);
void sf_json_bool(json_t *object, const char *key, bool there, bool value);
void sf_json_real(json_t *object, const char *key, bool there, double value);
void sf_json_name(json_t *object, const char *key, bool there,
		  const char *(*text)(unsigned int, char *),
		  unsigned int value);

/**
 * sf_json_endpoint() - give an object a key, if there is an endpoint
 */
void sf_json_endpoint(json_t *object, const char *key,
		      const struct sf_endpoint *endpoint);

/**
 * sf_json_append() - add to a list
 * @value: its reference is taken over
 */
void sf_json_append(json_t *list, json_t *value);

/**
 * sf_json_text() - a string from outside
 */
json_t *sf_json_text(const char *text);

/**
 * sf_json_print() - print a value and drop its reference
 * @line: on one line, otherwise indented
 */
void sf_json_print(struct sf_cli *cli, json_t *value, bool line);

#endif /* SIPFAST_CLI_JSON_H */
