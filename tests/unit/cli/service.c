// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * service.c - what `sipfast check` finds out about sipfastd, and makes of it
 */
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../../daemon/cli/judge.h"
#include "fake.h"
#include "fake_daemon.h"

#define CONF	"/etc/sipfast/sipfastd.conf"
static char root[64];
static const char *says;
static int says_error;
static char tested[256];

static int fake_run(const char *const *argv, char **out)
{
	assert_string_equal(argv[0], "sh");
	assert_non_null(strstr(argv[2], "sipfastd -t -c \"$1\""));
	snprintf(tested, sizeof(tested), "%s", argv[4]);
	assert_null(argv[5]);
	if (says_error)
		return says_error;
	*out = strdup(says);
	return 0;
}

static void path_of(const char *path, char *name, size_t size)
{
	char *slash;

	snprintf(name, size, "%s%s", root, path);
	for (slash = strchr(name + strlen(root) + 1, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(name, 0755);
		*slash = '/';
	}
}

static void put(const char *path, const char *text)
{
	char name[256];
	FILE *file;

	path_of(path, name, sizeof(name));
	file = fopen(name, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void has_socket(const char *path, const char *target)
{
	char name[256];

	path_of(path, name, sizeof(name));
	assert_int_equal(symlink(target, name), 0);
}

static int make_root(void **state)
{
	(void)state;
	strcpy(root, "/tmp/sipfast-service-XXXXXX");
	says = CONF ": fine\n";
	says_error = 0;
	fake_reset();
	return mkdtemp(root) ? 0 : -1;
}

static int remove_root(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", root);
	return system(command);
}

static struct sf_service gather(void)
{
	const struct sf_world world = { .root = root, .run = fake_run };
	struct sf_service service;

	sf_service_gather(&service, &world, "/run/sipfast/control");
	return service;
}

/* "daemon ok, daemon-ports FAIL …": names and verdicts in their order. */
static const char *judged(const struct sf_service *service, const char *mend)
{
	static const char *const verdicts[] = { "-", "ok", "warn", "FAIL" };
	static char text[512];
	struct sf_finding findings[SF_FINDINGS];
	size_t i, n = sf_judge_service(service, findings), len = 0;
	bool found = !mend;

	*text = '\0';
	for (i = 0; i < n; i++) {
		const struct sf_finding *f = &findings[i];

		len += snprintf(text + len, sizeof(text) - len, "%s%s %s",
				i ? ", " : "", f->name, verdicts[f->verdict]);
		found |= mend && (strstr(f->mend, mend) || strstr(f->text, mend));
		assert_true((f->verdict == SF_VERDICT_OK) == !*f->mend);
	}
	assert_true(found);
	return text;
}

/* A table of sockets, with one on port 5060 and perhaps another one. */
static void put_sockets(const char *path, const char *any, unsigned int state,
			unsigned long inode, unsigned long second)
{
	static const char rest[] = "00000000:00000000 00:00000000 00000000";
	char text[1024];
	int n;

	n = snprintf(text, sizeof(text),
		     "  sl  local_address rem_address   st tx_queue\n"
		     "  7: %s:13C4 %s:0000 %02X %s     0        0 %lu 2\n"
		     "  8: %s:13C5 %s:0000 %02X %s     0        0 999 2\n",
		     any, any, state, rest, inode, any, any, state, rest);
	if (second)
		snprintf(text + n, sizeof(text) - (size_t)n,
			 "  9: %s:13C4 %s:0000 %02X %s     0        0 %lu 2\n",
			 any, any, state, rest, second);
	put(path, text);
}

static void put_udp(unsigned long inode, unsigned long second)
{
	put_sockets("/proc/net/udp", "00000000", 7, inode, second);
}

/* Connections are no listeners. */
static void put_tcp6(unsigned int state)
{
	put_sockets("/proc/net/tcp6", "00000000000000000000000000000000", state,
		    101, 0);
}

static void runs(void)
{
	fake_daemon_load("status.dat");
	put(CONF, "");
	put_udp(100, 0);
	put_tcp6(0x0a);
	has_socket("/proc/77/fd/3", "socket:[100]");
	has_socket("/proc/77/fd/4", "socket:[101]");
}

static void nobody_wants_it(void **state)
{
	struct sf_service service = gather();

	(void)state;
	assert_string_equal(judged(&service, NULL), "");
}

static void all_is_well(void **state)
{
	struct sf_service service;

	(void)state;
	runs();
	service = gather();
	assert_string_equal(judged(&service, "registered: 5"),
			    "daemon-conf ok, daemon ok, daemon-ports ok, daemon-rival ok, daemon-users ok");
	assert_string_equal(fake_daemon.path, "/run/sipfast/control");
	assert_int_equal(service.listeners, 2);
}

static void wrong_configuration(void **state)
{
	struct sf_service service;

	(void)state;
	put(CONF, "");
	says = CONF ":3: log: 'loud' is none of error, warning\n" CONF ":9: x\n";
	service = gather();
	assert_int_equal(service.wrongs, 2);
	assert_string_equal(judged(&service, ":3: log: 'loud'"),
			    "daemon-conf FAIL, daemon warn, daemon-rival ok");
	judged(&service, "1");
	says_error = -ENOENT;
	service = gather();
	judged(&service, "make install");
	says_error = -EIO;
	service = gather();
	judged(&service, "sipfastd -t");
}

/* As where systemd hands over keys: nobody else can look at them. */
static void remarks(void **state)
{
	struct sf_service service;

	(void)state;
	put(CONF, "");
	says = CONF ":9: ${CREDENTIALS_DIRECTORY}/router.crt cannot be judged here\n"
	       CONF ":9: ${CREDENTIALS_DIRECTORY}/router.key cannot be judged here\n"
	       CONF ": fine\n";
	service = gather();
	assert_int_equal(service.test, 0);
	assert_int_equal(service.wrongs, 0);
	assert_string_equal(judged(&service, "; " CONF ":9: ${CREDENTIALS_DIRECTORY}/router.crt"),
			    "daemon-conf ok, daemon warn, daemon-rival ok");
	says = CONF ": fine\n" CONF ":9: x\n";
	service = gather();
	assert_int_equal(service.wrongs, 2);
}

static void does_not_run(void **state)
{
	struct sf_service service;

	(void)state;
	put(CONF, "");
	put_udp(100, 0);
	has_socket("/proc/88/fd/3", "socket:[100]");
	put("/proc/88/comm", "asterisk\n");
	service = gather();
	assert_string_equal(judged(&service, "systemctl start sipfastd"),
			    "daemon-conf ok, daemon warn, daemon-rival FAIL");
	judged(&service, "asterisk (process 88) is on port 5060");
	fake_daemon.open_error = -ETIME;
	service = gather();
	judged(&service, "systemctl restart sipfastd");
}

/* The file that it works by is tried, be the default there or not. */
static void has_another_file(void **state)
{
	struct sf_service service;

	(void)state;
	runs();
	gather();
	assert_string_equal(tested, CONF);
	fake_daemon_say("config", "{\"config\": {\"file\": \"/srv/my phones.conf\"}}");
	says = "/srv/my phones.conf:1: x\n/srv/my phones.conf:2: y\n";
	service = gather();
	assert_string_equal(tested, "/srv/my phones.conf");
	judged(&service, "sipfastd -t -c '/srv/my phones.conf'  #");
	says = "";
	fake_reset();
	fake_daemon_load("status.dat");
	fake_daemon_say("config", "{\"config\": {\"file\": \"/srv/b\"}}");
	service = gather();
	assert_string_equal(tested, "/srv/b");
	assert_true(service.configured);
}

/* Two programs with SO_REUSEPORT share what comes in. */
static void shares_its_port(void **state)
{
	struct sf_service service;

	(void)state;
	runs();
	put_udp(100, 102);
	has_socket("/proc/99/fd/3", "socket:[102]");
	service = gather();
	assert_string_equal(judged(&service, "kill 99"),
			    "daemon-conf ok, daemon ok, daemon-ports ok, daemon-rival warn, daemon-users ok");
}

static void listens_elsewhere(void **state)
{
	struct sf_service service;

	(void)state;
	runs();
	put_tcp6(1);
	service = gather();
	assert_string_equal(service.absent, "tcp [::]:5060");
	assert_non_null(strstr(judged(&service, "tcp [::]:5060"),
			       "daemon-ports FAIL"));
}

static void no_users(void **state)
{
	struct sf_service service;

	(void)state;
	fake_daemon_load("status-no-users.dat");
	service = gather();
	assert_string_equal(judged(&service, "sipfast user add NAME@home.arpa"),
			    "daemon ok, daemon-ports ok, daemon-rival ok, daemon-users FAIL");
	service.authenticates = false;
	assert_null(strstr(judged(&service, NULL), "daemon-users"));
}

#define ROOTED(name) { #name, name, make_root, remove_root, NULL }

static const struct CMUnitTest tests[] = {
	ROOTED(nobody_wants_it),
	ROOTED(all_is_well),
	ROOTED(wrong_configuration),
	ROOTED(remarks),
	ROOTED(does_not_run),
	ROOTED(has_another_file),
	ROOTED(shares_its_port),
	ROOTED(listens_elsewhere),
	ROOTED(no_users),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
