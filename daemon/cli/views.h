/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * views.h - objects as blocks and as tables
 */
#ifndef SIPFAST_CLI_VIEWS_H
#define SIPFAST_CLI_VIEWS_H

#include "cli.h"
#include "snapshot.h"

/* A block of lines about one object. */
void sf_view_call(struct sf_cli *cli, const struct sf_call_info *call);

/* Another line of it: what it is a leg of. NULL: of nothing. */
void sf_view_leg(struct sf_cli *cli, const struct sf_call_info *whole);
void sf_view_stream(struct sf_cli *cli, const struct sf_stream_info *stream);
void sf_view_stream_detail(struct sf_cli *cli,
			   const struct sf_stream_info *stream);
void sf_view_registration(struct sf_cli *cli,
			  const struct sf_registration_info *registration);

/* Lines of a block for what is behind the first call of a snapshot. */
void sf_view_detail(struct sf_cli *cli, const struct sf_snapshot *detail);
void sf_view_decisions(struct sf_cli *cli, const struct sf_snapshot *detail);

/* A table of all objects of a kind. */
void sf_view_calls(struct sf_cli *cli, const struct sf_snapshot *snapshot);
void sf_view_streams(struct sf_cli *cli, const struct sf_snapshot *snapshot);
void sf_view_registrations(struct sf_cli *cli,
			   const struct sf_snapshot *snapshot);

/**
 * sf_show_regs() - read the registrations of kernel and daemon and print them
 *
 * Return: the exit code.
 */
int sf_show_regs(struct sf_cli *cli);

/**
 * sf_view_flow() - print a direction's endpoints: source, arrow, target
 */
void sf_view_flow(struct sf_cli *cli,
		  const struct sf_direction_info *direction);

/**
 * sf_view_quality() - print lines of a block about a direction's quality
 * @indent: of the lines
 * @forward: of @stream->forward, otherwise of @stream->reverse
 * @all: with what the receiver reports, and the fast path
 *
 * Nothing is printed where there is nothing to say.
 */
void sf_view_quality(struct sf_cli *cli, int indent,
		     const struct sf_stream_info *stream, bool forward,
		     bool all);

/**
 * sf_view_silence() - print what makes streams one-way, a sentence for each
 */
void sf_view_silence(struct sf_cli *cli, const struct sf_snapshot *snapshot);

/**
 * sf_show_call() - find a call, read it and print all about it
 *
 * Return: the exit code.
 */
int sf_show_call(struct sf_cli *cli, const char *id);

/**
 * sf_view_config() - print the settings as arguments of 'sipfast set'
 */
void sf_view_config(struct sf_cli *cli, const struct sf_config_info *config);

/**
 * sf_show_config() - read the settings and print them
 *
 * Return: the exit code.
 */
int sf_show_config(struct sf_cli *cli);

/**
 * sf_show_stats() - read tables and counters and print them
 * @all: with the counters that are zero
 * @names: only the counters with these names, @n of them, zero or not
 *
 * Return: the exit code.
 */
int sf_show_stats(struct sf_cli *cli, bool all, char **names, int n);

#endif /* SIPFAST_CLI_VIEWS_H */
