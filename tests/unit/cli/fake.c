// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * fake.c - a kernel module that says what a test wants it to say
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <linux/genetlink.h>
#include <linux/sipfast.h>

#include "../../../daemon/sys/decode.h"
#include "fake.h"
#include "fake_daemon.h"

#define MESSAGES	64
#define SIZE		2048

/* One message; @err instead, if it is not 0. */
struct message {
	int err;
	uint8_t cmd;
	char buf[SIZE] __attribute__((aligned(8)));
};

struct sf_kernel {
	int fd;
};

struct fake fake;

static struct message messages[MESSAGES];
static size_t nmessages, next_event;

void fake_reset(void)
{
	memset(&fake, 0, sizeof(fake));
	memset(messages, 0, sizeof(messages));
	nmessages = 0;
	next_event = 0;
	fake.fault.message = "";
	fake_daemon_reset();
}

static struct message *add(void)
{
	if (nmessages == MESSAGES)
		abort();
	return &messages[nmessages++];
}

struct nlmsghdr *fake_message(uint8_t cmd)
{
	struct message *message = add();
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(message->buf);
	struct genlmsghdr *genl;

	message->cmd = cmd;
	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = cmd;
	return nlh;
}

void fake_event_error(int err)
{
	add()->err = err;
}

static bool is_event(const struct message *message)
{
	switch (message->cmd) {
	case SIPFAST_CMD_GET_CONFIG:
	case SIPFAST_CMD_GET_CALL:
	case SIPFAST_CMD_GET_STREAM:
	case SIPFAST_CMD_GET_REGISTRATION:
	case SIPFAST_CMD_GET_STATS:
		return false;
	}
	return true;
}

static int decode(const struct message *message, sf_info_fn fn, void *arg)
{
	return sf_decode((const struct nlmsghdr *)message->buf, fn, arg);
}

int sf_kernel_open(struct sf_kernel **kernel)
{
	if (fake.open_error)
		return fake.open_error;
	*kernel = calloc(1, sizeof(**kernel));
	(*kernel)->fd = eventfd(1, EFD_CLOEXEC);
	return 0;
}

void sf_kernel_close(struct sf_kernel *kernel)
{
	if (!kernel)
		return;
	close(kernel->fd);
	free(kernel);
}

bool sf_kernel_loaded(void)
{
	return !fake.open_error;
}

struct sf_fault sf_kernel_fault(const struct sf_kernel *kernel)
{
	(void)kernel;
	return fake.fault;
}

bool sf_kernel_interrupted(const struct sf_kernel *kernel)
{
	(void)kernel;
	return fake.interrupted;
}

int sf_kernel_get(struct sf_kernel *kernel, uint8_t cmd, sf_info_fn fn,
		  void *arg)
{
	int err = fake.error;
	size_t i;

	(void)kernel;
	for (i = 0; i < nmessages && !err; i++)
		if (messages[i].cmd == cmd)
			err = decode(&messages[i], fn, arg);
	return err;
}

struct search {
	uint32_t id;
	bool found;
};

static int has_id(const struct sf_info *info, void *arg)
{
	struct search *search = arg;

	search->found |= info->kind == SIPFAST_A_CALL &&
			 info->call.id == search->id;
	return 0;
}

int sf_kernel_get_call(struct sf_kernel *kernel, uint32_t id, sf_info_fn fn,
		       void *arg)
{
	struct search search = { .id = id };
	size_t i;

	(void)kernel;
	for (i = 0; i < nmessages && !fake.error; i++) {
		if (messages[i].cmd != SIPFAST_CMD_GET_CALL)
			continue;
		decode(&messages[i], has_id, &search);
		if (search.found)
			return decode(&messages[i], fn, arg);
	}
	return fake.error ? fake.error : -ENOENT;
}

int sf_kernel_set_config(struct sf_kernel *kernel,
			 const struct sf_config_info *config)
{
	(void)kernel;
	fake.config = *config;
	return fake.error;
}

int sf_kernel_subscribe(struct sf_kernel *kernel, unsigned int groups)
{
	(void)kernel;
	fake.groups = groups;
	return fake.error;
}

int sf_kernel_fd(const struct sf_kernel *kernel)
{
	return kernel->fd;
}

/* One at a time; the descriptor is readable until there are no more. */
int sf_kernel_receive(struct sf_kernel *kernel, sf_info_fn fn, void *arg)
{
	const struct message *message;
	eventfd_t value;

	while (next_event < nmessages && !is_event(&messages[next_event]))
		next_event++;
	if (next_event == nmessages) {
		eventfd_read(kernel->fd, &value);
		return 0;
	}
	message = &messages[next_event++];
	return message->err ? message->err : decode(message, fn, arg);
}
