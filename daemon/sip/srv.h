/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * srv.h - in which order the servers of a name are tried
 */
#ifndef SIPFAST_SIP_SRV_H
#define SIPFAST_SIP_SRV_H

#include "dns_answer.h"

/**
 * sf_srv_order() - by priority, and at random by weight among equals (RFC 2782)
 * @order: takes the indices of @answer's records
 * @seed: for the dice; moves on
 */
void sf_srv_order(const struct sf_dns_answer *answer,
		  u8 order[SF_DNS_RECORDS_MAX], u64 *seed);

/**
 * sf_naptr_order() - by order and preference (RFC 3403, 4.1)
 */
void sf_naptr_order(const struct sf_dns_answer *answer,
		    u8 order[SF_DNS_RECORDS_MAX]);

#endif /* SIPFAST_SIP_SRV_H */
