// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * set.c - sipfast set: settings of the kernel module in this namespace
 */
#include <inttypes.h>
#include <string.h>

#include <linux/sipfast.h>

#include "json.h"
#include "set.h"
#include "views.h"

#define KEY_WIDTH	20	/* of the longest key, and a space */

void sf_view_config(struct sf_cli *cli, const struct sf_config_info *config)
{
	size_t i;

	for (i = 0; i < sf_nkeys; i++) {
		const struct sf_key *key = &sf_keys[i];

		if (!sf_has(config, key->attr))
			continue;
		fprintf(cli->out, "%s%-*s%s", sf_color(cli, SF_COLOR_LABEL),
			KEY_WIDTH, key->name, sf_color(cli, SF_COLOR_OFF));
		key->print(key, (const char *)config + key->offset, cli->out);
		fputc('\n', cli->out);
	}
}

int sf_show_config(struct sf_cli *cli)
{
	static const uint8_t cmds[] = { SIPFAST_CMD_GET_CONFIG, 0 };
	struct sf_snapshot snapshot = { 0 };
	int status = sf_snapshot_read(cli, &snapshot, cmds);

	if (!status && cli->json) {
		json_t *o = sf_json_object();

		sf_json_set(o, "config", sf_json_config(&snapshot.config));
		sf_json_print(cli, o, false);
	} else if (!status) {
		sf_view_config(cli, &snapshot.config);
	}
	sf_snapshot_free(&snapshot);
	return status;
}

static const struct sf_key *find_key(const char *name)
{
	size_t i;

	for (i = 0; i < sf_nkeys; i++)
		if (!strcmp(sf_keys[i].name, name))
			return &sf_keys[i];
	return NULL;
}

static int parse_keys(struct sf_cli *cli, int argc, char **argv,
		      struct sf_config_info *config)
{
	int i;

	for (i = 0; i < argc; i += 2) {
		const struct sf_key *key = find_key(argv[i]);

		if (!key)
			return sf_cli_usage(cli, "there is no setting '%s'",
					    argv[i]);
		if (i + 1 == argc)
			return sf_cli_usage(cli, "%s needs a value: %s",
					    key->name, key->values);
		if (!key->parse(key, argv[i + 1], config))
			return sf_cli_usage(cli, "%s is %s, not '%s'",
					    key->name, key->values,
					    argv[i + 1]);
	}
	return SF_EXIT_OK;
}

static const struct sf_key *blamed_key(const struct sf_fault *fault)
{
	unsigned int attr = fault->attr;
	size_t i;

	if (attr == SIPFAST_A_CONFIG_MEDIA_PORT_MAX)
		attr = SIPFAST_A_CONFIG_MEDIA_PORT_MIN;
	for (i = 0; i < sf_nkeys; i++)
		if (sf_keys[i].attr == attr)
			return &sf_keys[i];
	return NULL;
}

/* The kernel names attributes by their place; people know the keys. */
static int refused(struct sf_cli *cli, const struct sf_kernel *kernel, int err)
{
	struct sf_fault fault = sf_kernel_fault(kernel);
	const struct sf_key *key = blamed_key(&fault);

	if (!key || !fault.ranged)
		return sf_cli_kernel_error(cli, kernel, err);
	return sf_cli_error(cli, "%s is from %" PRIu64 " to %" PRIu64,
			    key->name, fault.min, fault.max);
}

static int set_run(struct sf_cli *cli, int argc, char **argv)
{
	struct sf_config_info config = { 0 };
	struct sf_kernel *kernel;
	int status, err;

	if (sf_cli_option(cli, argc, argv, "", NULL) < 0)
		return cli->status;
	if (optind == argc)
		return sf_show_config(cli);
	status = parse_keys(cli, argc - optind, argv + optind, &config);
	if (!status)
		status = sf_cli_open(cli, &kernel);
	if (status)
		return status;
	err = sf_kernel_set_config(kernel, &config);
	if (err)
		status = refused(cli, kernel, err);
	sf_kernel_close(kernel);
	return status;
}

const struct sf_command sf_cmd_set = {
	.name = "set",
	.usage = "set [KEY VALUE]...",
	.summary = "change settings of the kernel module, or show them",
	.help = "  media-ports MIN-MAX             ports for media, in pairs\n"
		"  media-hosts PREFIX,...|none     whom an inside endpoint may\n"
		"                                  name besides itself\n"
		"  media-source sdp|prefix|any     who may send media in\n"
		"  registration-source registrar|prefix|any\n"
		"                                  who may call a phone that\n"
		"                                  registered\n"
		"  registration-hosts PREFIX,...|none\n"
		"                                  who else may\n"
		"  hairpin on|off                  media between two inside\n"
		"                                  endpoints stays here\n"
		"  tcp watch|edit                  whether whole messages over\n"
		"                                  TCP are edited\n"
		"  fastpath on|off                 media is forwarded where it\n"
		"                                  comes in\n"
		"  audio-dscp N|NAME|keep          DSCP that audio leaves with\n"
		"  video-dscp N|NAME|keep          DSCP that video leaves with\n"
		"  loss-alarm N|PERCENT%           media is poor that loses so\n"
		"                                  much: per mille, or percent\n"
		"  jitter-alarm MS                 or audio whose jitter is so high\n"
		"  mark-mask MASK|none             bits of a packet's mark that say what\n"
		"                                  SIP it carries, like 0x3fff0000\n"
		"  call-limit N                    calls at most\n"
		"  registration-limit N            registrations at most\n"
		"  pinhole-limit N                 pinholes at most\n"
		"  call-timeout SECONDS            how long an answered call may\n"
		"                                  have no message and no media\n"
		"  setup-timeout SECONDS           the same before the answer\n"
		"  media-timeout SECONDS           how long its media may be\n"
		"                                  silent, unless it is on hold\n"
		"\nSeveral are changed together or, on an error, not at all.\n",
	.run = set_run,
};
