/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fork.h - one request on its way to one or several places, until it is
 * answered: what RFC 3261, 16 calls a response context
 *
 * Targets of the same q are tried at once, the next ones when these have failed.
 * The first 2xx goes back and ends the search; of what else comes the best does
 * (16.7, step 6). Of a phone that has several flows one is tried at a time, and
 * the next one when that has failed (RFC 5626, 7).
 */
#ifndef SIPFAST_APP_FORK_H
#define SIPFAST_APP_FORK_H

#include "calls.h"
#include "target.h"
#include "worker.h"

#define SF_HOPS_MAX	SF_TARGETS_MAX

/**
 * struct sf_hop - where a request may go
 * @ruri: the Request-URI for there; NULL: it stays
 * @route: elements of Route for there (Path); often none
 * @host: who to ask DNS for when @flow is not known: a URI
 * @flow: where it goes
 * @known: @flow is known
 * @pinned: it is the only way there: see sf_side.pinned
 * @q: preference
 * @instance: the phone whose flow it is; empty: it is no flow
 * @wall: when that flow's registration expires: the last one is the best
 * @spare: only when another flow of the phone has failed
 * @help: a call for help: it goes there whatever its Route says, and in the clear if
 *        that is all there is
 * @within: a dialog leads there
 * @foreign: a user wants it to go to another domain
 * @gone: the status code to say when @flow is gone; 0: as if somebody refused
 * @trunk: the trunk that it is, in the configuration; -1: none. Where a dialog leads to
 *         a name that is seen when its address is known
 */
struct sf_hop {
	struct sf_text ruri;
	struct sf_text route;
	struct sf_text host;
	struct sf_flow flow;
	bool known;
	bool pinned;
	u16 q;
	struct sf_text instance;
	u64 wall;
	bool spare;
	bool help;
	bool within;
	bool foreign;
	u16 gone;
	int trunk;
};

/**
 * struct sf_plan - what is to become of a request
 * @record: stay on the way of the dialog
 * @from: the side that it came from
 * @from_trunk: the trunk that it came from, in the configuration; -1: none
 * @lines: header lines to add, each with its CRLF
 * @call: the call that it begins, or is within; see calls.h
 * @hop: where it may go, highest q first
 * @hops: how many
 */
struct sf_plan {
	bool record;
	struct sf_side from;
	int from_trunk;
	struct sf_text lines;
	struct sf_call_ref call;
	struct sf_hop hop[SF_HOPS_MAX];
	u32 hops;
};

/**
 * sf_fork() - answer a request with what others answer
 * @request: no ACK, no CANCEL
 * @way: its way
 * @plan: at least one hop; nothing of it is needed afterwards
 */
void sf_fork(struct sf_worker *worker, const struct sf_message *request,
	     const struct sf_way *way, const struct sf_plan *plan);

/**
 * sf_fork_own() - send a request of ours as if it had come in; nobody is answered
 * @request: likewise; its topmost Via is left out
 */
void sf_fork_own(struct sf_worker *worker, const struct sf_message *request,
		 const struct sf_way *way, const struct sf_plan *plan);

/**
 * sf_fork_ack() - forward the ACK of a 2xx, which is no transaction: it is gone when
 * it is sent
 */
void sf_fork_ack(struct sf_worker *worker, const struct sf_message *ack,
		 const struct sf_way *way, const struct sf_plan *plan);

#endif /* SIPFAST_APP_FORK_H */
