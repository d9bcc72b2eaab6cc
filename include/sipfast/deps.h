/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * deps.h - all that the core asks of its surroundings
 *
 * The core is freestanding: fixed-width types, bool, and the mem* functions.
 * It is the same source in the kernel module, the daemon, the tests and the
 * fuzzers; this is the only file of it that knows which one it is in.
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#ifndef SIPFAST_DEPS_H
#define SIPFAST_DEPS_H

#ifdef __KERNEL__

#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/types.h>

#else

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int32_t s32;
typedef int64_t s64;

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* A C library may have its own. */
#ifndef __always_inline
#define __always_inline inline __attribute__((__always_inline__))
#endif

#endif /* __KERNEL__ */

#endif /* SIPFAST_DEPS_H */
