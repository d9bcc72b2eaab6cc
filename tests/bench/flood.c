// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * flood.c - send the same request from many addresses
 *
 *	flood ADDRESS PORT SOURCES COUNT MARKS
 *
 * COUNT datagrams to ADDRESS, in turn from SOURCES addresses of 10.0.0.0/16, which
 * have to be local here. For MARKS see tell(); one round of all sources is sent
 * before it begins.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "share.h"

#define BATCH	64

static const char request[] =
	"REGISTER sip:example.net SIP/2.0\r\n"
	"Via: SIP/2.0/UDP 10.0.0.1:5060;rport;branch=z9hG4bKflood\r\n"
	"Max-Forwards: 70\r\n"
	"From: <sip:100@example.net>;tag=flood\r\n"
	"To: <sip:100@example.net>\r\n"
	"Call-ID: flood\r\n"
	"CSeq: 1 REGISTER\r\n"
	"Contact: <sip:100@10.0.0.1:5060>\r\n"
	"Expires: 3600\r\n"
	"Content-Length: 0\r\n\r\n";

/**
 * struct flood - what is sent
 * @fd: by this socket
 * @sources: addresses
 * @next: whose turn it is
 * @to: where to
 * @msg: a batch; its parts are in @iov and @control
 */
struct flood {
	int fd;
	unsigned int sources;
	unsigned int next;
	struct sockaddr_in to;
	struct mmsghdr msg[BATCH];
	struct iovec iov;
	char control[BATCH][CMSG_SPACE(sizeof(struct in_pktinfo))];
};

static void set_up(struct flood *flood)
{
	unsigned int i;

	flood->iov.iov_base = (char *)request;
	flood->iov.iov_len = sizeof(request) - 1;
	for (i = 0; i < BATCH; i++) {
		struct msghdr *hdr = &flood->msg[i].msg_hdr;
		struct cmsghdr *cmsg;

		hdr->msg_name = &flood->to;
		hdr->msg_namelen = sizeof(flood->to);
		hdr->msg_iov = &flood->iov;
		hdr->msg_iovlen = 1;
		hdr->msg_control = flood->control[i];
		hdr->msg_controllen = sizeof(flood->control[i]);
		cmsg = CMSG_FIRSTHDR(hdr);
		cmsg->cmsg_level = IPPROTO_IP;
		cmsg->cmsg_type = IP_PKTINFO;
		cmsg->cmsg_len = CMSG_LEN(sizeof(struct in_pktinfo));
	}
}

/* 10.0.1.0 and so on. */
static void set_source(struct flood *flood, unsigned int i)
{
	struct cmsghdr *cmsg = CMSG_FIRSTHDR(&flood->msg[i].msg_hdr);
	struct in_pktinfo info = {
		.ipi_spec_dst.s_addr = htonl(0x0a000100 + flood->next),
	};

	memcpy(CMSG_DATA(cmsg), &info, sizeof(info));
	flood->next = (flood->next + 1) % flood->sources;
}

static void send_some(struct flood *flood, unsigned int count)
{
	unsigned int i, n, done;
	int sent;

	for (; count; count -= n) {
		n = count < BATCH ? count : BATCH;
		for (i = 0; i < n; i++)
			set_source(flood, i);
		for (done = 0; done < n; done += (unsigned int)sent) {
			sent = sendmmsg(flood->fd, flood->msg + done, n - done, 0);
			if (sent < 0)
				fail("sendmmsg", strerror(errno));
		}
	}
}

int main(int argc, char **argv)
{
	static struct flood flood = { .to.sin_family = AF_INET };
	unsigned int count;

	if (argc != 6)
		fail("usage", "flood ADDRESS PORT SOURCES COUNT MARKS");
	inet_pton(AF_INET, argv[1], &flood.to.sin_addr);
	flood.to.sin_port = htons((in_port_t)number(argv[2], 65535));
	flood.sources = number(argv[3], 60000);
	count = number(argv[4], 10000000);
	flood.fd = socket(AF_INET, SOCK_DGRAM, 0);
	if (flood.fd < 0 || !flood.sources)
		fail("socket", "not to be had, or no sources");
	set_up(&flood);
	send_some(&flood, flood.sources);
	tell(argv[5], "begin");
	send_some(&flood, count);
	tell(argv[5], "end");
	return 0;
}
