// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * judge_service.c - what the facts about sipfastd mean, and how to mend what is
 * wrong
 *
 * Where nobody has configured it there is nothing to judge.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include <sipfast/deps.h>

#include "../sys/ask.h"
#include "judge.h"

static bool is_absent(const struct sf_service *service)
{
	return service->answers == -ENOENT || service->answers == -ECONNREFUSED;
}

/* How the file is tried by hand. */
static const char *test_of(const struct sf_service *service)
{
	static char text[sizeof("sipfastd -t -c ''") + SF_SERVICE_FILE];

	if (!strcmp(service->file, SF_SERVED_FILE))
		return "sipfastd -t";
	snprintf(text, sizeof(text), "sipfastd -t -c '%s'", service->file);
	return text;
}

static void judge_conf(const struct sf_service *service, struct sf_finding *f)
{
	const char *test = test_of(service);

	if (!service->configured)
		return;
	if (!service->test) {
		sf_say(f, SF_VERDICT_OK, "the configuration of sipfastd is right%s%s",
		       *service->wrong ? "; " : "", service->wrong);
	} else if (service->test == -EINVAL) {
		sf_say(f, SF_VERDICT_FAIL, "%s", service->wrong);
		if (service->wrongs > 1)
			sf_mend(f, "%s  # says what else is wrong: %u more",
				test, service->wrongs - 1);
		else
			sf_mend(f, "%s && systemctl reload-or-restart sipfastd",
				test);
	} else if (service->test == -ENOENT) {
		sf_say(f, SF_VERDICT_FAIL,
		       "sipfastd is configured, but not installed");
		sf_mend(f, "make install");
	} else {
		sf_say(f, SF_VERDICT_FAIL, "sipfastd -t failed: %s",
		       strerror(-service->test));
		sf_mend(f, "%s", test);
	}
}

static void judge_daemon(const struct sf_service *service,
			 struct sf_finding *f)
{
	if (!service->answers) {
		sf_say(f, SF_VERDICT_OK,
		       "sipfastd %s runs and answers, phones registered: %" PRIu64,
		       service->version, service->bindings);
	} else if (!is_absent(service)) {
		sf_say(f, SF_VERDICT_FAIL, "sipfastd does not answer: %s",
		       strerror(-service->answers));
		sf_mend(f, "systemctl restart sipfastd");
	} else if (service->configured) {
		/* Its configuration is installed with the rest: that nobody
		 * has started it may be meant so.
		 */
		sf_say(f, SF_VERDICT_WARN, "sipfastd does not run");
		sf_mend(f, "systemctl start sipfastd  # or: journalctl -u sipfastd");
	}
}

static void judge_listeners(const struct sf_service *service,
			    struct sf_finding *f)
{
	if (service->answers)
		return;
	if (!*service->absent) {
		sf_say(f, SF_VERDICT_OK, "sipfastd listens where it should: %u sockets",
		       service->listeners);
		return;
	}
	sf_say(f, SF_VERDICT_FAIL,
	       "sipfastd has no socket on %s in this network namespace",
	       service->absent);
	sf_mend(f, "systemctl restart sipfastd");
}

static void judge_rival(const struct sf_service *service, struct sf_finding *f)
{
	if (!service->configured && service->answers)
		return;
	if (!*service->rival) {
		sf_say(f, SF_VERDICT_OK, "no other program is on its ports");
		return;
	}
	sf_say(f, service->answers || *service->absent ? SF_VERDICT_FAIL :
							 SF_VERDICT_WARN,
	       "%s (process %d) is on port %u, too: it gets what is meant for sipfastd",
	       service->rival, service->rival_pid, service->rival_port);
	sf_mend(f, "kill %d  # or give one of them another port",
		service->rival_pid);
}

static void judge_users(const struct sf_service *service, struct sf_finding *f)
{
	if (service->answers || !service->authenticates)
		return;
	if (service->users) {
		sf_say(f, SF_VERDICT_OK, "users: %" PRIu64, service->users);
		return;
	}
	sf_say(f, SF_VERDICT_FAIL, "there are no users: no phone can register");
	sf_mend(f, "sipfast user add NAME@%s", service->domain);
}

static const struct {
	const char *name;
	void (*judge)(const struct sf_service *service, struct sf_finding *f);
} judges[] = {
	{ "daemon-conf", judge_conf },
	{ "daemon", judge_daemon },
	{ "daemon-ports", judge_listeners },
	{ "daemon-rival", judge_rival },
	{ "daemon-users", judge_users },
};

size_t sf_judge_service(const struct sf_service *service,
			struct sf_finding *findings)
{
	size_t i, n = 0;

	for (i = 0; i < ARRAY_SIZE(judges); i++) {
		struct sf_finding *f = &findings[n];

		memset(f, 0, sizeof(*f));
		f->name = judges[i].name;
		judges[i].judge(service, f);
		if (f->verdict != SF_VERDICT_NONE)
			n++;
	}
	return n;
}
