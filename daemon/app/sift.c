// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sift.c - while far too much comes, the kernel drops some of it
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include <string.h>

#include "../sip/sieve.h"
#include "../util/container.h"
#include "../util/log.h"
#include "sift.h"
#include "worker.h"

#define LOOK_MS		50
#define TELL_MS		10000
/* Who asks most may change; to tell the kernel takes time. */
#define GROUPS_MS	400

#define NAMES_MAX	64

void sf_sift_init(struct sf_sift *sift)
{
	*sift = (struct sf_sift){ .keep = SF_KEEP_ALL };
}

void sf_sift_exit(struct sf_sift *sift)
{
	sf_timer_stop(&sift->timer);
}

static u32 names_of(const struct sf_domains *domains, const char **name)
{
	u32 count = 0, i, k;

	for (i = 0; i < domains->count; i++) {
		const struct sf_domain *domain = &domains->list[i];

		if (count < NAMES_MAX)
			name[count++] = domain->name;
		for (k = 0; k < domain->alias_count && count < NAMES_MAX; k++)
			name[count++] = domain->aliases[k];
	}
	return count;
}

/* Return: false when they begin in too many ways. */
static bool read_help(const struct sf_words *numbers, char *help)
{
	u32 i, len = 0;

	for (i = 0; i < numbers->count; i++) {
		if (memchr(help, numbers->word[i][0], len))
			continue;
		if (len == SF_SIEVE_HELP)
			return false;
		help[len++] = numbers->word[i][0];
	}
	help[len] = '\0';
	return true;
}

static int attach(struct sf_worker *worker, u32 keep, u32 groups)
{
	struct sock_filter program[SF_SIEVE_MAX];
	const char *name[NAMES_MAX];
	char help[SF_SIEVE_HELP + 1];
	const struct sf_sieve sieve = {
		.name = name,
		.names = names_of(&worker->conf->domains, name),
		.help = help,
		.groups = groups,
		.keep = keep,
	};

	if (!read_help(&worker->conf->emergency, help))
		return 0;
	return sf_net_sift(worker->net, program,
			   sf_sieve_program(program, &sieve));
}

static bool is_news(const struct sf_sift *sift, u64 now, u32 keep, u32 groups)
{
	return keep != sift->keep ||
	       (keep < SF_KEEP_ALL && groups != sift->groups &&
		now - sift->since >= GROUPS_MS);
}

static void apply(struct sf_worker *worker, u32 keep, u32 groups)
{
	struct sf_sift *sift = &worker->sift;
	u64 now = worker->loop.wheel.now;
	int err;

	if (!is_news(sift, now, keep, groups))
		return;
	err = keep == SF_KEEP_ALL ? sf_net_sift(worker->net, NULL, 0) :
				    attach(worker, keep, groups);
	if (err || (sift->keep == SF_KEEP_ALL && now - sift->told > TELL_MS)) {
		sift->told = now;
		sf_log(SF_LOG_NOTICE, "sifts", "worker=%u%s%s", worker->number,
		       err ? " error=" : "", err ? strerror(-err) : "");
	}
	sift->keep = keep;
	sift->groups = groups;
	sift->since = now;
}

static void look(struct sf_timer *timer)
{
	struct sf_sift *sift = container_of(timer, struct sf_sift, timer);
	struct sf_worker *worker = container_of(sift, struct sf_worker, sift);
	struct sf_overload *load = &worker->load;

	apply(worker, sf_overload_keep(load, sift->keep),
	      sf_sources_over(&load->sources, load->admit.part));
	if (load->others || sift->keep < SF_KEEP_ALL)
		sf_timer_set(&worker->loop.wheel, timer, LOOK_MS);
	load->taken = 0;
	load->others = 0;
}

void sf_sift_wake(struct sf_worker *worker)
{
	struct sf_sift *sift = &worker->sift;

	if (sf_timer_is_set(&sift->timer))
		return;
	sift->timer.fire = look;
	worker->load.taken = 0;
	sf_timer_set(&worker->loop.wheel, &sift->timer, LOOK_MS);
}
