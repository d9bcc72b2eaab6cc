// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * dns.c - any bytes as an answer of DNS, and as the name of a host
 */
#include <errno.h>
#include <string.h>

#include <sipfast/value.h>

#include "../../daemon/sip/dns_answer.h"
#include "../../daemon/sip/srv.h"
#include "fuzz.h"

static const enum sf_dns_type types[] = {
	SF_DNS_A, SF_DNS_AAAA, SF_DNS_SRV, SF_DNS_NAPTR,
};

static void doubt_name(const char *name)
{
	u32 len = (u32)strnlen(name, SF_DNS_NAME_SIZE), i;

	must(len && len < SF_DNS_NAME_SIZE, "a name of no length");
	for (i = 0; i < len; i++)
		must((name[i] >= 'a' && name[i] <= 'z') ||
		     (name[i] >= '0' && name[i] <= '9') ||
		     name[i] == '-' || name[i] == '_' || name[i] == '.',
		     "a name that no host has");
}

static void doubt_record(const struct sf_dns_answer *answer, u32 i,
			 enum sf_dns_type type)
{
	const struct sf_dns_record *record = &answer->at[i];

	if (type == SF_DNS_A || type == SF_DNS_AAAA) {
		must(record->ip.family == (type == SF_DNS_A ? 4 : 6),
		     "an address of another family");
		return;
	}
	must(record->name < answer->text_len, "a name outside");
	must(memchr(answer->text + record->name, 0, answer->text_len - record->name),
	     "a name without an end");
	doubt_name(sf_dns_answer_name(answer, i));
	if (type == SF_DNS_SRV)
		must(record->port, "a server without a port");
	else
		must(record->transport >= SF_TRANSPORT_UDP &&
		     record->transport <= SF_TRANSPORT_TLS, "a service that is none");
}

/* An order is a permutation. */
static void doubt_order(const struct sf_dns_answer *answer, enum sf_dns_type type)
{
	u8 order[SF_DNS_RECORDS_MAX];
	u32 seen = 0, i;
	u64 seed = 1;

	if (type == SF_DNS_SRV)
		sf_srv_order(answer, order, &seed);
	else
		sf_naptr_order(answer, order);
	for (i = 0; i < answer->count; i++)
		seen |= 1u << order[i];
	must(seen == (1u << answer->count) - 1, "servers lost or doubled");
}

static void doubt(const struct sf_dns_answer *answer, enum sf_dns_type type)
{
	u32 i;

	must(answer->count <= SF_DNS_RECORDS_MAX, "too many records");
	must(answer->text_len <= SF_DNS_TEXT_MAX, "too much text");
	must(!answer->err || answer->err == -ENOENT || answer->err == -EAGAIN,
	     "an error that is none");
	must(!answer->err || !answer->count, "records and none");
	must(!answer->err == answer->count > 0 || type == SF_DNS_SRV,
	     "neither records nor none");
	must(answer->ttl <= INT32_MAX, "a time that never ends");
	for (i = 0; i < answer->count; i++)
		doubt_record(answer, i, type);
	doubt_order(answer, type);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct sf_dns_answer answer;
	const struct sf_text text = { .s = (const char *)data, .len = (u32)size };
	char name[SF_DNS_NAME_SIZE];
	u32 i;

	for (i = 0; i < ARRAY_SIZE(types); i++) {
		sf_dns_answer_read(&answer, data, (u32)size, "a.example", types[i]);
		doubt(&answer, types[i]);
	}
	if (sf_dns_name_text(name, text))
		doubt_name(name);
	return 0;
}
