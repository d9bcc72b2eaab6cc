/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * quality.h - how good the media of a stream is
 */
#ifndef SIPFAST_CLI_QUALITY_H
#define SIPFAST_CLI_QUALITY_H

#include "cli.h"
#include "text.h"

/* Room for what sf_quality_sender() says, with its NUL. */
#define SF_SENDER_LEN	80

/* Of which time loss and MOS are. */
enum sf_quality_span {
	SF_QUALITY_WHOLE,	/* since the first packet */
	SF_QUALITY_RECENT,	/* the last seconds: SIPFAST_INTERVAL */
};

/**
 * struct sf_quality - one direction of a stream
 * @codec: its name, or "PT 97"; "" before its first packet of RTP
 * @has_loss: @loss holds
 * @loss: percent of the packets that did not come as far as here
 * @has_jitter: @jitter holds
 * @jitter: milliseconds, here
 * @has_fast: @fast holds
 * @fast: percent of its packets that went through the fast path
 * @has_mos: the following hold; they are of what the receiver hears, as far as
 *	     is known
 * @wide: on the wideband scale
 * @delay: milliseconds from mouth to ear that were assumed
 * @rating: R of the E-model
 * @mos: the score it stands for
 */
struct sf_quality {
	char codec[SF_TEXT_LEN];
	bool has_loss;
	double loss;
	bool has_jitter;
	double jitter;
	bool has_fast;
	double fast;
	bool has_mos;
	bool wide;
	double delay;
	double rating;
	double mos;
};

/**
 * sf_quality_of() - find out about a direction
 * @forward: about @stream->forward, otherwise about @stream->reverse
 */
struct sf_quality sf_quality_of(const struct sf_stream_info *stream,
				bool forward, enum sf_quality_span span);

/**
 * sf_quality_sender() - who sends: "phone 192.168.1.10", "outside (198.51.100.5)"
 * @buf: takes the words, at least SF_SENDER_LEN bytes
 *
 * Whoever is translated is a phone of ours, and the other one is outside; where
 * nobody is, there is the address alone.
 *
 * Return: @buf.
 */
const char *sf_quality_sender(const struct sf_direction_info *direction,
			      char *buf);

/* Good, fair or bad, as a colour: Documentation/quality.rst has the limits. */
enum sf_color sf_quality_loss_color(double percent);
enum sf_color sf_quality_jitter_color(double ms);
enum sf_color sf_quality_mos_color(double mos);

#endif /* SIPFAST_CLI_QUALITY_H */
