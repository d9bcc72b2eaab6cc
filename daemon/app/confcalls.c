// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * confcalls.c - sections "calls" of the configuration
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "confread.h"

#include <stdlib.h>

#include "../sip/aor.h"

#define MINUTES_MAX	(24 * 60 * 1000)

int sf_check_quiet(cfg_t *cfg, cfg_opt_t *opt)
{
	const char *text = cfg_opt_getnstr(opt, cfg_opt_size(opt) - 1);
	struct sf_hours hours;

	if (cfg_opt_size(opt) > SF_QUIET_MAX) {
		cfg_error(cfg, "quiet: more than %d", SF_QUIET_MAX);
		return -1;
	}
	if (sf_hours_parse(text, &hours))
		return 0;
	cfg_error(cfg, "quiet: '%s' is none of 22:00-06:00, mon-fri 18:00-08:00, sun 0:00-24:00",
		  text);
	return -1;
}

int sf_check_calls(cfg_t *cfg, cfg_opt_t *opt)
{
	cfg_t *sec = cfg_opt_getnsec(opt, cfg_opt_size(opt) - 1);
	long calls = cfg_getint(sec, "at-once");
	long minutes = cfg_getint(sec, "minutes");

	if (calls >= -1 && calls <= INT32_MAX && minutes >= -1 &&
	    minutes <= MINUTES_MAX)
		return 0;
	cfg_error(cfg, "calls %s: at-once and minutes: a number, or 0 for as many as he likes",
		  cfg_title(sec));
	return -1;
}

void sf_take_words(struct sf_words *words, cfg_t *cfg, const char *name)
{
	u32 i, n = cfg_size(cfg, name);

	words->word = calloc(n + 1, sizeof(*words->word));
	for (i = 0; words->word && i < n; i++)
		words->word[words->count++] = strdup(cfg_getnstr(cfg, name, i));
}

/* Whose word counts: the section's, or that of the usual one. */
static cfg_t *of_list(cfg_t *section, cfg_t *usual, const char *name)
{
	return usual && !cfg_size(section, name) ? usual : section;
}

static u32 take_number(cfg_t *section, cfg_t *usual, const char *name)
{
	long n = cfg_getint(section, name);

	if (n < 0 && usual)
		n = cfg_getint(usual, name);
	return n > 0 ? (u32)n : 0;
}

/* "alice" is one of the first domain's, and the domain is small letters. */
static char *take_name(const char *title, const char *domain)
{
	const char *at = strchr(title, '@');
	struct sf_aor aor;
	u32 len = at ? (u32)(at - title) : (u32)strlen(title);
	char name[SF_AOR_MAX + 1];

	if (!strcmp(title, "default"))
		return strdup(title);
	snprintf(name, sizeof(name), "%s", at ? at + 1 : domain);
	sf_lower(name);
	if (!sf_aor_make(&aor, title, sf_span(0, len), name))
		return NULL;
	return strndup(aor.text, aor.len);
}

void sf_take_allowance(struct sf_allowance *allowance, cfg_t *section,
		       cfg_t *usual, const char *domain)
{
	cfg_t *quiet = of_list(section, usual, "quiet");
	u32 i;

	allowance->name = take_name(cfg_title(section), domain);
	if (!allowance->name) {
		cfg_error(section, "calls %s: that is no user",
			  cfg_title(section));
		allowance->name = strdup("");
	}
	sf_take_words(&allowance->allow, of_list(section, usual, "allow"),
		      "allow");
	sf_take_words(&allowance->deny, of_list(section, usual, "deny"),
		      "deny");
	allowance->at_once = take_number(section, usual, "at-once");
	allowance->minutes = take_number(section, usual, "minutes");
	for (i = 0; i < cfg_size(quiet, "quiet"); i++)
		sf_hours_parse(cfg_getnstr(quiet, "quiet", i),
			       &allowance->quiet[allowance->quiets++]);
}
