// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * load.c - run many dialogs between two network namespaces
 *
 *	load CLIENT-NS SERVER-NS KIND COUNT BATCH HELPED MARKS
 *
 * The namespaces are file descriptors. COUNT dialogs of a KIND run in batches
 * whose messages go out in one system call, one step after another; every
 * message is read on the other side, and checked. HELPED says whether anyone
 * on the way is to translate what they say.
 *
 * When the load begins and ends is told, see tell(); with "-" for MARKS nothing is
 * measured, and nothing has to warm up. In user space nothing needs to be fast:
 * what is measured is the time of the guest's kernel.
 */
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <arpa/inet.h>

#include "dialog.h"
#include "share.h"

#define BATCH_MAX	256
#define WARM_UP		4	/* batches before anything is measured */

/**
 * struct end - one of the two hosts
 * @fd: its socket
 * @sent: what it sent last, of each dialog of the batch
 * @got: what it received last
 */
struct end {
	int fd;
	struct msg *sent;
	struct msg *got;
};

static struct end ends[SIDES];
static unsigned int batch;

static void open_end(struct end *end, int ns, const char *addr,
		     unsigned int port)
{
	struct sockaddr_in here = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
	};
	const struct timeval patience = { .tv_sec = 2 };
	int space = 8 << 20;

	if (addr)
		inet_pton(AF_INET, addr, &here.sin_addr);
	if (setns(ns, CLONE_NEWNET))
		fail("setns", strerror(errno));
	end->fd = socket(AF_INET, SOCK_DGRAM, 0);
	if (end->fd < 0 ||
	    setsockopt(end->fd, SOL_SOCKET, SO_RCVBUFFORCE, &space, sizeof(space)) ||
	    setsockopt(end->fd, SOL_SOCKET, SO_SNDBUFFORCE, &space, sizeof(space)) ||
	    setsockopt(end->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) ||
	    bind(end->fd, (struct sockaddr *)&here, sizeof(here)))
		fail(addr ?: "client", strerror(errno));
	end->sent = calloc(batch, sizeof(*end->sent));
	end->got = calloc(batch, sizeof(*end->got));
	if (!end->sent || !end->got)
		fail("memory", strerror(errno));
}

/* Let @vec point to messages of @len bytes, or of the length that each has. */
static void vector(struct mmsghdr *vec, struct iovec *iov, struct msg *msgs,
		   unsigned int len)
{
	unsigned int i;

	memset(vec, 0, batch * sizeof(*vec));
	for (i = 0; i < batch; i++) {
		iov[i].iov_base = msgs[i].text;
		iov[i].iov_len = len ?: msgs[i].len;
		vec[i].msg_hdr.msg_iov = &iov[i];
		vec[i].msg_hdr.msg_iovlen = 1;
		vec[i].msg_hdr.msg_name = &msgs[i].peer;
		vec[i].msg_hdr.msg_namelen = sizeof(msgs[i].peer);
	}
}

/* Messages that are not the client's own come from whom they say. */
static void sources(struct mmsghdr *vec, const struct msg *msgs)
{
	static union {
		struct cmsghdr head;
		char room[CMSG_SPACE(sizeof(struct in_pktinfo))];
	} control[BATCH_MAX];
	struct in_pktinfo info = {};
	unsigned int i;

	for (i = 0; i < batch; i++) {
		if (!msgs[i].source.s_addr)
			continue;
		control[i].head.cmsg_level = IPPROTO_IP;
		control[i].head.cmsg_type = IP_PKTINFO;
		control[i].head.cmsg_len = CMSG_LEN(sizeof(info));
		info.ipi_spec_dst = msgs[i].source;
		memcpy(CMSG_DATA(&control[i].head), &info, sizeof(info));
		vec[i].msg_hdr.msg_control = &control[i];
		vec[i].msg_hdr.msg_controllen = sizeof(control[i]);
	}
}

static void send_all(struct end *end)
{
	static struct mmsghdr vec[BATCH_MAX];
	static struct iovec iov[BATCH_MAX];
	int n;

	vector(vec, iov, end->sent, 0);
	sources(vec, end->sent);
	n = sendmmsg(end->fd, vec, batch, 0);
	if (n < (int)batch)
		fail("sendmmsg", n < 0 ? strerror(errno) : "too few");
}

static void receive_all(struct end *end, const char *what)
{
	static struct mmsghdr vec[BATCH_MAX];
	static struct iovec iov[BATCH_MAX];
	unsigned int i;
	int n;

	vector(vec, iov, end->got, MSG_SPACE);
	n = recvmmsg(end->fd, vec, batch, 0, NULL);
	if (n < (int)batch)
		fail(what, "did not arrive");
	for (i = 0; i < batch; i++) {
		end->got[i].len = vec[i].msg_len;
		end->got[i].text[vec[i].msg_len] = '\0';
	}
}

static void run_step(const struct step *step, unsigned int first, bool helped)
{
	struct end *from = &ends[step->from], *to = &ends[!step->from];
	const char *wrong;
	unsigned int i;

	for (i = 0; i < batch; i++)
		step->make(&from->sent[i], first + i, &from->got[i]);
	send_all(from);
	receive_all(to, step->name);
	for (i = 0; i < batch; i++) {
		wrong = step->check(&to->got[i], &from->sent[i], first + i, helped);
		if (wrong) {
			fprintf(stderr, "%s\n", to->got[i].text);
			fail(step->name, wrong);
		}
	}
}

static void run_batches(const struct dialog *dialog, unsigned int first,
			unsigned int count, bool helped)
{
	unsigned int i, n;

	for (n = 0; n < count; n += batch)
		for (i = 0; i < dialog->count; i++)
			run_step(&dialog->steps[i], first + n, helped);
}

int main(int argc, char **argv)
{
	const struct dialog *dialog;
	unsigned int count, warm;
	bool helped;

	if (argc != 8)
		fail("usage", "load CLIENT-NS SERVER-NS KIND COUNT BATCH HELPED MARKS");
	dialog = dialog_find(argv[3]);
	if (!dialog)
		fail(argv[3], "no such dialog");
	batch = number(argv[5], BATCH_MAX) ?: 1;
	count = number(argv[4], 1000000) / batch * batch;
	helped = number(argv[6], 1);

	open_end(&ends[CLIENT], (int)number(argv[1], 1 << 20), NULL, SIP_PORT);
	open_end(&ends[SERVER], (int)number(argv[2], 1 << 20), PROVIDER,
		 dialog->port);
	warm = strcmp(argv[7], "-") ? WARM_UP * batch : 0;
	run_batches(dialog, 0, warm, helped);
	tell(argv[7], "begin");
	run_batches(dialog, warm, count, helped);
	tell(argv[7], "end");
	printf("done %u %u\n", count, warm + count);
	return 0;
}
