/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * granted.h - what a registrar granted us (RFC 3261, 10.2.4, 10.3)
 */
#ifndef SIPFAST_APP_GRANTED_H
#define SIPFAST_APP_GRANTED_H

#include "../sip/message.h"

/**
 * sf_granted_expires() - for how long
 * @response: a 200 to REGISTER
 * @end: the address of our Contact
 * @asked: what was asked for
 *
 * Return: seconds, from our Contact if it is there, from Expires, or @asked.
 */
u32 sf_granted_expires(const struct sf_message *response,
		       const struct sf_end *end, u32 asked);

/**
 * sf_granted_min() - Min-Expires of a 423
 * Return: seconds; 0 when there is none.
 */
u32 sf_granted_min(const struct sf_message *response);

#endif /* SIPFAST_APP_GRANTED_H */
