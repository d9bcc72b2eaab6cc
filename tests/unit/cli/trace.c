// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * trace.c - messages that sipfastd saw, as a ladder, as JSON and in a capture
 */
#include "test.h"

#include <errno.h>
#include <jansson.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../../daemon/cli/capture.h"
#include "../../../daemon/util/base64.h"
#include "fake_daemon.h"
#include "sample.h"

#define NOON	1767268801000000000LL	/* 2026-01-01 12:00:01 UTC */
#define ALICE	"tls", "192.0.2.1:40000"
#define BOB	"udp", "[2001:db8::2]:5060"
#define OTHER	"udp", "192.0.2.3:5060"

/* Say that a message came or went; "\n" becomes "\r\n". */
static void see(long long us, bool sent, const char *transport,
		const char *remote, const char *error, const char *text)
{
	char bytes[1024], base64[1500], line[2048];
	struct sf_out out = sf_out(base64, sizeof(base64) - 1);
	bool six = *remote == '[';
	u32 len = 0;

	for (; *text; text++) {
		if (*text == '\n')
			bytes[len++] = '\r';
		bytes[len++] = *text;
	}
	sf_put_base64(&out, (const u8 *)bytes, len);
	base64[out.len] = '\0';
	snprintf(line, sizeof(line),
		 "{\"event\":\"traced\",\"time_ns\":%lld,\"traced\":{\"sent\":%s,\n"
		 "\"worker\":1,\"transport\":\"%s\",\"local\":\"%s:%s\",\n"
		 "\"remote\":\"%s\"%s%s%s%s,\"bytes\":\"%s\"}}",
		 NOON + us * 1000, sent ? "true" : "false", transport,
		 six ? "[2001:db8::1]" : "192.0.2.254",
		 strcmp(transport, "tls") ? "5060" : "5061", remote,
		 strcmp(transport, "tls") ? "" : ",\"connection\":77",
		 error ? ",\"error\":\"" : "", error ? error : "",
		 error ? "\"" : "", base64);
	fake_daemon_say("monitor", line);
}

#define REST(cseq)	"From: \"A\" <sip:alice@home.arpa>;tag=1\n"	\
			"To: <sip:bob@home.arpa>\nCall-ID: c1\n"	\
			"CSeq: " cseq "\n"
#define INVITE		"INVITE sip:bob@home.arpa SIP/2.0\n" REST("1 INVITE")	\
			"Content-Type: application/sdp\nContent-Length: 5\n\nv=0\n"
#define TO_BOB(uri)	"INVITE " uri " SIP/2.0\n" REST("1 INVITE")	\
			"Content-Length: 0\n\n"
#define ANSWER(status, cseq)	"SIP/2.0 " status "\n" REST(cseq)	\
				"Content-Length: 0\n\n"

#define MESSAGES	9

/* A call that is forked, with all that there is to be told. */
static void prepare(void)
{
	fake_reset();
	fake.open_error = -ENOENT;
	see(0, false, ALICE, NULL, INVITE);
	see(1200, true, ALICE, NULL, ANSWER("100 Trying", "1 INVITE"));
	see(2000, true, BOB, NULL, TO_BOB("sip:b@[2001:db8::2]"));
	see(502000, true, BOB, NULL, TO_BOB("sip:b@[2001:db8::2]"));
	see(502100, true, OTHER, "Broken pipe", TO_BOB("sip:b@192.0.2.3"));
	see(502000, false, BOB, NULL,
	    ANSWER("183 A very long reason \1 phrase", "1 INVITE"));
	fake_daemon_say("monitor",
			"{\"event\":\"lost\",\"time_ms\":1767268801600,\"count\":3}");
	see(700000, false, OTHER, NULL, "nonsense\n\n");
	see(61800000, true, ALICE, NULL, ANSWER("486 Busy Here", "1 INVITE"));
	see(61800900, false, ALICE, NULL,
	    "ACK sip:bob@home.arpa SIP/2.0\n" REST("1 ACK") "Content-Length: 0\n\n");
}

static void assert_prints(const char *args, unsigned int width,
			  const char *file)
{
	const char *want = golden(file);
	const struct output *got;

	row("%s, %u columns", args, width);
	prepare();
	got = tool_width(args, width);
	assert_string_equal(got->err, "");
	assert_string_equal(got->out, want);
	assert_int_equal(got->status, 0);
	assert_string_equal(fake_daemon.filter, "alice");
}

static void ladders(void **state)
{
	(void)state;
	assert_prints("trace -n 9 alice", 0, "trace.dat");
	assert_prints("trace -n 9 alice", 120, "trace-wide.dat");
	assert_prints("trace --count=9 alice", 50, "trace-narrow.dat");
	assert_prints("trace -v -n 2 alice", 80, "trace-full.dat");
	assert_prints("trace -j -n 9 alice", 80, "trace-json.dat");
}

/* Every line fits, on every terminal on which something does. */
static void widths(void **state)
{
	unsigned int width, len;
	const char *at, *end;

	(void)state;
	for (width = 1; width < 500; width += width < 140 ? 1 : 37) {
		row("%u columns", width);
		prepare();
		at = tool_width("trace -n 9 alice", width)->out;
		assert_non_null(strstr(at, "9 messages, and 3 lost\n"));
		for (; (end = strchr(at, '\n')); at = end + 1) {
			len = (unsigned int)(end - at);
			assert_false(len && at[len - 1] == ' ');
			if (width >= 80)
				assert_true(len <= width);
		}
	}
}

/* A provider is many: it loses the name that it had, once. */
static void names(void **state)
{
	static const char carol[] =
		"INVITE sip:carol@h SIP/2.0\nFrom: <sip:alice@h>\n"
		"To: <sip:carol@h>\nCall-ID: c2\nContent-Length: 0\n\n";
	const char *out, *head;

	(void)state;
	fake_reset();
	see(0, false, OTHER, NULL, "nonsense\n\n");
	see(1000, true, OTHER, NULL, TO_BOB("sip:b@192.0.2.3"));
	see(2000, true, OTHER, NULL, carol);
	see(3000, true, OTHER, NULL, TO_BOB("sip:b@192.0.2.3"));
	see(4000, true, OTHER, NULL, carol);
	out = tool("trace -n 5 alice")->out;
	head = strstr(out, " udp ");
	assert_non_null(head);
	head = strstr(head + 1, " udp bob ");
	assert_non_null(head);
	head = strstr(head + 1, " udp ");
	assert_non_null(head);
	assert_memory_equal(head, " udp  ", 6);
	assert_null(strstr(head + 1, " udp"));
	assert_non_null(strstr(head, "INVITE again"));
}

static void colours(void **state)
{
	const char *out;

	(void)state;
	prepare();
	out = tool("trace -n 9 alice --color=never")->out;
	assert_null(strchr(out, '\33'));
	prepare();
	out = tool("trace -n 9 alice --color=always")->out;
	assert_non_null(strstr(out, "\33[31m"));
	prepare();
	out = tool_utf8("trace -n 2 alice")->out;
	assert_non_null(strstr(out, "\u2502\u2500"));
}

/* Where things are in a file: in the order of this machine. */
static u32 number_at(const char *file, size_t at)
{
	u32 value;

	memcpy(&value, file + at, sizeof(value));
	return value;
}

struct block {
	u32 type;
	u32 len;
	const char *body;
};

static bool next_block(const char *file, size_t len, size_t *at,
		       struct block *block)
{
	if (*at == len)
		return false;
	assert_true(len - *at >= 12);
	block->type = number_at(file, *at);
	block->len = number_at(file, *at + 4);
	block->body = file + *at + 8;
	assert_true(block->len % 4 == 0 && block->len <= len - *at);
	assert_int_equal(number_at(file, *at + block->len - 4), block->len);
	*at += block->len;
	return true;
}

static size_t load(const char *path, char *file, size_t size)
{
	FILE *in = fopen(path, "r");
	size_t len;

	assert_non_null(in);
	len = fread(file, 1, size, in);
	fclose(in);
	assert_true(len < size);
	return len;
}

static void captures(void **state)
{
	static const u32 want[] = { 0x0a0d0d0a, 1, 6, 6, 1, 6, 6, 6, 6, 6, 6, 6 };
	char path[] = "/tmp/sipfast-trace-XXXXXX", args[128];
	static char file[65536];
	struct block block;
	size_t len, at = 0, n = 0;

	(void)state;
	close(mkstemp(path));
	snprintf(args, sizeof(args), "trace -n 9 -w %s alice", path);
	prepare();
	assert_non_null(strstr(tool(args)->out, path));
	len = load(path, file, sizeof(file));
	unlink(path);
	while (next_block(file, len, &at, &block))
		assert_int_equal(block.type, want[n++]);
	assert_int_equal(n, ARRAY_SIZE(want));
	/* The third block: alice's INVITE, to the nanosecond. */
	at = number_at(file, 4);
	at += number_at(file, at + 4);
	assert_int_equal(number_at(file, at + 8), 0);
	assert_int_equal((u64)number_at(file, at + 12) << 32 |
			 number_at(file, at + 16), NOON);
	assert_memory_equal(file + at + 28, "\0\14\0\4sip\0\0\24\0\4\300\0\2\1"
			    "\0\25\0\4\300\0\2\376\0\30\0\4\0\0\0\2"
			    "\0\31\0\4\0\0\234\100\0\32\0\4\0\0\23\305\0\0\0\0"
			    "INVITE sip:bob", 66);
}

/* Into a pipe goes nothing else. */
static void piped(void **state)
{
	const struct output *got;

	(void)state;
	prepare();
	got = tool("trace -n 1 -w - alice");
	assert_int_equal(number_at(got->out, 0), 0x0a0d0d0a);
	assert_string_equal(got->err, "");
	prepare();
	got = tool("trace -n 1 -w /nonexistent/file alice");
	assert_int_equal(got->status, 1);
	assert_string_equal(got->err, "sipfast: /nonexistent/file: No such file or directory\n");
}

static struct sf_sighting longest;

/* The longest message there is, over IPv6, and more transports than places. */
static void long_messages(void **state)
{
	struct sf_capture capture = { 0 };
	char *file;
	size_t len, at = 0, n = 0;
	struct block block;
	u32 i;

	(void)state;
	capture.file = open_memstream(&file, &len);
	sf_capture_begin(&capture);
	longest.remote.family = AF_INET6;
	longest.len = SF_MSG_MAX;
	memset(longest.error, 'e', sizeof(longest.error) - 1);
	longest.connection = UINT64_MAX;
	longest.worker = UINT32_MAX;
	for (i = 0; i < SF_CAPTURE_WAYS + 2; i++) {
		snprintf(longest.transport, sizeof(longest.transport), "t%u", i);
		assert_true(sf_capture_add(&capture, &longest));
	}
	fclose(capture.file);
	while (next_block(file, len, &at, &block)) {
		n++;
		if (block.type != 6)
			continue;
		assert_true(number_at(block.body, 0) < SF_CAPTURE_WAYS);
		assert_int_equal(number_at(block.body, 12),
				 SF_MSG_MAX + 8 + 20 + 20 + 8 + 8 + 8 + 4);
	}
	assert_int_equal(n, 1 + SF_CAPTURE_WAYS + SF_CAPTURE_WAYS + 2);
	free(file);
}

static void usage(void **state)
{
	static const struct {
		const char *args, *err;
	} rows[] = {
		{ "trace", "trace takes a Call-ID or a user" },
		{ "trace a b", "trace takes a Call-ID or a user" },
		{ "trace -n 0 a", "--count is a number, not '0'" },
		{ "trace -n x a", "--count is a number, not 'x'" },
		{ "trace --for x a", "--for is seconds, not 'x'" },
		{ "trace -w", "option -w needs a value" },
		{ "trace -q a", "option -q is unknown" },
	};
	const struct output *got;
	char want[256];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].args);
		prepare();
		got = tool(rows[i].args);
		snprintf(want, sizeof(want), "sipfast: %s: see 'sipfast help trace'\n",
			 rows[i].err);
		assert_string_equal(got->err, want);
		assert_int_equal(got->status, 2);
	}
}

/* By time, by a signal, and when the daemon does not serve or goes away. */
static void ends(void **state)
{
	static const char refused[] =
		"sipfast: sipfastd refused: too many trace at the same time\n";
	const struct output *got;
	sigset_t set, old;

	(void)state;
	prepare();
	got = tool("trace --for 0.05 alice");
	assert_int_equal(got->status, 0);
	assert_non_null(strstr(got->out, "\n9 messages, and 3 lost\n"));
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, &old);
	kill(getpid(), SIGINT);
	prepare();
	got = tool("trace alice");
	assert_int_equal(got->status, 0);
	assert_non_null(strstr(got->out, "Tracing alice, until it is interrupted\n"));
	assert_int_equal(sigtimedwait(&set, NULL, &(struct timespec){ 0 }), -1);
	sigprocmask(SIG_SETMASK, &old, NULL);
	prepare();
	fake_daemon.end = -EPIPE;
	got = tool("trace alice");
	assert_int_equal(got->status, 1);
	assert_string_equal(got->err, "sipfast: sipfastd went away: journalctl -u sipfastd\n");
	fake_reset();
	assert_int_equal(tool("trace alice")->status, 1);
	prepare();
	fake_daemon.error = -EREMOTEIO;
	fake_daemon.fault = "too many trace at the same time";
	assert_string_equal(tool("trace alice")->err, refused);
}

/* What a daemon of another version, or none at all, may say. */
static void strange_lines(void **state)
{
	static const char *const rows[] = {
		"{}",
		"{\"event\":\"traced\"}",
		"{\"event\":\"traced\",\"traced\":7}",
		"{\"event\":\"traced\",\"traced\":{\"bytes\":7}}",
		"{\"event\":\"traced\",\"traced\":{\"bytes\":\"a+b\"}}",
	};
	const struct output *got;
	size_t i;

	(void)state;
	fake_reset();
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		fake_daemon_say("monitor", rows[i]);
	fake_daemon_say("monitor", "{\"event\":\"traced\",\"traced\":{\"bytes\":\"\",\n"
			"\"local\":\"x\",\"remote\":\"[::1\",\"transport\":\"\\u0007long one\"}}");
	got = tool("trace -t 0.05 alice");
	assert_string_equal(got->err, "");
	assert_int_equal(got->status, 0);
	assert_non_null(strstr(got->out, "\n1 message\n"));
	assert_null(strchr(got->out, '\7'));
}

static const struct CMUnitTest tests[] = {
	TEST(ladders),
	TEST(widths),
	TEST(names),
	TEST(colours),
	TEST(captures),
	TEST(piped),
	TEST(long_messages),
	TEST(usage),
	TEST(ends),
	TEST(strange_lines),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
