// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * scratch.c - a network namespace that looks like this one, to try rules in
 *
 * ip and nft print what is here, and read it there. What rules look at is the same
 * then; that an interface is a bridge, or has a cable, is not.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <linux/sipfast.h>

#include "kernel.h"
#include "scratch.h"

/* What decides whether a packet goes on, and may differ from the default. */
static const char *const sysctls[] = {
	"/proc/sys/net/ipv4/ip_forward",
	"/proc/sys/net/ipv4/conf/all/rp_filter",
	"/proc/sys/net/ipv6/conf/all/forwarding",
};

/* What nft prints in front of a table of that family. */
#define BRIDGE	"table bridge "

#define SYSCTLS	(sizeof(sysctls) / sizeof(*sysctls))

/**
 * struct copy - what was here
 * @links: commands for ip that make the interfaces
 * @routes: and the routes, @routes6 those of IPv6
 * @rules: for nft
 * @sysctl: values; -1: there is none
 */
struct copy {
	char *links;
	char *routes;
	char *routes6;
	char *rules;
	long sysctl[SYSCTLS];
};

static const char *text(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	return value ? value : "";
}

static int fail(struct sf_scratch *scratch, int err, const char *what,
		const char *more)
{
	snprintf(scratch->why, sizeof(scratch->why), "%s: %.*s", what,
		 (int)strcspn(more, "\n"), more);
	return err;
}

static int run(struct sf_scratch *scratch, const struct sf_world *world,
	       const char *const *argv, char **out)
{
	int err = world->run(argv, out);

	if (err == -ENOENT)
		return fail(scratch, err, argv[0], "there is no such program");
	return err ? fail(scratch, err, argv[0], "it failed") : 0;
}

static int run_json(struct sf_scratch *scratch, const struct sf_world *world,
		    const char *const *argv, json_t **value)
{
	char *out;
	int err = run(scratch, world, argv, &out);

	if (err)
		return err;
	*value = json_loads(out, 0, NULL);
	free(out);
	return *value ? 0 : fail(scratch, -EBADMSG, argv[0], "no JSON");
}

/* The address of an interface that packets of this family are for. */
static bool take_target(const json_t *link, struct sf_probe_end *to)
{
	const char *family = to->family == AF_INET ? "inet" : "inet6";
	const json_t *addr;
	size_t i;

	json_array_foreach(json_object_get(link, "addr_info"), i, addr)
		if (!strcmp(text(addr, "family"), family) &&
		    strcmp(text(addr, "scope"), "link"))
			return inet_pton(to->family, text(addr, "local"),
					 to->addr) == 1;
	return false;
}

static int find_target(struct sf_scratch *scratch, const struct sf_world *world,
		       struct sf_probe *probe)
{
	const char *const argv[] = { "ip", "-j", "addr", "show", "dev",
				     probe->dev, NULL };
	json_t *links;
	int err = run_json(scratch, world, argv, &links);

	if (err)
		return fail(scratch, -ENODEV, probe->dev,
			    "there is no such interface");
	if (!take_target(json_array_get(links, 0), &probe->to))
		err = fail(scratch, -EADDRNOTAVAIL, probe->dev,
			   "it has no such address: say to ADDRESS");
	json_decref(links);
	return err;
}

/* Where the route back to the sender leads. */
static int find_dev(struct sf_scratch *scratch, const struct sf_world *world,
		    struct sf_probe *probe)
{
	char from[INET6_ADDRSTRLEN] = "";
	const char *const argv[] = { "ip", "-j", "route", "get", from, NULL };
	json_t *routes;
	int err;

	inet_ntop(probe->from.family, probe->from.addr, from, sizeof(from));
	err = run_json(scratch, world, argv, &routes);
	if (err)
		return fail(scratch, -ENETUNREACH, from,
			    "no route leads there: say in INTERFACE");
	snprintf(probe->dev, sizeof(probe->dev), "%s",
		 text(json_array_get(routes, 0), "dev"));
	if (!strcmp(text(json_array_get(routes, 0), "type"), "local"))
		err = fail(scratch, -EINVAL, from,
			   "that is the router itself: what it sends is not tested");
	json_decref(routes);
	return err;
}

int sf_scratch_complete(struct sf_scratch *scratch, const struct sf_world *world,
			struct sf_probe *probe)
{
	int err = *probe->dev ? 0 : find_dev(scratch, world, probe);

	if (!err && !probe->to.family) {
		probe->to.family = probe->from.family;
		err = find_target(scratch, world, probe);
	}
	if (!err && probe->to.family != probe->from.family)
		err = fail(scratch, -EINVAL, "from and to",
			   "one is IPv4, the other IPv6");
	return err;
}

static void write_addresses(FILE *out, const json_t *link)
{
	const char *name = text(link, "ifname");
	const json_t *addr;
	size_t i;

	json_array_foreach(json_object_get(link, "addr_info"), i, addr)
		fprintf(out, "addr add %s/%lld dev %s%s\n", text(addr, "local"),
			(long long)json_integer_value(json_object_get(addr, "prefixlen")),
			name, strcmp(text(addr, "family"), "inet6") ? "" : " nodad");
}

static void write_mac(FILE *out, const uint8_t *mac)
{
	fprintf(out, " address %02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1],
		mac[2], mac[3], mac[4], mac[5]);
}

/* The one that the packet comes in by has another end, to send it from. */
static void write_link(FILE *out, const json_t *link, const char *dev)
{
	const char *name = text(link, "ifname");

	if (!strcmp(name, "lo")) {
		fputs("link set lo up\n", out);
	} else if (!strcmp(name, dev)) {
		fprintf(out, "link add %s", name);
		write_mac(out, sf_probe_mac_to);
		fprintf(out, " type veth peer name %s\nlink set %s up\n",
			SF_SCRATCH_WIRE, SF_SCRATCH_WIRE);
	} else {
		fprintf(out, "link add %s type dummy\n", name);
	}
	fprintf(out, "link set %s up\n", name);
	write_addresses(out, link);
}

static int copy_links(struct sf_scratch *scratch, const struct sf_world *world,
		      const char *dev, struct copy *copy)
{
	static const char *const argv[] = { "ip", "-j", "addr", "show", NULL };
	json_t *links, *link;
	size_t i, size;
	FILE *out;
	int err = run_json(scratch, world, argv, &links);

	if (err)
		return err;
	out = open_memstream(&copy->links, &size);
	if (!out) {
		json_decref(links);
		return -ENOMEM;
	}
	json_array_foreach(links, i, link)
		write_link(out, link, dev);
	json_decref(links);
	return fclose(out) ? -ENOMEM : 0;
}

/* "default via … dev wan" becomes a command; states of links are no words of it. */
static int copy_routes(struct sf_scratch *scratch, const struct sf_world *world,
		       bool ip6, char **commands)
{
	const char *const argv[] = { "ip", ip6 ? "-6" : "-4", "route", "show", NULL };
	char *routes, *rest, *line, *word;
	size_t size;
	FILE *out;
	int err = run(scratch, world, argv, &routes);

	if (err)
		return err;
	out = open_memstream(commands, &size);
	rest = routes;
	while (out && (line = strsep(&rest, "\n"))) {
		if (!*line)
			continue;
		fputs("route add", out);
		while ((word = strsep(&line, " ")))
			if (strcmp(word, "linkdown") && strcmp(word, "dead"))
				fprintf(out, " %s", word);
		fputc('\n', out);
	}
	free(routes);
	return out && !fclose(out) ? 0 : -ENOMEM;
}

/* Rules of iptables' own matches are printed for people, not for nft. */
static bool is_foreign(const char *table, size_t len)
{
	return memmem(table, len, "\txt ", 4) || memmem(table, len, " xt ", 4) ||
	       memmem(table, len, "# xt_", 5);
}

static void leave_out(struct sf_scratch *scratch, const char *table)
{
	size_t used = strlen(scratch->left_out), len = strcspn(table, "{\n");

	while (len && table[len - 1] == ' ')
		len--;
	snprintf(scratch->left_out + used, sizeof(scratch->left_out) - used,
		 "%s%.*s", used ? ", " : "left out for their matches of iptables: ",
		 (int)len, table);
}

/* A table ends with the first line that is but a bracket. */
static int copy_rules(struct sf_scratch *scratch, const struct sf_world *world,
		      struct copy *copy)
{
	static const char *const argv[] = { "nft", "list", "ruleset", NULL };
	char *rules, *at, *end;
	size_t size;
	FILE *out;
	int err = run(scratch, world, argv, &rules);

	if (err)
		return err;
	out = open_memstream(&copy->rules, &size);
	for (at = rules; out && (end = strstr(at, "\n}\n")); at = end + 3) {
		while (*at == '#' || *at == '\n')
			at += strcspn(at, "\n") + 1;
		if (!strncmp(at, BRIDGE, sizeof(BRIDGE) - 1))
			scratch->bridge = true;
		if (is_foreign(at, (size_t)(end - at)))
			leave_out(scratch, at);
		else
			fprintf(out, "%.*s", (int)(end + 3 - at), at);
	}
	free(rules);
	return out && !fclose(out) ? 0 : -ENOMEM;
}

static int take_copy(struct sf_scratch *scratch, const struct sf_world *world,
		     const char *dev, struct copy *copy)
{
	size_t i;
	int err;

	for (i = 0; i < SYSCTLS; i++)
		copy->sysctl[i] = sf_world_number(world, sysctls[i]);
	err = copy_links(scratch, world, dev, copy);
	if (!err)
		err = copy_routes(scratch, world, false, &copy->routes);
	if (!err)
		err = copy_routes(scratch, world, true, &copy->routes6);
	if (!err)
		err = copy_rules(scratch, world, copy);
	return err;
}

static void free_copy(struct copy *copy)
{
	free(copy->links);
	free(copy->routes);
	free(copy->routes6);
	free(copy->rules);
}

/* In the namespace that this thread is in; what cannot be set stays. */
static void write_sysctl(const char *path, long value)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	dprintf(fd, "%ld\n", value);
	close(fd);
}

static int feed(struct sf_scratch *scratch, const char *const *argv,
		const char *in, const char *what)
{
	char *out;
	int err = sf_world_feed(argv, in, &out);

	if (err)
		fail(scratch, err, what, out ? out : strerror(-err));
	free(out);
	return err;
}

/* What is there by itself is there twice: routes of addresses, and some of those. */
static int lay(struct sf_scratch *scratch, const struct sf_probe *probe,
	       const struct copy *copy)
{
	static const char *const ip[] = { "ip", "-force", "-batch", "-", NULL };
	static const char *const ip6[] = { "ip", "-6", "-force", "-batch", "-", NULL };
	size_t i;

	write_sysctl("/proc/sys/net/ipv6/conf/default/accept_dad", 0);
	feed(scratch, ip, copy->links, "ip");
	if (!if_nametoindex(SF_SCRATCH_WIRE) || !if_nametoindex(probe->dev))
		return fail(scratch, -ENODEV, probe->dev,
			    "no such interface can be made in a copy");
	feed(scratch, ip, copy->routes, "ip");
	feed(scratch, ip6, copy->routes6, "ip");
	for (i = 0; i < SYSCTLS; i++)
		if (copy->sysctl[i] >= 0)
			write_sysctl(sysctls[i], copy->sysctl[i]);
	return 0;
}

/* The module has settings of its own in each namespace. */
static void mark(struct sf_scratch *scratch, uint32_t mask)
{
	struct sf_config_info config = {
		.present = 1u << SIPFAST_A_CONFIG_MARK_MASK,
		.mark_mask = mask,
	};
	struct sf_kernel *kernel;

	if (sf_kernel_open(&kernel))
		return;
	scratch->marks = !sf_kernel_set_config(kernel, &config);
	sf_kernel_close(kernel);
}

/* Traced from the first hook on; and a chain at each end tells of its arrival. */
static int watch(struct sf_scratch *scratch, const char *dev)
{
	static const char *const nft[] = { "nft", "-f", "-", NULL };
	char rules[1024];

	snprintf(rules, sizeof(rules),
		 "table netdev " SF_SCRATCH_TABLE " {\n"
		 "chain first { type filter hook ingress device \"%s\" priority -2147483648;"
		 " meta nftrace set 1; }\n}\n"
		 "table inet " SF_SCRATCH_TABLE " {\n"
		 "chain input { type filter hook input priority 2147483647; }\n"
		 "chain postrouting { type filter hook postrouting priority 2147483647; }\n"
		 "}\n", dev);
	return feed(scratch, nft, rules, "the trace");
}

int sf_scratch_enter(struct sf_scratch *scratch, const struct sf_world *world,
		     const struct sf_probe *probe, uint32_t mark_mask)
{
	static const char *const nft[] = { "nft", "-f", "-", NULL };
	struct copy copy = { 0 };
	int err = take_copy(scratch, world, probe->dev, &copy);

	if (!err && unshare(CLONE_NEWNET))
		err = fail(scratch, -errno, "a network namespace",
			   errno == EPERM ? "it takes root" : strerror(errno));
	if (!err)
		err = lay(scratch, probe, &copy);
	if (!err && mark_mask)
		mark(scratch, mark_mask);
	if (!err)
		err = feed(scratch, nft, copy.rules, "the rules cannot be copied");
	if (!err)
		err = watch(scratch, probe->dev);
	free_copy(&copy);
	return err;
}
