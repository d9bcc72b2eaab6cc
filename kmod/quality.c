// SPDX-License-Identifier: GPL-2.0
/*
 * quality.c - who is told when media is silent or poor
 *
 * Silence has no packet that could tell of it: so once a second a work looks at all
 * streams of a namespace, as long as there are some. What the fast path owes their
 * connections is settled then, too.
 */
#include <linux/ktime.h>
#include <uapi/linux/sipfast.h>

#include "meter.h"
#include "netlink.h"
#include "path.h"
#include "pernet.h"
#include "quality.h"
#include "stream.h"

/* A direction that is silent for so long while the other one is not is missed; */
#define SF_QUALITY_ONE_WAY	(3ULL * NSEC_PER_SEC)
/* and this is when a stream has nothing left to say. */
#define SF_QUALITY_IDLE		(10ULL * NSEC_PER_SEC)

/* Intervals that have to be good until one is believed. */
#define SF_QUALITY_GOOD		2

/* Streams that are looked at without letting the namespace go. */
#define SF_QUALITY_BATCH	64

/* Is the silence of a direction older than what the other one has said since? */
static bool sf_quality_missed(const struct sf_stream *stream,
			      const struct sf_meters *meters, int side)
{
	u64 since = max3(sf_meters_last(meters, side),
			 READ_ONCE(meters->dir[!side].first), stream->mutual);
	u64 other = sf_meters_last(meters, !side);

	return other >= since + SF_QUALITY_ONE_WAY;
}

static void sf_quality_way(struct sf_stream *stream, struct sf_meters *meters,
			   int side, u64 now)
{
	struct sf_quality *is = &meters->quality[side];
	u64 heard = sf_meters_last(meters, side);
	u64 other = sf_meters_last(meters, !side);
	bool quiet = stream->dir[0].terms.quiet || stream->dir[1].terms.quiet;
	bool silent;

	/* One that both are silent in, or that is held, stays what it was. */
	if (quiet || now - other >= SF_QUALITY_ONE_WAY)
		silent = is->silent && !quiet &&
			 now - heard >= SF_QUALITY_ONE_WAY;
	else
		silent = sf_quality_missed(stream, meters, side);

	if (silent == is->silent)
		return;

	is->silent = silent;
	sf_netlink_stream_event(stream, silent ? SIPFAST_STREAM_ONE_WAY :
						 SIPFAST_STREAM_TWO_WAY, side);
}

static void sf_quality_idle(struct sf_stream *stream,
			    const struct sf_meters *meters, u64 now)
{
	u64 last = max(sf_meters_last(meters, 0), sf_meters_last(meters, 1));
	bool idle = now - last >= SF_QUALITY_IDLE;

	if (now - last >= SF_QUALITY_ONE_WAY)
		stream->mutual = now;

	if (idle == stream->idle)
		return;

	stream->idle = idle;
	sf_netlink_stream_event(stream, idle ? SIPFAST_STREAM_IDLE :
					       SIPFAST_STREAM_RESUMED, -1);
}

/* A frame of video comes as a burst, which counts as jitter. */
static bool sf_quality_jitters(const struct sf_stream *stream,
			       const struct sf_rtp_totals *totals)
{
	u32 alarm = READ_ONCE(stream->sn->config.jitter_alarm);

	return !strcmp(stream->type, "audio") && totals->has_jitter &&
	       totals->jitter_us >= alarm * USEC_PER_MSEC;
}

static void sf_quality_interval(struct sf_stream *stream,
				struct sf_meters *meters, int side)
{
	struct sf_quality *is = &meters->quality[side];
	struct sf_meter *meter = &meters->dir[side];
	struct sf_rtp_totals totals;
	bool poor;

	spin_lock_bh(&meter->lock);
	sf_rtp_totals(&meter->rtp, &totals);
	is->recent = sf_rtp_recent(&meter->rtp);
	spin_unlock_bh(&meter->lock);

	poor = is->recent >= READ_ONCE(stream->sn->config.loss_alarm) ||
	       sf_quality_jitters(stream, &totals);
	if (poor) {
		if (!is->poor)
			sf_netlink_stream_event(stream, SIPFAST_STREAM_POOR,
						side);
		is->poor = SF_QUALITY_GOOD;
	} else if (is->poor && !--is->poor) {
		sf_netlink_stream_event(stream, SIPFAST_STREAM_GOOD, side);
	}
}

/* The namespace is locked, under RCU. */
static void sf_quality_look(struct sf_stream *stream, u64 now)
{
	struct sf_meters *meters = sf_meters(stream);
	int side;

	sf_path_keep(stream);
	if (!meters || stream->kind == SIPFAST_STREAM_RTCP)
		return;

	for (side = 0; side < 2; side++)
		sf_quality_way(stream, meters, side, now);
	sf_quality_idle(stream, meters, now);

	if (now - meters->judged < SIPFAST_INTERVAL * NSEC_PER_SEC)
		return;
	meters->judged = now;
	for (side = 0; side < 2; side++)
		sf_quality_interval(stream, meters, side);
}

/* Some of the streams; false when it was the last of them. */
static bool sf_quality_some(struct sf_net *sn, unsigned long *id)
{
	u64 now = ktime_get_boottime_ns();
	struct sf_stream *stream = NULL;
	int i;

	spin_lock_bh(&sn->lock);
	rcu_read_lock();
	for (i = 0; i < SF_QUALITY_BATCH; i++) {
		stream = xa_find(&sn->stream_ids, id, ULONG_MAX, XA_PRESENT);
		if (!stream)
			break;
		sf_quality_look(stream, now);
		++*id;
	}
	rcu_read_unlock();
	spin_unlock_bh(&sn->lock);

	return stream;
}

static void sf_quality_work(struct work_struct *work)
{
	struct sf_net *sn = container_of(work, struct sf_net,
					 quality.work);
	unsigned long id = 0;

	while (sf_quality_some(sn, &id))
		cond_resched();

	if (READ_ONCE(sn->nstreams))
		sf_quality_begin(sn);
}

void sf_quality_begin(struct sf_net *sn)
{
	queue_delayed_work(system_power_efficient_wq, &sn->quality, HZ);
}

void sf_quality_net_init(struct sf_net *sn)
{
	INIT_DELAYED_WORK(&sn->quality, sf_quality_work);
}

void sf_quality_net_exit(struct sf_net *sn)
{
	cancel_delayed_work_sync(&sn->quality);
}
