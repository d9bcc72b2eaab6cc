// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * set_keys.c - the settings as people write them
 */
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <linux/sipfast.h>

#include "set.h"
#include "text.h"

#define DSCP_MAX	63

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

static void put(const struct sf_key *key, struct sf_config_info *config,
		const void *value, size_t size)
{
	memcpy((char *)config + key->offset, value, size);
	config->present |= 1U << key->attr;
}

static bool parse_u32(const struct sf_key *key, const char *value,
		      struct sf_config_info *config)
{
	uint32_t n;

	if (!parse_number(value, UINT32_MAX, &n))
		return false;
	put(key, config, &n, sizeof(n));
	return true;
}

static void print_u32(const struct sf_key *key, const char *field, FILE *out)
{
	uint32_t n;

	(void)key;
	memcpy(&n, field, sizeof(n));
	fprintf(out, "%u", n);
}

/* Pairs: RTP on the even port, RTCP on the next. */
static bool parse_ports(const struct sf_key *key, const char *value,
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

static void print_ports(const struct sf_key *key, const char *field, FILE *out)
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

static name_fn source_name(const struct sf_key *key)
{
	return key->attr == SIPFAST_A_CONFIG_REGISTRATION_SOURCE ?
	       sf_text_registration_source : sf_text_media_source;
}

static bool parse_source(const struct sf_key *key, const char *value,
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

static void print_source(const struct sf_key *key, const char *field, FILE *out)
{
	char buf[SF_TEXT_LEN];

	fputs(source_name(key)((uint8_t)*field, buf), out);
}

static bool parse_tcp(const struct sf_key *key, const char *value,
		      struct sf_config_info *config)
{
	uint8_t tcp = strcmp(value, "edit") ? SIPFAST_TCP_WATCH :
					      SIPFAST_TCP_EDIT;

	if (tcp == SIPFAST_TCP_WATCH && strcmp(value, "watch"))
		return false;
	put(key, config, &tcp, sizeof(tcp));
	return true;
}

static void print_tcp(const struct sf_key *key, const char *field, FILE *out)
{
	char buf[SF_TEXT_LEN];

	(void)key;
	fputs(sf_text_tcp((uint8_t)*field, buf), out);
}

static bool parse_switch(const struct sf_key *key, const char *value,
			 struct sf_config_info *config)
{
	uint8_t on = !strcmp(value, "on");

	if (!on && strcmp(value, "off"))
		return false;
	put(key, config, &on, sizeof(on));
	return true;
}

static void print_switch(const struct sf_key *key, const char *field, FILE *out)
{
	(void)key;
	fputs(*field ? "on" : "off", out);
}

static bool parse_dscp(const struct sf_key *key, const char *value,
		       struct sf_config_info *config)
{
	uint8_t dscp = SIPFAST_DSCP_KEEP;
	char buf[SF_TEXT_LEN];
	uint32_t n;

	if (!strcmp(value, "keep"))
		dscp = SIPFAST_DSCP_KEEP;
	else if (parse_number(value, DSCP_MAX, &n))
		dscp = n;
	else
		for (dscp = 0; dscp <= DSCP_MAX; dscp++)
			if (!strcasecmp(value, sf_text_dscp(dscp, buf)))
				break;
	if (dscp > DSCP_MAX && dscp != SIPFAST_DSCP_KEEP)
		return false;
	put(key, config, &dscp, sizeof(dscp));
	return true;
}

static void print_dscp(const struct sf_key *key, const char *field, FILE *out)
{
	char buf[SF_TEXT_LEN];

	(void)key;
	fputs(sf_text_dscp((uint8_t)*field, buf), out);
}

static bool parse_mask(const struct sf_key *key, const char *value,
		       struct sf_config_info *config)
{
	unsigned long mask = 0;
	uint32_t bits;
	char *end;

	if (strcmp(value, "none")) {
		if (strncmp(value, "0x", 2) || !isxdigit((unsigned char)value[2]))
			return false;
		errno = 0;
		mask = strtoul(value, &end, 16);
		if (errno || *end || !mask || mask > UINT32_MAX)
			return false;
	}
	bits = mask;
	put(key, config, &bits, sizeof(bits));
	return true;
}

static void print_mask(const struct sf_key *key, const char *field, FILE *out)
{
	uint32_t mask;

	(void)key;
	memcpy(&mask, field, sizeof(mask));
	if (mask)
		fprintf(out, "0x%08x", mask);
	else
		fputs("none", out);
}

/* Per mille, or a percentage with a tenth at most. */
static bool parse_share(const struct sf_key *key, const char *value,
			struct sf_config_info *config)
{
	double percent;
	uint32_t n;
	char *end;

	if (strpbrk(value, "%.")) {
		if (*value < '0' || *value > '9' ||
		    strspn(value, "0123456789.%") != strlen(value))
			return false;
		percent = strtod(value, &end);
		if (strcmp(end, "%") || percent > 100 ||
		    fabs(percent * 10 - round(percent * 10)) > 0.001)
			return false;
		n = lround(percent * 10);
	} else if (!parse_number(value, UINT32_MAX, &n)) {
		return false;
	}
	put(key, config, &n, sizeof(n));
	return true;
}

static void print_share(const struct sf_key *key, const char *field, FILE *out)
{
	uint32_t n;

	(void)key;
	memcpy(&n, field, sizeof(n));
	fprintf(out, "%u.%u%%", n / 10, n % 10);
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
static bool parse_prefixes(const struct sf_key *key, const char *value,
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

static void print_prefixes(const struct sf_key *key, const char *field, FILE *out)
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

const struct sf_key sf_keys[] = {
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
	KEY("fastpath", "on or off", FASTPATH, fastpath, switch),
	KEY("audio-dscp", "keep, 0 to 63, or a name such as EF", AUDIO_DSCP,
	    audio_dscp, dscp),
	KEY("video-dscp", "keep, 0 to 63, or a name such as AF41", VIDEO_DSCP,
	    video_dscp, dscp),
	KEY("loss-alarm", "a number per mille, or a percentage like 2.5%",
	    LOSS_ALARM, loss_alarm, share),
	KEY("jitter-alarm", "a number of milliseconds", JITTER_ALARM,
	    jitter_alarm, u32),
	KEY("mark-mask", "none, or hexadecimal like 0x3fff0000", MARK_MASK,
	    mark_mask, mask),
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

const size_t sf_nkeys = ARRAY_SIZE(sf_keys);
