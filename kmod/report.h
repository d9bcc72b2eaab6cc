/* SPDX-License-Identifier: GPL-2.0 */
/*
 * report.h - messages, told to those who listen to the group "sip"
 *
 * What is told of a message is in the uapi header. Without a listener nothing is
 * done but to ask whether there is one.
 */
#ifndef _SF_REPORT_H
#define _SF_REPORT_H

#include <linux/types.h>

struct sf_packet;

/**
 * sf_report_begin() - keep a message as it came
 *
 * Before anything is edited. Without secrets; until sf_report_end().
 */
void sf_report_begin(struct sf_packet *pkt);

/**
 * sf_report_end() - tell of a message that was understood
 *
 * When all is decided and done. In packet context.
 */
void sf_report_end(struct sf_packet *pkt);

/**
 * sf_report_unread() - tell of one that was not
 * @data: as much of it as may be shown; NULL: nothing
 * @len: its bytes
 *
 * Why is what was noted last. In packet context.
 */
void sf_report_unread(struct sf_packet *pkt, const char *data, u32 len);

#endif /* _SF_REPORT_H */
