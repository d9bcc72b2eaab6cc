// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * set.c - sipfast set: settings of the kernel module in this namespace
 */
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include <linux/sipfast.h>

#include "json.h"
#include "mem.h"
#include "text.h"
#include "views.h"

#define KEY_WIDTH	20	/* of the longest key, and a space */

/**
 * struct key - a setting as people write it
 * @name: its name
 * @values: what it takes, for messages
 * @attr: the attribute that says whether it is there
 * @parse: reads a value into the settings; false when it is wrong
 * @print: writes the value
 */
struct key {
	const char *name;
	const char *values;
	unsigned int attr;
	size_t offset;
	bool (*parse)(const struct key *key, const char *value,
		      struct sf_config_info *config);
	void (*print)(const struct key *key, const char *field, FILE *out);
};

static bool parse_number(const char *text, uint32_t max, uint32_t *number)
{
	unsigned long long n;
	char *end;

	if (*text < '0' || *text > '9')
		return false;
	errno = 0;
	n = strtoull(text, &end, 10);
	if (errno || *end || n > max)
		return false;
	*number = n;
	return true;
}

static void put(const struct key *key, struct sf_config_info *config,
		const void *value, size_t size)
{
	memcpy((char *)config + key->offset, value, size);
	config->present |= 1U << key->attr;
}

static bool parse_u32(const struct key *key, const char *value,
		      struct sf_config_info *config)
{
	uint32_t n;

	if (!parse_number(value, UINT32_MAX, &n))
		return false;
	put(key, config, &n, sizeof(n));
	return true;
}

static void print_u32(const struct key *key, const char *field, FILE *out)
{
	uint32_t n;

	(void)key;
	memcpy(&n, field, sizeof(n));
	fprintf(out, "%u", n);
}

/* Pairs: RTP on the even port, RTCP on the next. */
static bool parse_ports(const struct key *key, const char *value,
			struct sf_config_info *config)
{
	const char *dash = strchr(value, '-');
	char first[8] = "";
	uint32_t min, max;

	(void)key;
	if (!dash || (size_t)(dash - value) >= sizeof(first))
		return false;
	memcpy(first, value, dash - value);
	if (!parse_number(first, UINT16_MAX, &min) ||
	    !parse_number(dash + 1, UINT16_MAX, &max) ||
	    min >= max || min % 2 || !(max % 2))
		return false;
	config->media_port_min = min;
	config->media_port_max = max;
	config->present |= 1U << SIPFAST_A_CONFIG_MEDIA_PORT_MIN |
			   1U << SIPFAST_A_CONFIG_MEDIA_PORT_MAX;
	return true;
}

static void print_ports(const struct key *key, const char *field, FILE *out)
{
	uint16_t range[2];

	(void)key;
	memcpy(range, field, sizeof(range));
	fprintf(out, "%u-%u", range[0], range[1]);
}

_Static_assert(offsetof(struct sf_config_info, media_port_max) ==
	       offsetof(struct sf_config_info, media_port_min) +
	       sizeof(uint16_t), "print_ports() reads both");

typedef const char *(*name_fn)(unsigned int value, char *buf);

static name_fn source_name(const struct key *key)
{
	return key->attr == SIPFAST_A_CONFIG_REGISTRATION_SOURCE ?
	       sf_text_registration_source : sf_text_media_source;
}

static bool parse_source(const struct key *key, const char *value,
			 struct sf_config_info *config)
{
	name_fn name = source_name(key);
	char buf[SF_TEXT_LEN];
	uint8_t source;

	for (source = SIPFAST_SOURCE_SDP; source <= SIPFAST_SOURCE_PREFIX;
	     source++) {
		if (strcmp(value, name(source, buf)))
			continue;
		put(key, config, &source, sizeof(source));
		return true;
	}
	return false;
}

static void print_source(const struct key *key, const char *field, FILE *out)
{
	char buf[SF_TEXT_LEN];

	fputs(source_name(key)((uint8_t)*field, buf), out);
}

static bool parse_tcp(const struct key *key, const char *value,
		      struct sf_config_info *config)
{
	uint8_t tcp = strcmp(value, "edit") ? SIPFAST_TCP_WATCH :
					      SIPFAST_TCP_EDIT;

	if (tcp == SIPFAST_TCP_WATCH && strcmp(value, "watch"))
		return false;
	put(key, config, &tcp, sizeof(tcp));
	return true;
}

static void print_tcp(const struct key *key, const char *field, FILE *out)
{
	char buf[SF_TEXT_LEN];

	(void)key;
	fputs(sf_text_tcp((uint8_t)*field, buf), out);
}

static bool parse_switch(const struct key *key, const char *value,
			 struct sf_config_info *config)
{
	uint8_t on = !strcmp(value, "on");

	if (!on && strcmp(value, "off"))
		return false;
	put(key, config, &on, sizeof(on));
	return true;
}

static void print_switch(const struct key *key, const char *field, FILE *out)
{
	(void)key;
	fputs(*field ? "on" : "off", out);
}

static bool parse_prefix(char *text, struct sf_prefix *prefix)
{
	char *slash = strchr(text, '/');
	uint32_t len, max;

	if (slash)
		*slash++ = '\0';
	memset(prefix, 0, sizeof(*prefix));
	prefix->family = strchr(text, ':') ? AF_INET6 : AF_INET;
	max = prefix->family == AF_INET ? 32 : 128;
	len = max;
	if (inet_pton(prefix->family, text, prefix->addr) != 1 ||
	    (slash && !parse_number(slash, max, &len)))
		return false;
	prefix->len = len;
	return true;
}

/* Prefixes with commas between them, or "none". */
static bool parse_prefixes(const struct key *key, const char *value,
			   struct sf_config_info *config)
{
	struct sf_prefixes list = { 0 };
	const char *end = value + strlen(value), *comma;
	char text[SF_PREFIX_LEN];

	if (!strcmp(value, "none")) {
		put(key, config, &list, sizeof(list));
		return true;
	}
	for (; value <= end; value = comma + 1) {
		comma = strchrnul(value, ',');
		if ((size_t)(comma - value) >= sizeof(text) ||
		    list.count == ARRAY_SIZE(list.item))
			return false;
		memcpy(text, value, comma - value);
		text[comma - value] = '\0';
		if (!parse_prefix(text, &list.item[list.count++]))
			return false;
	}
	put(key, config, &list, sizeof(list));
	return true;
}

static void print_prefixes(const struct key *key, const char *field, FILE *out)
{
	const struct sf_prefixes *list = (const void *)field;
	char buf[SF_PREFIX_LEN];
	int i;

	(void)key;
	for (i = 0; i < list->count; i++)
		fprintf(out, "%s%s", i ? "," : "",
			sf_prefix_text(&list->item[i], buf));
	if (!list->count)
		fputs("none", out);
}

#define KEY(name, values, attr, field, type) \
	{ name, values, SIPFAST_A_CONFIG_##attr, \
	  offsetof(struct sf_config_info, field), parse_##type, print_##type }

static const struct key keys[] = {
	KEY("media-ports", "MIN-MAX, MIN even and MAX odd", MEDIA_PORT_MIN,
	    media_port_min, ports),
	KEY("media-hosts", "none, or prefixes with commas between them",
	    MEDIA_HOSTS, media_hosts, prefixes),
	KEY("media-source", "sdp, prefix or any", MEDIA_SOURCE, media_source, source),
	KEY("registration-source", "registrar, prefix or any", REGISTRATION_SOURCE,
	    registration_source, source),
	KEY("registration-hosts", "none, or prefixes with commas between them",
	    REGISTRATION_HOSTS, registration_hosts, prefixes),
	KEY("hairpin", "on or off", HAIRPIN, hairpin, switch),
	KEY("tcp", "watch or edit", TCP, tcp, tcp),
	KEY("call-limit", "a number", CALL_LIMIT, call_limit, u32),
	KEY("registration-limit", "a number", REGISTRATION_LIMIT,
	    registration_limit, u32),
	KEY("pinhole-limit", "a number", PINHOLE_LIMIT, pinhole_limit, u32),
	KEY("call-timeout", "a number of seconds", CALL_TIMEOUT, call_timeout,
	    u32),
	KEY("setup-timeout", "a number of seconds", SETUP_TIMEOUT,
	    setup_timeout, u32),
	KEY("media-timeout", "a number of seconds", MEDIA_TIMEOUT,
	    media_timeout, u32),
};

void sf_view_config(struct sf_cli *cli, const struct sf_config_info *config)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		const struct key *key = &keys[i];

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

static const struct key *find_key(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (!strcmp(keys[i].name, name))
			return &keys[i];
	return NULL;
}

static int parse_keys(struct sf_cli *cli, int argc, char **argv,
		      struct sf_config_info *config)
{
	int i;

	for (i = 0; i < argc; i += 2) {
		const struct key *key = find_key(argv[i]);

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

static const struct key *blamed_key(const struct sf_fault *fault)
{
	unsigned int attr = fault->attr;
	size_t i;

	if (attr == SIPFAST_A_CONFIG_MEDIA_PORT_MAX)
		attr = SIPFAST_A_CONFIG_MEDIA_PORT_MIN;
	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (keys[i].attr == attr)
			return &keys[i];
	return NULL;
}

/* The kernel names attributes by their place; people know the keys. */
static int refused(struct sf_cli *cli, const struct sf_kernel *kernel, int err)
{
	struct sf_fault fault = sf_kernel_fault(kernel);
	const struct key *key = blamed_key(&fault);

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
		"  call-limit N                    calls at most\n"
		"  registration-limit N            registrations at most\n"
		"  pinhole-limit N                 pinholes at most\n"
		"  call-timeout SECONDS            how long an answered call\n"
		"                                  may say nothing\n"
		"  setup-timeout SECONDS           the same before the answer\n"
		"  media-timeout SECONDS           how long its media may be\n"
		"                                  silent, unless it is on hold\n"
		"\nSeveral are changed together or, on an error, not at all.\n",
	.run = set_run,
};
