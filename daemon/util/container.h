/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * container.h - from a part to the whole
 */
#ifndef SIPFAST_UTIL_CONTAINER_H
#define SIPFAST_UTIL_CONTAINER_H

#include <stddef.h>

#ifndef container_of
#define container_of(ptr, type, member) \
	((type *)((char *)(ptr) - offsetof(type, member)))
#endif

#endif /* SIPFAST_UTIL_CONTAINER_H */
