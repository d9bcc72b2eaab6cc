// SPDX-License-Identifier: GPL-2.0
/*
 * cache.c - where the objects of a call come from
 */
#include "cache.h"
#include "call.h"
#include "dialog.h"
#include "media.h"
#include "meter.h"
#include "path.h"
#include "port.h"
#include "stream.h"

struct kmem_cache *sf_call_cache;
struct kmem_cache *sf_dialog_cache;
struct kmem_cache *sf_media_cache;
struct kmem_cache *sf_port_cache;
struct kmem_cache *sf_stream_cache;
struct kmem_cache *sf_meters_cache;
struct kmem_cache *sf_path_cache;

int sf_cache_init(void)
{
	sf_call_cache = KMEM_CACHE(sf_call, 0);
	sf_dialog_cache = KMEM_CACHE(sf_dialog, 0);
	sf_media_cache = KMEM_CACHE(sf_media, 0);
	sf_port_cache = KMEM_CACHE(sf_port, 0);
	sf_stream_cache = KMEM_CACHE(sf_stream, 0);
	sf_meters_cache = KMEM_CACHE(sf_meters, SLAB_HWCACHE_ALIGN);
	sf_path_cache = KMEM_CACHE(sf_path, SLAB_HWCACHE_ALIGN);
	if (sf_call_cache && sf_dialog_cache && sf_media_cache &&
	    sf_port_cache && sf_stream_cache && sf_meters_cache &&
	    sf_path_cache)
		return 0;

	sf_cache_exit();
	return -ENOMEM;
}

void sf_cache_exit(void)
{
	kmem_cache_destroy(sf_call_cache);
	kmem_cache_destroy(sf_dialog_cache);
	kmem_cache_destroy(sf_media_cache);
	kmem_cache_destroy(sf_port_cache);
	kmem_cache_destroy(sf_stream_cache);
	kmem_cache_destroy(sf_meters_cache);
	kmem_cache_destroy(sf_path_cache);
}
