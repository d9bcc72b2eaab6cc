/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wire.h - DNS messages, written byte by byte
 */
#ifndef SIPFAST_UNIT_WIRE_H
#define SIPFAST_UNIT_WIRE_H

#include <sipfast/deps.h>

/**
 * struct wire - bytes that are being written
 */
struct wire {
	u8 buf[16384];
	u32 len;
};

void wire_u8(struct wire *wire, u32 val);
void wire_u16(struct wire *wire, u32 val);
void wire_u32(struct wire *wire, u32 val);
void wire_bytes(struct wire *wire, const void *bytes, u32 len);

/* A string with its length in front. */
void wire_string(struct wire *wire, const char *text);

/* "a.example" in labels; "" is the root. */
void wire_name(struct wire *wire, const char *name);

/* A header: the counts are put right by wire_record() and wire_question(). */
void wire_header(struct wire *wire, u16 id, u32 rcode);
void wire_question(struct wire *wire, const char *name, u16 type);

/* Sections, by where their count is. */
enum wire_section {
	WIRE_QUESTION = 4,
	WIRE_ANSWER = 6,
	WIRE_AUTHORITY = 8,
	WIRE_ADDITIONAL = 10,
};

void wire_record(struct wire *wire, enum wire_section section, const char *owner,
		 u16 type, u32 ttl, const void *data, u32 len);

/* The contents of records. */
void wire_srv(struct wire *data, u16 priority, u16 weight, u16 port,
	      const char *target);
void wire_naptr(struct wire *data, u16 order, u16 preference, const char *flags,
		const char *service, const char *expression,
		const char *replacement);
void wire_soa(struct wire *data, u32 minimum);

#endif /* SIPFAST_UNIT_WIRE_H */
