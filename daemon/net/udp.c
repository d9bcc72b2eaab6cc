// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * udp.c - datagrams in
 *
 * One set of buffers serves all sockets of a worker. Their pages come into being
 * when a datagram of that size is received.
 */
#include <errno.h>
#include <linux/sock_diag.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "internal.h"
#include "pktinfo.h"
#include "stun.h"

#define BATCH	32
/* Batches until others have their turn. */
#define ROUNDS	8
/*
 * From one buffer to the next: not a power of two, or the heads of all messages
 * would share a few lines of the cache.
 */
#define STRIDE	(SF_NET_BUF + 17 * 64)

/**
 * struct sf_udp - what datagrams are received into
 * @head: for recvmmsg()
 * @piece: their bytes, in @room
 * @from: the senders
 * @control: which address of ours they were sent to
 */
struct sf_udp {
	struct mmsghdr head[BATCH];
	struct iovec piece[BATCH];
	struct sockaddr_storage from[BATCH];
	union sf_pktinfo control[BATCH];
	char *room;
};

int sf_udp_open(struct sf_udp **out)
{
	struct sf_udp *udp = calloc(1, sizeof(*udp));
	u32 i;

	if (!udp)
		return -ENOMEM;
	udp->room = sf_net_pages(BATCH * STRIDE);
	if (!udp->room) {
		free(udp);
		return -ENOMEM;
	}
	for (i = 0; i < BATCH; i++) {
		struct msghdr *msg = &udp->head[i].msg_hdr;

		udp->piece[i] = (struct iovec){ udp->room + i * STRIDE,
						SF_NET_BUF };
		msg->msg_iov = &udp->piece[i];
		msg->msg_iovlen = 1;
		msg->msg_name = &udp->from[i];
		msg->msg_namelen = sizeof(udp->from[i]);
		msg->msg_control = &udp->control[i];
		msg->msg_controllen = sizeof(udp->control[i]);
	}
	*out = udp;
	return 0;
}

void sf_udp_close(struct sf_udp *udp)
{
	if (!udp)
		return;
	sf_net_unpages(udp->room, BATCH * STRIDE);
	free(udp);
}

/* What the system wrote into the lengths. */
static void prepare(struct sf_udp *udp, u32 used)
{
	u32 i;

	for (i = 0; i < used; i++) {
		udp->head[i].msg_hdr.msg_namelen = sizeof(udp->from[i]);
		udp->head[i].msg_hdr.msg_controllen = sizeof(udp->control[i]);
	}
}

static void flow_of(struct sf_flow *flow, struct sf_listener *listener,
		    struct msghdr *msg)
{
	*flow = (struct sf_flow){
		.local = listener->end,
		.transport = SF_TRANSPORT_UDP,
		.worker = listener->net->worker,
	};
	sf_end_from_sockaddr(&flow->remote, msg->msg_name);
	if (listener->any)
		sf_pktinfo_get(&flow->local.ip, msg);
}

/* Line ends, and the zeros of some phones: they keep a NAT open, that is all. */
static bool is_keepalive(const char *buf, u32 len)
{
	u32 i;

	for (i = 0; i < len; i++)
		if (buf[i] != '\r' && buf[i] != '\n' && buf[i])
			return false;
	return true;
}

static bool answer_stun(struct sf_listener *listener, const struct sf_flow *flow,
			const char *buf, u32 len)
{
	char answer[SF_STUN_ANSWER_MAX];
	u32 answer_len;

	if (!sf_stun_is(buf, len))
		return false;
	sf_net_count(listener->net, SF_NET_KEEPALIVES);
	answer_len = sf_stun_answer(buf, len, &flow->remote, answer);
	if (answer_len)
		sf_batch_add(listener, flow, answer, answer_len);
	return true;
}

static bool keeps_alive(struct sf_listener *listener,
			const struct sf_flow *flow, const char *buf, u32 len)
{
	struct sf_net *net = listener->net;

	if (is_keepalive(buf, len))
		sf_net_count(net, SF_NET_KEEPALIVES);
	else if (!answer_stun(listener, flow, buf, len))
		return false;
	if (net->user.keepalive)
		net->user.keepalive(net->owner, flow);
	return true;
}

static void receive(struct sf_listener *listener, struct mmsghdr *head)
{
	const char *buf = head->msg_hdr.msg_iov->iov_base;
	struct sf_net *net = listener->net;
	struct sf_flow flow;
	u32 len = head->msg_len;
	enum sf_reason reason;

	flow_of(&flow, listener, &head->msg_hdr);
	/* No method begins like either of them. */
	if ((!len || (unsigned char)buf[0] < ' ') &&
	    keeps_alive(listener, &flow, buf, len))
		return;
	if (listener->backlog && net->user.skip &&
	    net->user.skip(net->owner, &flow, buf, len)) {
		sf_net_count(net, SF_NET_SKIPPED);
		return;
	}
	reason = sf_msg_parse(&net->msg, buf, len);
	sf_net_show(net, &flow, buf, len, reason);
}

static bool read_info(const struct sf_listener *listener, u32 *info)
{
	socklen_t len = SK_MEMINFO_VARS * sizeof(*info);

	return !getsockopt(listener->watch.fd, SOL_SOCKET, SO_MEMINFO, info, &len);
}

void sf_net_drops(struct sf_net *net)
{
	u32 info[SK_MEMINFO_VARS], i;

	for (i = 0; i < net->count; i++) {
		struct sf_listener *listener = &net->listen[i];

		if (listener->transport != SF_TRANSPORT_UDP ||
		    !read_info(listener, info))
			continue;
		net->counters[SF_NET_DROPPED] += info[SK_MEMINFO_DROPS] -
						 listener->drops;
		listener->drops = info[SK_MEMINFO_DROPS];
	}
}

/* Only asked for when there was more than a batch: that is when it matters. */
static u8 backlog(const struct sf_listener *listener)
{
	u32 info[SK_MEMINFO_VARS];

	if (!read_info(listener, info) || !info[SK_MEMINFO_RCVBUF])
		return 0;
	return (u8)(100ull * info[SK_MEMINFO_RMEM_ALLOC] /
		    info[SK_MEMINFO_RCVBUF]);
}

u32 sf_net_backlog(const struct sf_net *net)
{
	u32 i, most = 0;

	for (i = 0; i < net->count; i++)
		if (net->listen[i].backlog > most)
			most = net->listen[i].backlog;
	return most;
}

/* Return: may there be more? */
static bool receive_batch(struct sf_listener *listener)
{
	struct sf_udp *udp = listener->net->udp;
	int count = recvmmsg(listener->watch.fd, udp->head, BATCH, MSG_DONTWAIT,
			     NULL), i;

	/* An error is that of a datagram sent before: it has been taken now. */
	listener->backlog = count == BATCH ? backlog(listener) : 0;
	if (count <= 0)
		return count < 0 && errno != EAGAIN;
	for (i = 0; i < count; i++)
		receive(listener, &udp->head[i]);
	prepare(udp, (u32)count);
	return count == BATCH;
}

void sf_udp_ready(struct sf_watch *watch, u32 events)
{
	struct sf_listener *listener = container_of(watch, struct sf_listener,
						    watch);
	u32 i;

	if (events & EPOLLERR)
		sf_icmp_read(listener);
	for (i = 0; i < ROUNDS; i++)
		if (!receive_batch(listener))
			return;
}
