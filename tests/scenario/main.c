// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * main.c - run scenarios: a line PASS or FAIL for each
 *
 *	scenario [CASE…]
 *
 * In the environment: SCENARIO_CASES is the directory of the cases,
 * SCENARIO_VECTORS that of the corpora, SCENARIO_SUITE what stands before a
 * name. With no case named all are run, and each row of the state machines has
 * to have been gone through then.
 */
#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

#include "../../daemon/sip/state.h"
#include "corpus.h"
#include "script.h"

static const char *suite;
static u32 failures;

void case_told(const char *name, bool passed, const char *account)
{
	printf("%s %s/%s\n", passed ? "PASS" : "FAIL", suite, name);
	if (!passed) {
		printf("%s", account);
		failures++;
	}
	fflush(stdout);
}

static bool has_suffix(const char *name, const char *suffix)
{
	size_t len = strlen(name), n = strlen(suffix);

	return len > n && !strcmp(name + len - n, suffix);
}

static int is_case(const struct dirent *entry)
{
	return has_suffix(entry->d_name, ".sc");
}

static void run_case(const char *file)
{
	char path[512], name[256];
	char *text;
	bool good;

	snprintf(path, sizeof(path), "%s/%s", getenv("SCENARIO_CASES"), file);
	snprintf(name, sizeof(name), "%.*s", (int)strlen(file) - 3, file);
	text = script_read(path, NULL);
	good = script_run(file, text);
	case_told(name, good, script_account());
	free(text);
}

static void run_all(void)
{
	struct dirent **entries;
	int i, n = scandir(getenv("SCENARIO_CASES"), &entries, is_case, alphasort);

	for (i = 0; i < n; i++) {
		run_case(entries[i]->d_name);
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
}

static const char *const machine_names[] = {
	[SF_INVITE_CLIENT] = "invite-client", [SF_CLIENT] = "client",
	[SF_INVITE_SERVER] = "invite-server", [SF_SERVER] = "server",
};

static void judge_row(u32 machine, u32 state, u32 event)
{
	char name[128];

	if (!sf_state_row(machine, state, event)->known)
		return;
	snprintf(name, sizeof(name), "row/%s/%s/%s", machine_names[machine],
		 sf_state_name(state), sf_event_name(event));
	case_told(name, sf_state_visits(machine, state, event),
		  "    no scenario goes through it\n");
}

static void judge_rows(void)
{
	u32 machine, state, event;

	for (machine = 0; machine < SF_MACHINES; machine++)
		for (state = 0; state < SF_STATE_COUNT; state++)
			for (event = 0; event < SF_EVENT_COUNT; event++)
				judge_row(machine, state, event);
}

/* Files of a scenario are made in a directory of its own. */
static void enter_directory(char *dir)
{
	if (!mkdtemp(dir) || chdir(dir)) {
		perror(dir);
		exit(2);
	}
}

static void leave_directory(const char *dir)
{
	DIR *open = opendir(".");
	struct dirent *entry;

	while (open && (entry = readdir(open)))
		if (entry->d_name[0] != '.')
			unlink(entry->d_name);
	if (open)
		closedir(open);
	if (chdir("/") || rmdir(dir))
		perror(dir);
}

int main(int argc, char **argv)
{
	char dir[] = "/tmp/scenario-XXXXXX", file[256];
	int i;

	suite = getenv("SCENARIO_SUITE");
	if (!suite)
		suite = "scenario";
	enter_directory(dir);
	for (i = 1; i < argc; i++) {
		snprintf(file, sizeof(file), "%s.sc", argv[i]);
		if (strchr(argv[i], '/'))
			corpus_run(argv[i]);
		else
			run_case(file);
	}
	if (argc == 1) {
		run_all();
		corpus_run(NULL);
		judge_rows();
	}
	world_reset();
	leave_directory(dir);
	return failures ? 1 : 0;
}
