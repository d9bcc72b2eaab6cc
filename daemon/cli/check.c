// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * check.c - sipfast check: does SIP work here, and if not, what mends it
 */
#include <errno.h>
#include <string.h>

#include "json.h"
#include "judge.h"
#include "mem.h"
#include "served.h"
#include "text.h"

static const struct {
	const char *name;
	enum sf_color color;
} verdicts[] = {
	[SF_VERDICT_NONE] = { "-", SF_COLOR_DIM },
	[SF_VERDICT_OK] = { "ok", SF_COLOR_GOOD },
	[SF_VERDICT_WARN] = { "warn", SF_COLOR_WARN },
	[SF_VERDICT_FAIL] = { "FAIL", SF_COLOR_BAD },
};

static size_t count(const struct sf_finding *findings, size_t n,
		    enum sf_verdict verdict)
{
	size_t i, found = 0;

	for (i = 0; i < n; i++)
		found += findings[i].verdict == verdict;
	return found;
}

static void print_finding(struct sf_cli *cli, const struct sf_finding *f)
{
	fprintf(cli->out, "%s%-4s%s  %-12s  %s\n",
		sf_color(cli, verdicts[f->verdict].color),
		verdicts[f->verdict].name, sf_color(cli, SF_COLOR_OFF),
		f->name, f->text);
	if (*f->mend)
		fprintf(cli->out, "%20s%smend:%s %s\n", "",
			sf_color(cli, SF_COLOR_LABEL),
			sf_color(cli, SF_COLOR_OFF), f->mend);
}

static void print_text(struct sf_cli *cli, const struct sf_finding *findings,
		       size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		print_finding(cli, &findings[i]);
	fprintf(cli->out, "\n%zu ok, ", count(findings, n, SF_VERDICT_OK));
	sf_put_count(cli->out, count(findings, n, SF_VERDICT_WARN), "warning");
	fputs(", ", cli->out);
	sf_put_count(cli->out, count(findings, n, SF_VERDICT_FAIL), "failure");
	fputc('\n', cli->out);
}

static void print_json(struct sf_cli *cli, const struct sf_finding *findings,
		       size_t n)
{
	json_t *o = sf_json_object(), *list = sf_mem_check(json_array());
	size_t i;

	for (i = 0; i < n; i++) {
		const struct sf_finding *f = &findings[i];
		json_t *entry = sf_json_object();

		sf_json_set(entry, "check", sf_json_text(f->name));
		sf_json_set(entry, "verdict",
			    sf_json_text(f->verdict == SF_VERDICT_FAIL ?
					 "fail" : verdicts[f->verdict].name));
		sf_json_set(entry, "text", sf_json_text(f->text));
		if (*f->mend)
			sf_json_set(entry, "mend", sf_json_text(f->mend));
		sf_json_append(list, entry);
	}
	sf_json_set(o, "findings", list);
	sf_json_print(cli, o, false);
}

static int check_run(struct sf_cli *cli, int argc, char **argv)
{
	struct sf_finding findings[SF_FINDINGS];
	struct sf_service service;
	struct sf_facts facts;
	char control[256];
	size_t n;

	if (sf_cli_option(cli, argc, argv, "", NULL) < 0)
		return cli->status;
	if (optind < argc)
		return sf_cli_usage(cli, "check takes no arguments");
	sf_facts_gather(&facts, &sf_world_here);
	if (facts.kernel == -EPERM || facts.kernel == -EACCES)
		return sf_cli_kernel_error(cli, NULL, facts.kernel);
	n = sf_judge(&facts, findings);
	sf_served_path(cli, control, sizeof(control));
	sf_service_gather(&service, &sf_world_here, control);
	n += sf_judge_service(&service, findings + n);
	if (cli->json)
		print_json(cli, findings, n);
	else
		print_text(cli, findings, n);
	return count(findings, n, SF_VERDICT_FAIL) ? SF_EXIT_FAILURE :
						     SF_EXIT_OK;
}

const struct sf_command sf_cmd_check = {
	.name = "check",
	.usage = "check",
	.summary = "find out why SIP does not work here, and what mends it",
	.help = "Looks at the module, the rules and the settings of this\n"
		"network namespace, and at sipfastd, if it is configured. Each finding is ok, warn (some calls may\n"
		"suffer) or FAIL (calls do not work), with a command that\n"
		"mends it. Exit status 1 when one is FAIL.\n",
	.run = check_run,
};
