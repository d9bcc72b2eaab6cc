/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * message.h - a SIP message as the core reads it, for the eyes of people
 */
#ifndef SIPFAST_CLI_MESSAGE_H
#define SIPFAST_CLI_MESSAGE_H

#include <jansson.h>

#include <sipfast/check.h>
#include <sipfast/role.h>
#include <sipfast/sdp.h>

#include "cli.h"

/**
 * struct sf_message - one message of a file
 * @offset: where its first byte is in the file
 * @size: bytes of the file from there on
 * @framed: what framing and start line are; the index below holds what was
 *          read, whatever it says
 * @reason: the verdict of full validation, or @framed when that failed
 * @check: what is wrong, for a @reason that is not @framed
 * @msg: the index; offsets count from @offset
 * @described: what looking for a session description said, and reading it
 * @sdp: it, if @described is SF_OK
 */
struct sf_message {
	size_t offset;
	size_t size;
	enum sf_reason framed;
	enum sf_reason reason;
	struct sf_check check;
	struct sf_msg msg;
	enum sf_reason described;
	struct sf_sdp sdp;
};

/**
 * sf_message_read() - read the first message of some bytes
 * @message: all fields but @offset are set
 * @stream: they are a stream; otherwise they are one datagram
 */
void sf_message_read(struct sf_message *message, const char *bytes, size_t len,
		     bool stream);

/**
 * sf_message_verdict() - "complete", "partial" or "bad"
 */
const char *sf_message_verdict(const struct sf_message *message);

/**
 * struct sf_message_at - where sf_message_via() or sf_message_uri() goes on
 * @begun: it was asked before
 * @hdr: the header line it is in; NULL: none is left
 * @rest: what is left of its value
 */
struct sf_message_at {
	bool begun;
	const struct sf_hdr *hdr;
	struct sf_span rest;
};

/**
 * sf_message_via() - the next Via of all its lines
 * sf_message_uri() - the next URI: Request-URI, then those of headers
 * @at: where it stands; zeroes at first
 *
 * Elements that cannot be read are left out.
 *
 * Return: false when there are no more.
 */
bool sf_message_via(const struct sf_message *message, struct sf_message_at *at,
		    struct sf_via *via);
bool sf_message_uri(const struct sf_message *message, struct sf_message_at *at,
		    struct sf_uri *uri);

/* Names of the core's enumerators; those of no kind are "other". */
const char *sf_message_transport(u8 transport);
const char *sf_message_scheme(u8 scheme);
const char *sf_message_media(u8 type);
const char *sf_message_proto(u8 proto);
const char *sf_message_dir(enum sf_sdp_dir dir);
const char *sf_message_help(enum sf_help help);

/**
 * sf_message_ruling() - "forward", "absorb", "discard" or a status code
 * @go: the word for SF_GO
 * @buf: at least 8 bytes
 */
const char *sf_message_ruling(u16 ruling, const char *go, char *buf);

/**
 * sf_message_print() - print it as text
 * @file: where it comes from
 */
void sf_message_print(struct sf_cli *cli, const char *file,
		      const struct sf_message *message);

/**
 * sf_message_json() - make an object of it
 * @file: where it comes from, or NULL
 */
json_t *sf_message_json(const char *file, const struct sf_message *message);

#endif /* SIPFAST_CLI_MESSAGE_H */
