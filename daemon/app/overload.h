/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * overload.h - how much of what is new is taken on, while too much comes
 *
 * What waits in the receive buffers says that a worker is too slow. To refuse all
 * of it then would be the end of all calls: where four times as much comes as can be
 * done, saying so costs more than is left. So a share of the new requests is taken
 * on, which shrinks while too much waits and grows when it does not; the others are
 * refused with 503, or, when even that is too much, passed over unread. They come
 * again, and are told 503 when there is time: who asks for the first time comes
 * first (shed.h). Dialogs and calls for help are nobody's new request.
 *
 * The share is of who asks most; who asks for no more than that gets all (sources.h).
 *
 * RFC 3261, 21.5.4; RFC 6357 for the shape of it.
 */
#ifndef SIPFAST_APP_OVERLOAD_H
#define SIPFAST_APP_OVERLOAD_H

#include "shed.h"
#include "sources.h"

/* A new request is one of these. */
enum sf_load {
	SF_LOAD_ADMIT,
	SF_LOAD_REFUSE,
	SF_LOAD_SKIP,
};

/**
 * struct sf_share - some of what comes, evenly
 * @part: so many of SF_SHARE_ALL
 * @sum: of the parts of those that came, below SF_SHARE_ALL
 */
struct sf_share {
	u32 part;
	u32 sum;
};

/**
 * struct sf_overload - a worker's
 * @admit: of the new requests of who asks most, those that are taken on
 * @answer: of the others, those that are answered
 * @waited: how much waited lately, in 64ths of a percent
 * @adjusted: when both were last looked at, on the loop's clock
 * @of: the message that @judged is about; only compared
 * @at: when that was
 * @judged: enum sf_load
 * @taken: so many were admitted; whoever counts sets it to 0
 * @others: so many were not; likewise
 * @shed: what was not admitted; NULL until something was not
 * @sources: who asks for how much
 */
struct sf_overload {
	struct sf_share admit;
	struct sf_share answer;
	u32 waited;
	u64 adjusted;
	const char *of;
	u64 at;
	u8 judged;
	u32 taken;
	u32 others;
	struct sf_shed *shed;
	struct sf_sources sources;
};

void sf_overload_init(struct sf_overload *load);
void sf_overload_exit(struct sf_overload *load);

/**
 * sf_overload_judge() - what becomes of a new request
 * @now: on the loop's clock
 * @backlog: percent, as sf_net_backlog() says
 * @from: who sent it
 * @of: its bytes: who asks again, within the same round of the loop, is told the
 *      same
 * @len: how many they are
 */
enum sf_load sf_overload_judge(struct sf_overload *load, u64 now, u32 backlog,
			       const struct sf_end *from, const char *of,
			       u32 len);

#define SF_KEEP_ALL	65536

/**
 * sf_overload_keep() - how much of what is new is worth to be received (sift.h)
 * @load: says what became of new requests since its counts were set to 0
 * @keep: of SF_KEEP_ALL, how many of them the kernel let through in that time
 *
 * Return: how many it should let through.
 */
u32 sf_overload_keep(const struct sf_overload *load, u32 keep);

/* What is in these bytes has not been judged: buffers are used again. */
static inline void sf_overload_forget(struct sf_overload *load)
{
	load->of = NULL;
}

#endif /* SIPFAST_APP_OVERLOAD_H */
