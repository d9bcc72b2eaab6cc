// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * user.c - sipfast user: who may register at this router
 */
#include <errno.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "../app/user_db.h"
#include "../sip/aor.h"
#include "json.h"
#include "mem.h"
#include "secret.h"

/* Letters of options that have only a long name. */
enum { OPT_GENERATE = 0x200, OPT_WEAK, OPT_ALGORITHMS };

/**
 * struct request - what was asked for
 * @database: path of the file
 * @generate: make the secret
 * @weak: take one that can be guessed
 * @algorithms: bits of those that are kept
 * @listed: @algorithms were named
 * @name: USER@DOMAIN as it was given
 * @aor: the same in one spelling
 * @user: the part before the '@'
 * @domain: the part behind it, also the realm
 */
struct request {
	const char *database;
	bool generate;
	bool weak;
	u8 algorithms;
	bool listed;
	const char *name;
	struct sf_aor aor;
	struct sf_text user;
	struct sf_text domain;
};

static int read_options(struct sf_cli *cli, int argc, char **argv,
			struct request *request)
{
	static const struct option options[] = {
		{ "database", required_argument, NULL, 'd' },
		{ "generate", no_argument, NULL, OPT_GENERATE },
		{ "weak", no_argument, NULL, OPT_WEAK },
		{ "algorithms", required_argument, NULL, OPT_ALGORITHMS },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	while ((c = sf_cli_option(cli, argc, argv, "d:", options)) > 0) {
		request->database = c == 'd' ? optarg : request->database;
		request->generate |= c == OPT_GENERATE;
		request->weak |= c == OPT_WEAK;
		if (c != OPT_ALGORITHMS)
			continue;
		request->listed = true;
		request->algorithms = sf_algs_parse(optarg);
	}
	if (!c && !request->algorithms)
		return sf_cli_usage(cli, "the algorithms are MD5, SHA-256 and SHA-512-256");
	return c < 0 ? -1 : SF_EXIT_OK;
}

static bool is_host(const char *text)
{
	struct sf_span all = { 0, (u32)strlen(text) };
	struct sf_host host;

	return !sf_host_parse(text, all, &host, NULL) && !host.port_text.len;
}

/* The name has to be the one spelling of it: digests are made of what stands
 * here, and phones have it without escapes.
 */
static int read_name(struct sf_cli *cli, const char *name,
		     struct request *request)
{
	const char *at = strrchr(name, '@');
	struct sf_aor *aor = &request->aor;

	if (!at || at == name || !is_host(at + 1))
		return sf_cli_usage(cli, "a user is USER@DOMAIN");
	if (!sf_aor_make(aor, name, sf_span(0, (u32)(at - name)), at + 1) ||
	    aor->user_len != at - name ||
	    memcmp(aor->text, name, aor->user_len) ||
	    memchr(aor->text, '%', aor->user_len))
		return sf_cli_usage(cli, "a user's name is in ASCII, without %%, @, : and blanks");
	request->name = name;
	request->user = (struct sf_text){ aor->text, aor->user_len };
	request->domain = (struct sf_text){
		aor->text + aor->user_len + 1,
		aor->len - aor->user_len - 1u,
	};
	return SF_EXIT_OK;
}

static int open_database(struct sf_cli *cli, const struct request *request,
			 sqlite3 **db)
{
	const char *why = "";

	if (!sf_database_open(db, request->database, &why))
		return SF_EXIT_OK;
	return sf_cli_error(cli, "cannot open the database %s", why);
}

/* What the database did not do. */
static int explain(struct sf_cli *cli, const struct request *request,
		   sqlite3 *db, int err)
{
	switch (err) {
	case 0:
		return SF_EXIT_OK;
	case -EEXIST:
		return sf_cli_error(cli, "%s is there already: see 'sipfast user passwd'",
				    request->name);
	case -ENOENT:
		return sf_cli_error(cli, "there is no user %s", request->name);
	}
	return sf_cli_error(cli, "the database failed: %s", sqlite3_errmsg(db));
}

static bool make_digests(const struct request *request, struct sf_text secret,
			 struct sf_account *account)
{
	u32 alg;

	account->algorithms = request->algorithms;
	account->listed = request->listed;
	for (alg = 0; alg < SF_ALG_COUNT; alg++)
		if (request->algorithms & SF_ALG_BIT(alg) &&
		    !sf_auth_ha1((enum sf_alg)alg, request->user,
				 request->domain, secret, account->ha1[alg]))
			return false;
	return true;
}

static void tell_secret(struct sf_cli *cli, const struct request *request,
			const char *secret)
{
	json_t *o;

	if (!cli->json) {
		fprintf(cli->out, "%s\n", secret);
		return;
	}
	o = sf_json_object();
	sf_json_string(o, "user", request->aor.text);
	sf_json_string(o, "secret", secret);
	sf_json_print(cli, o, false);
}

/* Without a list of his own named now, a user keeps the one that he has. */
static int keep_list(sqlite3 *db, struct request *request)
{
	struct sf_account old;
	int err = sf_user_db_get(db, request->user, request->domain, &old);

	if (!err && !request->listed && old.listed) {
		request->algorithms = old.algorithms;
		request->listed = true;
	}
	sf_auth_wipe(&old, sizeof(old));
	return err;
}

static int write_user(struct sf_cli *cli, struct request *request, sqlite3 *db,
		      bool only)
{
	struct sf_account account = { .algorithms = 0 };
	char secret[SF_SECRET_MAX + 1];
	int status, err = 0;

	if (!only)
		err = keep_list(db, request);
	if (err)
		return explain(cli, request, db, err);
	if (request->generate)
		sf_secret_make(secret);
	status = request->generate ? SF_EXIT_OK :
		sf_secret_read(cli, request->aor.text, request->user.len,
			       request->weak, secret);
	if (status)
		return status;
	if (make_digests(request, (struct sf_text){ secret, (u32)strlen(secret) },
			 &account))
		status = explain(cli, request, db,
				 sf_user_db_put(db, request->user,
						request->domain, &account,
						only));
	else
		status = sf_cli_error(cli, "OpenSSL lacks an algorithm: see --algorithms");
	if (!status && request->generate)
		tell_secret(cli, request, secret);
	sf_auth_wipe(secret, sizeof(secret));
	sf_auth_wipe(&account, sizeof(account));
	return status;
}

static int add(struct sf_cli *cli, struct request *request, sqlite3 *db)
{
	return write_user(cli, request, db, true);
}

static int passwd(struct sf_cli *cli, struct request *request, sqlite3 *db)
{
	return write_user(cli, request, db, false);
}

static int del(struct sf_cli *cli, struct request *request, sqlite3 *db)
{
	return explain(cli, request, db,
		       sf_user_db_del(db, request->user, request->domain));
}

struct listing {
	struct sf_cli *cli;
	json_t *users;
};

/* What stands in the database may have been written by anybody. */
static char *full_name(struct sf_text user, struct sf_text domain)
{
	size_t len = (size_t)user.len + 1 + domain.len;
	char *name = sf_mem_check(malloc(len + 1));

	memcpy(name, user.s, user.len);
	name[user.len] = '@';
	memcpy(name + user.len + 1, domain.s, domain.len);
	name[len] = '\0';
	return name;
}

static bool list_one(void *arg, struct sf_text user, struct sf_text domain,
		     const struct sf_account *account)
{
	char *name = full_name(user, domain), *safe, text[64];
	struct listing *listing = arg;
	json_t *o;

	sf_algs_text(account->algorithms, text);
	if (listing->users) {
		o = sf_json_object();
		sf_json_string(o, "user", name);
		sf_json_string(o, "algorithms", text);
		sf_json_append(listing->users, o);
	} else {
		safe = sf_mem_escape(name);
		fprintf(listing->cli->out, "%-40s %s\n", safe, text);
		free(safe);
	}
	free(name);
	return true;
}

static int list(struct sf_cli *cli, struct request *request, sqlite3 *db)
{
	struct listing listing = { .cli = cli };
	int status;
	json_t *o;

	if (cli->json)
		listing.users = sf_mem_check(json_array());
	status = explain(cli, request, db,
			 sf_user_db_each(db, list_one, &listing));
	if (!listing.users)
		return status;
	o = sf_json_object();
	sf_json_set(o, "users", listing.users);
	if (status)
		json_decref(o);
	else
		sf_json_print(cli, o, false);
	return status;
}

static const struct action {
	const char *name;
	bool named;		/* takes USER@DOMAIN */
	int (*run)(struct sf_cli *cli, struct request *request, sqlite3 *db);
} actions[] = {
	{ "add", true, add },
	{ "del", true, del },
	{ "passwd", true, passwd },
	{ "list", false, list },
};

static const struct action *find_action(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(actions); i++)
		if (!strcmp(actions[i].name, name))
			return &actions[i];
	return NULL;
}

static int user_run(struct sf_cli *cli, int argc, char **argv)
{
	struct request request = {
		.database = SF_DATABASE_PATH,
		.algorithms = SF_ALG_ALL,
	};
	const struct action *action;
	int status = read_options(cli, argc, argv, &request);
	sqlite3 *db;

	if (status)
		return status < 0 ? cli->status : status;
	action = optind < argc ? find_action(argv[optind]) : NULL;
	if (!action)
		return sf_cli_usage(cli, "user takes add, del, passwd or list");
	if (argc - optind != 1 + action->named)
		return sf_cli_usage(cli, action->named ? "%s takes one USER@DOMAIN" :
				    "%s takes nothing", action->name);
	if (action->named)
		status = read_name(cli, argv[optind + 1], &request);
	if (!status)
		status = open_database(cli, &request, &db);
	if (status)
		return status;
	status = action->run(cli, &request, db);
	sqlite3_close(db);
	return status;
}

const struct sf_command sf_cmd_user = {
	.name = "user",
	.usage = "user add|passwd [--generate] [--weak] [--algorithms LIST] USER@DOMAIN\n"
		 "       sipfast user del USER@DOMAIN\n"
		 "       sipfast user list [-j]",
	.summary = "say who may register at this router",
	.help = "The secret is asked for, or is the first line of the standard input.\n"
		"  -d, --database FILE   the daemon's database\n"
		"      --generate        make a secret, and print it this once\n"
		"      --weak            take a secret that can be guessed\n"
		"      --algorithms LIST what the phone can do, if not all of\n"
		"                        SHA-512-256,SHA-256,MD5\n",
	.run = user_run,
};
