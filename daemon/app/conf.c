// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * conf.c - reading the administrator's file
 *
 * libconfuse reads it into what it calls options; here they are checked and
 * become plain values.
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "conf.h"

#include <confuse.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "confread.h"
#include "trunk.h"

static cfg_opt_t domain_options[] = {
	CFG_STR_LIST("aliases", NULL, CFGF_NONE),
	CFG_BOOL("authenticate", cfg_true, CFGF_NONE),
	CFG_BOOL("anyone", cfg_false, CFGF_NONE),
	CFG_BOOL("no-qop", cfg_false, CFGF_NONE),
	CFG_BOOL("date", cfg_false, CFGF_NONE),
	CFG_STR_LIST("algorithms", (char *)"{SHA-256, MD5}", CFGF_NONE),
	CFG_INT("expires", 3600, CFGF_NONE),
	CFG_INT("min-expires", 60, CFGF_NONE),
	CFG_INT("max-expires", 7200, CFGF_NONE),
	CFG_INT("contacts", 10, CFGF_NONE),
	CFG_STR("client-certificate", "no", CFGF_NONE),
	CFG_STR("tls", NULL, CFGF_NODEFAULT),
	CFG_STR("service-route", NULL, CFGF_NODEFAULT),
	CFG_END()
};

static cfg_opt_t tls_options[] = {
	CFG_STR("profile", "modern", CFGF_NONE),
	CFG_STR_LIST("certificate", NULL, CFGF_NONE),
	CFG_STR_LIST("key", NULL, CFGF_NONE),
	CFG_STR("ca", NULL, CFGF_NODEFAULT),
	CFG_STR("crl", NULL, CFGF_NODEFAULT),
	CFG_STR_LIST("fingerprints", NULL, CFGF_NONE),
	CFG_BOOL("verify", cfg_true, CFGF_NONE),
	CFG_BOOL("wildcard", cfg_false, CFGF_NONE),
	CFG_STR("client-certificate", "no", CFGF_NONE),
	CFG_END()
};

static cfg_opt_t trunk_options[] = {
	CFG_STR("tls", NULL, CFGF_NODEFAULT),
	CFG_STR_LIST("peers", NULL, CFGF_NODEFAULT),
	CFG_STR_LIST("inbound", NULL, CFGF_NONE),
	CFG_STR_LIST("inbound-names", NULL, CFGF_NONE),
	CFG_STR_LIST("prefixes", NULL, CFGF_NONE),
	CFG_INT("strip", 0, CFGF_NONE),
	CFG_STR("prefix", "", CFGF_NONE),
	CFG_STR("domain", NULL, CFGF_NODEFAULT),
	CFG_STR("user", NULL, CFGF_NODEFAULT),
	CFG_STR("secret-file", NULL, CFGF_NODEFAULT),
	CFG_BOOL("register", cfg_false, CFGF_NONE),
	CFG_INT("expires", 600, CFGF_NONE),
	CFG_STR("contact", NULL, CFGF_NODEFAULT),
	CFG_STR("target", NULL, CFGF_NODEFAULT),
	CFG_INT("probe", 30, CFGF_NONE),
	CFG_BOOL("trusted", cfg_false, CFGF_NONE),
	CFG_BOOL("emergency", cfg_false, CFGF_NONE),
	CFG_END()
};

/* -1, and lists without an entry: as the section "default" has it. */
static cfg_opt_t calls_options[] = {
	CFG_STR_LIST("allow", NULL, CFGF_NONE),
	CFG_STR_LIST("deny", NULL, CFGF_NONE),
	CFG_INT("at-once", -1, CFGF_NONE),
	CFG_INT("minutes", -1, CFGF_NONE),
	CFG_STR_LIST("quiet", NULL, CFGF_NONE),
	CFG_END()
};

static cfg_opt_t limit_options[] = {
	CFG_INT("connections", 20000, CFGF_NONE),
	CFG_INT("connections-per-source", 200, CFGF_NONE),
	CFG_INT("idle", 3700, CFGF_NONE),
	CFG_INT("message", 10, CFGF_NONE),
	CFG_INT("connect", 10, CFGF_NONE),
	CFG_INT("queue", 262144, CFGF_NONE),
	CFG_INT("half-open", 1000, CFGF_NONE),
	CFG_INT("half-open-per-source", 50, CFGF_NONE),
	CFG_INT("handshakes", 500, CFGF_NONE),
	CFG_INT("handshakes-per-source", 100, CFGF_NONE),
	CFG_INT("transactions", 200000, CFGF_NONE),
	CFG_END()
};

/* Where no carrier routes to: who is there is at home. */
#define PRIVATE								\
	"{\"10.0.0.0/8\", \"172.16.0.0/12\", \"192.168.0.0/16\","	\
	" \"127.0.0.0/8\", \"169.254.0.0/16\","			\
	" \"::1\", \"fc00::/7\", \"fe80::/10\"}"

static cfg_opt_t websocket_options[] = {
	CFG_STR_LIST("origins", NULL, CFGF_NONE),
	CFG_STR("path", "", CFGF_NONE),
	CFG_INT("ping", 30, CFGF_NONE),
	CFG_END()
};

static cfg_opt_t options[] = {
	CFG_STR_LIST("listen", (char *)"{udp:*, tcp:*}", CFGF_NONE),
	CFG_INT("workers", 0, CFGF_NONE),
	CFG_STR("log", "notice", CFGF_NONE),
	CFG_STR("store", "sqlite", CFGF_NONE),
	CFG_STR("database", "/var/lib/sipfast/sipfast.db", CFGF_NONE),
	CFG_STR("control", "/run/sipfast/control", CFGF_NONE),
	CFG_STR_LIST("emergency", (char *)"{112, 911, 110}", CFGF_NONE),
	CFG_STR_LIST("emergency-from", (char *)PRIVATE, CFGF_NONE),
	CFG_BOOL("foreign-domains", cfg_true, CFGF_NONE),
	CFG_INT("keepalive", 25, CFGF_NONE),
	CFG_STR("guard", "ban", CFGF_NONE),
	CFG_SEC("limits", limit_options, CFGF_NONE),
	CFG_SEC("tls", tls_options, CFGF_TITLE | CFGF_MULTI |
		CFGF_NO_TITLE_DUPES),
	CFG_SEC("websocket", websocket_options, CFGF_NONE),
	CFG_SEC("domain", domain_options, CFGF_TITLE | CFGF_MULTI |
		CFGF_NO_TITLE_DUPES),
	CFG_SEC("trunk", trunk_options, CFGF_TITLE | CFGF_MULTI |
		CFGF_NO_TITLE_DUPES),
	CFG_SEC("calls", calls_options, CFGF_TITLE | CFGF_MULTI |
		CFGF_NO_TITLE_DUPES),
	CFG_END()
};

/*
 * The file that is read, and where its errors go: libconfuse hands nothing
 * through, and within a section not even the name.
 */
static _Thread_local struct {
	const char *file;
	FILE *errors;
	u32 count;
	bool trial;	/* somebody only asks whether it is right */
	bool unseen;	/* it names files that are not here to be looked at */
} reading;

#define CREDENTIALS	"CREDENTIALS_DIRECTORY"
#define NO_CREDENTIALS	"${" CREDENTIALS "}"

/* Such names begin with NO_CREDENTIALS: the environment does not say where it is. */
static bool no_credentials;

static bool names_credentials(FILE *stream)
{
	bool named = false;
	char *line = NULL;
	size_t room = 0;

	while (!named && getline(&line, &room, stream) >= 0)
		named = strstr(line, NO_CREDENTIALS);
	free(line);
	return named;
}

void sf_conf_credentials(const char *file)
{
	FILE *stream = getenv(CREDENTIALS) ? NULL : fopen(file, "re");
	struct stat st;

	if (!stream)
		return;
	/* What a pipe gives is there once. */
	if (!fstat(fileno(stream), &st) && S_ISREG(st.st_mode) &&
	    names_credentials(stream))
		no_credentials = !setenv(CREDENTIALS, NO_CREDENTIALS, 1);
	fclose(stream);
}

bool sf_conf_unseen(cfg_t *section, const char *file)
{
	if (!no_credentials || !file ||
	    strncmp(file, NO_CREDENTIALS, strlen(NO_CREDENTIALS)))
		return false;
	if (!reading.trial)
		cfg_error(section,
			  "%s: " CREDENTIALS " is not set: LoadCredential= sets it",
			  file);
	else if (reading.errors)
		fprintf(reading.errors,
			"%s:%d: %s cannot be judged here: only the daemon sees it\n",
			reading.file, section->line, file);
	reading.unseen = true;
	return true;
}

static void tell(cfg_t *cfg, const char *format, va_list args)
{
	reading.count++;
	if (!reading.errors)
		return;
	fprintf(reading.errors, "%s:%d: ", reading.file, cfg ? cfg->line : 0);
	vfprintf(reading.errors, format, args);
	if (strstr(format, "no such option"))
		fputs("; sipfastd.conf(5) lists what there is",
		      reading.errors);
	fputc('\n', reading.errors);
}

static void validate(cfg_t *cfg)
{
	cfg_set_validate_func(cfg, "listen", sf_check_listen);
	cfg_set_validate_func(cfg, "workers", sf_check_workers);
	cfg_set_validate_func(cfg, "keepalive", sf_check_keepalive);
	cfg_set_validate_func(cfg, "log", sf_check_level);
	cfg_set_validate_func(cfg, "store", sf_check_store);
	cfg_set_validate_func(cfg, "guard", sf_check_guard);
	cfg_set_validate_func(cfg, "emergency-from", sf_check_network);
	cfg_set_validate_func(cfg, "limits|connections", sf_check_positive);
	cfg_set_validate_func(cfg, "limits|connections-per-source",
			      sf_check_positive);
	cfg_set_validate_func(cfg, "limits|idle", sf_check_positive);
	cfg_set_validate_func(cfg, "limits|message", sf_check_positive);
	cfg_set_validate_func(cfg, "limits|connect", sf_check_positive);
	cfg_set_validate_func(cfg, "limits|queue", sf_check_positive);
	cfg_set_validate_func(cfg, "limits|half-open", sf_check_positive);
	cfg_set_validate_func(cfg, "limits|half-open-per-source",
			      sf_check_positive);
	cfg_set_validate_func(cfg, "limits|handshakes", sf_check_positive);
	cfg_set_validate_func(cfg, "limits|handshakes-per-source",
			      sf_check_positive);
	cfg_set_validate_func(cfg, "limits|transactions", sf_check_positive);
	cfg_set_validate_func(cfg, "websocket|origins", sf_check_origin);
	cfg_set_validate_func(cfg, "websocket|path", sf_check_path);
	cfg_set_validate_func(cfg, "websocket|ping", sf_check_ping);
	cfg_set_validate_func(cfg, "domain|algorithms", sf_check_algorithm);
	cfg_set_validate_func(cfg, "domain|service-route",
			      sf_check_service_route);
	cfg_set_validate_func(cfg, "domain", sf_check_domain);
	cfg_set_validate_func(cfg, "tls|fingerprints", sf_check_pin);
	cfg_set_validate_func(cfg, "tls", sf_check_tls);
	cfg_set_validate_func(cfg, "trunk|peers", sf_check_peer);
	cfg_set_validate_func(cfg, "trunk|inbound", sf_check_network);
	cfg_set_validate_func(cfg, "trunk|prefix", sf_check_user);
	cfg_set_validate_func(cfg, "trunk|domain", sf_check_place);
	cfg_set_validate_func(cfg, "trunk|user", sf_check_account);
	cfg_set_validate_func(cfg, "trunk|contact", sf_check_user);
	cfg_set_validate_func(cfg, "trunk|target", sf_check_user);
	cfg_set_validate_func(cfg, "trunk", sf_check_trunk);
	cfg_set_validate_func(cfg, "calls|quiet", sf_check_quiet);
	cfg_set_validate_func(cfg, "calls", sf_check_calls);
}

static char *copy(const char *text)
{
	return text && *text ? strdup(text) : NULL;
}

static void take_networks(struct sf_networks *networks, cfg_t *cfg,
			  const char *name)
{
	u32 i, n = cfg_size(cfg, name);

	networks->network = calloc(n + 1, sizeof(*networks->network));
	for (i = 0; networks->network && i < n; i++)
		sf_network_parse(cfg_getnstr(cfg, name, i),
				 &networks->network[networks->count++]);
}

static void take_domain(struct sf_domain *domain, cfg_t *cfg)
{
	struct sf_words aliases = { 0 };
	char *name = strdup(cfg_title(cfg));
	u32 i;

	sf_lower(name);
	domain->name = name;
	sf_take_words(&aliases, cfg, "aliases");
	for (i = 0; i < aliases.count; i++)
		sf_lower(aliases.word[i]);
	domain->aliases = (const char *const *)aliases.word;
	domain->alias_count = aliases.count;
	domain->auth = cfg_getbool(cfg, "authenticate");
	domain->anyone = cfg_getbool(cfg, "anyone");
	domain->no_qop = cfg_getbool(cfg, "no-qop");
	domain->date = cfg_getbool(cfg, "date");
	domain->algorithms = sf_take_algorithms(cfg);
	domain->default_expires = cfg_getint(cfg, "expires");
	domain->min_expires = cfg_getint(cfg, "min-expires");
	domain->max_expires = cfg_getint(cfg, "max-expires");
	domain->contacts = cfg_getint(cfg, "contacts");
	sf_take_claim(cfg_getstr(cfg, "client-certificate"), &domain->claim);
	domain->tls = copy(cfg_getstr(cfg, "tls"));
	domain->service_route = copy(cfg_getstr(cfg, "service-route"));
}

static void take_trunk(struct sf_conf_trunk *trunk, cfg_t *cfg)
{
	u32 i, n = cfg_size(cfg, "peers");

	trunk->name = strdup(cfg_title(cfg));
	trunk->tls = copy(cfg_getstr(cfg, "tls"));
	trunk->trunk = sf_trunk_new();
	trunk->peer = calloc(n, sizeof(*trunk->peer));
	for (i = 0; trunk->peer && i < n; i++)
		sf_take_peer(&trunk->peer[trunk->peers++],
			     cfg_getnstr(cfg, "peers", i));
	take_networks(&trunk->inbound, cfg, "inbound");
	sf_take_words(&trunk->names, cfg, "inbound-names");
	sf_take_words(&trunk->prefixes, cfg, "prefixes");
	trunk->strip = cfg_getint(cfg, "strip");
	trunk->prefix = copy(cfg_getstr(cfg, "prefix"));
	trunk->domain = copy(cfg_getstr(cfg, "domain"));
	trunk->user = copy(cfg_getstr(cfg, "user"));
	trunk->registers = cfg_getbool(cfg, "register");
	trunk->expires = cfg_getint(cfg, "expires");
	trunk->contact = copy(cfg_getstr(cfg, "contact"));
	trunk->target = copy(cfg_getstr(cfg, "target"));
	trunk->probe = cfg_getint(cfg, "probe");
	trunk->trusted = cfg_getbool(cfg, "trusted");
	trunk->emergency = cfg_getbool(cfg, "emergency");
	if (cfg_getstr(cfg, "secret-file"))
		trunk->secret = sf_take_secret(cfg);
}

static void take_limits(struct sf_conf *conf, cfg_t *cfg)
{
	struct sf_net_limits *limits = &conf->limits;

	limits->conns = cfg_getint(cfg, "connections");
	limits->conns_per_source = cfg_getint(cfg, "connections-per-source");
	limits->idle_s = cfg_getint(cfg, "idle");
	limits->message_s = cfg_getint(cfg, "message");
	limits->connect_s = cfg_getint(cfg, "connect");
	limits->queue = cfg_getint(cfg, "queue");
	limits->half_open = cfg_getint(cfg, "half-open");
	limits->half_open_per_source = cfg_getint(cfg, "half-open-per-source");
	limits->shakes = cfg_getint(cfg, "handshakes");
	limits->shakes_per_source = cfg_getint(cfg, "handshakes-per-source");
	conf->transactions = cfg_getint(cfg, "transactions");
}

static void take_websocket(struct sf_conf *conf, cfg_t *cfg)
{
	sf_take_words(&conf->origins, cfg, "origins");
	conf->path = copy(cfg_getstr(cfg, "path"));
	conf->web = (struct sf_web){
		.origins = (const char *const *)conf->origins.word,
		.count = conf->origins.count,
		.path = conf->path,
		.ping_s = cfg_getint(cfg, "ping"),
	};
}

static void take_listeners(struct sf_conf *conf, cfg_t *cfg)
{
	u32 i;

	/* "*" is one listener for each family. */
	for (i = 0; i < cfg_size(cfg, "listen"); i++)
		conf->listens += sf_take_listen(&conf->listen[conf->listens],
						cfg_getnstr(cfg, "listen", i),
						SF_LISTENERS_MAX - conf->listens);
}

static bool has_tls(const struct sf_conf *conf)
{
	u32 i;

	for (i = 0; i < conf->listens; i++)
		if (conf->listen[i].transport == SF_TRANSPORT_TLS)
			return true;
	return false;
}

static bool listens_secure(const struct sf_conf *conf)
{
	u32 i;

	for (i = 0; i < conf->listens; i++)
		if (sf_transport_secure(conf->listen[i].transport))
			return true;
	return false;
}

static bool has_claims(const struct sf_domains *domains)
{
	u32 i;

	for (i = 0; i < domains->count; i++)
		if (domains->list[i].claim != SF_CLAIM_NONE)
			return true;
	return false;
}

/* A section that is old serves only who names it. */
static void check_listener(const struct sf_conf *conf, cfg_t *cfg,
			   const char *name)
{
	const struct sf_tls_site *site = sf_tls_find(conf->tls, name);

	if (!site)
		cfg_error(cfg, "listen: there is no section tls %s { certificate = … key = … }",
			  *name ? name : "NAME");
	else if (!*name && sf_tls_is_legacy(site))
		cfg_error(cfg, "listen: a legacy section has to be named: \"tls:*:5063 NAME\"");
}

/* Where everybody has a certificate, having one proves nothing. */
static void check_claim(const struct sf_conf *conf, cfg_t *cfg,
			const struct sf_domain *domain)
{
	const struct sf_tls_site *site = sf_tls_find(conf->tls, domain->tls);

	if (!site)
		cfg_error(cfg, "domain %s: there is no section tls %s { ca = … }",
			  domain->name, domain->tls ? domain->tls : "NAME");
	else if (domain->claim == SF_CLAIM_ANY && !reading.unseen &&
		 !sf_tls_is_private(site))
		cfg_error(cfg, "domain %s: client-certificate: its section tls has no ca",
			  domain->name);
	else if (domain->claim != SF_CLAIM_NONE && !listens_secure(conf))
		cfg_error(cfg, "domain %s: client-certificate: listen has no \"tls:*\"",
			  domain->name);
}

/* What is called by a name has to be there. */
static void check_names(const struct sf_conf *conf, cfg_t *cfg)
{
	u32 i;

	for (i = 0; i < conf->listens; i++) {
		/* "*" became two, and is wrong once */
		if (sf_transport_secure(conf->listen[i].transport) &&
		    (!i || strcmp(conf->listen[i].site,
				  conf->listen[i - 1].site) ||
		     conf->listen[i].transport != conf->listen[i - 1].transport))
			check_listener(conf, cfg, conf->listen[i].site);
	}
	for (i = 0; i < conf->domains.count; i++)
		if (conf->domains.list[i].claim != SF_CLAIM_NONE ||
		    conf->domains.list[i].tls)
			check_claim(conf, cfg_getnsec(cfg, "domain", i),
				    &conf->domains.list[i]);
	for (i = 0; i < conf->trunks; i++)
		if (conf->trunk[i].tls &&
		    !sf_tls_find(conf->tls, conf->trunk[i].tls))
			cfg_error(cfg, "trunk %s: there is no section tls %s { }",
				  conf->trunk[i].name, conf->trunk[i].tls);
}

static int take_tls(struct sf_conf *conf, cfg_t *cfg)
{
	u32 i;

	conf->tls = sf_tls_new();
	if (!conf->tls)
		return -ENOMEM;
	for (i = 0; i < cfg_size(cfg, "tls"); i++)
		sf_take_tls(conf->tls, cfg_getnsec(cfg, "tls", i),
			    has_claims(&conf->domains));
	if (!reading.count)
		check_names(conf, cfg);
	conf->encrypts = has_tls(conf);
	conf->sips = listens_secure(conf);
	return reading.count ? -EINVAL : 0;
}

/* Any page of the web could call from within the network. */
static void check_origins(const struct sf_conf *conf, cfg_t *cfg)
{
	u32 i;

	for (i = 0; i < conf->listens && !conf->web.count; i++) {
		if (!sf_transport_websocket(conf->listen[i].transport))
			continue;
		cfg_error(cfg, "listen: which pages may? websocket { origins = {\"https://phone.example.net\"} }");
		return;
	}
}

static const struct sf_allowance *find_allowance(const struct sf_conf *conf,
						 struct sf_text name)
{
	u32 i;

	for (i = 0; i < conf->allowances; i++)
		if (sf_text_eq(sf_text_str(conf->allowance[i].name), name))
			return &conf->allowance[i];
	return NULL;
}

const struct sf_allowance *sf_conf_allowance(const struct sf_conf *conf,
					     struct sf_text aor)
{
	const struct sf_allowance *own = find_allowance(conf, aor);

	return own ? own : conf->default_allowance;
}

/* What a section does not say, the one that is called "default" says. */
static void take_allowances(struct sf_conf *conf, cfg_t *cfg)
{
	const char *domain = conf->domains.list[0].name;
	cfg_t *usual = cfg_gettsec(cfg, "calls", "default");
	u32 i, n = cfg_size(cfg, "calls");

	conf->allowance = calloc(n + 1, sizeof(*conf->allowance));
	for (i = 0; conf->allowance && i < n; i++)
		sf_take_allowance(&conf->allowance[conf->allowances++],
				  cfg_getnsec(cfg, "calls", i), usual, domain);
	conf->default_allowance = find_allowance(conf, sf_text_str("default"));
}

static int take(struct sf_conf *conf, cfg_t *cfg)
{
	struct sf_domain *domain;
	u32 i;

	take_listeners(conf, cfg);
	conf->workers = cfg_getint(cfg, "workers");
	conf->level = sf_take_level(cfg_getstr(cfg, "log"));
	conf->guard_watches = !strcmp(cfg_getstr(cfg, "guard"), "watch");
	conf->memory = !strcmp(cfg_getstr(cfg, "store"), "memory");
	conf->database = copy(cfg_getstr(cfg, "database"));
	conf->control = copy(cfg_getstr(cfg, "control"));
	conf->foreign = cfg_getbool(cfg, "foreign-domains");
	conf->keepalive = cfg_getint(cfg, "keepalive");
	sf_take_words(&conf->emergency, cfg, "emergency");
	take_networks(&conf->emergency_from, cfg, "emergency-from");
	take_limits(conf, cfg_getsec(cfg, "limits"));
	take_websocket(conf, cfg_getsec(cfg, "websocket"));
	check_origins(conf, cfg);
	domain = calloc(cfg_size(cfg, "domain") + 1, sizeof(*domain));
	conf->domains.list = domain;
	conf->trunk = calloc(cfg_size(cfg, "trunk") + 1, sizeof(*conf->trunk));
	if (!domain || !conf->trunk)
		return -ENOMEM;
	for (i = 0; i < cfg_size(cfg, "domain"); i++)
		take_domain(&domain[conf->domains.count++],
			    cfg_getnsec(cfg, "domain", i));
	take_allowances(conf, cfg);
	for (i = 0; i < cfg_size(cfg, "trunk"); i++)
		take_trunk(&conf->trunk[conf->trunks++],
			   cfg_getnsec(cfg, "trunk", i));
	return take_tls(conf, cfg);
}

static int parse(cfg_t *cfg, struct sf_conf *conf, const char *file)
{
	switch (cfg_parse(cfg, file)) {
	case CFG_FILE_ERROR:
		cfg_error(cfg, "cannot be read: %s", strerror(errno));
		return -ENOENT;
	case CFG_PARSE_ERROR:
		return -EINVAL;
	}
	if (reading.count)
		return -EINVAL;
	if (!cfg_size(cfg, "domain")) {
		cfg_error(cfg, "no domain: add one, such as domain example.net { }");
		return -EINVAL;
	}
	return take(conf, cfg);
}

int sf_conf_read(struct sf_conf **conf, const char *file, FILE *errors)
{
	struct sf_conf *fresh = calloc(1, sizeof(*fresh));
	cfg_t *cfg = cfg_init(options, CFGF_NONE);
	int err = -ENOMEM;

	reading.file = file;
	reading.errors = errors;
	reading.count = 0;
	reading.unseen = false;
	if (fresh && cfg) {
		atomic_init(&fresh->refs, 1);
		fresh->file = strdup(file);
		cfg_set_error_function(cfg, tell);
		validate(cfg);
		err = parse(cfg, fresh, file);
	}
	if (cfg)
		cfg_free(cfg);
	if (err) {
		if (fresh)
			sf_conf_put(fresh);
		return err;
	}
	*conf = fresh;
	return 0;
}

int sf_conf_test(const char *file, FILE *errors)
{
	struct sf_conf *conf;
	int err;

	reading.trial = true;
	err = sf_conf_read(&conf, file, errors);
	reading.trial = false;
	if (!err)
		sf_conf_put(conf);
	return err;
}

static void free_words(struct sf_words *words)
{
	while (words->count)
		free(words->word[--words->count]);
	free(words->word);
}

static void free_trunk(struct sf_conf_trunk *trunk)
{
	while (trunk->peers)
		free(trunk->peer[--trunk->peers].host);
	free(trunk->peer);
	sf_trunk_put(trunk->trunk);
	free(trunk->inbound.network);
	free_words(&trunk->names);
	free_words(&trunk->prefixes);
	free(trunk->name);
	free(trunk->tls);
	free(trunk->prefix);
	free(trunk->domain);
	free(trunk->user);
	if (trunk->secret)
		explicit_bzero(trunk->secret, strlen(trunk->secret));
	free(trunk->secret);
	free(trunk->contact);
	free(trunk->target);
}

static void free_allowance(struct sf_allowance *allowance)
{
	free(allowance->name);
	free_words(&allowance->allow);
	free_words(&allowance->deny);
}

static void free_domain(const struct sf_domain *domain)
{
	struct sf_words aliases = { (char **)domain->aliases,
				    domain->alias_count };

	free_words(&aliases);
	free((void *)domain->name);
	free((void *)domain->tls);
	free((void *)domain->service_route);
}

void sf_conf_put(struct sf_conf *conf)
{
	u32 i;

	if (atomic_fetch_sub(&conf->refs, 1) != 1)
		return;
	for (i = 0; i < conf->domains.count; i++)
		free_domain(&conf->domains.list[i]);
	while (conf->trunks)
		free_trunk(&conf->trunk[--conf->trunks]);
	while (conf->allowances)
		free_allowance(&conf->allowance[--conf->allowances]);
	free(conf->allowance);
	free((void *)conf->domains.list);
	free(conf->trunk);
	sf_tls_put(conf->tls);
	free_words(&conf->emergency);
	free(conf->emergency_from.network);
	free_words(&conf->origins);
	free(conf->path);
	free(conf->file);
	free(conf->database);
	free(conf->control);
	free(conf);
}
