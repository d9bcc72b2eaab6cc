/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sample.h - messages of a small router, and a tool to look at them with
 */
#ifndef SIPFAST_UNIT_CLI_SAMPLE_H
#define SIPFAST_UNIT_CLI_SAMPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "fake.h"

/**
 * put_endpoint() - add a nest of enum sipfast_endpoint_attr
 * @addr: an address of either family
 * @port: in host order; 0 for none
 */
void put_endpoint(struct nlmsghdr *nlh, uint16_t attr, const char *addr,
		  uint16_t port);

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
