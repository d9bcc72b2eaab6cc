// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * wire.c - DNS messages, written byte by byte
 */
#include <stdlib.h>

#include "wire.h"

void wire_bytes(struct wire *wire, const void *bytes, u32 len)
{
	if (len > sizeof(wire->buf) - wire->len)
		abort();
	memcpy(wire->buf + wire->len, bytes, len);
	wire->len += len;
}

void wire_u8(struct wire *wire, u32 val)
{
	u8 byte = (u8)val;

	wire_bytes(wire, &byte, 1);
}

void wire_u16(struct wire *wire, u32 val)
{
	wire_u8(wire, val >> 8);
	wire_u8(wire, val);
}

void wire_u32(struct wire *wire, u32 val)
{
	wire_u16(wire, val >> 16);
	wire_u16(wire, val);
}

void wire_string(struct wire *wire, const char *text)
{
	u32 len = (u32)strlen(text);

	wire_u8(wire, len);
	wire_bytes(wire, text, len);
}

void wire_name(struct wire *wire, const char *name)
{
	while (*name) {
		u32 len = (u32)strcspn(name, ".");

		wire_u8(wire, len);
		wire_bytes(wire, name, len);
		name += len + (name[len] == '.');
	}
	wire_u8(wire, 0);
}

static void count(struct wire *wire, enum wire_section section)
{
	if (!++wire->buf[section + 1])
		wire->buf[section]++;
}

void wire_header(struct wire *wire, u16 id, u32 rcode)
{
	wire->len = 0;
	wire_u16(wire, id);
	wire_u16(wire, 0x8180 | rcode);
	wire_u32(wire, 0);
	wire_u32(wire, 0);
}

void wire_question(struct wire *wire, const char *name, u16 type)
{
	wire_name(wire, name);
	wire_u16(wire, type);
	wire_u16(wire, 1);
	count(wire, WIRE_QUESTION);
}

void wire_record(struct wire *wire, enum wire_section section, const char *owner,
		 u16 type, u32 ttl, const void *data, u32 len)
{
	wire_name(wire, owner);
	wire_u16(wire, type);
	wire_u16(wire, 1);
	wire_u32(wire, ttl);
	wire_u16(wire, len);
	wire_bytes(wire, data, len);
	count(wire, section);
}

void wire_srv(struct wire *data, u16 priority, u16 weight, u16 port,
	      const char *target)
{
	data->len = 0;
	wire_u16(data, priority);
	wire_u16(data, weight);
	wire_u16(data, port);
	wire_name(data, target);
}

void wire_naptr(struct wire *data, u16 order, u16 preference, const char *flags,
		const char *service, const char *expression,
		const char *replacement)
{
	data->len = 0;
	wire_u16(data, order);
	wire_u16(data, preference);
	wire_string(data, flags);
	wire_string(data, service);
	wire_string(data, expression);
	wire_name(data, replacement);
}

void wire_soa(struct wire *data, u32 minimum)
{
	data->len = 0;
	wire_name(data, "ns.example");
	wire_name(data, "admin.example");
	wire_u32(data, 1);
	wire_u32(data, 2);
	wire_u32(data, 3);
	wire_u32(data, 4);
	wire_u32(data, minimum);
}
