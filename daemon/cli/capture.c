// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * capture.c - messages in a file that Wireshark opens
 */
#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

#include "../util/out.h"
#include "capture.h"

#define LINKTYPE_WIRESHARK_UPPER_PDU	252

/* Types of blocks. */
#define BLOCK_SECTION	0x0a0d0d0a
#define BLOCK_INTERFACE	1
#define BLOCK_PACKET	6
#define BYTE_ORDER_MAGIC	0x1a2b3c4d

/* Options of blocks. */
enum {
	OPT_END = 0,
	OPT_COMMENT = 1,
	OPT_SECTION_PROGRAM = 4,
	OPT_INTERFACE_NAME = 2,
	OPT_INTERFACE_RESOLUTION = 9,
	OPT_PACKET_FLAGS = 2,
};

#define INBOUND		1
#define OUTBOUND	2
#define NANOSECONDS	9	/* negative powers of ten of a second */

/* What stands in front of a message (Wireshark, epan/exported_pdu.h). */
enum {
	TAG_END = 0,
	TAG_DISSECTOR = 12,
	TAG_IPV4_SOURCE = 20,
	TAG_IPV4_TARGET = 21,
	TAG_IPV6_SOURCE = 22,
	TAG_IPV6_TARGET = 23,
	TAG_PORT_TYPE = 24,
	TAG_SOURCE_PORT = 25,
	TAG_TARGET_PORT = 26,
};

#define PORT_TCP	2
#define PORT_UDP	3

/* The longest block: a message, tags, options. */
#define BLOCK_MAX	(SF_MSG_MAX + 1024)

/* Blocks are in the order of this machine, tags in that of the network. */
static void put_u16(struct sf_out *out, uint16_t value)
{
	sf_put(out, (const char *)&value, sizeof(value));
}

static void put_u32(struct sf_out *out, uint32_t value)
{
	sf_put(out, (const char *)&value, sizeof(value));
}

static void pad(struct sf_out *out)
{
	sf_put(out, "\0\0\0", -out->len & 3);
}

static void put_option(struct sf_out *out, uint16_t option, const void *value,
		       size_t len)
{
	put_u16(out, option);
	put_u16(out, (uint16_t)len);
	sf_put(out, value, (u32)len);
	pad(out);
}

static void put_tag(struct sf_out *out, uint16_t tag, const void *value,
		    uint16_t len)
{
	put_u16(out, htons(tag));
	put_u16(out, htons(len));
	sf_put(out, value, len);
}

static void put_number(struct sf_out *out, uint16_t tag, uint32_t value)
{
	value = htonl(value);
	put_tag(out, tag, &value, sizeof(value));
}

/* Type and length come first, and the length once more at the end. */
static void begin_block(struct sf_out *out, uint32_t type)
{
	put_u32(out, type);
	put_u32(out, 0);
}

static void end_block(struct sf_capture *capture, struct sf_out *out)
{
	uint32_t len;

	put_u16(out, OPT_END);
	put_u16(out, 0);
	len = out->len + (uint32_t)sizeof(len);
	put_u32(out, len);
	memcpy(out->buf + sizeof(len), &len, sizeof(len));
	fwrite(out->buf, 1, out->len, capture->file);
}

void sf_capture_begin(struct sf_capture *capture)
{
	static const char program[] = "sipfast trace";
	char buf[128];
	struct sf_out out = sf_out(buf, sizeof(buf));

	begin_block(&out, BLOCK_SECTION);
	put_u32(&out, BYTE_ORDER_MAGIC);
	put_u16(&out, 1);	/* version 1.0 */
	put_u16(&out, 0);
	put_u32(&out, UINT32_MAX);	/* of a length that nobody knows yet */
	put_u32(&out, UINT32_MAX);
	put_option(&out, OPT_SECTION_PROGRAM, program, sizeof(program) - 1);
	end_block(capture, &out);
	fflush(capture->file);
}

static void put_interface(struct sf_capture *capture, const char *transport)
{
	const uint8_t resolution = NANOSECONDS;
	char name[32], buf[128];
	struct sf_out out = sf_out(buf, sizeof(buf));

	snprintf(name, sizeof(name), "sipfastd-%s", transport);
	begin_block(&out, BLOCK_INTERFACE);
	put_u16(&out, LINKTYPE_WIRESHARK_UPPER_PDU);
	put_u16(&out, 0);
	put_u32(&out, 0);	/* packets are never cut */
	put_option(&out, OPT_INTERFACE_NAME, name, strlen(name));
	put_option(&out, OPT_INTERFACE_RESOLUTION, &resolution, 1);
	end_block(capture, &out);
}

/* The number of its interface; more transports than there are have the last. */
static uint32_t interface(struct sf_capture *capture, const char *transport)
{
	uint32_t i;

	for (i = 0; i < capture->ways; i++)
		if (!strcmp(capture->way[i], transport))
			return i;
	if (i == SF_CAPTURE_WAYS)
		return i - 1;
	snprintf(capture->way[i], sizeof(capture->way[i]), "%s", transport);
	capture->ways++;
	put_interface(capture, transport);
	return i;
}

static void put_tags(struct sf_out *out, const struct sf_sighting *sighting)
{
	bool six = sighting->remote.family == AF_INET6;
	const struct sf_endpoint *from = &sighting->remote;
	const struct sf_endpoint *to = &sighting->local;

	if (sighting->sent) {
		from = &sighting->local;
		to = &sighting->remote;
	}
	put_tag(out, TAG_DISSECTOR, "sip", 4);
	put_tag(out, six ? TAG_IPV6_SOURCE : TAG_IPV4_SOURCE, from->addr,
		six ? 16 : 4);
	put_tag(out, six ? TAG_IPV6_TARGET : TAG_IPV4_TARGET, to->addr,
		six ? 16 : 4);
	put_number(out, TAG_PORT_TYPE, strcmp(sighting->transport, "udp") ?
					       PORT_TCP : PORT_UDP);
	put_number(out, TAG_SOURCE_PORT, from->port);
	put_number(out, TAG_TARGET_PORT, to->port);
	put_tag(out, TAG_END, "", 0);
}

static void put_comment(struct sf_out *out, const struct sf_sighting *sighting)
{
	char text[160];
	int len = snprintf(text, sizeof(text), "%s, worker %u",
			   sighting->transport, sighting->worker);

	if (sighting->connection)
		len += snprintf(text + len, sizeof(text) - (size_t)len,
				", connection %llu",
				(unsigned long long)sighting->connection);
	if (*sighting->error)
		snprintf(text + len, sizeof(text) - (size_t)len,
			 ", not sent: %s", sighting->error);
	put_option(out, OPT_COMMENT, text, strlen(text));
}

/* Its length is known when all of it is written. */
static void put_data(struct sf_out *out, const struct sf_sighting *sighting)
{
	u32 at = out->len, begin = at + 8;
	uint32_t len;

	put_u32(out, 0);	/* captured */
	put_u32(out, 0);	/* of the original */
	put_tags(out, sighting);
	sf_put(out, sighting->bytes, sighting->len);
	len = out->len - begin;
	memcpy(out->buf + at, &len, sizeof(len));
	memcpy(out->buf + at + 4, &len, sizeof(len));
	pad(out);
}

bool sf_capture_add(struct sf_capture *capture,
		    const struct sf_sighting *sighting)
{
	static char buf[BLOCK_MAX];
	const uint32_t flags = sighting->sent ? OUTBOUND : INBOUND;
	uint32_t number = interface(capture, sighting->transport);
	struct sf_out out = sf_out(buf, sizeof(buf));

	begin_block(&out, BLOCK_PACKET);
	put_u32(&out, number);
	put_u32(&out, (uint32_t)(sighting->time_ns >> 32));
	put_u32(&out, (uint32_t)sighting->time_ns);
	put_data(&out, sighting);
	put_comment(&out, sighting);
	put_option(&out, OPT_PACKET_FLAGS, &flags, sizeof(flags));
	end_block(capture, &out);
	return !fflush(capture->file) && !ferror(capture->file);
}
