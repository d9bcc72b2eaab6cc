/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * notify.h - what the service manager is told: sd_notify(3), without libsystemd
 */
#ifndef SIPFAST_UTIL_NOTIFY_H
#define SIPFAST_UTIL_NOTIFY_H

#include <sipfast/deps.h>

/**
 * sf_notify() - tell it "READY=1", "STOPPING=1", "WATCHDOG=1", …
 *
 * Without a service manager nothing happens.
 */
void sf_notify(const char *state);

/**
 * sf_notify_watchdog() - how often it wants to hear WATCHDOG=1
 * Return: milliseconds, half of what it allows; 0: not at all.
 */
u32 sf_notify_watchdog(void);

#endif /* SIPFAST_UTIL_NOTIFY_H */
