// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * service.c - all that decides whether sipfastd serves here, gathered
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ask.h"
#include "service.h"
#include "sockets.h"

#define SIP_PORT	5060

/**
 * struct gathering - while it is found out
 * @service: the result
 * @world: where to look
 * @pid: the daemon's; 0: it does not run
 * @listen: its listeners, a list; NULL: it does not run
 * @sockets: who is on their ports
 */
struct gathering {
	struct sf_service *service;
	const struct sf_world *world;
	int pid;
	json_t *listen;
	struct sf_sockets sockets;
};

static bool is_there(const struct sf_world *world, const char *path)
{
	char name[PATH_MAX];

	return !sf_world_path(world, path, name, sizeof(name)) &&
	       !access(name, F_OK);
}

/* Takes the last line off, if it is "FILE: fine". */
static bool take_fine(char *text)
{
	static const char fine[] = ": fine\n";
	size_t len = strlen(text);
	char *last;

	if (len < strlen(fine) || strcmp(text + len - strlen(fine), fine))
		return false;
	text[len - 1] = '\0';
	last = strrchr(text, '\n');
	*(last ? last : text) = '\0';
	return true;
}

/* There are lines for what is wrong, or remarks on what is fine. */
static void take_test(struct sf_service *service, char *text)
{
	bool fine = take_fine(text);
	char *line, *rest = text;

	while ((line = strsep(&rest, "\n"))) {
		if (!*line)
			continue;
		service->wrongs += !fine;
		if (!*service->wrong)
			snprintf(service->wrong, sizeof(service->wrong), "%s",
				 line);
	}
	service->test = service->wrongs ? -EINVAL : 0;
}

/* What is wrong goes to the standard error, and the exit status is known. */
static void try_configuration(struct gathering *g)
{
	const char *const test[] = {
		"sh", "-c",
		"command -v sipfastd >/dev/null || exit 127; sipfastd -t -c \"$1\" 2>&1 || :",
		"sh", g->service->file, NULL
	};
	char *text;

	g->service->test = g->world->run(test, &text);
	if (g->service->test)
		return;
	take_test(g->service, text);
	free(text);
}

static const char *text_at(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

static int take_status(const json_t *line, void *arg)
{
	const json_t *status = json_object_get(line, "status");
	struct gathering *g = arg;
	struct sf_service *service = g->service;

	if (!status)
		return 0;
	snprintf(service->version, sizeof(service->version), "%s",
		 text_at(status, "version"));
	snprintf(service->domain, sizeof(service->domain), "%s",
		 text_at(status, "domain"));
	service->authenticates =
		json_is_true(json_object_get(status, "authenticates"));
	service->users = (uint64_t)
		json_integer_value(json_object_get(status, "users"));
	service->bindings = (uint64_t)
		json_integer_value(json_object_get(status, "bindings"));
	g->pid = (int)json_integer_value(json_object_get(status, "pid"));
	json_decref(g->listen);
	g->listen = json_incref(json_object_get(status, "listen"));
	return 0;
}

static int take_file(const json_t *line, void *arg)
{
	const char *file = text_at(json_object_get(line, "config"), "file");
	struct gathering *g = arg;

	if (!*file || strlen(file) >= sizeof(g->service->file))
		return 0;
	strcpy(g->service->file, file);
	g->service->configured = true;
	return 0;
}

/* Which file it has is not worth a finding of its own. */
static void ask(struct gathering *g, const char *control)
{
	struct sf_ask *link;

	g->service->answers = sf_ask_open(&link, control);
	if (g->service->answers)
		return;
	g->service->answers = sf_ask_get(link, "status", take_status, g);
	if (!g->service->answers)
		sf_ask_get(link, "config", take_file, g);
	sf_ask_close(link);
}

/* "192.0.2.1:5060", "[2001:db8::1]:5060" */
static unsigned int port_of(const json_t *listener)
{
	const char *colon = strrchr(text_at(listener, "address"), ':');

	return colon ? (unsigned int)atoi(colon + 1) : 0;
}

static bool is_open(const struct gathering *g, const json_t *listener)
{
	bool tcp = strcmp(text_at(listener, "transport"), "udp");
	bool ip6 = *text_at(listener, "address") == '[';
	unsigned int i, port = port_of(listener);

	for (i = 0; i < g->sockets.count; i++) {
		const struct sf_socket *socket = &g->sockets.item[i];

		if (socket->port == port && socket->tcp == tcp &&
		    socket->ip6 == ip6 && socket->pid == g->pid)
			return true;
	}
	return false;
}

static void look_for_absent(struct gathering *g)
{
	struct sf_service *service = g->service;
	const json_t *listener;
	size_t i;

	json_array_foreach(g->listen, i, listener) {
		service->listeners++;
		if (!*service->absent && !is_open(g, listener))
			snprintf(service->absent, sizeof(service->absent),
				 "%s %s", text_at(listener, "transport"),
				 text_at(listener, "address"));
	}
}

/* One that nobody seems to have is in another container, or the kernel's. */
static void look_for_rival(struct gathering *g)
{
	struct sf_service *service = g->service;
	char path[64];
	unsigned int i;

	for (i = 0; i < g->sockets.count; i++) {
		const struct sf_socket *socket = &g->sockets.item[i];

		if (!socket->pid || socket->pid == g->pid)
			continue;
		service->rival_pid = socket->pid;
		service->rival_port = socket->port;
		snprintf(path, sizeof(path), "/proc/%d/comm", socket->pid);
		sf_world_text(g->world, path, service->rival,
			      sizeof(service->rival));
		if (!*service->rival)
			strcpy(service->rival, "a program");
		return;
	}
}

static void look_at_sockets(struct gathering *g)
{
	const json_t *listener;
	size_t i;

	json_array_foreach(g->listen, i, listener)
		sf_sockets_read(&g->sockets, g->world, port_of(listener));
	if (!g->listen)
		sf_sockets_read(&g->sockets, g->world, SIP_PORT);
	sf_sockets_own(&g->sockets, g->world);
	look_for_absent(g);
	look_for_rival(g);
}

void sf_service_gather(struct sf_service *service, const struct sf_world *world,
		       const char *control)
{
	struct gathering g = { .service = service, .world = world };

	memset(service, 0, sizeof(*service));
	strcpy(service->file, SF_SERVED_FILE);
	ask(&g, control);
	service->configured |= is_there(world, service->file);
	if (service->configured)
		try_configuration(&g);
	if (service->configured || !service->answers)
		look_at_sockets(&g);
	json_decref(g.listen);
}
