// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * facts.c - all that decides whether SIP works here, gathered
 */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <linux/sipfast.h>

#include "facts.h"
#include "kernel.h"

#define NETFILTER	"/proc/sys/net/netfilter/"
#define IPV4		"/proc/sys/net/ipv4/"
#define IPV6		"/proc/sys/net/ipv6/"

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

static void take_counter(struct sf_facts *facts,
			 const struct sf_counter_info *counter)
{
	const char *name = counter->name ? counter->name : "";

	if (!strcmp(name, "sip-seen"))
		facts->seen = counter->value;
	else if (!strcmp(name, "media-ports"))
		facts->ports_short = counter->value;
	else if (!strcmp(name, "pinhole-no-expect"))
		facts->no_expect = counter->value;
	else if (begins(name, "parse-") && strcmp(name, "parse-ok") &&
		 strcmp(name, "parse-empty"))
		facts->refused += counter->value;
}

static int take(const struct sf_info *info, void *arg)
{
	struct sf_facts *facts = arg;

	if (info->kind == SIPFAST_A_COUNTER) {
		take_counter(facts, &info->counter);
	} else if (info->kind == SIPFAST_A_CONFIG) {
		facts->media_min = info->config.media_port_min;
		facts->media_max = info->config.media_port_max;
	}
	return 0;
}

static void ask_kernel(struct sf_facts *facts, const struct sf_world *world)
{
	struct sf_kernel *kernel;

	facts->kernel = sf_kernel_open(&kernel);
	if (facts->kernel)
		return;
	facts->kernel = sf_kernel_get(kernel, SIPFAST_CMD_GET_CONFIG, take,
				      facts);
	if (!facts->kernel)
		facts->kernel = sf_kernel_get(kernel, SIPFAST_CMD_GET_STATS,
					      take, facts);
	sf_kernel_close(kernel);
	sf_world_text(world, "/sys/module/nf_sipfast/version", facts->version,
		      sizeof(facts->version));
}

static int read_output(struct sf_rules *rules, const struct sf_world *world,
		       const char *const *argv,
		       int (*read)(struct sf_rules *rules, const char *text))
{
	char *text;
	int err = world->run(argv, &text);

	if (!err) {
		err = read(rules, text);
		free(text);
	}
	return err;
}

/*
 * Only programs whose tables exist are run: iptables-legacy-save would load
 * its modules, and change what it looks at.
 */
static int read_rules(struct sf_facts *facts, struct sf_rules *rules,
		      const struct sf_world *world)
{
	static const char *const nft[] = {
		"nft", "-j", "-t", "list", "ruleset", NULL
	};
	static const char *const save[] = { "iptables-nft-save", NULL };
	static const char *const legacy[] = { "iptables-legacy-save", NULL };
	char line[32];
	int err;

	err = read_output(rules, world, nft, sf_rules_read_nft);
	if (err)
		return err;
	sf_rules_tell(rules, 0, 0, &facts->rules);
	if (facts->rules.foreign)
		err = read_output(rules, world, save, sf_rules_read_iptables);
	sf_world_text(world, "/proc/net/ip_tables_names", line, sizeof(line));
	if (!err && *line)
		err = read_output(rules, world, legacy,
				  sf_rules_read_iptables);
	return err;
}

static int look_at_rules(struct sf_facts *facts, const struct sf_world *world)
{
	struct sf_rules *rules = sf_rules_new();
	int err;

	if (!rules)
		return -ENOMEM;
	err = read_rules(facts, rules, world);
	sf_rules_tell(rules, facts->media_min, facts->media_max,
		      &facts->rules);
	sf_rules_free(rules);
	return err;
}

/* /proc/net/route: interface, destination, gateway, flags, ... */
static void look_at_routes(struct sf_facts *facts,
			   const struct sf_world *world)
{
	char path[PATH_MAX], line[256], dev[64];
	unsigned int to, mask, flags;
	FILE *file;

	if (sf_world_path(world, "/proc/net/route", path, sizeof(path)))
		return;
	file = fopen(path, "re");
	while (file && fgets(line, sizeof(line), file)) {
		if (sscanf(line, "%63s %x %*x %x %*d %*d %*d %x", dev, &to,
			   &flags, &mask) != 4 || to || mask || !(flags & 1) ||
		    !strcmp(dev, facts->uplink))
			continue;
		facts->default_routes++;
		snprintf(facts->uplink, sizeof(facts->uplink), "%.15s", dev);
	}
	if (file)
		fclose(file);
}

/* What holds for an interface is the larger of its own value and that of all. */
static void look_at_rp_filter(struct sf_facts *facts,
			      const struct sf_world *world)
{
	long all = sf_world_number(world, IPV4 "conf/all/rp_filter"), own;
	char path[PATH_MAX], name[PATH_MAX];
	const struct dirent *entry;
	DIR *dir;

	if (sf_world_path(world, IPV4 "conf", path, sizeof(path)))
		return;
	dir = opendir(path);
	while (dir && (entry = readdir(dir))) {
		if (*entry->d_name == '.' || !strcmp(entry->d_name, "all") ||
		    !strcmp(entry->d_name, "default") ||
		    !strcmp(entry->d_name, "lo"))
			continue;
		snprintf(name, sizeof(name), IPV4 "conf/%s/rp_filter",
			 entry->d_name);
		own = sf_world_number(world, name);
		if ((own > all ? own : all) == 1)
			facts->rp_strict++;
	}
	if (dir)
		closedir(dir);
}

static void look_at_ports(struct sf_facts *facts, const struct sf_world *world)
{
	char line[256], range[32];

	if (sf_world_text(world, IPV4 "ip_local_port_range", line,
			  sizeof(line)) ||
	    sscanf(line, "%ld %ld", &facts->local_min,
		   &facts->local_max) != 2) {
		facts->local_min = -1;
		facts->local_max = -1;
	}
	sf_world_text(world, IPV4 "ip_local_reserved_ports", line,
		      sizeof(line));
	snprintf(range, sizeof(range), "%u-%u", facts->media_min,
		 facts->media_max);
	facts->local_reserved = strstr(line, range);
}

static bool is_there(const struct sf_world *world, const char *path)
{
	char name[PATH_MAX];

	return !sf_world_path(world, path, name, sizeof(name)) &&
	       !access(name, F_OK);
}

static const struct {
	const char *path;
	size_t offset;
} numbers[] = {
	{ NETFILTER "nf_conntrack_helper",
	  offsetof(struct sf_facts, auto_helper) },
	{ NETFILTER "nf_conntrack_expect_max",
	  offsetof(struct sf_facts, expect_max) },
	{ NETFILTER "nf_conntrack_count",
	  offsetof(struct sf_facts, conntracks) },
	{ NETFILTER "nf_conntrack_max",
	  offsetof(struct sf_facts, conntrack_max) },
	{ NETFILTER "nf_conntrack_udp_timeout",
	  offsetof(struct sf_facts, udp_timeout) },
	{ NETFILTER "nf_conntrack_udp_timeout_stream",
	  offsetof(struct sf_facts, udp_stream) },
	{ IPV4 "ip_forward", offsetof(struct sf_facts, forward4) },
	{ IPV6 "conf/all/forwarding", offsetof(struct sf_facts, forward6) },
};

void sf_facts_gather(struct sf_facts *facts, const struct sf_world *world)
{
	long number;
	size_t i;

	memset(facts, 0, sizeof(*facts));
	ask_kernel(facts, world);
	facts->rules_err = look_at_rules(facts, world);
	facts->sip_loaded = is_there(world, "/sys/module/nf_conntrack_sip");
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		number = sf_world_number(world, numbers[i].path);
		memcpy((char *)facts + numbers[i].offset, &number,
		       sizeof(number));
	}
	look_at_routes(facts, world);
	look_at_rp_filter(facts, world);
	look_at_ports(facts, world);
}
