/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * genl.h - one generic netlink socket bound to one family
 *
 * Finding the family and its multicast groups, requests with their
 * acknowledgement, dumps, and the kernel's own words about an error. Knows
 * nothing of what the family says.
 */
#ifndef SIPFAST_SYS_GENL_H
#define SIPFAST_SYS_GENL_H

#include <libmnl/libmnl.h>
#include <stdbool.h>
#include <stdint.h>

#define GENL_GROUPS	8	/* multicast groups that are remembered */
#define GENL_BUFFER	32768	/* what the kernel fills in a dump at most */

/**
 * struct genl_fault - what the kernel said about a request
 * @message: its sentence; "" if none
 * @attr: the attribute that it blames, as numbered in its nest; 0 if none
 * @ranged: that attribute has a range
 * @min: the least value
 * @max: the greatest
 */
struct genl_fault {
	char message[160];
	uint16_t attr;
	bool ranged;
	uint64_t min;
	uint64_t max;
};

/**
 * struct genl - the socket
 * @nl: libmnl's handle
 * @portid: the address of the socket
 * @seq: number of the last request
 * @family: number of the family
 * @version: its version
 * @ngroups: entries of @groups
 * @groups: its multicast groups
 * @interrupted: the last dump was changed while it was read
 * @fault: what the kernel said about the last request
 * @buf: the request while it is built, then what came
 */
struct genl {
	struct mnl_socket *nl;
	uint32_t portid;
	uint32_t seq;
	uint16_t family;
	uint8_t version;
	unsigned int ngroups;
	struct {
		char name[16];
		uint32_t id;
	} groups[GENL_GROUPS];
	bool interrupted;
	struct genl_fault fault;
	char buf[GENL_BUFFER] __attribute__((aligned(8)));
};

/**
 * typedef genl_fn - is given each message of the family
 *
 * Return: 0 to go on; the first other value is the result of the walk.
 */
typedef int (*genl_fn)(const struct nlmsghdr *nlh, void *arg);

/**
 * genl_open() - make a socket and find a family
 * @genl: to be closed with genl_close() on success; undefined on an error
 * @family: its name
 * @version: its version, put into requests
 *
 * Return: 0, -ENOENT when there is no such family, or another error.
 */
int genl_open(struct genl *genl, const char *family, uint8_t version);
void genl_close(struct genl *genl);

/**
 * genl_request() - begin a request
 * @flags: NLM_F_ACK for one, NLM_F_DUMP for a dump
 *
 * Return: the message in @genl->buf, for attributes to be added.
 */
struct nlmsghdr *genl_request(struct genl *genl, uint8_t cmd, uint16_t flags);

/**
 * genl_talk() - send a request and read all of its answer
 * @nlh: from genl_request()
 * @fn: called for each message of the answer; after it returned something
 *      other than 0 the rest is read and thrown away; NULL when an
 *      acknowledgement is all that is wanted
 *
 * Return: 0, what @fn returned, or a negative error; @genl->fault says more.
 */
int genl_talk(struct genl *genl, struct nlmsghdr *nlh, genl_fn fn, void *arg);

/**
 * genl_join() - join a multicast group
 *
 * Return: 0, -ENOENT when the family has no such group, or another error.
 */
int genl_join(struct genl *genl, const char *group);

/**
 * genl_receive() - read the notifications that wait
 * @fn: called for each message
 *
 * Does not wait for input.
 *
 * Return: 0, what @fn returned, or a negative error; -ENOBUFS: some were lost.
 */
int genl_receive(struct genl *genl, genl_fn fn, void *arg);

/**
 * genl_status() - read an acknowledgement or the end of a dump
 * @nlh: NLMSG_ERROR or NLMSG_DONE
 * @fault: takes what else it says; zeroed first
 *
 * Return: the status: 0 or a negative errno value; -EBADMSG when malformed.
 */
int genl_status(const struct nlmsghdr *nlh, struct genl_fault *fault);

#endif /* SIPFAST_SYS_GENL_H */
