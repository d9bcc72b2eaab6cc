/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * module.h - the kernel module, as calls are handed to it
 */
#ifndef SIPFAST_UNIT_APP_MODULE_H
#define SIPFAST_UNIT_APP_MODULE_H

#include "../../../daemon/sys/handover.h"

#define MODULE_CALLS	16
#define MODULE_LINES	32

/**
 * struct module - how it is; module_reset() makes it new
 * @absent: it is not loaded
 * @wrong: what it answers to MEDIA_OPEN instead of opening
 * @cut: what a list ends with
 * @meanwhile: called while it lists; NULL: nothing happens meanwhile
 * @why: what it says with that; it is the link's, and gone with it
 * @connected: links that were opened
 * @links: of them, those that are open
 * @lists: lists that were asked for
 * @requests: MEDIA_OPEN and MEDIA_CLOSE that did something
 * @line: the last ones of them: "open CALL OFFER ANSWER WORDS", where words are
 *	callee-offers, caller-names, callee-names, and ringing or up; "change",
 *	likewise; or "close CALL WHY"
 * @calls: so many numbers were given
 * @cookie: of calls 1 to MODULE_CALLS; 0: it is not there
 */
struct module {
	bool absent;
	int wrong;
	int cut;
	void (*meanwhile)(void);
	char why[16];
	u32 connected;
	u32 links;
	u32 lists;
	u32 requests;
	char line[MODULE_LINES][128];
	u32 calls;
	u64 cookie[MODULE_CALLS + 1];
};

extern struct module module;
extern const struct sf_handover_ops module_ops;

void module_reset(void);

/* The next request was this. */
void assert_asked(const char *line);

/* There was none that was not asserted. */
void assert_not_asked(void);

#endif /* SIPFAST_UNIT_APP_MODULE_H */
