// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tls_conf.c - a section as the configuration has it, and its files
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "tls_internal.h"

/* The files of a section, each at its own number; NULL: it names none there. */
static const char **file_of(struct sf_tls_conf *conf, u32 i)
{
	if (i < SF_TLS_CERTS_MAX)
		return &conf->certificate[i];
	if (i < 2 * SF_TLS_CERTS_MAX)
		return &conf->key[i - SF_TLS_CERTS_MAX];
	return i == 2 * SF_TLS_CERTS_MAX ? &conf->ca : &conf->crl;
}

void sf_tls_conf_free(struct sf_tls_conf *conf)
{
	u32 i;

	for (i = 0; i < SF_TLS_FILES_MAX; i++)
		free((void *)*file_of(conf, i));
	free((void *)conf->name);
}

static const char *copy(const char *text, bool *good)
{
	char *made = text ? strdup(text) : NULL;

	*good &= !text || made;
	return made;
}

/* What is not there is NULL then, so that it can be freed anyway. */
int sf_tls_conf_copy(struct sf_tls_conf *to, const struct sf_tls_conf *from)
{
	bool good = true;
	u32 i;

	*to = *from;
	to->name = copy(from->name, &good);
	for (i = 0; i < SF_TLS_FILES_MAX; i++)
		*file_of(to, i) = copy(*file_of(to, i), &good);
	return good ? 0 : -ENOMEM;
}

static s64 ns(const struct timespec *time)
{
	return (s64)time->tv_sec * 1000000000 + time->tv_nsec;
}

static struct sf_tls_stamp stamp_of(const char *file)
{
	struct stat st;

	if (!file || stat(file, &st))
		return (struct sf_tls_stamp){ 0 };
	return (struct sf_tls_stamp){
		.device = st.st_dev,
		.inode = st.st_ino,
		.size = (u64)st.st_size,
		.written_ns = ns(&st.st_mtim),
		.changed_ns = ns(&st.st_ctim),
	};
}

/* @stamp: SF_TLS_FILES_MAX of them */
void sf_tls_stamps(const struct sf_tls_conf *conf, struct sf_tls_stamp *stamp)
{
	struct sf_tls_conf files = *conf;
	u32 i;

	for (i = 0; i < SF_TLS_FILES_MAX; i++)
		stamp[i] = stamp_of(*file_of(&files, i));
}
