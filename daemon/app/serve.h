/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * serve.h - whom we serve
 *
 * Never everybody: a request has to come from a user of ours who proves it, from
 * a trunk, or belong to a dialog that passed here before (which is not asked
 * here any more). Who calls for help from nearby is not asked either.
 */
#ifndef SIPFAST_APP_SERVE_H
#define SIPFAST_APP_SERVE_H

#include "../sip/aor.h"
#include "worker.h"

/**
 * struct sf_caller - who asks
 * @proven: @aor has proven who he is
 * @aor: the user; empty when it is a trunk
 * @trunk: number of the trunk in the configuration; -1: none
 */
struct sf_caller {
	bool proven;
	struct sf_aor aor;
	int trunk;
};

/**
 * sf_serve() - find out who asks, and whether that is enough
 * @help: it is a call for help
 * @caller: written when 0 is returned
 * @lines: takes the header lines of the refusal (challenges)
 *
 * Return: 0, the status code to refuse with, or SF_DISCARD.
 */
u16 sf_serve(struct sf_worker *worker, const struct sf_message *request,
	     bool help, struct sf_caller *caller, struct sf_out *lines);

#endif /* SIPFAST_APP_SERVE_H */
