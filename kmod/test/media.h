/* SPDX-License-Identifier: GPL-2.0 */
/*
 * media.h - packets between the media endpoints of a call on a wire
 */
#ifndef _SF_TEST_MEDIA_H
#define _SF_TEST_MEDIA_H

#include "../port.h"
#include "../stream.h"
#include "talk.h"

/* What a connection's helper is called; "" for none. */
const char *sf_media_helper(const struct nf_conn *ct);

/* The port pair of the phone's media number @index in the oldest call. */
struct sf_end sf_media_face(struct sf_wire *wire, u16 phone_port);

/* An end at the phone's or the provider's address. */
struct sf_end sf_media_phone(struct sf_wire *wire, u16 port);
struct sf_end sf_media_peer(struct sf_wire *wire, u16 port);

/**
 * sf_media_send() - send a packet of media
 * Return: its connection, with a reference.
 */
struct nf_conn *sf_media_send(struct sf_wire *wire, const struct sf_end *from,
			      const struct sf_end *to);

/* Was a connection let in, and does it lead to the phone's port? */
void sf_media_expect_child(struct sf_wire *wire, struct nf_conn *ct,
			   u16 phone_port);

/* Is a connection nobody's child? */
void sf_media_expect_stranger(struct sf_wire *wire, struct nf_conn *ct);

#endif /* _SF_TEST_MEDIA_H */
