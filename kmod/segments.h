/* SPDX-License-Identifier: GPL-2.0 */
/*
 * segments.h - datagrams that came joined in one buffer
 */
#ifndef _SF_SEGMENTS_H
#define _SF_SEGMENTS_H

/* Hook into every namespace. */
int sf_segments_init(void);

/* Leave every namespace. No packet is in the hook when it returns. */
void sf_segments_exit(void);

#endif /* _SF_SEGMENTS_H */
