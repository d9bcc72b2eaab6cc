/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sighting.h - a message that sipfastd saw, as it tells of it
 */
#ifndef SIPFAST_CLI_SIGHTING_H
#define SIPFAST_CLI_SIGHTING_H

#include <jansson.h>

#include <sipfast/msg.h>

#include "../util/hash.h"
#include "cli.h"

/**
 * struct sf_sighting - the message
 * @number: which one of this trace, from 1
 * @time_ns: when, in nanoseconds since 1970
 * @since_ns: the first one of the trace
 * @delta_ns: the one before
 * @sent: by sipfastd; otherwise it came
 * @again: the same went the same way shortly before
 * @worker: whose sockets it went through
 * @connection: a number of its own; 0: there is none
 * @transport: "udp", "tcp", "tls", "ws", "wss"
 * @error: why it could not be sent; "" when it was
 * @local: sipfastd's address
 * @remote: the peer's
 * @reason: SF_OK, or why it cannot be read
 * @msg: its index
 * @len: of @bytes
 * @bytes: it, secrets replaced
 */
struct sf_sighting {
	uint64_t number;
	uint64_t time_ns;
	uint64_t since_ns;
	uint64_t delta_ns;
	bool sent;
	bool again;
	unsigned int worker;
	uint64_t connection;
	char transport[8];
	char error[80];
	struct sf_endpoint local;
	struct sf_endpoint remote;
	enum sf_reason reason;
	struct sf_msg msg;
	uint32_t len;
	char bytes[SF_MSG_MAX];
};

/**
 * sf_sighting_read() - take it from what the daemon says
 * @sighting: not @number, @since_ns, @delta_ns, @again: see sf_sightings_add()
 *
 * Return: false when it tells of no message.
 */
bool sf_sighting_read(struct sf_sighting *sighting, const json_t *event);

/**
 * sf_sighting_word() - what it is, in a few words: "INVITE (SDP)", "180 Ringing"
 * @buf: @size bytes
 *
 * Return: @buf.
 */
const char *sf_sighting_word(const struct sf_sighting *sighting, char *buf,
			     size_t size);

/**
 * sf_sighting_peer() - the user whom the peer seems to be; "" when that is unknown
 */
const char *sf_sighting_peer(const struct sf_sighting *sighting, char *buf,
			     size_t size);

/* "tls 192.0.2.1:40000" */
#define SF_PLACE_LEN	(SF_ENDPOINT_LEN + 9)
const char *sf_sighting_place(const struct sf_sighting *sighting, char *buf);

/* When that was. */
struct timespec sf_sighting_time(const struct sf_sighting *sighting);

/* The colour of what it is. */
enum sf_color sf_sighting_color(const struct sf_sighting *sighting);

/* An object of it. */
json_t *sf_sighting_json(const struct sf_sighting *sighting);

/* Messages in which another one is looked for. */
#define SF_SIGHTINGS	256

/**
 * struct sf_sightings - those that there were
 * @key: of the hashes in @seen
 * @seen: the last ones, with their ways
 * @count: how many there were
 * @first_ns: when the first was
 * @last_ns: when the last was
 */
struct sf_sightings {
	struct sf_hash_key key;
	uint64_t seen[SF_SIGHTINGS];
	uint64_t count;
	uint64_t first_ns;
	uint64_t last_ns;
};

/**
 * sf_sightings_add() - write what it is among the others
 * @sightings: zeroes at first
 */
void sf_sightings_add(struct sf_sightings *sightings,
		      struct sf_sighting *sighting);

#endif /* SIPFAST_CLI_SIGHTING_H */
