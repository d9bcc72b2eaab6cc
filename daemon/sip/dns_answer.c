// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * dns_answer.c - what a DNS message says about a name
 *
 * RFC 1035, 4 (messages), RFC 2308, 5 (answers that say no), RFC 2782 (SRV),
 * RFC 3403, 4 (NAPTR) with the services of RFC 3263, 4.1.
 *
 * A message that is broken in its frame is not believed at all; a record whose
 * contents are is left out.
 */
#include <errno.h>

#include <sipfast/value.h>

#include "dns_answer.h"

#define HEADER		12
#define RESPONSE	0x80
#define RCODE		0x0f
#define NO_ERROR	0
#define NO_SUCH_NAME	3
#define CLASS_IN	1
#define ALIASES_MAX	8
#define TTL_NONE	30	/* of "there is none" without a SOA record */

/**
 * struct message - what is read
 * @off: where the next record begins
 */
struct message {
	const u8 *buf;
	u32 len;
	u32 off;
};

/**
 * struct record - a record's frame
 * @data: where its contents begin, @len bytes that are inside the message
 */
struct record {
	char owner[SF_DNS_NAME_SIZE];
	u16 type;
	u16 class;
	u32 ttl;
	u32 data;
	u32 len;
};

static u16 u16_at(const struct message *msg, u32 off)
{
	return (u16)(msg->buf[off] << 8 | msg->buf[off + 1]);
}

static u32 u32_at(const struct message *msg, u32 off)
{
	return (u32)u16_at(msg, off) << 16 | u16_at(msg, off + 2);
}

/* RFC 2181, 8: a time with the highest bit set is none. */
static u32 ttl_at(const struct message *msg, u32 off)
{
	u32 ttl = u32_at(msg, off);

	return ttl >> 31 ? 0 : ttl;
}

static bool skip_questions(struct message *msg, u32 count)
{
	char name[SF_DNS_NAME_SIZE];

	for (; count; count--) {
		u32 off = sf_dns_name_read(msg->buf, msg->len, msg->off, name);

		if (!off || msg->len - off < 4)
			return false;
		msg->off = off + 4;
	}
	return true;
}

static bool next_record(struct message *msg, struct record *record)
{
	u32 off = sf_dns_name_read(msg->buf, msg->len, msg->off, record->owner);

	if (!off || msg->len - off < 10)
		return false;
	record->type = u16_at(msg, off);
	record->class = u16_at(msg, off + 2);
	record->ttl = ttl_at(msg, off + 4);
	record->len = u16_at(msg, off + 8);
	record->data = off + 10;
	if (record->len > msg->len - record->data)
		return false;
	msg->off = record->data + record->len;
	return true;
}

/* A name that has to end where the record does. */
static bool last_name(const struct message *msg, const struct record *record,
		      u32 off, char *name)
{
	u32 end = record->data + record->len;

	return off < end && sf_dns_name_read(msg->buf, msg->len, off, name) == end &&
	       strcmp(name, SF_DNS_NAME_STRANGE) != 0;
}

/* A record, if there is room for it and for its name. */
static void add(struct sf_dns_answer *answer, struct sf_dns_record record,
		const char *name)
{
	u32 len = name ? (u32)strlen(name) + 1 : 0;

	if (answer->count == SF_DNS_RECORDS_MAX ||
	    len > SF_DNS_TEXT_MAX - answer->text_len)
		return;
	record.name = (u16)answer->text_len;
	if (name)
		memcpy(answer->text + answer->text_len, name, len);
	answer->text_len += len;
	answer->at[answer->count++] = record;
	answer->err = 0;
}

static void add_address(struct sf_dns_answer *answer, const struct message *msg,
			const struct record *record)
{
	struct sf_dns_record to = { 0 };

	if (record->type == SF_DNS_A && record->len == sizeof(to.ip.v4)) {
		to.ip.family = 4;
		memcpy(to.ip.v4, msg->buf + record->data, sizeof(to.ip.v4));
		add(answer, to, NULL);
	}
	if (record->type == SF_DNS_AAAA && record->len == sizeof(to.ip.v6)) {
		to.ip.family = 6;
		memcpy(to.ip.v6, msg->buf + record->data, sizeof(to.ip.v6));
		add(answer, to, NULL);
	}
}

static void add_srv(struct sf_dns_answer *answer, const struct message *msg,
		    const struct record *record)
{
	struct sf_dns_record to = { 0 };
	char name[SF_DNS_NAME_SIZE];

	if (record->len < 7 || !last_name(msg, record, record->data + 6, name))
		return;
	to.first = u16_at(msg, record->data);
	to.second = u16_at(msg, record->data + 2);
	to.port = u16_at(msg, record->data + 4);
	if (!name[0])
		answer->err = 0;
	else if (to.port)
		add(answer, to, name);
}

/* A string with its length in front. Return: where what follows begins, or 0. */
static u32 string_at(const struct message *msg, const struct record *record,
		     u32 off, struct sf_span *string)
{
	u32 end = record->data + record->len;

	if (off >= end || msg->buf[off] > end - off - 1)
		return 0;
	*string = (struct sf_span){ .off = off + 1, .len = msg->buf[off] };
	return sf_span_end(*string);
}

static u8 transport_of(const struct message *msg, struct sf_span service)
{
	const char *buf = (const char *)msg->buf;

	if (sf_span_caseis(buf, service, "SIP+D2U"))
		return SF_TRANSPORT_UDP;
	if (sf_span_caseis(buf, service, "SIP+D2T"))
		return SF_TRANSPORT_TCP;
	if (sf_span_caseis(buf, service, "SIPS+D2T"))
		return SF_TRANSPORT_TLS;
	return SF_TRANSPORT_OTHER;
}

/* Those that lead to SRV records: flag "s", no expression. */
static void add_naptr(struct sf_dns_answer *answer, const struct message *msg,
		      const struct record *record)
{
	struct sf_span string[3];	/* flags, service, expression */
	struct sf_dns_record to = { 0 };
	char name[SF_DNS_NAME_SIZE];
	u32 off = record->data + 4, i;

	if (record->len < 4)
		return;
	for (i = 0; i < ARRAY_SIZE(string); i++) {
		off = string_at(msg, record, off, &string[i]);
		if (!off)
			return;
	}
	to.first = u16_at(msg, record->data);
	to.second = u16_at(msg, record->data + 2);
	to.transport = transport_of(msg, string[1]);
	if (to.transport != SF_TRANSPORT_OTHER && !string[2].len &&
	    sf_span_caseis((const char *)msg->buf, string[0], "s") &&
	    last_name(msg, record, off, name) && name[0])
		add(answer, to, name);
}

static void add_record(struct sf_dns_answer *answer, const struct message *msg,
		       const struct record *record)
{
	if (record->type == SF_DNS_SRV)
		add_srv(answer, msg, record);
	else if (record->type == SF_DNS_NAPTR)
		add_naptr(answer, msg, record);
	else
		add_address(answer, msg, record);
	if (record->ttl < answer->ttl)
		answer->ttl = record->ttl;
}

/* An alias, unless it is of something that no host can be called. */
static bool follow(struct sf_dns_answer *answer, const struct message *msg,
		   const struct record *record, char *name)
{
	char target[SF_DNS_NAME_SIZE];

	if (!last_name(msg, record, record->data, target))
		return false;
	memcpy(name, target, strlen(target) + 1);
	if (record->ttl < answer->ttl)
		answer->ttl = record->ttl;
	return true;
}

/**
 * pass() - once through the answers, for the records of @name
 * @name: the name, then the one that it is an alias of
 * @moved: it was an alias
 *
 * Return: false when the message is broken.
 */
static bool pass(struct sf_dns_answer *answer, struct message *msg, u32 count,
		 char *name, enum sf_dns_type type, bool *moved)
{
	struct record record;

	*moved = false;
	for (; count; count--) {
		if (!next_record(msg, &record))
			return false;
		if (record.class != CLASS_IN || strcmp(record.owner, name) != 0)
			continue;
		if (record.type == type)
			add_record(answer, msg, &record);
		else if (record.type == SF_DNS_CNAME && answer->err &&
			 follow(answer, msg, &record, name))
			*moved = true;
	}
	return true;
}

/* Aliases mostly come in order, and one pass sees them all. */
static bool read_answers(struct sf_dns_answer *answer, struct message *msg,
			 u32 count, const char *asked, enum sf_dns_type type)
{
	char name[SF_DNS_NAME_SIZE];
	u32 start = msg->off, i;
	bool moved = true;

	memcpy(name, asked, strlen(asked) + 1);
	for (i = 0; i < ALIASES_MAX && moved && answer->err; i++) {
		msg->off = start;
		if (!pass(answer, msg, count, name, type, &moved))
			return false;
	}
	return true;
}

/* How long a "no" holds: the SOA record's own time, or what it says. */
static u32 ttl_of_none(struct message *msg, u32 count)
{
	char name[SF_DNS_NAME_SIZE];
	struct record record;
	u32 minimum;

	for (; count && next_record(msg, &record); count--) {
		u32 off = record.data, end = record.data + record.len;

		if (record.type != SF_DNS_SOA)
			continue;
		off = sf_dns_name_read(msg->buf, msg->len, off, name);
		off = off ? sf_dns_name_read(msg->buf, msg->len, off, name) : 0;
		if (!off || off > end || end - off != 20)
			continue;
		minimum = ttl_at(msg, off + 16);
		return minimum < record.ttl ? minimum : record.ttl;
	}
	return TTL_NONE;
}

static void start(struct sf_dns_answer *answer)
{
	answer->err = -ENOENT;
	answer->ttl = UINT32_MAX;
	answer->count = 0;
	answer->text_len = 0;
}

void sf_dns_answer_none(struct sf_dns_answer *answer, int err)
{
	answer->err = err;
	answer->ttl = TTL_NONE;
	answer->count = 0;
	answer->text_len = 0;
}

void sf_dns_answer_read(struct sf_dns_answer *answer, const u8 *buf, u32 len,
			const char *name, enum sf_dns_type type)
{
	struct message msg = { .buf = buf, .len = len, .off = HEADER };
	u32 rcode;

	sf_dns_answer_none(answer, -EAGAIN);
	if (len < HEADER || !(buf[2] & RESPONSE))
		return;
	rcode = buf[3] & RCODE;
	if (rcode != NO_ERROR && rcode != NO_SUCH_NAME)
		return;
	if (!skip_questions(&msg, u16_at(&msg, 4)))
		return;
	start(answer);
	if (!read_answers(answer, &msg, u16_at(&msg, 6), name, type))
		sf_dns_answer_none(answer, -EAGAIN);
	else if (answer->err)
		answer->ttl = ttl_of_none(&msg, u16_at(&msg, 8));
}
