/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * layout.h - which attribute of a nest goes into which field of a struct
 *
 * Tables only: decode.c reads and writes messages by them.
 */
#ifndef SIPFAST_SYS_LAYOUT_H
#define SIPFAST_SYS_LAYOUT_H

#include <stddef.h>
#include <stdint.h>

#include <sipfast/deps.h>

#include "kernel.h"

/* What a field holds: the length that its attribute has follows from it. */
enum sf_field_type {
	FIELD_NONE,
	FIELD_U8,
	FIELD_U16,
	FIELD_U32,
	FIELD_U64,
	FIELD_STRING,
	FIELD_BYTES,
	FIELD_ENDPOINT,
	FIELD_PREFIXES,
	FIELD_NEST,
};

struct sf_layout;

/**
 * struct sf_field - where one attribute goes
 * @type: enum sf_field_type
 * @offset: of the field in its struct
 * @nest: what is in it, of FIELD_NEST
 */
struct sf_field {
	uint8_t type;
	uint16_t offset;
	const struct sf_layout *nest;
};

/**
 * struct sf_layout - one nest and its struct, which begins with @present
 * @fields: by the number of the attribute
 * @count: of @fields
 */
struct sf_layout {
	const struct sf_field *fields;
	unsigned int count;
};

#define FIELD(strct, member, kind) \
	{ FIELD_##kind, offsetof(struct strct, member), NULL }

#define NEST(strct, member, layout) \
	{ FIELD_NEST, offsetof(struct strct, member), &(layout) }

#define LAYOUT(rows)	{ rows, ARRAY_SIZE(rows) }

extern const struct sf_layout sf_layout_stream;

/**
 * sf_layout_find() - the layout of a top-level attribute
 *
 * Return: NULL when this build does not know it.
 */
const struct sf_layout *sf_layout_find(unsigned int attr);

#endif /* SIPFAST_SYS_LAYOUT_H */
