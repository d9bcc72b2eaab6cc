/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * log.h - what the daemon tells its administrator
 *
 * A line is an event's name and key=value pairs, on standard error, with the
 * priority in front that the journal understands:
 *
 *	<5>trunk-down trunk=provider peer=192.0.2.1:5060 status=503
 *
 * Names are fixed, so that filters can rely on them; sipfastd(8) lists them.
 */
#ifndef SIPFAST_UTIL_LOG_H
#define SIPFAST_UTIL_LOG_H

#include <sipfast/deps.h>

/* As syslog(3) numbers them. */
enum sf_log_level {
	SF_LOG_ERROR = 3,
	SF_LOG_WARNING = 4,
	SF_LOG_NOTICE = 5,
	SF_LOG_INFO = 6,
	SF_LOG_DEBUG = 7,
};

/**
 * sf_log_level() - leave out what is less important than this
 *
 * Before anything was set, that is what is less than SF_LOG_NOTICE.
 */
void sf_log_level(enum sf_log_level level);

/* Would such a line be written? */
bool sf_log_wants(enum sf_log_level level);

/**
 * sf_log() - write a line, from any thread
 * @event: the name
 * @format: "key=%s other=%u", or ""; text from outside goes through
 *          sf_quoted()
 *
 * Control characters are escaped; a line is cut at 1000 bytes.
 */
__attribute__((format(printf, 3, 4)))
void sf_log(enum sf_log_level level, const char *event, const char *format, ...);

/**
 * sf_quoted() - bytes from outside as a value: quoted if they hold anything but
 * letters, digits and what addresses are made of, with control characters,
 * quotes and backslashes escaped
 *
 * Return: a string that lives until this thread has called it eight more times;
 * longer ones end in "...".
 */
const char *sf_quoted(const char *text, size_t len);

#endif /* SIPFAST_UTIL_LOG_H */
