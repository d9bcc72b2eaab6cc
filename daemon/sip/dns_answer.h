/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dns_answer.h - what a DNS message says about a name
 *
 * Of the many things that a message may hold, what a SIP URI needs: addresses,
 * SRV records, and NAPTR records of SIP's services. Any bytes may come.
 */
#ifndef SIPFAST_SIP_DNS_ANSWER_H
#define SIPFAST_SIP_DNS_ANSWER_H

#include <sipfast/span.h>

#include "dns_name.h"

/* Types of records (RFC 1035, 3596, 2782, 3403). */
enum sf_dns_type {
	SF_DNS_A = 1,
	SF_DNS_CNAME = 5,
	SF_DNS_SOA = 6,
	SF_DNS_AAAA = 28,
	SF_DNS_SRV = 33,
	SF_DNS_NAPTR = 35,
};

#define SF_DNS_RECORDS_MAX	16	/* of one answer; more are left out */
#define SF_DNS_TEXT_MAX		1024	/* bytes of their names, the same */

/**
 * struct sf_dns_record - one record
 * @first: SRV: priority; NAPTR: order; the lower is the better
 * @second: SRV: weight; NAPTR: preference
 * @port: SRV
 * @name: SRV: target; NAPTR: replacement; see sf_dns_answer_name()
 * @transport: NAPTR: enum sf_transport of its service
 * @ip: A and AAAA
 */
struct sf_dns_record {
	u16 first;
	u16 second;
	u16 port;
	u16 name;
	u8 transport;
	struct sf_ip ip;
};

/**
 * struct sf_dns_answer - all of them
 * @err: 0; -ENOENT: there are none; -EAGAIN: nobody knows. An SRV record for
 *       "." says that there is no service: that is 0, and no records.
 * @ttl: seconds that this holds, as DNS says
 * @count: entries of @at
 * @text_len: bytes of @text
 * @at: the records
 * @text: their names; only what is used has to be kept
 */
struct sf_dns_answer {
	int err;
	u32 ttl;
	u32 count;
	u32 text_len;
	struct sf_dns_record at[SF_DNS_RECORDS_MAX];
	char text[SF_DNS_TEXT_MAX];
};

static inline const char *sf_dns_answer_name(const struct sf_dns_answer *answer,
					     u32 i)
{
	return answer->text + answer->at[i].name;
}

/* Bytes from the beginning that are in use. */
static inline size_t sf_dns_answer_size(const struct sf_dns_answer *answer)
{
	return offsetof(struct sf_dns_answer, text) + answer->text_len;
}

/* There are no records, and that is why: @err is not 0. */
void sf_dns_answer_none(struct sf_dns_answer *answer, int err);

/**
 * sf_dns_answer_read() - read a message
 * @answer: written in any case
 * @name: what was asked for, as in dns_name.h
 * @type: of SF_DNS_A, AAAA, SRV and NAPTR
 *
 * Aliases (CNAME) are followed inside the message.
 */
void sf_dns_answer_read(struct sf_dns_answer *answer, const u8 *buf, u32 len,
			const char *name, enum sf_dns_type type);

#endif /* SIPFAST_SIP_DNS_ANSWER_H */
