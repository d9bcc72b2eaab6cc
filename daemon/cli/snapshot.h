/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * snapshot.h - what the kernel holds, read at one time
 */
#ifndef SIPFAST_CLI_SNAPSHOT_H
#define SIPFAST_CLI_SNAPSHOT_H

#include <stddef.h>

#include "cli.h"

/**
 * struct sf_snapshot - objects, each with its own copy of its strings
 *
 * Zero it before the first read, and free it with sf_snapshot_free().
 * Calls and registrations are in the order of their numbers, streams in the
 * order of their calls, the others in the kernel's. @opened are those of @calls
 * that the daemon opened, in the order of their Call-IDs.
 */
struct sf_snapshot {
	struct sf_config_info config;
	struct sf_call_info *calls;
	size_t ncalls;
	const struct sf_call_info **opened;
	size_t nopened;
	struct sf_stream_info *streams;
	size_t nstreams;
	struct sf_registration_info *registrations;
	size_t nregistrations;
	struct sf_table_info *tables;
	size_t ntables;
	struct sf_counter_info *counters;
	size_t ncounters;
	struct sf_flow_info *flows;
	size_t nflows;
	struct sf_dialog_info *dialogs;
	size_t ndialogs;
	struct sf_offer_info *offers;
	size_t noffers;
	struct sf_port_info *ports;
	size_t nports;
	struct sf_decision_info *decisions;
	size_t ndecisions;
};

/**
 * sf_snapshot_add() - copy one object into a snapshot
 * @arg: struct sf_snapshot
 *
 * For sf_kernel_get() and its like. The order is made by sf_snapshot_sort().
 *
 * Return: 0.
 */
int sf_snapshot_add(const struct sf_info *info, void *arg);

/**
 * sf_snapshot_sort() - bring the objects into order
 */
void sf_snapshot_sort(struct sf_snapshot *snapshot);

/**
 * sf_snapshot_whole() - the call that the daemon opened and this one is a leg of
 *
 * The daemon opens the call of two parties; with one of them it may speak in the
 * clear, and then the helper has a call of what those two say. The snapshot is in
 * order.
 *
 * Return: NULL when it is a call of its own.
 */
const struct sf_call_info *
sf_snapshot_whole(const struct sf_snapshot *snapshot,
		  const struct sf_call_info *call);

/* How many calls are such legs. */
size_t sf_snapshot_legs(const struct sf_snapshot *snapshot);

/**
 * sf_snapshot_find() - the same stream in another snapshot, which is in order
 *
 * Return: NULL when it is not there.
 */
const struct sf_stream_info *
sf_snapshot_find(const struct sf_snapshot *snapshot,
		 const struct sf_stream_info *stream);

/**
 * sf_snapshot_read() - ask the kernel for objects, and tell what went wrong
 * @cmds: SIPFAST_CMD_GET_*, ended by 0
 *
 * Return: the exit code.
 */
int sf_snapshot_read(struct sf_cli *cli, struct sf_snapshot *snapshot,
		     const uint8_t *cmds);

void sf_snapshot_free(struct sf_snapshot *snapshot);

#endif /* SIPFAST_CLI_SNAPSHOT_H */
