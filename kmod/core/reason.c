// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * reason.c - the texts of the reasons
 */
#include <sipfast/reason.h>

static const char *const reason_names[SF_REASON_COUNT] = {
#define X(sym, name, text) \
	[SF_##sym] = name,
	SF_REASONS(X)
#undef X
};

static const char *const reason_texts[SF_REASON_COUNT] = {
#define X(sym, name, text) \
	[SF_##sym] = text,
	SF_REASONS(X)
#undef X
};

const char *sf_reason_name(enum sf_reason reason)
{
	return (u32)reason < SF_REASON_COUNT ? reason_names[reason] : "unknown";
}

const char *sf_reason_text(enum sf_reason reason)
{
	return (u32)reason < SF_REASON_COUNT ? reason_texts[reason] : "unknown";
}
