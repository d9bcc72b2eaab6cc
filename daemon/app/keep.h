/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * keep.h - phones behind a NAT that is not ours stay within reach
 *
 * Such a NAT forgets a phone over UDP that says nothing for half a minute. One that
 * says that it is elsewhere than where it comes from, and does not keep its flow alive
 * itself (RFC 5626), is sent an OPTIONS each time: what it answers passes the NAT from
 * inside, which is all that some of them count.
 */
#ifndef SIPFAST_APP_KEEP_H
#define SIPFAST_APP_KEEP_H

#include "record.h"
#include "worker.h"

/**
 * sf_keep_wants() - is a phone to be kept within reach?
 */
bool sf_keep_wants(const struct sf_record *record);

/**
 * sf_keep_send() - send it something to answer; from any thread, locks may be held
 * @owner: a struct sf_daemon: it is called by the location
 *
 * Nobody waits for the answer. Where there is no room for it the next one will do.
 */
void sf_keep_send(void *owner, const struct sf_record *record);

#endif /* SIPFAST_APP_KEEP_H */
