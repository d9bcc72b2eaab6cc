/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * target.h - where a user may be reached: copies of his bindings
 */
#ifndef SIPFAST_APP_TARGET_H
#define SIPFAST_APP_TARGET_H

#include "location.h"
#include "outbound.h"

#define SF_TARGETS_MAX	16
#define SF_TARGETS_TEXT	16384

/**
 * struct sf_target - where a user may be reached
 * @contact: URI, a span of sf_targets.text
 * @path: elements of Path; empty when there is none
 * @instance: +sip.instance; empty when there is none
 * @flow: where the registration came from
 * @reach: how it is reached; never SF_REACH_NONE
 * @wall: when it expires, in seconds since 1970
 * @reg_id: reg-id, of a flow; 0: it is none
 * @q: preference, in thousandths
 */
struct sf_target {
	struct sf_span contact;
	struct sf_span path;
	struct sf_span instance;
	struct sf_flow flow;
	enum sf_reach reach;
	u64 wall;
	u32 reg_id;
	u16 q;
};

/**
 * struct sf_targets - copies of a user's bindings
 * @count: entries used, highest q first
 * @left_out: how many did not fit
 * @unreached: how many cannot be reached now
 * @target: the bindings
 * @len: bytes used in @text
 * @text: their texts
 */
struct sf_targets {
	u32 count;
	u32 left_out;
	u32 unreached;
	struct sf_target target[SF_TARGETS_MAX];
	u32 len;
	char text[SF_TARGETS_TEXT];
};

/**
 * sf_location_lookup() - where is a user?
 * Return: how many bindings in @targets he can be reached by.
 */
u32 sf_location_lookup(struct sf_location *location, struct sf_text aor,
		       struct sf_targets *targets);

#endif /* SIPFAST_APP_TARGET_H */
