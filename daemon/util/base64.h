/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base64.h - bytes as text that may stand in a URI (RFC 4648, 5, no padding)
 */
#ifndef SIPFAST_UTIL_BASE64_H
#define SIPFAST_UTIL_BASE64_H

#include "out.h"

void sf_put_base64(struct sf_out *out, const u8 *bytes, u32 len);

/**
 * sf_base64_read() - read that
 * @bytes: room for @max bytes
 *
 * Return: how many there are; -1 when it is none, or there are more.
 */
int sf_base64_read(const char *text, u32 len, u8 *bytes, u32 max);

#endif /* SIPFAST_UTIL_BASE64_H */
