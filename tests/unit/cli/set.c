// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * set.c - settings, written and read
 */
#include "test.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/sipfast.h>

#include "sample.h"

#define BIT(attr)	(1U << SIPFAST_A_CONFIG_##attr)

static const struct output *ask(const char *args)
{
	row("%s", args);
	fake_reset();
	sample_objects();
	return tool(args);
}

static void refused(void **state)
{
	static const char *const rows[] = {
		"set foo 1", "set call-limit", "set call-limit -1",
		"set call-limit 1x", "set call-limit 4294967296",
		"set call-limit 5 setup-timeout", "set call-limit  5",
		"set media-source registrar", "set registration-source sdp",
		"set tcp", "set tcp on",
		"set media-ports 30000", "set media-ports 30001-30003",
		"set media-ports 30000-30002", "set media-ports 30002-30001",
		"set media-ports 30000-65537", "set media-ports -30001",
		"set media-hosts 192.168.1.0/33", "set media-hosts 192.168.1",
		"set media-hosts 2001:db8::/129", "set media-hosts 10.0.0.1,",
		"set media-hosts 10.0.0.1/", "set registration-hosts ,10.0.0.1",
		"set media-hosts ::,::,::,::,::,::,::,::,::,::,::,::,::,::,::,::,::",
		"set hairpin maybe", "set hairpin 1",
		"set fastpath yes", "set audio-dscp 64", "set audio-dscp EF1",
		"set audio-dscp", "set video-dscp AF14x", "set video-dscp AF51",
		"set loss-alarm -1", "set loss-alarm 1.5", "set loss-alarm 1.25%",
		"set loss-alarm 101%", "set loss-alarm %", "set loss-alarm 1e1%",
		"set loss-alarm 0x10%", "set loss-alarm 2.5%%",
		"set jitter-alarm 50ms",
		"set mark-mask 0", "set mark-mask 0x", "set mark-mask 0x0",
		"set mark-mask 3fff", "set mark-mask 0x-1",
		"set mark-mask 0x100000000", "set mark-mask 0x3fffg",
		"set media-ports 30000-", "set media-ports 99999999-30001",
	};
	const struct output *got;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		got = ask(rows[i]);
		assert_int_equal(got->status, 2);
		assert_string_equal(got->out, "");
		assert_non_null(strstr(got->err, "see 'sipfast help set'"));
		assert_int_equal(fake.config.present, 0);
	}
}

static void one(void **state)
{
	(void)state;
	assert_int_equal(ask("set media-ports 30000-39999")->status, 0);
	assert_int_equal(fake.config.present,
			 BIT(MEDIA_PORT_MIN) | BIT(MEDIA_PORT_MAX));
	assert_int_equal(fake.config.media_port_min, 30000);
	assert_int_equal(fake.config.media_port_max, 39999);
	assert_int_equal(ask("set media-source any")->status, 0);
	assert_int_equal(fake.config.present, BIT(MEDIA_SOURCE));
	assert_int_equal(fake.config.media_source, SIPFAST_SOURCE_ANY);
	assert_int_equal(ask("set registration-source registrar")->status, 0);
	assert_int_equal(fake.config.present, BIT(REGISTRATION_SOURCE));
	assert_int_equal(fake.config.registration_source, SIPFAST_SOURCE_SDP);
	assert_int_equal(ask("set tcp edit")->status, 0);
	assert_int_equal(fake.config.present, BIT(TCP));
	assert_int_equal(fake.config.tcp, SIPFAST_TCP_EDIT);
}

static void prefixes(void **state)
{
	const struct sf_prefixes *list = &fake.config.media_hosts;

	(void)state;
	assert_int_equal(ask("set media-hosts 10.1.0.0/16,2001:db8::1")->status,
			 0);
	assert_int_equal(fake.config.present, BIT(MEDIA_HOSTS));
	assert_int_equal(list->count, 2);
	assert_int_equal(list->item[0].family, AF_INET);
	assert_int_equal(list->item[0].len, 16);
	assert_memory_equal(list->item[0].addr, "\x0a\1\0\0", 4);
	assert_int_equal(list->item[1].family, AF_INET6);
	assert_int_equal(list->item[1].len, 128);
	assert_int_equal(ask("set media-hosts none hairpin off")->status, 0);
	assert_int_equal(fake.config.present, BIT(MEDIA_HOSTS) | BIT(HAIRPIN));
	assert_int_equal(list->count, 0);
	assert_int_equal(fake.config.hairpin, 0);
}

static void classes(void **state)
{
	static const struct {
		const char *args;
		uint8_t want;
	} rows[] = {
		{ "set audio-dscp 0", 0 }, { "set audio-dscp 63", 63 },
		{ "set audio-dscp keep", SIPFAST_DSCP_KEEP },
		{ "set audio-dscp EF", 46 }, { "set audio-dscp ef", 46 },
		{ "set audio-dscp CS0", 0 }, { "set audio-dscp cs5", 40 },
		{ "set audio-dscp AF41", 34 }, { "set audio-dscp AF11", 10 },
		{ "set audio-dscp AF43", 38 }, { "set audio-dscp LE", 1 },
		{ "set audio-dscp VA", 44 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(ask(rows[i].args)->status, 0);
		assert_int_equal(fake.config.present, BIT(AUDIO_DSCP));
		assert_int_equal(fake.config.audio_dscp, rows[i].want);
	}
	ask("set video-dscp AF42");
	assert_int_equal(fake.config.present, BIT(VIDEO_DSCP));
	assert_int_equal(fake.config.video_dscp, 36);
}

static void alarms(void **state)
{
	static const struct {
		const char *args;
		uint32_t want;
	} rows[] = {
		{ "set loss-alarm 30", 30 }, { "set loss-alarm 3%", 30 },
		{ "set loss-alarm 2.5%", 25 }, { "set loss-alarm 0.1%", 1 },
		{ "set loss-alarm 100%", 1000 }, { "set loss-alarm 0", 0 },
		{ "set loss-alarm 0.30%", 3 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(ask(rows[i].args)->status, 0);
		assert_int_equal(fake.config.present, BIT(LOSS_ALARM));
		assert_int_equal(fake.config.loss_alarm, rows[i].want);
	}
	ask("set mark-mask 0xFFFC0000");
	assert_int_equal(fake.config.present, BIT(MARK_MASK));
	assert_int_equal(fake.config.mark_mask, 0xfffc0000);
	ask("set mark-mask none");
	assert_int_equal(fake.config.mark_mask, 0);
	ask("set jitter-alarm 40 fastpath off");
	assert_int_equal(fake.config.present,
			 BIT(JITTER_ALARM) | BIT(FASTPATH));
	assert_int_equal(fake.config.jitter_alarm, 40);
	assert_int_equal(fake.config.fastpath, 0);
}

static void several(void **state)
{
	const struct output *got;

	(void)state;
	got = ask("set call-limit 1 registration-limit 2 pinhole-limit 3");
	assert_int_equal(got->status, 0);
	assert_string_equal(got->out, "");
	assert_int_equal(fake.config.call_limit, 1);
	assert_int_equal(fake.config.registration_limit, 2);
	assert_int_equal(fake.config.pinhole_limit, 3);
	ask("set call-timeout 4 setup-timeout 4294967295 media-timeout 5");
	assert_int_equal(fake.config.call_timeout, 4);
	assert_int_equal(fake.config.setup_timeout, UINT32_MAX);
	assert_int_equal(fake.config.media_timeout, 5);
}

/* What is printed can be set again. */
static void round_trip(void **state)
{
	char args[1024] = "set ";
	const char *out;
	size_t n = strlen(args);

	(void)state;
	for (out = ask("show config")->out; *out; out++)
		if (*out != ' ' && *out != '\n')
			args[n++] = *out;
		else if (args[n - 1] != ' ' && out[1])
			args[n++] = ' ';
	assert_int_equal(ask(args)->status, 0);
	assert_int_equal(fake.config.media_port_max, 39999);
	assert_int_equal(fake.config.setup_timeout, 300);
	assert_int_equal(fake.config.audio_dscp, 46);
	assert_int_equal(fake.config.loss_alarm, 25);
}

/* Which of several settings the kernel refused, and what it would take. */
static void out_of_range(void **state)
{
	static const struct {
		uint16_t attr;
		const char *err;
	} rows[] = {
		{ SIPFAST_A_CONFIG_CALL_TIMEOUT,
		  "sipfast: call-timeout is from 32 to 604800\n" },
		{ SIPFAST_A_CONFIG_MEDIA_PORT_MAX,
		  "sipfast: media-ports is from 32 to 604800\n" },
		{ 0, "sipfast: the kernel refused: no (Invalid argument)\n" },
	};
	const struct output *got;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		fake_reset();
		fake.error = -EINVAL;
		fake.fault.message = "no";
		fake.fault.attr = rows[i].attr;
		fake.fault.ranged = true;
		fake.fault.min = 32;
		fake.fault.max = 604800;
		got = tool("set call-limit 5 call-timeout 1");
		assert_int_equal(got->status, 1);
		assert_string_equal(got->err, rows[i].err);
	}
}

static void shown(void **state)
{
	(void)state;
	assert_string_equal(ask("set")->out, golden("config.dat"));
	assert_string_equal(ask("show config")->out, golden("config.dat"));
}

static void json(void **state)
{
	json_t *got = json_loads(ask("show config -j")->out, 0, NULL);
	json_t *config = json_object_get(got, "config"), *value;

	(void)state;
	assert_int_equal(json_object_size(config), 20);
	value = json_object_get(config, "media_port_min");
	assert_int_equal(json_integer_value(value), 30000);
	value = json_object_get(config, "registration_source");
	assert_string_equal(json_string_value(value), "registrar");
	value = json_object_get(config, "audio_dscp");
	assert_int_equal(json_integer_value(value), 46);
	assert_true(json_is_null(json_object_get(config, "video_dscp")));
	value = json_object_get(config, "loss_alarm_percent");
	assert_true(json_real_value(value) == 2.5);
	json_decref(got);
}

static const struct CMUnitTest tests[] = {
	TEST(refused),
	TEST(one),
	TEST(prefixes),
	TEST(classes),
	TEST(alarms),
	TEST(several),
	TEST(round_trip),
	TEST(out_of_range),
	TEST(shown),
	TEST(json),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
