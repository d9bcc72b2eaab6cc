/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * names.h - header names for a reader that has their first word at hand
 */
#ifndef SIPFAST_CORE_NAMES_H
#define SIPFAST_CORE_NAMES_H

#include <sipfast/hdr.h>

/**
 * sf_hdr_lookup() - the number of a header name
 * @head: the eight bytes at @p as sf_load64() gives them, or fewer and zeros
 * @p: the name, in which no byte is SP or below
 * @len: its length
 *
 * Return: as sf_hdr_id().
 */
enum sf_hdr_id sf_hdr_lookup(u64 head, const char *p, u32 len);

#endif /* SIPFAST_CORE_NAMES_H */
