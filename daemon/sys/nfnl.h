/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nfnl.h - a netlink socket to netfilter: nf_tables and conntrack
 */
#ifndef SIPFAST_SYS_NFNL_H
#define SIPFAST_SYS_NFNL_H

#include <libmnl/libmnl.h>
#include <stdbool.h>
#include <stdint.h>

#include "nft.h"

/* A change of SF_NFT_BATCH elements three times over, and something around it. */
#define NFNL_BUFFER	262144

/**
 * struct nfnl - two sockets
 * @nl: for requests and their answers
 * @portid: its address
 * @seq: of the last message
 * @events: where changes of others are heard
 * @buf: what is sent
 * @in: what came
 */
struct nfnl {
	struct mnl_socket *nl;
	uint32_t portid;
	uint32_t seq;
	struct mnl_socket *events;
	char buf[NFNL_BUFFER] __attribute__((aligned(8)));
	char in[65536] __attribute__((aligned(8)));
};

/* Return: 0 to go on; the first other value is the result. */
typedef int (*nfnl_fn)(const struct nlmsghdr *nlh, void *arg);

/**
 * nfnl_put() - begin a message
 * @buf: in struct nfnl.buf
 * @type: subsystem << 8 | message
 */
struct nlmsghdr *nfnl_put(struct nfnl *nfnl, void *buf, uint16_t type,
			  uint16_t flags, uint8_t family);

/**
 * nfnl_talk() - send what is in @nfnl->buf, and read the answers
 * @len: bytes
 * @acks: acknowledgements that come
 * @first: the number of the first message: an error of that is an error of all
 *
 * Return: 0; the first error of a message, or what @fn returned; -EINTR when a
 * dump was changed while it was read.
 */
int nfnl_talk(struct nfnl *nfnl, size_t len, uint32_t acks, uint32_t first,
	      nfnl_fn fn, void *arg);

/* conntrack.c: see struct sf_nft_ops. */
int nfnl_cut(void *link, const uint8_t *addr, bool v6);

/* nft_batch.c: write the messages of a batch. Return: bytes; *acks: see above. */
size_t nft_batch(struct nfnl *nfnl, const struct sf_nft_change *changes,
		 uint32_t count, uint32_t *acks);

#endif /* SIPFAST_SYS_NFNL_H */
