// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * batch.c - datagrams that wait until the loop does
 *
 * They are copied, because whoever made them goes on. What the system refuses
 * is counted: SIP sends again what is not answered.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "internal.h"
#include "pktinfo.h"

#define BATCH		32
#define ROOM		(2 * SF_NET_BUF)
#define TRIES		3
#define DATAGRAM_MAX	65507	/* behind the headers of IPv4 and UDP */

/**
 * struct sf_batch - what one socket is to send
 * @head: for sendmmsg(), @count of them
 * @piece: their bytes, in @room, of which @used are taken
 * @to: where to
 * @control: where from
 */
struct sf_batch {
	struct mmsghdr head[BATCH];
	struct iovec piece[BATCH];
	struct sockaddr_storage to[BATCH];
	union sf_pktinfo control[BATCH];
	char *room;
	u32 used;
	u32 count;
};

int sf_batch_open(struct sf_batch **out)
{
	struct sf_batch *batch = calloc(1, sizeof(*batch));
	u32 i;

	if (!batch)
		return -ENOMEM;
	batch->room = sf_net_pages(ROOM);
	if (!batch->room) {
		free(batch);
		return -ENOMEM;
	}
	for (i = 0; i < BATCH; i++) {
		batch->head[i].msg_hdr.msg_iov = &batch->piece[i];
		batch->head[i].msg_hdr.msg_iovlen = 1;
		batch->head[i].msg_hdr.msg_name = &batch->to[i];
	}
	*out = batch;
	return 0;
}

void sf_batch_close(struct sf_batch *batch)
{
	if (!batch)
		return;
	sf_net_unpages(batch->room, ROOM);
	free(batch);
}

static void from(struct msghdr *msg, union sf_pktinfo *control,
		 const struct sf_listener *listener, const struct sf_ip *ip)
{
	msg->msg_control = NULL;
	msg->msg_controllen = 0;
	if (!listener->any || ip->family != listener->end.ip.family)
		return;
	sf_pktinfo_put(msg, control, ip);
}

int sf_batch_add(struct sf_listener *listener, const struct sf_flow *flow,
		 const char *buf, u32 len)
{
	struct sf_batch *batch = listener->batch;
	struct msghdr *msg;
	u32 i;

	if (len > DATAGRAM_MAX)
		return -EMSGSIZE;
	if (batch->count == BATCH || len > ROOM - batch->used)
		sf_batch_flush(listener);
	i = batch->count++;
	memcpy(batch->room + batch->used, buf, len);
	batch->piece[i] = (struct iovec){ batch->room + batch->used, len };
	batch->used += len;
	msg = &batch->head[i].msg_hdr;
	msg->msg_namelen = sf_end_to_sockaddr(&flow->remote, &batch->to[i]);
	from(msg, &batch->control[i], listener, &flow->local.ip);
	return 0;
}

/*
 * The first one that could not be sent ends sendmmsg(): the rest may be fine. And so
 * may it: what ICMP said of another one is told to whoever comes next (icmp.c).
 */
void sf_batch_flush(struct sf_listener *listener)
{
	struct sf_batch *batch = listener->batch;
	struct sf_net *net = listener->net;
	u32 done = 0, tries = 0;
	int sent;

	while (done < batch->count) {
		sent = sendmmsg(listener->watch.fd, batch->head + done,
				batch->count - done, 0);
		if (sent > 0) {
			net->counters[SF_NET_SENT] += (u32)sent;
			done += (u32)sent;
			tries = 0;
			continue;
		}
		if (sent < 0 && (errno == EINTR || ++tries < TRIES))
			continue;
		sf_net_count(net, SF_NET_SEND_FAILED);
		done++;
		tries = 0;
	}
	batch->count = 0;
	batch->used = 0;
}
