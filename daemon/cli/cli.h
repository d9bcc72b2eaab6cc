/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cli.h - what the commands of the tool share
 *
 * A command is one file with one struct sf_command, listed in tool.c. It gets
 * its arguments and a struct sf_cli, writes to the streams named there, and
 * returns the exit code.
 */
#ifndef SIPFAST_CLI_CLI_H
#define SIPFAST_CLI_CLI_H

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>

#include <sipfast/deps.h>

#include "../sys/kernel.h"

/* Exit codes. */
enum {
	SF_EXIT_OK,
	SF_EXIT_FAILURE,	/* it did not work */
	SF_EXIT_USAGE,		/* it was not asked for rightly */
};

enum sf_color_mode {
	SF_COLOR_AUTO,
	SF_COLOR_ALWAYS,
	SF_COLOR_NEVER,
};

/* What a piece of output is; sf_color() knows how that looks. */
enum sf_color {
	SF_COLOR_OFF,		/* end of a piece */
	SF_COLOR_HEAD,		/* the name of an object */
	SF_COLOR_LABEL,		/* the name of a field */
	SF_COLOR_GOOD,
	SF_COLOR_WARN,
	SF_COLOR_BAD,
	SF_COLOR_DIM,
};

struct sf_command;

/**
 * struct sf_cli - one run of the tool
 * @out: where answers go
 * @err: where errors go, one line each
 * @color: colours are wanted: only sf_color() asks
 * @color_mode: what --color said
 * @json: JSON is wanted
 * @utf8: @out takes UTF-8; otherwise it takes ASCII
 * @width: columns of the terminal that @out is; 0: it is none, or nobody knows
 * @control: the socket of sipfastd that --control named; NULL: the one that its
 *	     configuration names
 * @command: the command that runs
 * @status: the exit code when sf_cli_option() returned -1
 * @clock: tells the time of day
 */
struct sf_cli {
	FILE *out;
	FILE *err;
	bool color;
	enum sf_color_mode color_mode;
	bool json;
	bool utf8;
	unsigned int width;
	const char *control;
	const struct sf_command *command;
	int status;
	int (*clock)(struct timespec *now);
};

/**
 * struct sf_command - a command
 * @name: its name
 * @usage: its arguments, as in the man page; lines of their own if several
 * @summary: what it does, in half a line
 * @help: its options and arguments, some lines; or NULL
 * @run: does it; @argv[0] is the name
 */
struct sf_command {
	const char *name;
	const char *usage;
	const char *summary;
	const char *help;
	int (*run)(struct sf_cli *cli, int argc, char **argv);
};

extern const struct sf_command sf_cmd_allow;
extern const struct sf_command sf_cmd_ban;
extern const struct sf_command sf_cmd_check;
extern const struct sf_command sf_cmd_help;
extern const struct sf_command sf_cmd_monitor;
extern const struct sf_command sf_cmd_parse;
extern const struct sf_command sf_cmd_policy;
extern const struct sf_command sf_cmd_reload;
extern const struct sf_command sf_cmd_set;
extern const struct sf_command sf_cmd_show;
extern const struct sf_command sf_cmd_stats;
extern const struct sf_command sf_cmd_top;
extern const struct sf_command sf_cmd_trace;
extern const struct sf_command sf_cmd_unban;
extern const struct sf_command sf_cmd_user;

/**
 * sf_tool() - run the tool
 * @cli: @out, @err, @utf8 and @clock are set; the rest is its own
 *
 * Return: the exit code.
 */
int sf_tool(struct sf_cli *cli, int argc, char **argv);

/**
 * sf_cli_option() - the next option of a command
 * @letters: the command's own options, as for getopt()
 * @options: their long names, ended by an empty one; or NULL
 *
 * Options common to all commands are dealt with inside. Arguments may stand
 * between options; optind is the first of them at the end.
 *
 * Return: the option's letter (optarg is its value); 0 at the end; -1 when the
 * command is to return @cli->status now: help was asked for, or the option is
 * wrong and that has been told.
 */
int sf_cli_option(struct sf_cli *cli, int argc, char **argv,
		  const char *letters, const struct option *options);

/**
 * sf_cli_error() - one line on @cli->err
 *
 * Return: SF_EXIT_FAILURE.
 */
__attribute__((format(printf, 2, 3)))
int sf_cli_error(struct sf_cli *cli, const char *format, ...);

/**
 * sf_cli_usage() - the same for a call that is wrong, with where help is
 *
 * Return: SF_EXIT_USAGE.
 */
__attribute__((format(printf, 2, 3)))
int sf_cli_usage(struct sf_cli *cli, const char *format, ...);

/**
 * sf_cli_open() - make a link to the kernel, or tell why there is none
 * @kernel: to be closed by the caller; written only on success
 *
 * Return: the exit code.
 */
int sf_cli_open(struct sf_cli *cli, struct sf_kernel **kernel);

/**
 * sf_cli_kernel_error() - tell what the kernel did not do, and the mend
 * @kernel: the link, or NULL when there is none
 * @err: a negative error of kernel.h
 *
 * Return: SF_EXIT_FAILURE.
 */
int sf_cli_kernel_error(struct sf_cli *cli, const struct sf_kernel *kernel,
			int err);

/**
 * sf_color() - the characters that switch to a colour; "" when none is wanted
 */
const char *sf_color(const struct sf_cli *cli, enum sf_color color);

/**
 * sf_arrow() - an arrow to the right, in the characters that @cli->out takes
 */
const char *sf_arrow(const struct sf_cli *cli);

#endif /* SIPFAST_CLI_CLI_H */
