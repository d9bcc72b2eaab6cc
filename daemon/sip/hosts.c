// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * hosts.c - names that the administrator gave addresses to
 */
#include "hosts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is behind that is not read. */
#define FILE_MAX	0x100000
#define LOOK_MS		1000

static void forget(struct sf_hosts *hosts)
{
	free(hosts->text);
	hosts->text = NULL;
	hosts->len = 0;
}

static void read_all(struct sf_hosts *hosts, int fd, size_t size)
{
	ssize_t n;

	forget(hosts);
	hosts->text = malloc(size ? size : 1);
	while (hosts->text && hosts->len < size) {
		n = read(fd, hosts->text + hosts->len, size - hosts->len);
		if (n <= 0)
			break;
		hosts->len += (u32)n;
	}
}

static bool is_same(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

/* Read it again if it has changed. One that is not there says nothing. */
static void look(struct sf_hosts *hosts)
{
	int fd = open(hosts->file, O_RDONLY | O_CLOEXEC);
	struct stat stat;

	if (fd < 0 || fstat(fd, &stat)) {
		forget(hosts);
		hosts->changed = (struct timespec){ 0 };
	} else if (!is_same(&stat.st_mtim, &hosts->changed)) {
		hosts->changed = stat.st_mtim;
		read_all(hosts, fd, stat.st_size < FILE_MAX ?
				    (size_t)stat.st_size : FILE_MAX);
	}
	if (fd >= 0)
		close(fd);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* The next word of a line, or an empty one; a comment ends the line. */
static struct sf_span word(const char *text, u32 *pos, u32 end)
{
	u32 from;

	while (*pos < end && is_blank(text[*pos]))
		++*pos;
	from = *pos;
	if (from < end && text[from] == '#')
		*pos = end;
	else
		while (*pos < end && !is_blank(text[*pos]) && text[*pos] != '#')
			++*pos;
	return from < end && text[from] != '#' ? sf_span(from, *pos) :
						 sf_span(end, end);
}

static bool has_name(const char *text, u32 pos, u32 end, const char *name)
{
	u32 len = (u32)strlen(name);
	struct sf_span at;

	while ((at = word(text, &pos, end)).len)
		if ((at.len == len ||
		     (at.len == len + 1 && text[at.off + len] == '.')) &&
		    !strncasecmp(text + at.off, name, len))
			return true;
	return false;
}

static void add(struct sf_dns_answer *answer, const struct sf_ip *ip)
{
	if (answer->count == SF_DNS_RECORDS_MAX)
		return;
	answer->at[answer->count++] = (struct sf_dns_record){ .ip = *ip };
	answer->err = 0;
}

/* Every line that has the name. Return: whether there was one. */
static bool gather(struct sf_hosts *hosts, const char *name)
{
	const char *text = hosts->text;
	u32 pos = 0, end, at;
	struct sf_ip ip;
	bool found = false;

	sf_dns_answer_none(&hosts->answer[0], -ENOENT);
	sf_dns_answer_none(&hosts->answer[1], -ENOENT);
	for (; pos < hosts->len; pos = end + 1) {
		const char *eol = memchr(text + pos, '\n', hosts->len - pos);

		end = eol ? (u32)(eol - text) : hosts->len;
		at = pos;
		if (!sf_span_ip(text, word(text, &at, end), &ip) ||
		    !has_name(text, at, end, name))
			continue;
		found = true;
		add(&hosts->answer[ip.family == 6], &ip);
	}
	return found;
}

/* The host of a service: _sip._udp.HOST. */
static const char *host_of(const char *name)
{
	const char *dot;

	while (*name == '_' && (dot = strchr(name, '.')))
		name = dot + 1;
	return name;
}

const struct sf_dns_answer *sf_hosts_get(struct sf_hosts *hosts, u64 now,
					 const char *name, enum sf_dns_type type)
{
	static const struct sf_dns_answer none = { .err = -ENOENT };

	if (!hosts->file)
		return NULL;
	if (!hosts->looked || now - hosts->looked >= LOOK_MS) {
		hosts->looked = now ? now : 1;
		look(hosts);
	}
	if (!gather(hosts, host_of(name)))
		return NULL;
	if (type != SF_DNS_A && type != SF_DNS_AAAA)
		return &none;
	return &hosts->answer[type == SF_DNS_AAAA];
}

void sf_hosts_free(struct sf_hosts *hosts)
{
	forget(hosts);
}
