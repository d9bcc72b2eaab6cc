/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sample.h - messages of a small router, and a tool to look at them with
 */
#ifndef SIPFAST_UNIT_CLI_SAMPLE_H
#define SIPFAST_UNIT_CLI_SAMPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "fake.h"

#define SAMPLE_PHONE	"192.168.1.10"
#define SAMPLE_ROUTER	"203.0.113.1"
#define SAMPLE_PROXY	"198.51.100.5"

/**
 * put_endpoint() - add a nest of enum sipfast_endpoint_attr
 * @addr: an address of either family
 * @port: in host order; 0 for none
 */
void put_endpoint(struct nlmsghdr *nlh, uint16_t attr, const char *addr,
		  uint16_t port);

/**
 * struct sample_way - one direction of a stream
 * @packets: how many; 0: none yet
 * @last: milliseconds since the last
 * @fast: of them in the fast path
 * @declined: why the last was not, or NULL
 * @silent: it is what makes the stream one-way
 * @poor: it is poor
 * @encoding: of its RTP, or NULL: then it is told of if @expected is not 0
 * @payload: payload type
 * @expected: packets that were sent
 * @lost: of them that did not come
 * @jitter: in microseconds
 * @recent: per mille lost lately
 * @report: its receiver has reported
 * @report_lost: packets lost there
 * @report_jitter: in microseconds
 * @rtt: in microseconds; 0: not known
 */
struct sample_way {
	uint64_t packets;
	uint32_t last;
	uint64_t fast;
	const char *declined;
	bool silent;
	bool poor;
	const char *encoding;
	uint8_t payload;
	uint64_t expected;
	uint64_t lost;
	uint32_t jitter;
	uint32_t recent;
	bool report;
	uint32_t report_lost;
	uint32_t report_jitter;
	uint32_t rtt;
};

/**
 * struct sample_stream - a stream between the phone and the proxy
 * @id: its number
 * @call: of its call; 0: 7
 * @type: NULL: "audio"
 * @kind: enum sipfast_stream_kind
 * @age: in milliseconds; 0: 127600
 * @event: enum sipfast_stream_event, if @has_event
 * @has_way: @event_forward is told, too
 * @secure: SRTP
 * @idle: it is idle
 */
struct sample_stream {
	uint32_t id;
	uint32_t call;
	const char *type;
	uint8_t kind;
	uint32_t age;
	bool has_event;
	uint8_t event;
	bool has_way;
	uint8_t event_forward;
	bool secure;
	bool idle;
	struct sample_way forward;
	struct sample_way reverse;
};

/**
 * sample_stream() - a message about a stream
 */
void sample_stream(uint8_t cmd, const struct sample_stream *stream);

/**
 * sample_top() - what dumps answer: five calls of all kinds, and a stream each
 * @more: so many more, which sound well
 */
void sample_top(unsigned int more);

/**
 * sample_objects() - what dumps answer: two calls, streams, registrations,
 * settings and counters
 */
void sample_objects(void);

/**
 * sample_events() - the notifications of a call with audio, one that is
 * refused, and a registration
 */
void sample_events(void);

/* A call with its first state; more attributes may follow before sample_end. */
struct nlmsghdr *sample_call(uint8_t cmd, uint32_t id, uint8_t state,
			     uint32_t age);

/* Name, sentence and m= line (none if negative) of a decision's nest. */
void sample_decision(struct nlmsghdr *nlh, const char *name, const char *text,
		     int media);

/* The last nest that sample_call() began. */
void sample_end(struct nlmsghdr *nlh);

/**
 * sample_message() - a message that the helper saw
 * @text: as it came; NULL: not shown
 * @edited: as it went on, of a call and with a decision; NULL: the same
 */
void sample_message(uint8_t verdict, const char *text, const char *edited);

/**
 * struct output - what a run of the tool printed, and how it ended
 */
struct output {
	char *out;
	char *err;
	int status;
};

/**
 * tool() - run the tool with arguments, at 12:00:01.123 UTC, in ASCII
 * @line: the arguments, separated by single spaces
 *
 * Return: valid until the next run.
 */
const struct output *tool(const char *line);

/* The same, printing UTF-8. */
const struct output *tool_utf8(const char *line);

/* The same, on a terminal with so many columns. */
const struct output *tool_width(const char *line, unsigned int width);

/**
 * golden() - a file of expected/, where the test was started
 *
 * Return: its content, valid until the next call.
 */
const char *golden(const char *file);

#endif /* SIPFAST_UNIT_CLI_SAMPLE_H */
