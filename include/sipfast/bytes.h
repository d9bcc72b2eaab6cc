/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bytes.h - numbers in network byte order, wherever they lie
 */
#ifndef SIPFAST_BYTES_H
#define SIPFAST_BYTES_H

#include <sipfast/deps.h>

static inline u16 sf_be16(const u8 *p)
{
	return (u16)(p[0] << 8 | p[1]);
}

static inline u32 sf_be24(const u8 *p)
{
	return (u32)p[0] << 16 | sf_be16(p + 1);
}

static inline u32 sf_be32(const u8 *p)
{
	return (u32)p[0] << 24 | sf_be24(p + 1);
}

#endif /* SIPFAST_BYTES_H */
