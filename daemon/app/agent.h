/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * agent.h - what we do at a trunk by ourselves: find its addresses, see whether
 * it answers, and register there
 *
 * RFC 3263 (addresses), RFC 3261, 10.2 (registering), 11 (OPTIONS).
 */
#ifndef SIPFAST_APP_AGENT_H
#define SIPFAST_APP_AGENT_H

#include "worker.h"

struct sf_agents;

/**
 * sf_agents_start() - look after all trunks of the worker's configuration
 * @agents: for sf_agents_stop(), in the same thread, before the configuration
 *          goes; written only on success
 *
 * Return: 0 or -ENOMEM.
 */
int sf_agents_start(struct sf_agents **agents, struct sf_worker *worker);

/* NULL is fine. */
void sf_agents_stop(struct sf_agents *agents);

#endif /* SIPFAST_APP_AGENT_H */
