// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * served.c - what the tool makes of sipfastd's answers
 */
#include "test.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

#include <linux/sipfast.h>

#include "fake_daemon.h"
#include "sample.h"

#define NOT_PERMITTED							\
	"sipfast: not permitted: asking sipfastd takes root, or membership "	\
	"of its group, sipfast\n"
#define NOT_RUNNING "sipfast: sipfastd does not run: systemctl start sipfastd\n"

static void prepare(bool kernel)
{
	fake_reset();
	if (kernel)
		sample_objects();
	else
		fake.open_error = -ENOENT;
	fake_daemon_load("answers.dat");
}

static void assert_prints(const char *args, bool kernel, const char *file)
{
	const char *want = golden(file);
	const struct output *got;

	row("%s", args);
	prepare(kernel);
	got = tool(args);
	assert_string_equal(got->err, "");
	assert_string_equal(got->out, want);
	assert_int_equal(got->status, 0);
}

static void tables(void **state)
{
	(void)state;
	assert_prints("show conns", false, "show-conns.dat");
	assert_prints("show connections", true, "show-conns.dat");
	assert_prints("show trunks", false, "show-trunks.dat");
	assert_prints("show transactions", false, "show-transactions.dat");
	assert_prints("show bans", false, "show-bans.dat");
}

/* Whose they are is said when there are both. */
static void registrations(void **state)
{
	json_t *all;

	(void)state;
	assert_prints("show regs", true, "show-regs-both.dat");
	assert_prints("show regs", false, "show-regs-daemon.dat");
	prepare(true);
	all = json_loads(tool("show regs -j")->out, 0, NULL);
	assert_int_equal(json_array_size(json_object_get(all, "registrations")), 1);
	assert_int_equal(json_array_size(json_object_get(all, "bindings")), 2);
	json_decref(all);
}

static void json(void **state)
{
	static const char *const rows[][2] = {
		{ "show conns -j", "connections" },
		{ "show trunks -j", "trunks" },
		{ "show transactions -j", "transactions" },
		{ "show bans -j", "bans" },
	};
	json_t *all;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i][0]);
		prepare(false);
		all = json_loads(tool(rows[i][0])->out, 0, NULL);
		assert_true(json_array_size(json_object_get(all, rows[i][1])));
		assert_int_equal(json_object_size(all), 1);
		json_decref(all);
	}
}

/* What the daemon is told, and what is not even said. */
static void bans(void **state)
{
	static const char *const rows[][2] = {
		{ "ban 192.0.2.1",
		  "{'address':'192.0.2.1','request':'ban'}" },
		{ "ban 192.0.2.1 for 2h because it rings",
		  "{'address':'192.0.2.1','because':'it rings','request':'ban','seconds':7200}" },
		{ "ban 2001:db8::/64 for 90",
		  "{'address':'2001:db8::/64','request':'ban','seconds':90}" },
		{ "ban 192.0.2.1 for 7200s",
		  "{'address':'192.0.2.1','request':'ban','seconds':7200}" },
		{ "ban 192.0.2.1 for 3650d",
		  "{'address':'192.0.2.1','request':'ban','seconds':315360000}" },
		{ "ban 192.0.2.1 for 87600h",
		  "{'address':'192.0.2.1','request':'ban','seconds':315360000}" },
		{ "unban 192.0.2.1",
		  "{'address':'192.0.2.1','request':'unban'}" },
		{ "allow 192.0.2.1 because carrier",
		  "{'address':'192.0.2.1','because':'carrier','request':'allow'}" },
	};
	static const char *const wrong[] = {
		"ban", "unban", "allow", "ban 192.0.2.1 for",
		"ban 192.0.2.1 for ever", "ban 192.0.2.1 for 0s",
		"ban 192.0.2.1 for -5m", "ban 192.0.2.1 for 3651d",
		"ban 192.0.2.1 for 87601h", "ban 192.0.2.1 for 315360001",
		"ban 192.0.2.1 for 99999999999999999999m",
		"ban 192.0.2.1 because", "ban 192.0.2.1 192.0.2.2",
		"unban 192.0.2.1 for 2h", "allow 192.0.2.1 for 2h",
	};
	char *at;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i][0]);
		prepare(false);
		assert_int_equal(tool(rows[i][0])->status, 0);
		for (at = fake_daemon.told; *at; at++)
			if (*at == '"')
				*at = '\'';
		assert_string_equal(fake_daemon.told, rows[i][1]);
	}
	for (i = 0; i < ARRAY_SIZE(wrong); i++) {
		row("%s", wrong[i]);
		prepare(false);
		assert_int_equal(tool(wrong[i])->status, 2);
		assert_string_equal(fake_daemon.told, "");
	}
	prepare(false);
	assert_non_null(strstr(tool("ban 192.0.2.1 for 3651d")->err, "3650d at most"));
	prepare(false);
	fake_daemon.error = -EREMOTEIO;
	fake_daemon.fault = "that is no address";
	assert_string_equal(tool("ban me")->err,
			    "sipfast: sipfastd refused: that is no address\n");
}

static void overview(void **state)
{
	static const char line[] = "sipfastd: 2 bindings, 1 user, 2 trunks\n";
	const struct output *got;

	(void)state;
	prepare(true);
	got = tool("show");
	assert_non_null(strstr(got->out, line));
	assert_string_equal(got->err, "");
	prepare(false);
	got = tool("show");
	assert_string_equal(got->out, line);
	assert_string_equal(got->err,
			    "sipfast: the kernel module is not loaded: modprobe nf_sipfast\n");
	assert_int_equal(got->status, 0);
	prepare(false);
	assert_non_null(strstr(tool("show -j")->out, "\"sipfastd\": {"));
}

static void counters(void **state)
{
	const struct output *got;

	(void)state;
	assert_prints("stats", false, "stats-daemon.dat");
	prepare(true);
	got = tool("stats");
	assert_non_null(strstr(got->out, golden("stats-daemon.dat")));
	assert_memory_equal(got->out, golden("stats.dat"),
			    strlen(golden("stats.dat")));
	prepare(true);
	assert_string_equal(tool("stats net-slow")->out,
			    "COUNTER   VALUE\nnet-slow      0\n");
	got = tool("stats net-fast");
	assert_string_equal(got->err,
			    "sipfast: there is no counter 'net-fast'\n");
	assert_int_equal(got->status, 1);
	prepare(false);
	assert_non_null(strstr(tool("stats -a")->out, "net-slow"));
}

static void errors(void **state)
{
	static const struct {
		int err;
		const char *want;
	} rows[] = {
		{ -ENOENT, NOT_RUNNING },
		{ -ECONNREFUSED, NOT_RUNNING },
		{ -EACCES, NOT_PERMITTED },
		{ -EPIPE, "sipfast: sipfastd went away: journalctl -u sipfastd\n" },
		{ -ETIME, "sipfast: sipfastd does not answer: systemctl restart sipfastd\n" },
		{ -EBADMSG, "sipfast: malformed answer: daemon and tool do not fit together\n" },
		{ -EMFILE, "sipfast: sipfastd: Too many open files\n" },
	};
	const struct output *got;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%d", rows[i].err);
		prepare(true);
		fake_daemon.open_error = rows[i].err;
		got = tool("show trunks");
		assert_string_equal(got->err, rows[i].want);
		assert_string_equal(got->out, "");
		assert_int_equal(got->status, 1);
	}
	/* The kernel's are shown nevertheless. */
	prepare(true);
	fake_daemon.open_error = -EACCES;
	got = tool("show regs");
	assert_string_equal(got->out, golden("show-regs.dat"));
	assert_int_equal(got->status, 1);
	prepare(true);
	fake_daemon.error = -EREMOTEIO;
	fake_daemon.fault = "too many ask\33";
	assert_string_equal(tool("show conns")->err,
			    "sipfast: sipfastd refused: too many ask\\x1b\n");
}

static void reload_command(void **state)
{
	const struct output *got;

	(void)state;
	fake_reset();
	fake_daemon_say("reload", "{\"reloaded\": \"/etc/x\"}");
	assert_string_equal(tool("reload")->out,
			    "sipfastd works by /etc/x now.\n");
	assert_string_equal(tool("reload -j")->out,
			    "{\n  \"reloaded\": \"/etc/x\"\n}\n");
	fake_reset();
	fake_daemon_say("reload", "{\"wrong\": \"/etc/x:3: log: no\"}");
	fake_daemon.error = -EREMOTEIO;
	fake_daemon.fault = "it is wrong";
	got = tool("reload");
	assert_string_equal(got->err, "/etc/x:3: log: no\n"
			    "sipfast: sipfastd refused: it is wrong\n");
	assert_int_equal(got->status, 1);
	fake_reset();
	assert_string_equal(tool("reload")->err, NOT_RUNNING);
	assert_int_equal(tool("reload now")->status, 2);
}

static void control_option(void **state)
{
	(void)state;
	prepare(false);
	tool("show trunks");
	assert_string_equal(fake_daemon.path, "/run/sipfast/control");
	tool("show trunks --control /tmp/x");
	assert_string_equal(fake_daemon.path, "/tmp/x");
	tool("--control=/tmp/y show trunks");
	assert_string_equal(fake_daemon.path, "/tmp/y");
}

static void monitor_daemon(void **state)
{
	const struct output *got;

	(void)state;
	fake_reset();
	fake_daemon_load("news.dat");
	got = tool("monitor -n 12 daemon");
	assert_string_equal(got->err, "");
	assert_string_equal(got->out, golden("monitor-daemon.dat"));
	assert_int_equal(got->status, 0);
	fake_reset();
	assert_string_equal(tool("monitor daemon")->err, NOT_RUNNING);
	assert_int_equal(tool("monitor daemon")->status, 1);
}

/* The kernel's events are of 12:00:01.123, the daemon's before and after. */
static void monitor_both(void **state)
{
	const char *out, *kernel;

	(void)state;
	fake_reset();
	sample_events();
	fake_daemon_load("news.dat");
	out = tool("monitor -n 23")->out;
	kernel = strstr(out, "call 7");
	assert_non_null(kernel);
	assert_true(strstr(out, "binding new") < kernel);
	assert_true(strstr(out, "3 events of sipfastd were lost") < kernel);
	assert_true(strstr(out, "weather") > kernel);
	assert_int_equal(strncmp(out, "12:00:00.123 ", 13), 0);
}

/* One is enough, and what is missing is told once. */
static void monitor_one(void **state)
{
	static const char module[] =
		"sipfast: the kernel module is not loaded: modprobe nf_sipfast\n";
	const struct output *got;

	(void)state;
	fake_reset();
	fake_daemon_load("news.dat");
	fake.open_error = -ENOENT;
	got = tool("monitor -n 12");
	assert_string_equal(got->err, module);
	assert_string_equal(got->out, golden("monitor-daemon.dat"));
	fake_reset();
	sample_events();
	fake_daemon.configured = true;
	got = tool("monitor -n 2");
	assert_string_equal(got->err, NOT_RUNNING);
	assert_int_equal(got->status, 0);
	fake_reset();
	fake.open_error = -ENOENT;
	got = tool("monitor");
	assert_string_equal(got->err, module);
	assert_int_equal(got->status, 1);
}

/* It went away, and is told and looked for; what it says then is shown. */
static void monitor_end(void **state)
{
	static const char gone[] = "12:00:01.123 sipfastd went away\n";
	static const char back[] = "12:00:01.123 sipfastd is back\n";
	const char *want = golden("monitor-daemon.dat");
	const struct output *got;
	size_t len = strlen(want);

	(void)state;
	fake_reset();
	fake_daemon_load("news.dat");
	fake_daemon.end = -EPIPE;
	got = tool("monitor -t 0.2 daemon");
	assert_string_equal(got->err, "");
	assert_int_equal(got->status, 0);
	assert_int_equal(strncmp(got->out, want, len), 0);
	assert_string_equal(got->out + len, gone);
	fake_reset();
	fake_daemon_load("news.dat");
	fake_daemon.end = -EPIPE;
	fake_daemon.back = true;
	got = tool("monitor -n 24 -t 5 daemon");
	assert_int_equal(got->status, 0);
	assert_int_equal(strncmp(got->out + len, gone, strlen(gone)), 0);
	len += strlen(gone);
	assert_int_equal(strncmp(got->out + len, back, strlen(back)), 0);
	assert_string_equal(got->out + len + strlen(back), want);
	fake_reset();
	sample_events();
	fake_daemon_load("news.dat");
	fake_daemon.end = -EPIPE;
	assert_int_equal(tool("monitor -t 0.2")->status, 0);
}

/* The names that scripts look for. */
static void monitor_back_json(void **state)
{
	const char *out;

	(void)state;
	fake_reset();
	fake_daemon_load("news.dat");
	fake_daemon.end = -EPIPE;
	fake_daemon.back = true;
	out = tool("monitor -j -n 24 -t 5 daemon")->out;
	assert_non_null(strstr(out, "\"event\": \"daemon-gone\"}\n"));
	assert_non_null(strstr(out, "\"event\": \"daemon-back\"}\n"));
}

static void monitor_json(void **state)
{
	(void)state;
	fake_reset();
	fake_daemon_load("news.dat");
	assert_string_equal(tool("monitor -j -n 12 daemon")->out,
			    golden("monitor-daemon-json.dat"));
}

static const struct CMUnitTest tests[] = {
	TEST(tables),
	TEST(registrations),
	TEST(json),
	TEST(bans),
	TEST(overview),
	TEST(counters),
	TEST(errors),
	TEST(reload_command),
	TEST(control_option),
	TEST(monitor_daemon),
	TEST(monitor_both),
	TEST(monitor_one),
	TEST(monitor_end),
	TEST(monitor_back_json),
	TEST(monitor_json),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
