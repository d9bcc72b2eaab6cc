// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * resolve.c - from a SIP URI to addresses, ports and transports
 *
 * A job goes the way of its target (locate.h) whenever an answer has come that
 * it waits for. Everything that comes to an end waits for the timer, which
 * fires at once: so nobody is called back from within a call, neither ours nor
 * c-ares'.
 */
#include <errno.h>
#include <stdlib.h>

#include "../util/container.h"
#include "dns_cache.h"
#include "hosts.h"
#include "locate.h"

/*
 * Servers that drop what is asked about IPv6 are common; they cost this much, not
 * all of a timeout. RFC 8305 gives browsers 50 ms; a call can wait a bit more for
 * an answer that has to come from afar.
 */
#define LATE_MS	300

TAILQ_HEAD(jobs, job);

/**
 * struct sf_resolver - a worker's resolver
 * @hosts: the administrator's own names
 * @timer: somebody has an answer
 * @seed: of the next lookup
 * @done: lookups that are done and not told yet, the last one first
 * @waiting: jobs that wait for answers
 * @ready: jobs that have got some
 */
struct sf_resolver {
	struct sf_loop *loop;
	struct sf_resolver_able able;
	struct sf_dns_cache cache;
	struct sf_hosts hosts;
	struct sf_timer timer;
	u64 seed;
	struct sf_lookup *done;
	struct jobs waiting;
	struct jobs ready;
};

/**
 * struct job - a lookup that had to ask
 * @list: in @waiting or @ready of the resolver
 * @lookup: who wants to know; NULL when nobody does any more
 * @late: addresses of one family are there, and the other's are waited for
 * @pins: entries of @pin, one for each name and type it has come across
 */
struct job {
	TAILQ_ENTRY(job) list;
	bool ready;
	struct sf_resolver *resolver;
	struct sf_lookup *lookup;
	struct sf_locate locate;
	struct sf_timer late;
	u32 pins;
	struct pin {
		struct sf_dns_pin pin;
		struct job *job;
	} pin[SF_LOCATE_NAMES_MAX];
};

static void unlink_lookup(struct sf_lookup *lookup)
{
	*lookup->link = lookup->next;
	if (lookup->next)
		lookup->next->link = lookup->link;
	lookup->link = NULL;
}

static void link_lookup(struct sf_lookup **link, struct sf_lookup *lookup)
{
	lookup->next = *link;
	if (lookup->next)
		lookup->next->link = &lookup->next;
	lookup->link = link;
	*link = lookup;
}

static void wake(struct sf_resolver *resolver)
{
	if (!sf_timer_is_set(&resolver->timer))
		sf_timer_set(&resolver->loop->wheel, &resolver->timer, 0);
}

static void finish(struct sf_resolver *resolver, struct sf_lookup *lookup)
{
	link_lookup(&resolver->done, lookup);
	wake(resolver);
}

static void free_job(struct job *job)
{
	struct sf_resolver *resolver = job->resolver;
	u32 i;

	for (i = 0; i < job->pins; i++)
		sf_dns_cache_unpin(&job->pin[i].pin);
	if (job->ready)
		TAILQ_REMOVE(&resolver->ready, job, list);
	else
		TAILQ_REMOVE(&resolver->waiting, job, list);
	if (job->lookup)
		unlink_lookup(job->lookup);
	sf_timer_stop(&job->late);
	free(job);
}

/* Go on, and if that leads to an end hand over what was found. */
static void step(struct job *job)
{
	struct sf_resolver *resolver = job->resolver;
	struct sf_lookup *lookup = job->lookup;

	if (lookup && !sf_locate(&job->locate, lookup)) {
		if (lookup->count && !sf_timer_is_set(&job->late))
			sf_timer_set(&resolver->loop->wheel, &job->late, LATE_MS);
		return;
	}
	free_job(job);
	if (lookup)
		finish(resolver, lookup);
}

/* It has waited long enough: what is there has to do. */
static void go_without(struct sf_timer *timer)
{
	struct job *job = container_of(timer, struct job, late);
	struct sf_resolver *resolver = job->resolver;
	struct sf_lookup *lookup = job->lookup;

	if (lookup)
		sf_locate(&job->locate, lookup);
	free_job(job);
	if (lookup)
		finish(resolver, lookup);
}

static void answered(struct sf_dns_pin *pin)
{
	struct job *job = container_of(pin, struct pin, pin)->job;

	if (job->ready)
		return;
	job->ready = true;
	TAILQ_REMOVE(&job->resolver->waiting, job, list);
	TAILQ_INSERT_TAIL(&job->resolver->ready, job, list);
	wake(job->resolver);
}

/* Steps call nobody; whoever is told may ask again, and is told next time. */
static void tell(struct sf_timer *timer)
{
	struct sf_resolver *resolver = container_of(timer, struct sf_resolver, timer);
	struct sf_lookup *due = NULL, *lookup;
	struct job *job;

	while ((job = TAILQ_FIRST(&resolver->ready))) {
		job->ready = false;
		TAILQ_REMOVE(&resolver->ready, job, list);
		TAILQ_INSERT_TAIL(&resolver->waiting, job, list);
		step(job);
	}
	while ((lookup = resolver->done)) {
		unlink_lookup(lookup);
		link_lookup(&due, lookup);
	}
	while ((lookup = due)) {
		unlink_lookup(lookup);
		lookup->done(lookup);
	}
}

static const struct sf_dns_answer *own(struct sf_resolver *resolver,
				       const char *name, enum sf_dns_type type)
{
	return sf_hosts_get(&resolver->hosts, resolver->loop->wheel.now, name,
			    type);
}

/* What a job has come across once it keeps: its way leads by it again. */
static const struct sf_dns_answer *get(void *owner, const char *name,
				       enum sf_dns_type type)
{
	static const struct sf_dns_answer unknown = { .err = -EAGAIN };
	struct job *job = owner;
	const struct sf_dns_answer *answer = own(job->resolver, name, type);
	struct pin *pin;
	u32 i;

	if (answer)
		return answer;
	for (i = 0; i < job->pins; i++)
		if (sf_dns_pin_is(&job->pin[i].pin, name, type))
			return sf_dns_pin_answer(&job->pin[i].pin);
	if (i == ARRAY_SIZE(job->pin))
		return &unknown;
	pin = &job->pin[job->pins++];
	pin->job = job;
	pin->pin.answered = answered;
	sf_dns_cache_pin(&job->resolver->cache, &pin->pin, name, type);
	return sf_dns_pin_answer(&pin->pin);
}

static const struct sf_dns_answer *get_known(void *owner, const char *name,
					     enum sf_dns_type type)
{
	struct sf_resolver *resolver = owner;
	const struct sf_dns_answer *answer = own(resolver, name, type);

	return answer ? answer :
			sf_dns_cache_known(&resolver->cache, name, type);
}

bool sf_resolve_now(struct sf_resolver *resolver,
		    const struct sf_resolve_target *target,
		    struct sf_lookup *lookup)
{
	struct sf_locate locate;

	lookup->link = NULL;
	lookup->count = 0;
	lookup->err = sf_locate_init(&locate, &resolver->able, target);
	if (lookup->err)
		return true;
	locate.seed = resolver->seed++;
	locate.get = get_known;
	locate.owner = resolver;
	return sf_locate(&locate, lookup);
}

static struct job *new_job(struct sf_resolver *resolver,
			   struct sf_lookup *lookup)
{
	struct job *job = calloc(1, sizeof(*job));

	if (!job)
		return NULL;
	job->resolver = resolver;
	job->locate.seed = resolver->seed++;
	job->locate.get = get;
	job->locate.owner = job;
	job->late.fire = go_without;
	TAILQ_INSERT_TAIL(&resolver->waiting, job, list);
	link_lookup(&job->lookup, lookup);
	return job;
}

void sf_resolve(struct sf_resolver *resolver,
		const struct sf_resolve_target *target,
		struct sf_lookup *lookup)
{
	struct job *job = new_job(resolver, lookup);

	lookup->count = 0;
	lookup->err = job ? sf_locate_init(&job->locate, &resolver->able, target) :
			    -EAGAIN;
	if (!lookup->err) {
		step(job);
		return;
	}
	if (job)
		free_job(job);
	finish(resolver, lookup);
}

/* Its job ends with the next answer that it waits for. */
void sf_resolve_cancel(struct sf_lookup *lookup)
{
	if (lookup->link)
		unlink_lookup(lookup);
}

int sf_resolver_open(struct sf_resolver **resolver, struct sf_loop *loop,
		     const struct sf_resolver_able *able, const char *servers)
{
	struct sf_resolver *new = calloc(1, sizeof(*new));
	int err;

	if (!new)
		return -ENOMEM;
	err = sf_dns_cache_open(&new->cache, loop, servers);
	if (err) {
		free(new);
		return err;
	}
	new->loop = loop;
	new->able = *able;
	new->hosts.file = able->hosts;
	new->timer.fire = tell;
	sf_random(&new->seed, sizeof(new->seed));
	TAILQ_INIT(&new->waiting);
	TAILQ_INIT(&new->ready);
	*resolver = new;
	return 0;
}

static void free_jobs(struct jobs *jobs)
{
	struct job *job;

	while ((job = TAILQ_FIRST(jobs)))
		free_job(job);
}

void sf_resolver_close(struct sf_resolver *resolver)
{
	if (!resolver)
		return;
	free_jobs(&resolver->waiting);
	free_jobs(&resolver->ready);
	while (resolver->done)
		unlink_lookup(resolver->done);
	sf_timer_stop(&resolver->timer);
	sf_dns_cache_close(&resolver->cache);
	sf_hosts_free(&resolver->hosts);
	free(resolver);
}

const char *sf_resolve_counter_name(enum sf_resolve_counter counter)
{
	static const char * const names[] = {
#define X(sym, name) [SF_RESOLVE_##sym] = name,
		SF_RESOLVE_COUNTERS(X)
#undef X
	};

	return names[counter];
}

u64 sf_resolve_counter(const struct sf_resolver *resolver,
		       enum sf_resolve_counter counter)
{
	return resolver->cache.counters[counter];
}
