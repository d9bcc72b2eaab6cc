/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * confread.h - single options of the configuration: whether they are right, and
 * what they say
 *
 * What checks is called by libconfuse with the line at hand, and tells what is
 * wrong, and what would be right, by cfg_error(). What takes is called when all
 * are right.
 */
#ifndef SIPFAST_APP_CONFREAD_H
#define SIPFAST_APP_CONFREAD_H

#include <confuse.h>

#include "conf.h"

/* Return 0, or -1 when it was wrong and that was told. */
int sf_check_listen(cfg_t *cfg, cfg_opt_t *opt);
int sf_check_origin(cfg_t *cfg, cfg_opt_t *opt);
int sf_check_path(cfg_t *cfg, cfg_opt_t *opt);
int sf_check_ping(cfg_t *cfg, cfg_opt_t *opt);
int sf_check_workers(cfg_t *cfg, cfg_opt_t *opt);
int sf_check_keepalive(cfg_t *cfg, cfg_opt_t *opt);
int sf_check_level(cfg_t *cfg, cfg_opt_t *opt);
int sf_check_store(cfg_t *cfg, cfg_opt_t *opt);
int sf_check_guard(cfg_t *cfg, cfg_opt_t *opt);
int sf_check_positive(cfg_t *cfg, cfg_opt_t *opt);
int sf_check_algorithm(cfg_t *cfg, cfg_opt_t *opt);
int sf_check_domain(cfg_t *cfg, cfg_opt_t *opt);
int sf_check_peer(cfg_t *cfg, cfg_opt_t *opt);
int sf_check_tls(cfg_t *cfg, cfg_opt_t *opt);
int sf_check_pin(cfg_t *cfg, cfg_opt_t *opt);
int sf_check_network(cfg_t *cfg, cfg_opt_t *opt);
int sf_check_trunk(cfg_t *cfg, cfg_opt_t *opt);
int sf_check_calls(cfg_t *cfg, cfg_opt_t *opt);
int sf_check_quiet(cfg_t *cfg, cfg_opt_t *opt);
int sf_check_user(cfg_t *cfg, cfg_opt_t *opt);
int sf_check_account(cfg_t *cfg, cfg_opt_t *opt);
int sf_check_place(cfg_t *cfg, cfg_opt_t *opt);
int sf_check_service_route(cfg_t *cfg, cfg_opt_t *opt);

/**
 * sf_take_listen() - "udp:*", "tcp:192.0.2.1:5060", "ws:[2001:db8::1]", and
 * "tls:*:5063 old" with a section of tls
 * @listen: room for @room of them
 *
 * Return: how many it makes: "*" is one for each family; 0 when it is wrong.
 */
u32 sf_take_listen(struct sf_listen *listen, const char *text, u32 room);

/* Return false when it is no word for that. */
bool sf_take_claim(const char *word, enum sf_domain_claim *claim);

/* Is it no use to open a file, as it is in a place that is not here? That is told. */
bool sf_conf_unseen(cfg_t *section, const char *file);

/* Load a section; what is wrong is told. @claimed: as of struct sf_tls_conf */
void sf_take_tls(struct sf_tls *tls, cfg_t *section, bool claimed);

/* Return false when it is wrong. */
bool sf_take_peer(struct sf_conf_peer *peer, const char *text);

enum sf_log_level sf_take_level(const char *name);
u32 sf_take_algorithms(cfg_t *domain);

/**
 * sf_take_secret() - the first line of the file that a trunk names
 *
 * Return: a string for free(); NULL when there is none, or others may read it,
 * which was told.
 */
char *sf_take_secret(cfg_t *trunk);

/* The list of that name, as it stands. */
void sf_take_words(struct sf_words *words, cfg_t *cfg, const char *name);

/**
 * sf_take_allowance() - a section "calls"
 * @usual: says what @section does not; NULL: there is none
 * @domain: of a user who is named without one
 */
void sf_take_allowance(struct sf_allowance *allowance, cfg_t *section,
		       cfg_t *usual, const char *domain);

void sf_lower(char *text);

#endif /* SIPFAST_APP_CONFREAD_H */
