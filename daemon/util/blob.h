/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * blob.h - bytes that several keep
 *
 * They never change. A blob belongs to one thread.
 */
#ifndef SIPFAST_UTIL_BLOB_H
#define SIPFAST_UTIL_BLOB_H

#include <stdlib.h>

#include <sipfast/deps.h>

struct sf_blob {
	u32 refs;
	u32 len;
	char bytes[];
};

/**
 * sf_blob_new() - a copy of some bytes
 *
 * Return: to be given back with sf_blob_put(); NULL when memory is short.
 */
static inline struct sf_blob *sf_blob_new(const char *bytes, u32 len)
{
	struct sf_blob *blob = malloc(sizeof(*blob) + len);

	if (!blob)
		return NULL;
	blob->refs = 1;
	blob->len = len;
	memcpy(blob->bytes, bytes, len);
	return blob;
}

static inline struct sf_blob *sf_blob_get(struct sf_blob *blob)
{
	blob->refs++;
	return blob;
}

/* NULL is fine. */
static inline void sf_blob_put(struct sf_blob *blob)
{
	if (blob && !--blob->refs)
		free(blob);
}

#endif /* SIPFAST_UTIL_BLOB_H */
