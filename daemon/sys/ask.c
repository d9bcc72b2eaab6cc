// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * ask.c - the socket that sipfastd answers on
 */
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "ask.h"

#define ROOM		131072	/* bytes of a line; the daemon's are shorter */
#define PATIENCE_MS	10000

/**
 * struct sf_ask - a link to the daemon
 * @fd: the connection
 * @fault: what it said when it said no
 * @at: where in @buf the next line begins
 * @len: bytes in @buf
 * @buf: what was read
 */
struct sf_ask {
	int fd;
	char fault[256];
	size_t at;
	size_t len;
	char buf[ROOM];
};

/* The value of "control = VALUE", in quotation marks or not. */
static bool take_path(const char *line, char *path, size_t size)
{
	char value[sizeof(((struct sockaddr_un *)0)->sun_path)];

	if (sscanf(line, " control = \"%107[^\"\n]", value) != 1 &&
	    sscanf(line, " control = %107[^\" \t\n#]", value) != 1)
		return false;
	snprintf(path, size, "%s", value);
	return true;
}

void sf_ask_path(const char *conf, char *path, size_t size)
{
	FILE *file = fopen(conf, "re");
	char line[512];

	snprintf(path, size, "%s", SF_CONTROL_FILE);
	while (file && fgets(line, sizeof(line), file))
		if (take_path(line, path, size))
			break;
	if (file)
		fclose(file);
}

bool sf_ask_configured(const char *conf)
{
	return !access(conf, F_OK);
}

int sf_ask_open(struct sf_ask **ask, const char *path)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	struct sf_ask *made;
	int fd, err;

	if (strlen(path) >= sizeof(addr.sun_path))
		return -ENAMETOOLONG;
	strcpy(addr.sun_path, path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	made = calloc(1, sizeof(*made));
	err = made ? 0 : -ENOMEM;
	if (!err && connect(fd, (struct sockaddr *)&addr, sizeof(addr)))
		err = -errno;
	if (err) {
		free(made);
		close(fd);
		return err;
	}
	made->fd = fd;
	*ask = made;
	return 0;
}

void sf_ask_close(struct sf_ask *ask)
{
	if (!ask)
		return;
	close(ask->fd);
	free(ask);
}

const char *sf_ask_fault(const struct sf_ask *ask)
{
	return ask->fault;
}

int sf_ask_fd(const struct sf_ask *ask)
{
	return ask->fd;
}

static int send_line(struct sf_ask *ask, const char *line, size_t len)
{
	/* It may have been said already why not, and the door been shut. */
	if (send(ask->fd, line, len, MSG_NOSIGNAL) < 0 &&
	    errno != EPIPE && errno != ECONNRESET)
		return -errno;
	return 0;
}

/* Daemon and tool may be of different versions: names are short and plain. */
static int send_request(struct sf_ask *ask, const char *request)
{
	char line[128];
	int len = snprintf(line, sizeof(line), "{\"request\": \"%s\"}\n",
			   request);

	return send_line(ask, line, (size_t)len);
}

/* The next line that is there whole, cut off; NULL when there is none. */
static char *next_line(struct sf_ask *ask)
{
	char *line = ask->buf + ask->at;
	char *end = memchr(line, '\n', ask->len - ask->at);

	if (!end)
		return NULL;
	*end = '\0';
	ask->at = (size_t)(end + 1 - ask->buf);
	return line;
}

/* Return: 0, or a negative errno; -EAGAIN when there is nothing now. */
static int fill(struct sf_ask *ask, int wait_ms)
{
	struct pollfd fd = { .fd = ask->fd, .events = POLLIN };
	ssize_t n;

	ask->len -= ask->at;
	memmove(ask->buf, ask->buf + ask->at, ask->len);
	ask->at = 0;
	if (ask->len == ROOM)
		return -EBADMSG;
	do {
		n = poll(&fd, 1, wait_ms);
	} while (n < 0 && errno == EINTR);
	if (n <= 0)
		return n ? -errno : wait_ms ? -ETIME : -EAGAIN;
	n = recv(ask->fd, ask->buf + ask->len, ROOM - ask->len, 0);
	if (n < 0)
		return errno == ECONNRESET ? -EPIPE : -errno;
	ask->len += (size_t)n;
	return n ? 0 : -EPIPE;
}

static int said_no(struct sf_ask *ask, const json_t *line, const char *error)
{
	const char *text = json_string_value(json_object_get(line, "text"));

	snprintf(ask->fault, sizeof(ask->fault), "%s", text ? text : error);
	return strcmp(error, "permission") ? -EREMOTEIO : -EACCES;
}

/* Return: as sf_ask_get(), with @last written. */
static int take(struct sf_ask *ask, char *text, sf_ask_fn fn, void *arg,
		bool *last)
{
	json_t *line = json_loads(text, 0, NULL);
	const char *error;
	int err = 0;

	if (!json_is_object(line)) {
		json_decref(line);
		return -EBADMSG;
	}
	error = json_string_value(json_object_get(line, "error"));
	*last = json_is_true(json_object_get(line, "end"));
	if (error)
		err = said_no(ask, line, error);
	else if (!*last && fn)
		err = fn(line, arg);
	json_decref(line);
	return err;
}

/* Until the end, or as far as is there now. */
static int read_lines(struct sf_ask *ask, int wait_ms, sf_ask_fn fn, void *arg)
{
	bool last = false;
	char *line;
	int err = 0;

	while (!err && !last) {
		line = next_line(ask);
		err = line ? take(ask, line, fn, arg, &last) :
			     fill(ask, wait_ms);
	}
	return err;
}

int sf_ask_get(struct sf_ask *ask, const char *request, sf_ask_fn fn,
	       void *arg)
{
	int err = send_request(ask, request);

	return err ? err : read_lines(ask, PATIENCE_MS, fn, arg);
}

/* The answer to "monitor" ends, and what comes then are events. */
int sf_ask_listen(struct sf_ask *ask)
{
	return sf_ask_get(ask, "monitor", NULL, NULL);
}

int sf_ask_tell(struct sf_ask *ask, const json_t *request, sf_ask_fn fn,
		void *arg)
{
	char line[4096];
	size_t len = request ? json_dumpb(request, line, sizeof(line),
					  JSON_COMPACT) : 0;
	int err;

	if (!len || len >= sizeof(line))
		return -EINVAL;
	line[len++] = '\n';
	err = send_line(ask, line, len);
	return err ? err : read_lines(ask, PATIENCE_MS, fn, arg);
}

int sf_ask_trace(struct sf_ask *ask, const char *filter)
{
	json_t *o = json_pack("{s:s, s:s}", "request", "trace", "filter",
			      filter);
	int err = sf_ask_tell(ask, o, NULL, NULL);

	json_decref(o);
	return err;
}

int sf_ask_receive(struct sf_ask *ask, sf_ask_fn fn, void *arg)
{
	int err = read_lines(ask, 0, fn, arg);

	return err == -EAGAIN ? 0 : err;
}
