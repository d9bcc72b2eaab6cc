// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tls_site.c - the sections of a configuration
 */
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "tls_internal.h"

/**
 * struct sf_tls - all of them
 * @refs: the configuration, each worker's net, and each handshake
 * @sites: the first one, as the file has them
 * @last: where the next one is put
 */
struct sf_tls {
	atomic_uint refs;
	struct sf_tls_site *sites;
	struct sf_tls_site **last;
};

static void unload(struct sf_tls_site *site)
{
	while (site->servers)
		SSL_CTX_free(site->server[--site->servers]);
	SSL_CTX_free(site->client);
	site->client = NULL;
}

static void free_site(struct sf_tls_site *site)
{
	unload(site);
	sf_tls_conf_free(&site->conf);
	free(site);
}

/* The files as they are before they are read: what is written then is seen. */
static struct sf_tls_site *new_site(const struct sf_tls_conf *conf)
{
	struct sf_tls_site *site = calloc(1, sizeof(*site));

	if (!site)
		return NULL;
	if (sf_tls_conf_copy(&site->conf, conf)) {
		free_site(site);
		return NULL;
	}
	sf_tls_stamps(conf, site->stamp);
	memcpy(site->seen, site->stamp, sizeof(site->seen));
	return site;
}

static void append(struct sf_tls *tls, struct sf_tls_site *site)
{
	*tls->last = site;
	tls->last = &site->next;
}

int sf_tls_add(struct sf_tls *tls, const struct sf_tls_conf *conf, char *why)
{
	struct sf_tls_site *site = new_site(conf);
	int err;

	snprintf(why, SF_TLS_WHY_MAX, "memory is short");
	if (!site)
		return -ENOMEM;
	err = sf_tls_load(site, why);
	if (err)
		free_site(site);
	else
		append(tls, site);
	return err;
}

static bool same(const struct sf_tls_stamp *a, const struct sf_tls_stamp *b)
{
	return !memcmp(a, b, SF_TLS_FILES_MAX * sizeof(*a));
}

bool sf_tls_changed(struct sf_tls *tls)
{
	struct sf_tls_stamp now[SF_TLS_FILES_MAX];
	bool changed = false, settled = true;
	struct sf_tls_site *site;

	for (site = tls->sites; site; site = site->next) {
		sf_tls_stamps(&site->conf, now);
		changed |= !same(now, site->stamp);
		settled &= same(now, site->seen);
		memcpy(site->seen, now, sizeof(now));
	}
	return changed && settled;
}

/* It stays what it was. */
static void keep(struct sf_tls_site *site, const struct sf_tls_site *old)
{
	unload(site);
	while (site->servers < old->servers) {
		site->server[site->servers] = old->server[site->servers];
		SSL_CTX_up_ref(site->server[site->servers++]);
	}
	site->client = old->client;
	SSL_CTX_up_ref(site->client);
}

static void load_again(struct sf_tls_site *site, const struct sf_tls_site *old,
		       void (*told)(const char *section, const char *why))
{
	char why[SF_TLS_WHY_MAX];
	int err;

	if (same(site->stamp, old->stamp)) {
		keep(site, old);
		return;
	}
	err = sf_tls_load(site, why);
	if (err)
		keep(site, old);
	told(site->conf.name, err ? why : NULL);
}

struct sf_tls *sf_tls_again(struct sf_tls *old,
			    void (*told)(const char *section, const char *why))
{
	struct sf_tls *tls = sf_tls_new();
	const struct sf_tls_site *was = tls ? old->sites : NULL;
	struct sf_tls_site *site;

	for (; was; was = was->next) {
		site = new_site(&was->conf);
		if (!site) {
			sf_tls_put(tls);
			return NULL;
		}
		load_again(site, was, told);
		append(tls, site);
	}
	return tls;
}

bool sf_tls_is_legacy(const struct sf_tls_site *site)
{
	return site->conf.profile == SF_TLS_LEGACY;
}

bool sf_tls_is_private(const struct sf_tls_site *site)
{
	return site->conf.ca || site->conf.pins;
}

const struct sf_tls_site *sf_tls_find(const struct sf_tls *tls,
				      const char *name)
{
	const struct sf_tls_site *site = tls ? tls->sites : NULL;

	while (site && name && *name && strcmp(site->conf.name, name))
		site = site->next;
	return site;
}

struct sf_tls *sf_tls_new(void)
{
	struct sf_tls *tls = calloc(1, sizeof(*tls));

	if (!tls)
		return NULL;
	atomic_init(&tls->refs, 1);
	tls->last = &tls->sites;
	return tls;
}

struct sf_tls *sf_tls_get(struct sf_tls *tls)
{
	if (tls)
		atomic_fetch_add(&tls->refs, 1);
	return tls;
}

void sf_tls_put(struct sf_tls *tls)
{
	struct sf_tls_site *site;

	if (!tls || atomic_fetch_sub(&tls->refs, 1) != 1)
		return;
	while ((site = tls->sites)) {
		tls->sites = site->next;
		free_site(site);
	}
	free(tls);
}
