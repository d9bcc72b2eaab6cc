/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dns_name.h - names of hosts, as people and as DNS write them
 *
 * In memory a name is a string in lower case, without the dot at its end; the
 * root is "".
 */
#ifndef SIPFAST_SIP_DNS_NAME_H
#define SIPFAST_SIP_DNS_NAME_H

#include "../util/text.h"

/* Room for any of them: 253 bytes (RFC 1035, 2.3.4) and a NUL. */
#define SF_DNS_NAME_SIZE	254

/* What sf_dns_name_read() makes of a name that no host can have. */
#define SF_DNS_NAME_STRANGE	"?"

/**
 * sf_dns_name_text() - take a name out of a message or the configuration
 * @name: SF_DNS_NAME_SIZE bytes; written only on success
 *
 * Letters, digits, '-' and '_' in labels of 1 to 63; a last one of digits alone
 * is what is left of an address (RFC 3696, 2).
 *
 * Return: false when no host can have that name.
 */
bool sf_dns_name_text(char *name, struct sf_text text);

/**
 * sf_dns_name_read() - take a name out of a DNS message (RFC 1035, 4.1.4)
 * @buf: the message, @len bytes
 * @off: where the name begins
 * @name: SF_DNS_NAME_SIZE bytes
 *
 * Return: where what follows the name begins; 0 when the message is broken.
 */
u32 sf_dns_name_read(const u8 *buf, u32 len, u32 off, char *name);

#endif /* SIPFAST_SIP_DNS_NAME_H */
