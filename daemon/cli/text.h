/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * text.h - values as people read them
 *
 * Functions that take @buf write at most SF_TEXT_LEN bytes there and return
 * it, unless they say otherwise.
 */
#ifndef SIPFAST_CLI_TEXT_H
#define SIPFAST_CLI_TEXT_H

#include <stdint.h>
#include <stdio.h>

#include "cli.h"

#define SF_TEXT_LEN	32
#define SF_PAIR_LEN	(2 * SF_ENDPOINT_LEN + 4)

/**
 * sf_text_clock() - a duration as "00:02:03", hours first, as many as it takes
 * @ms: milliseconds
 */
const char *sf_text_clock(uint64_t ms, char *buf);

/**
 * sf_text_seconds() - a duration as "0.02 s", "12.3 s" or, from a minute on,
 * as sf_text_clock() has it
 */
const char *sf_text_seconds(uint64_t ms, char *buf);

/**
 * sf_text_bytes() - an amount as "812 B", "1.17 MiB"
 */
const char *sf_text_bytes(uint64_t bytes, char *buf);

/**
 * sf_text_percent() - a share as "0.39%", "12.3%", "100%"
 */
const char *sf_text_percent(double percent, char *buf);

/**
 * sf_text_pair() - an endpoint, and in parentheses what it is translated to
 * @mapped: its family is AF_UNSPEC when it is not translated
 * @buf: at least SF_PAIR_LEN bytes
 */
const char *sf_text_pair(const struct sf_endpoint *endpoint,
			 const struct sf_endpoint *mapped, char *buf);

/* Names of the contract's values; a value without a name as its number. */
const char *sf_text_call_state(unsigned int value, char *buf);
const char *sf_text_call_end(unsigned int value, char *buf);
const char *sf_text_stream_kind(unsigned int value, char *buf);
const char *sf_text_stream_event(unsigned int value, char *buf);
const char *sf_text_dialog_state(unsigned int value, char *buf);
const char *sf_text_verdict(unsigned int value, char *buf);
const char *sf_text_media_source(unsigned int value, char *buf);
const char *sf_text_registration_source(unsigned int value, char *buf);
const char *sf_text_tcp(unsigned int value, char *buf);

/**
 * sf_text_dscp() - "EF", "AF41", "CS5", "LE", "keep"; without a name the number
 */
const char *sf_text_dscp(unsigned int value, char *buf);

/**
 * sf_put_text() - print what came from outside, escaped; "-" when empty
 */
void sf_put_text(FILE *out, const char *text);

/**
 * sf_put_words() - print text from outside, broken between words
 * @indent: of the lines
 */
void sf_put_words(struct sf_cli *cli, int indent, const char *text);

/**
 * sf_put_flow() - print who sends where to, on one line or, if that is too
 * long, on two
 * @indent: of the line, and of the second one
 *
 * Both sides read as seen from the sender: what it is, then in parentheses what
 * it is seen as; where it sends to, then where that is delivered.
 */
void sf_put_flow(struct sf_cli *cli, int indent,
		 const struct sf_endpoint *source,
		 const struct sf_endpoint *source_mapped,
		 const struct sf_endpoint *target,
		 const struct sf_endpoint *target_inside);

/**
 * sf_put_count() - print "1 call", "2 calls"
 */
void sf_put_count(FILE *out, uint64_t n, const char *noun);

/**
 * sf_put_label() - print "  caller:  ", the words after it aligned
 * @depth: spaces before the label
 * @width: of the longest label in the block, colon included
 */
void sf_put_label(struct sf_cli *cli, int depth, int width, const char *label);

#endif /* SIPFAST_CLI_TEXT_H */
