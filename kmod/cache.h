/* SPDX-License-Identifier: GPL-2.0 */
/*
 * cache.h - where the objects of a call come from
 *
 * There is one of each per call and more, and their sizes are far from the
 * powers of two that kmalloc() has.
 */
#ifndef _SF_CACHE_H
#define _SF_CACHE_H

#include <linux/slab.h>

extern struct kmem_cache *sf_call_cache;
extern struct kmem_cache *sf_dialog_cache;
extern struct kmem_cache *sf_media_cache;
extern struct kmem_cache *sf_port_cache;
extern struct kmem_cache *sf_stream_cache;
extern struct kmem_cache *sf_meters_cache;
extern struct kmem_cache *sf_path_cache;

/* Make them. Return: 0, or -ENOMEM. */
int sf_cache_init(void);

/* No object is left, and none waits for RCU to be freed. */
void sf_cache_exit(void);

#endif /* _SF_CACHE_H */
