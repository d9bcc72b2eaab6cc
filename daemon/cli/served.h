/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * served.h - what sipfastd answers, and how it is shown
 *
 * The daemon speaks JSON; with -j its objects are passed on as they are.
 */
#ifndef SIPFAST_CLI_SERVED_H
#define SIPFAST_CLI_SERVED_H

#include <jansson.h>

#include "cli.h"

/**
 * struct sf_served - an answer
 * @err: 0, or a negative error of sys/ask.h
 * @fault: what the daemon said when it said no; or ""
 * @lines: a list of the lines that came
 */
struct sf_served {
	int err;
	char fault[256];
	json_t *lines;
};

/**
 * sf_served_ask() - ask, and wait for all of the answer
 *
 * Nothing is told: see sf_served_error().
 *
 * Return: for sf_served_free().
 */
struct sf_served sf_served_ask(struct sf_cli *cli, const char *request);

/* The same with a request that has more to say; it stays the caller's. */
struct sf_served sf_served_tell(struct sf_cli *cli, const json_t *request);
void sf_served_free(struct sf_served *served);

/* No daemon runs here. */
bool sf_served_absent(const struct sf_served *served);

/**
 * sf_served_error() - tell what the daemon did not do, and the mend
 *
 * Return: SF_EXIT_FAILURE.
 */
int sf_served_error(struct sf_cli *cli, const struct sf_served *served);

/* The same of an error without an answer. */
int sf_served_fail(struct sf_cli *cli, int err, const char *fault);

/* Where it is asked. */
void sf_served_path(const struct sf_cli *cli, char *path, size_t size);

/**
 * sf_served_list() - the values of a key in all lines that have it
 *
 * Return: a new list.
 */
json_t *sf_served_list(const struct sf_served *served, const char *key);

/* What an object has; "", 0 and false where it does not. */
const char *sf_served_text(const json_t *object, const char *key);
uint64_t sf_served_number(const json_t *object, const char *key);
bool sf_served_true(const json_t *object, const char *key);

/* Tables of these. */
void sf_view_bindings(struct sf_cli *cli, const json_t *list);
void sf_view_conns(struct sf_cli *cli, const json_t *list);
void sf_view_trunks(struct sf_cli *cli, const json_t *list);
void sf_view_bans(struct sf_cli *cli, const json_t *list);
void sf_view_transactions(struct sf_cli *cli, const json_t *list);

/* One line: how much of what there is. */
void sf_view_status(struct sf_cli *cli, const json_t *status);

/**
 * sf_show_conns() - ask, and print
 *
 * Return: the exit code; of the others, too.
 */
int sf_show_conns(struct sf_cli *cli);
int sf_show_bans(struct sf_cli *cli);
int sf_show_trunks(struct sf_cli *cli);
int sf_show_transactions(struct sf_cli *cli);

/* Print an event of the daemon's. */
void sf_event_served(struct sf_cli *cli, const json_t *event);

/* The time that it says. */
struct timespec sf_event_served_time(const json_t *event);

#endif /* SIPFAST_CLI_SERVED_H */
