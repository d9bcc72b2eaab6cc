/* SPDX-License-Identifier: GPL-2.0 */
/*
 * quality.h - who is told when media is silent or poor
 */
#ifndef _SF_QUALITY_H
#define _SF_QUALITY_H

struct sf_net;

/* There are streams to look after. In any context. */
void sf_quality_begin(struct sf_net *sn);

void sf_quality_net_init(struct sf_net *sn);

/* No stream is left. */
void sf_quality_net_exit(struct sf_net *sn);

#endif /* _SF_QUALITY_H */
