// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sample.c - messages of a small router, and a tool to look at them with
 *
 * A phone at 192.168.1.10 behind 203.0.113.1 and a provider at 198.51.100.5;
 * a second call comes in over IPv6 and is not translated.
 */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include <linux/sipfast.h>

#include "../../../daemon/cli/cli.h"
#include "sample.h"

#define PHONE	SAMPLE_PHONE
#define ROUTER	SAMPLE_ROUTER
#define PROXY	SAMPLE_PROXY

void put_endpoint(struct nlmsghdr *nlh, uint16_t attr, const char *addr,
		  uint16_t port)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, attr);
	unsigned char bin[16];

	if (inet_pton(AF_INET, addr, bin) == 1)
		mnl_attr_put(nlh, SIPFAST_A_ENDPOINT_ADDR4, 4, bin);
	else if (inet_pton(AF_INET6, addr, bin) == 1)
		mnl_attr_put(nlh, SIPFAST_A_ENDPOINT_ADDR6, 16, bin);
	if (port)
		mnl_attr_put_u16(nlh, SIPFAST_A_ENDPOINT_PORT, htons(port));
	mnl_attr_nest_end(nlh, nest);
}

static struct nlattr *open_nest;

void sample_end(struct nlmsghdr *nlh)
{
	mnl_attr_nest_end(nlh, open_nest);
}

struct nlmsghdr *sample_call(uint8_t cmd, uint32_t id, uint8_t state,
			     uint32_t age)
{
	struct nlmsghdr *nlh = fake_message(cmd);

	open_nest = mnl_attr_nest_start(nlh, SIPFAST_A_CALL);
	mnl_attr_put_u32(nlh, SIPFAST_A_CALL_ID, id);
	mnl_attr_put_strz(nlh, SIPFAST_A_CALL_CALL_ID, "f81d4fae@192.168.1.10");
	mnl_attr_put_strz(nlh, SIPFAST_A_CALL_FROM, "sip:anna@example.org");
	mnl_attr_put_strz(nlh, SIPFAST_A_CALL_TO, "sip:bob@example.org");
	mnl_attr_put_u8(nlh, SIPFAST_A_CALL_STATE, state);
	put_endpoint(nlh, SIPFAST_A_CALL_CALLER, PHONE, 5060);
	put_endpoint(nlh, SIPFAST_A_CALL_CALLER_MAPPED, ROUTER, 34012);
	put_endpoint(nlh, SIPFAST_A_CALL_CALLEE, PROXY, 5060);
	mnl_attr_put_u32(nlh, SIPFAST_A_CALL_AGE, age);
	mnl_attr_put_u32(nlh, SIPFAST_A_CALL_DIALOGS, 1);
	return nlh;
}

static void second_call(void)
{
	struct nlmsghdr *nlh = fake_message(SIPFAST_CMD_GET_CALL);
	struct nlattr *nest = mnl_attr_nest_start(nlh, SIPFAST_A_CALL);

	mnl_attr_put_u32(nlh, SIPFAST_A_CALL_ID, 4);
	mnl_attr_put_strz(nlh, SIPFAST_A_CALL_CALL_ID, "4711");
	mnl_attr_put_strz(nlh, SIPFAST_A_CALL_FROM, "sip:+15550100@example.net");
	mnl_attr_put_strz(nlh, SIPFAST_A_CALL_TO, "sip:carol@example.org");
	mnl_attr_put_u8(nlh, SIPFAST_A_CALL_STATE, SIPFAST_CALL_RINGING);
	mnl_attr_put_u16(nlh, SIPFAST_A_CALL_STATUS, 180);
	put_endpoint(nlh, SIPFAST_A_CALL_CALLER, "2001:db8::5", 5060);
	put_endpoint(nlh, SIPFAST_A_CALL_CALLEE, "2001:db8:1::20", 5062);
	mnl_attr_put_u16(nlh, SIPFAST_A_CALL_ZONE, 3);
	mnl_attr_put_u32(nlh, SIPFAST_A_CALL_AGE, 4210);
	mnl_attr_put_u32(nlh, SIPFAST_A_CALL_DIALOGS, 2);
	mnl_attr_nest_end(nlh, nest);
}

static void stream(uint8_t cmd, uint32_t id, uint8_t kind, uint64_t forward,
		   uint64_t reverse)
{
	const struct sample_stream stream = {
		.id = id, .kind = kind,
		.forward = { .packets = forward, .last = 20 },
		.reverse = { .packets = reverse, .last = 2900 },
	};

	sample_stream(cmd, &stream);
}

static void registration(uint8_t cmd, uint32_t expires)
{
	struct nlmsghdr *nlh = fake_message(cmd);
	struct nlattr *nest = mnl_attr_nest_start(nlh, SIPFAST_A_REGISTRATION);

	mnl_attr_put_u32(nlh, SIPFAST_A_REGISTRATION_ID, 3);
	mnl_attr_put_strz(nlh, SIPFAST_A_REGISTRATION_AOR,
			  "sip:anna@example.org");
	put_endpoint(nlh, SIPFAST_A_REGISTRATION_CONTACT, PHONE, 5060);
	put_endpoint(nlh, SIPFAST_A_REGISTRATION_MAPPED, ROUTER, 34012);
	put_endpoint(nlh, SIPFAST_A_REGISTRATION_REGISTRAR, PROXY, 5060);
	mnl_attr_put_u32(nlh, SIPFAST_A_REGISTRATION_EXPIRES, expires);
	mnl_attr_nest_end(nlh, nest);
}

static void table(const char *name, uint32_t used, uint32_t limit)
{
	struct nlmsghdr *nlh = fake_message(SIPFAST_CMD_GET_STATS);
	struct nlattr *nest = mnl_attr_nest_start(nlh, SIPFAST_A_TABLE);

	mnl_attr_put_strz(nlh, SIPFAST_A_TABLE_NAME, name);
	mnl_attr_put_u32(nlh, SIPFAST_A_TABLE_USED, used);
	mnl_attr_put_u32(nlh, SIPFAST_A_TABLE_LIMIT, limit);
	mnl_attr_nest_end(nlh, nest);
}

static void counter(const char *name, const char *text, uint64_t value)
{
	struct nlmsghdr *nlh = fake_message(SIPFAST_CMD_GET_STATS);
	struct nlattr *nest = mnl_attr_nest_start(nlh, SIPFAST_A_COUNTER);

	mnl_attr_put_strz(nlh, SIPFAST_A_COUNTER_NAME, name);
	mnl_attr_put_strz(nlh, SIPFAST_A_COUNTER_TEXT, text);
	mnl_attr_put_u64(nlh, SIPFAST_A_COUNTER_VALUE, value);
	mnl_attr_nest_end(nlh, nest);
}

static void config(void)
{
	struct nlmsghdr *nlh = fake_message(SIPFAST_CMD_GET_CONFIG);
	struct nlattr *nest = mnl_attr_nest_start(nlh, SIPFAST_A_CONFIG);
	struct nlattr *hosts;

	mnl_attr_put_u16(nlh, SIPFAST_A_CONFIG_MEDIA_PORT_MIN, 30000);
	mnl_attr_put_u16(nlh, SIPFAST_A_CONFIG_MEDIA_PORT_MAX, 39999);
	mnl_attr_put_u8(nlh, SIPFAST_A_CONFIG_MEDIA_SOURCE, SIPFAST_SOURCE_SDP);
	mnl_attr_put_u8(nlh, SIPFAST_A_CONFIG_REGISTRATION_SOURCE,
			SIPFAST_SOURCE_SDP);
	hosts = mnl_attr_nest_start(nlh, SIPFAST_A_CONFIG_MEDIA_HOSTS);
	mnl_attr_put(nlh, SIPFAST_A_PREFIXES_IP4, 5, "\xc0\xa8\x01\0\x18");
	mnl_attr_put(nlh, SIPFAST_A_PREFIXES_IP6, 17,
		     "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\0\x40");
	mnl_attr_nest_end(nlh, hosts);
	hosts = mnl_attr_nest_start(nlh, SIPFAST_A_CONFIG_REGISTRATION_HOSTS);
	mnl_attr_nest_end(nlh, hosts);
	mnl_attr_put_u8(nlh, SIPFAST_A_CONFIG_HAIRPIN, 1);
	mnl_attr_put_u32(nlh, SIPFAST_A_CONFIG_CALL_LIMIT, 16384);
	mnl_attr_put_u32(nlh, SIPFAST_A_CONFIG_REGISTRATION_LIMIT, 8192);
	mnl_attr_put_u32(nlh, SIPFAST_A_CONFIG_PINHOLE_LIMIT, 65536);
	mnl_attr_put_u32(nlh, SIPFAST_A_CONFIG_CALL_TIMEOUT, 7200);
	mnl_attr_put_u32(nlh, SIPFAST_A_CONFIG_SETUP_TIMEOUT, 300);
	mnl_attr_put_u32(nlh, SIPFAST_A_CONFIG_MEDIA_TIMEOUT, 1800);
	mnl_attr_put_u8(nlh, SIPFAST_A_CONFIG_TCP, SIPFAST_TCP_EDIT);
	mnl_attr_put_u8(nlh, SIPFAST_A_CONFIG_FASTPATH, 1);
	mnl_attr_put_u8(nlh, SIPFAST_A_CONFIG_AUDIO_DSCP, 46);
	mnl_attr_put_u8(nlh, SIPFAST_A_CONFIG_VIDEO_DSCP, SIPFAST_DSCP_KEEP);
	mnl_attr_put_u32(nlh, SIPFAST_A_CONFIG_LOSS_ALARM, 25);
	mnl_attr_put_u32(nlh, SIPFAST_A_CONFIG_JITTER_ALARM, 50);
	mnl_attr_put_u32(nlh, SIPFAST_A_CONFIG_MARK_MASK, 0x3fff0000);
	mnl_attr_nest_end(nlh, nest);
}

static void call_flow(struct nlmsghdr *nlh)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, SIPFAST_A_FLOW);

	put_endpoint(nlh, SIPFAST_A_FLOW_SOURCE, PHONE, 5060);
	put_endpoint(nlh, SIPFAST_A_FLOW_SOURCE_MAPPED, ROUTER, 34012);
	put_endpoint(nlh, SIPFAST_A_FLOW_TARGET, PROXY, 5060);
	mnl_attr_put_u32(nlh, SIPFAST_A_FLOW_EXPIRES, 7198);
	mnl_attr_put_u32(nlh, SIPFAST_A_FLOW_CALLS, 1);
	mnl_attr_put_u32(nlh, SIPFAST_A_FLOW_REGISTERED, 3492);
	mnl_attr_nest_end(nlh, nest);
}

static void call_dialog(struct nlmsghdr *nlh, const char *tag, uint8_t state,
			uint32_t media)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, SIPFAST_A_DIALOG);

	mnl_attr_put_strz(nlh, SIPFAST_A_DIALOG_CALLER_TAG, "1928301774");
	mnl_attr_put_strz(nlh, SIPFAST_A_DIALOG_CALLEE_TAG, tag);
	mnl_attr_put_u8(nlh, SIPFAST_A_DIALOG_STATE, state);
	mnl_attr_put_u32(nlh, SIPFAST_A_DIALOG_MEDIA, media);
	mnl_attr_nest_end(nlh, nest);
}

static void call_offer(struct nlmsghdr *nlh, uint8_t media, bool usable)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, SIPFAST_A_OFFER);

	mnl_attr_put_u32(nlh, SIPFAST_A_OFFER_CSEQ, 2);
	mnl_attr_put_u8(nlh, SIPFAST_A_OFFER_CALLER, 1);
	mnl_attr_put_u8(nlh, SIPFAST_A_OFFER_RESPONSE, 0);
	mnl_attr_put_u8(nlh, SIPFAST_A_OFFER_MEDIA, media);
	mnl_attr_put_strz(nlh, SIPFAST_A_OFFER_TYPE, media ? "video" : "audio");
	mnl_attr_put_u8(nlh, SIPFAST_A_OFFER_USABLE, usable);
	if (usable) {
		put_endpoint(nlh, SIPFAST_A_OFFER_ENDPOINT, PHONE, 4000);
		put_endpoint(nlh, SIPFAST_A_OFFER_MAPPED, ROUTER, 35000);
	}
	mnl_attr_nest_end(nlh, nest);
}

static void call_port(struct nlmsghdr *nlh)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, SIPFAST_A_PORT);

	put_endpoint(nlh, SIPFAST_A_PORT_ENDPOINT, PHONE, 4000);
	mnl_attr_put_u16(nlh, SIPFAST_A_PORT_RTCP, 4001);
	put_endpoint(nlh, SIPFAST_A_PORT_MAPPED, ROUTER, 35000);
	mnl_attr_nest_end(nlh, nest);
}

void sample_decision(struct nlmsghdr *nlh, const char *name, const char *text,
		     int media)
{
	mnl_attr_put_strz(nlh, SIPFAST_A_DECISION_NAME, name);
	mnl_attr_put_strz(nlh, SIPFAST_A_DECISION_TEXT, text);
	if (media >= 0)
		mnl_attr_put_u8(nlh, SIPFAST_A_DECISION_MEDIA, media);
}

static void call_decision(struct nlmsghdr *nlh, uint16_t status, uint32_t times)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, SIPFAST_A_DECISION);

	if (status)
		sample_decision(nlh, "media-low-port",
				"media not opened: the port is below 1024", 1);
	else
		sample_decision(nlh, "sip-identity",
				"messages that move no state: Call-ID, CSeq, From or To missing, repeated or malformed",
				-1);
	mnl_attr_put_u8(nlh, SIPFAST_A_DECISION_CALLER, !status);
	mnl_attr_put_strz(nlh, SIPFAST_A_DECISION_METHOD, "INVITE");
	if (status)
		mnl_attr_put_u16(nlh, SIPFAST_A_DECISION_STATUS, status);
	mnl_attr_put_u32(nlh, SIPFAST_A_DECISION_TIMES, times);
	mnl_attr_put_u32(nlh, SIPFAST_A_DECISION_AT, 4210);
	mnl_attr_nest_end(nlh, nest);
}

static void call_detail(struct nlmsghdr *nlh)
{
	call_flow(nlh);
	call_dialog(nlh, "a6c85cf", SIPFAST_DIALOG_CONFIRMED, 5);
	call_dialog(nlh, "314159", SIPFAST_DIALOG_EARLY, 0);
	call_offer(nlh, 0, true);
	call_offer(nlh, 1, false);
	call_port(nlh);
	call_decision(nlh, 200, 1);
	call_decision(nlh, 0, 3);
}

/* Nothing comes back from the proxy any more, which hears the phone well. */
static const struct sample_stream audio = {
	.id = 12,
	.forward = {
		.packets = 6150, .last = 20, .fast = 6000, .encoding = "PCMA",
		.payload = 8, .expected = 6174, .lost = 24, .jitter = 1240,
		.report = true, .report_lost = 31, .report_jitter = 2500,
		.rtt = 42300,
	},
	.reverse = {
		.packets = 1, .last = 2900, .declined = "fast-new",
		.silent = true, .payload = 97, .expected = 1,
	},
};

void sample_objects(void)
{
	struct nlmsghdr *nlh;

	config();
	nlh = sample_call(SIPFAST_CMD_GET_CALL, 7, SIPFAST_CALL_UP, 127710);
	mnl_attr_put_u16(nlh, SIPFAST_A_CALL_STATUS, 200);
	mnl_attr_put_u32(nlh, SIPFAST_A_CALL_DURATION, 123500);
	mnl_attr_put_u32(nlh, SIPFAST_A_CALL_EXPIRES, 7076500);
	sample_end(nlh);
	call_detail(nlh);
	second_call();
	stream(SIPFAST_CMD_GET_STREAM, 13, SIPFAST_STREAM_RTCP, 24, 0);
	sample_stream(SIPFAST_CMD_GET_STREAM, &audio);
	registration(SIPFAST_CMD_GET_REGISTRATION, 3492);
	table("calls", 2, 16384);
	table("pinholes", 8, 65536);
	counter("sip-seen", "SIP messages that the helper looked at", 18);
	counter("sip-rewritten", "SIP messages that were changed", 12);
	counter("call-full", "calls refused because the table was full", 0);
}

static void call_events(void)
{
	struct nlmsghdr *nlh;

	sample_end(sample_call(SIPFAST_CMD_CALL_NEW_NTF, 7, SIPFAST_CALL_SETUP,
			       0));
	nlh = sample_call(SIPFAST_CMD_CALL_CHANGE_NTF, 7, SIPFAST_CALL_RINGING,
			  310);
	mnl_attr_put_u16(nlh, SIPFAST_A_CALL_STATUS, 180);
	sample_end(nlh);
	stream(SIPFAST_CMD_STREAM_NEW_NTF, 12, SIPFAST_STREAM_RTP, 0, 0);
	nlh = sample_call(SIPFAST_CMD_CALL_CHANGE_NTF, 7, SIPFAST_CALL_UP,
			  4210);
	mnl_attr_put_u32(nlh, SIPFAST_A_CALL_DURATION, 0);
	sample_end(nlh);
	stream(SIPFAST_CMD_STREAM_CHANGE_NTF, 12, SIPFAST_STREAM_RTP, 1, 0);
	stream(SIPFAST_CMD_STREAM_CHANGE_NTF, 12, SIPFAST_STREAM_RTP, 2, 1);
	stream(SIPFAST_CMD_STREAM_END_NTF, 12, SIPFAST_STREAM_RTP, 6150, 6149);
	nlh = sample_call(SIPFAST_CMD_CALL_END_NTF, 7, SIPFAST_CALL_ENDED,
			  16500);
	mnl_attr_put_u8(nlh, SIPFAST_A_CALL_END, SIPFAST_END_BYE);
	mnl_attr_put_u32(nlh, SIPFAST_A_CALL_DURATION, 12290);
	sample_end(nlh);
}

static void message_text(struct nlmsghdr *nlh, uint16_t attr, const char *text)
{
	mnl_attr_put(nlh, attr, strlen(text), text);
}

static void message_decision(struct nlmsghdr *nlh)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, SIPFAST_A_DECISION);

	sample_decision(nlh, "media-low-port",
			"media not opened: the port is below 1024", 1);
	mnl_attr_nest_end(nlh, nest);
}

void sample_message(uint8_t verdict, const char *text, const char *edited)
{
	struct nlmsghdr *nlh = fake_message(SIPFAST_CMD_MESSAGE_NTF);
	struct nlattr *nest;

	if (edited)
		message_decision(nlh);
	nest = mnl_attr_nest_start(nlh, SIPFAST_A_MESSAGE);
	mnl_attr_put_u32(nlh, SIPFAST_A_MESSAGE_NUMBER, 17);
	mnl_attr_put_u64(nlh, SIPFAST_A_MESSAGE_TIME, 1767268802500000000);
	put_endpoint(nlh, SIPFAST_A_MESSAGE_SOURCE, PHONE, 5060);
	put_endpoint(nlh, SIPFAST_A_MESSAGE_SOURCE_MAPPED, ROUTER, 34012);
	put_endpoint(nlh, SIPFAST_A_MESSAGE_TARGET, PROXY, 5060);
	mnl_attr_put_u8(nlh, SIPFAST_A_MESSAGE_VERDICT, verdict);
	mnl_attr_put_u32(nlh, SIPFAST_A_MESSAGE_LENGTH,
			 text ? strlen(text) : 4);
	if (edited) {
		mnl_attr_put_u32(nlh, SIPFAST_A_MESSAGE_CALL, 7);
		mnl_attr_put_strz(nlh, SIPFAST_A_MESSAGE_CALL_ID, "f81d4fae");
		message_text(nlh, SIPFAST_A_MESSAGE_EDITED, edited);
	}
	if (text)
		message_text(nlh, SIPFAST_A_MESSAGE_TEXT, text);
	mnl_attr_nest_end(nlh, nest);
}

void sample_events(void)
{
	struct nlmsghdr *nlh;

	registration(SIPFAST_CMD_REGISTRATION_NEW_NTF, 3600);
	call_events();
	nlh = sample_call(SIPFAST_CMD_CALL_END_NTF, 8, SIPFAST_CALL_ENDED,
			  2400);
	mnl_attr_put_u8(nlh, SIPFAST_A_CALL_END, SIPFAST_END_REJECTED);
	mnl_attr_put_u16(nlh, SIPFAST_A_CALL_STATUS, 486);
	sample_end(nlh);
	registration(SIPFAST_CMD_REGISTRATION_END_NTF, 0);
}

static int noon(struct timespec *now)
{
	now->tv_sec = 1767268801;	/* 2026-01-01 12:00:01 UTC */
	now->tv_nsec = 123456789;
	return 0;
}

static int split(char *line, char **argv, int max)
{
	int argc = 0;

	argv[argc++] = line;
	for (; *line; line++) {
		if (*line != ' ')
			continue;
		*line = '\0';
		if (argc < max)
			argv[argc++] = line + 1;
	}
	argv[argc] = NULL;
	return argc;
}

static const struct output *run_tool(const char *args, bool utf8,
				     unsigned int width)
{
	static struct output output;
	struct sf_cli cli = { .utf8 = utf8, .width = width, .clock = noon };
	char line[1024], *argv[64];
	size_t n;

	setenv("TZ", "UTC", 1);
	free(output.out);
	free(output.err);
	snprintf(line, sizeof(line), "sipfast%s%s", *args ? " " : "", args);
	cli.out = open_memstream(&output.out, &n);
	cli.err = open_memstream(&output.err, &n);
	output.status = sf_tool(&cli, split(line, argv, 63), argv);
	fclose(cli.out);
	fclose(cli.err);
	return &output;
}

const struct output *tool(const char *line)
{
	return run_tool(line, false, 0);
}

const struct output *tool_utf8(const char *line)
{
	return run_tool(line, true, 0);
}

const struct output *tool_width(const char *line, unsigned int width)
{
	return run_tool(line, false, width);
}

const char *golden(const char *file)
{
	static char text[8192];
	char path[128];
	FILE *in;
	size_t n;

	snprintf(path, sizeof(path), "expected/%s", file);
	in = fopen(path, "r");
	if (!in) {
		perror(path);
		exit(2);
	}
	n = fread(text, 1, sizeof(text) - 1, in);
	text[n] = '\0';
	fclose(in);
	return text;
}
