/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * target.h - where a user may be reached: copies of his bindings
 */
#ifndef SIPFAST_APP_TARGET_H
#define SIPFAST_APP_TARGET_H

#include "location.h"

#define SF_TARGETS_MAX	16
#define SF_TARGETS_TEXT	16384

/**
 * struct sf_target - where a user may be reached
 * @contact: URI, a span of sf_targets.text
 * @path: elements of Path; empty when there is none
 * @instance: +sip.instance; empty when there is none
 * @reg_id: reg-id; 0: none
 * @q: preference, in thousandths
 * @flow: where the registration came from
 */
struct sf_target {
	struct sf_span contact;
	struct sf_span path;
	struct sf_span instance;
	struct sf_flow flow;
	u32 reg_id;
	u16 q;
};

/**
 * struct sf_targets - copies of a user's bindings
 * @count: entries used, highest q first
 * @left_out: how many did not fit
 * @target: the bindings
 * @len: bytes used in @text
 * @text: their texts
 */
struct sf_targets {
	u32 count;
	u32 left_out;
	struct sf_target target[SF_TARGETS_MAX];
	u32 len;
	char text[SF_TARGETS_TEXT];
};

/**
 * sf_location_lookup() - where is a user?
 * Return: how many bindings he has in @targets.
 */
u32 sf_location_lookup(struct sf_location *location, struct sf_text aor,
		       struct sf_targets *targets);

#endif /* SIPFAST_APP_TARGET_H */
