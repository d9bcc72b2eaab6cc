// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * confread.c - single options of the configuration
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "confread.h"

#include <ctype.h>
#include <stdlib.h>

#include "../net/network.h"
#include "auth.h"
#include "target.h"

static const struct {
	const char *name;
	enum sf_log_level level;
} levels[] = {
	{ "error", SF_LOG_ERROR },
	{ "warning", SF_LOG_WARNING },
	{ "notice", SF_LOG_NOTICE },
	{ "info", SF_LOG_INFO },
	{ "debug", SF_LOG_DEBUG },
};

void sf_lower(char *text)
{
	for (; *text; text++)
		*text = (char)tolower((unsigned char)*text);
}

static const char *last(cfg_opt_t *opt)
{
	return cfg_opt_getnstr(opt, cfg_opt_size(opt) - 1);
}

/*
 * Where messages are awaited if nothing else is said. For WebSockets SIP servers
 * do not use the web's ports, which are those of the web server.
 */
static const struct {
	const char *prefix;
	u8 transport;
	u16 port;
} listeners[] = {
	{ "udp:", SF_TRANSPORT_UDP, 5060 },
	{ "tcp:", SF_TRANSPORT_TCP, 5060 },
	{ "tls:", SF_TRANSPORT_TLS, 5061 },
	{ "ws:", SF_TRANSPORT_WS, 5066 },
	{ "wss:", SF_TRANSPORT_WSS, 7443 },
};

/* "udp:" and the like. Return: what stands behind it; NULL: it is none. */
static const char *take_transport(const char *text, u8 *transport, u16 *port)
{
	size_t len;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(listeners); i++) {
		len = strlen(listeners[i].prefix);
		if (strncmp(text, listeners[i].prefix, len))
			continue;
		*transport = listeners[i].transport;
		*port = listeners[i].port;
		return text + len;
	}
	return NULL;
}

/* "*" or "*:5070": every address of both families. */
static u32 take_every(struct sf_listen *listen, const char *text, u32 room,
		      u8 transport, u32 port)
{
	u32 i;
	char *end;

	if (text[1] == ':')
		port = (u32)strtoul(text + 2, &end, 10);
	else if (text[1])
		return 0;
	if (!port || port > 65535 || (text[1] && *end) || room < 2)
		return 0;
	for (i = 0; i < 2; i++)
		listen[i] = (struct sf_listen){
			.end = { .ip.family = i ? 6 : 4, .port = (u16)port },
			.transport = transport,
		};
	return 2;
}

static u32 take_place(struct sf_listen *listen, const char *text, u32 room)
{
	u8 transport;
	u16 port;
	const char *rest = take_transport(text, &transport, &port);

	if (!rest || !room)
		return 0;
	if (*rest == '*')
		return take_every(listen, rest, room, transport, port);
	*listen = (struct sf_listen){ .transport = transport };
	return sf_end_parse(rest, port, &listen->end);
}

u32 sf_take_listen(struct sf_listen *listen, const char *text, u32 room)
{
	const char *blank = strchr(text, ' ');
	char *place = strndup(text, blank ? (size_t)(blank - text) : strlen(text));
	u32 i, n = place ? take_place(listen, place, room) : 0;

	free(place);
	if (!n || !blank)
		return n;
	if (!sf_transport_secure(listen->transport) ||
	    strlen(blank + 1) >= SF_TLS_SITE_MAX)
		return 0;
	for (i = 0; i < n; i++)
		strcpy(listen[i].site, blank + 1);
	return n;
}

int sf_check_listen(cfg_t *cfg, cfg_opt_t *opt)
{
	struct sf_listen listen[2];
	u32 i, n = 0;

	for (i = 0; i < cfg_opt_size(opt); i++) {
		const char *text = cfg_opt_getnstr(opt, i);
		u32 got = sf_take_listen(listen, text, 2);

		if (!got) {
			cfg_error(cfg, "listen: '%s' is none of udp:*, tls:192.0.2.1:5061, wss:*",
				  text);
			return -1;
		}
		n += got;
	}
	if (n <= SF_LISTENERS_MAX)
		return 0;
	cfg_error(cfg, "listen: more than %d addresses; \"udp:*\" is every one, and counts twice",
		  SF_LISTENERS_MAX);
	return -1;
}

/* As browsers write it: "https://phone.example.net:8443", and no path. */
static bool is_origin(const char *text)
{
	const char *host = strstr(text, "://");

	return !strcmp(text, "*") || !strcmp(text, "null") ||
	       (host && host > text && host[3] && !strchr(host + 3, '/'));
}

int sf_check_origin(cfg_t *cfg, cfg_opt_t *opt)
{
	if (is_origin(last(opt)))
		return 0;
	cfg_error(cfg, "origins: '%s' is none of https://phone.example.net, *",
		  last(opt));
	return -1;
}

int sf_check_path(cfg_t *cfg, cfg_opt_t *opt)
{
	if (!*last(opt) || (*last(opt) == '/' && !strchr(last(opt), '?')))
		return 0;
	cfg_error(cfg, "path: '%s' does not begin with /, such as /sip",
		  last(opt));
	return -1;
}

int sf_check_ping(cfg_t *cfg, cfg_opt_t *opt)
{
	long n = cfg_opt_getnint(opt, 0);

	if (n >= 0 && n <= 3600)
		return 0;
	cfg_error(cfg, "ping: 0, for never, to 3600 seconds, not %ld", n);
	return -1;
}

int sf_check_workers(cfg_t *cfg, cfg_opt_t *opt)
{
	long n = cfg_opt_getnint(opt, 0);

	if (n >= 0 && n <= SF_WORKERS_MAX)
		return 0;
	cfg_error(cfg, "workers: 0, for one per processor, to %d",
		  SF_WORKERS_MAX);
	return -1;
}

int sf_check_keepalive(cfg_t *cfg, cfg_opt_t *opt)
{
	long n = cfg_opt_getnint(opt, 0);

	if (n >= 0 && n <= 3600)
		return 0;
	cfg_error(cfg, "keepalive: 0, for never, to 3600 seconds, not %ld", n);
	return -1;
}

int sf_check_level(cfg_t *cfg, cfg_opt_t *opt)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(levels); i++)
		if (!strcmp(levels[i].name, last(opt)))
			return 0;
	cfg_error(cfg, "log: '%s' is none of error, warning, notice, info, debug",
		  last(opt));
	return -1;
}

enum sf_log_level sf_take_level(const char *name)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(levels); i++)
		if (!strcmp(levels[i].name, name))
			return levels[i].level;
	return SF_LOG_NOTICE;
}

int sf_check_store(cfg_t *cfg, cfg_opt_t *opt)
{
	if (!strcmp(last(opt), "sqlite") || !strcmp(last(opt), "memory"))
		return 0;
	cfg_error(cfg, "store: '%s' is neither sqlite nor memory", last(opt));
	return -1;
}

int sf_check_guard(cfg_t *cfg, cfg_opt_t *opt)
{
	if (!strcmp(last(opt), "ban") || !strcmp(last(opt), "watch"))
		return 0;
	cfg_error(cfg, "guard: '%s' is neither ban nor watch", last(opt));
	return -1;
}

int sf_check_positive(cfg_t *cfg, cfg_opt_t *opt)
{
	long n = cfg_opt_getnint(opt, 0);

	if (n > 0 && n <= INT32_MAX)
		return 0;
	cfg_error(cfg, "%s: a number above 0, not %ld", cfg_opt_name(opt), n);
	return -1;
}

static u32 algorithm(const char *name)
{
	enum sf_alg alg = sf_alg_find(name, sf_span(0, (u32)strlen(name)));

	return alg == SF_ALG_COUNT ? 0 : SF_ALG_BIT(alg);
}

int sf_check_algorithm(cfg_t *cfg, cfg_opt_t *opt)
{
	if (algorithm(last(opt)))
		return 0;
	cfg_error(cfg, "algorithms: '%s' is none of MD5, SHA-256, SHA-512-256",
		  last(opt));
	return -1;
}

u32 sf_take_algorithms(cfg_t *domain)
{
	u32 i, flags = 0;

	for (i = 0; i < cfg_size(domain, "algorithms"); i++)
		flags |= algorithm(cfg_getnstr(domain, "algorithms", i));
	return flags;
}

/* A name as DNS has it, or an address. */
static bool is_host(const char *text)
{
	struct sf_host host;

	return !sf_host_parse(text, sf_span(0, (u32)strlen(text)), &host, NULL) &&
	       !host.port;
}

bool sf_take_claim(const char *word, enum sf_domain_claim *claim)
{
	static const char *const words[] = {
		[SF_CLAIM_NONE] = "no",
		[SF_CLAIM_ANY] = "required",
		[SF_CLAIM_DOMAIN] = "domain",
		[SF_CLAIM_USER] = "user",
	};
	u32 i;

	for (i = 0; i < ARRAY_SIZE(words); i++) {
		if (strcmp(words[i], word))
			continue;
		*claim = i;
		return true;
	}
	return false;
}

int sf_check_domain(cfg_t *cfg, cfg_opt_t *opt)
{
	cfg_t *sec = cfg_opt_getnsec(opt, cfg_opt_size(opt) - 1);
	long low = cfg_getint(sec, "min-expires");
	long high = cfg_getint(sec, "max-expires");
	long usual = cfg_getint(sec, "expires");
	enum sf_domain_claim claim;

	if (!is_host(cfg_title(sec))) {
		cfg_error(cfg, "domain: '%s' is no name of a domain",
			  cfg_title(sec));
		return -1;
	}
	if (low < 1 || low > usual || usual > high || high > 604800) {
		cfg_error(cfg, "domain %s: expires: not 1 <= min- <= it <= max- <= 604800",
			  cfg_title(sec));
		return -1;
	}
	if (!cfg_size(sec, "algorithms")) {
		cfg_error(cfg, "domain %s: algorithms names none (authenticate = false?)",
			  cfg_title(sec));
		return -1;
	}
	if (!sf_take_claim(cfg_getstr(sec, "client-certificate"), &claim)) {
		cfg_error(cfg, "domain %s: client-certificate: no, required, domain or user",
			  cfg_title(sec));
		return -1;
	}
	if (cfg_getint(sec, "contacts") > 0 &&
	    cfg_getint(sec, "contacts") <= SF_TARGETS_MAX)
		return 0;
	cfg_error(cfg, "domain %s: contacts: 1 to %d", cfg_title(sec),
		  SF_TARGETS_MAX);
	return -1;
}

bool sf_take_peer(struct sf_conf_peer *peer, const char *text)
{
	u16 port;
	const char *rest = take_transport(text, &peer->transport, &port);
	struct sf_host host;

	if (rest && sf_transport_websocket(peer->transport))
		return false;
	if (!rest) {
		peer->transport = SF_TRANSPORT_OTHER;
		rest = text;
	}
	if (sf_host_parse(rest, sf_span(0, (u32)strlen(rest)), &host, NULL))
		return false;
	peer->host = strndup(rest + host.host.off, host.host.len);
	peer->port = host.port;
	return peer->host;
}

int sf_check_peer(cfg_t *cfg, cfg_opt_t *opt)
{
	struct sf_conf_peer peer;

	if (sf_take_peer(&peer, last(opt))) {
		free(peer.host);
		return 0;
	}
	cfg_error(cfg, "peers: '%s' is none of sip.example.net, 192.0.2.1, tcp:192.0.2.1:5070",
		  last(opt));
	return -1;
}

static bool client_certificate(const char *word, enum sf_tls_client *client)
{
	if (!strcmp(word, "no"))
		*client = SF_TLS_CLIENT_NOT_ASKED;
	else if (!strcmp(word, "optional"))
		*client = SF_TLS_CLIENT_OPTIONAL;
	else if (!strcmp(word, "required"))
		*client = SF_TLS_CLIENT_REQUIRED;
	else
		return false;
	return true;
}

int sf_check_pin(cfg_t *cfg, cfg_opt_t *opt)
{
	u8 pin[SF_TLS_PIN_LEN];

	if (cfg_opt_size(opt) > SF_TLS_PINS_MAX) {
		cfg_error(cfg, "fingerprints: more than %d", SF_TLS_PINS_MAX);
		return -1;
	}
	if (sf_tls_pin_parse(last(opt), pin))
		return 0;
	cfg_error(cfg, "fingerprints: '%s' is no SHA-256: openssl x509 -fingerprint -sha256",
		  last(opt));
	return -1;
}

int sf_check_tls(cfg_t *cfg, cfg_opt_t *opt)
{
	cfg_t *sec = cfg_opt_getnsec(opt, cfg_opt_size(opt) - 1);
	const char *title = cfg_title(sec);
	enum sf_tls_profile profile;
	enum sf_tls_client client;

	if (strlen(title) >= SF_TLS_SITE_MAX) {
		cfg_error(cfg, "tls %s: the name is longer than %d characters",
			  title, SF_TLS_SITE_MAX - 1);
		return -1;
	}
	if (!sf_tls_profile_parse(cfg_getstr(sec, "profile"), &profile)) {
		cfg_error(cfg, "tls %s: profile is none of modern, compatible, legacy",
			  title);
		return -1;
	}
	if (!client_certificate(cfg_getstr(sec, "client-certificate"), &client)) {
		cfg_error(cfg, "tls %s: client-certificate is none of no, optional, required",
			  title);
		return -1;
	}
	if (cfg_size(sec, "certificate") != cfg_size(sec, "key")) {
		cfg_error(cfg, "tls %s: each certificate has its key, and in the same order",
			  title);
		return -1;
	}
	if (cfg_size(sec, "certificate") <= SF_TLS_CERTS_MAX)
		return 0;
	cfg_error(cfg, "tls %s: more than %d certificates", title,
		  SF_TLS_CERTS_MAX);
	return -1;
}

/* Of a pair that is there in part nothing is known, either. */
static void take_certificates(struct sf_tls_conf *conf, cfg_t *section)
{
	u32 i, n = cfg_size(section, "certificate");

	for (i = 0; i < n; i++) {
		const char *certificate = cfg_getnstr(section, "certificate", i);
		const char *key = cfg_getnstr(section, "key", i);

		if (sf_conf_unseen(section, certificate) ||
		    sf_conf_unseen(section, key))
			continue;
		conf->certificate[conf->certificates] = certificate;
		conf->key[conf->certificates++] = key;
	}
}

static const char *take_file(cfg_t *section, const char *name)
{
	const char *file = cfg_getstr(section, name);

	return sf_conf_unseen(section, file) ? NULL : file;
}

void sf_take_tls(struct sf_tls *tls, cfg_t *section, bool claimed)
{
	struct sf_tls_conf conf = {
		.name = cfg_title(section),
		.claimed = claimed,
		.verify = cfg_getbool(section, "verify"),
		.wildcard = cfg_getbool(section, "wildcard"),
		.ca = take_file(section, "ca"),
		.crl = take_file(section, "crl"),
		.pins = cfg_size(section, "fingerprints"),
	};
	char why[SF_TLS_WHY_MAX];
	u32 i;

	take_certificates(&conf, section);
	for (i = 0; i < conf.pins; i++)
		sf_tls_pin_parse(cfg_getnstr(section, "fingerprints", i),
				 conf.pin[i]);
	sf_tls_profile_parse(cfg_getstr(section, "profile"), &conf.profile);
	client_certificate(cfg_getstr(section, "client-certificate"),
			   &conf.client);
	if (sf_tls_add(tls, &conf, why))
		cfg_error(section, "tls %s: %s", conf.name, why);
	else if (conf.profile == SF_TLS_LEGACY)
		sf_log(SF_LOG_WARNING, "tls-legacy",
		       "section=%s meaning=\"what it protects can be read\"",
		       conf.name);
}

int sf_check_network(cfg_t *cfg, cfg_opt_t *opt)
{
	struct sf_network network;

	if (sf_network_parse(last(opt), &network))
		return 0;
	cfg_error(cfg, "%s: '%s' is none of 192.0.2.1, 192.0.2.0/24, 2001:db8::/32",
		  cfg_opt_name(opt), last(opt));
	return -1;
}

int sf_check_trunk(cfg_t *cfg, cfg_opt_t *opt)
{
	cfg_t *sec = cfg_opt_getnsec(opt, cfg_opt_size(opt) - 1);
	const char *title = cfg_title(sec);

	if (!cfg_size(sec, "peers")) {
		cfg_error(cfg, "trunk %s: peers names nobody to call", title);
		return -1;
	}
	if (cfg_getbool(sec, "register") && !cfg_getstr(sec, "user")) {
		cfg_error(cfg, "trunk %s: to register it takes a user", title);
		return -1;
	}
	if (cfg_getstr(sec, "user") && !cfg_getstr(sec, "secret-file")) {
		cfg_error(cfg, "trunk %s: user without secret-file, which holds the secret",
			  title);
		return -1;
	}
	if (cfg_getint(sec, "strip") >= 0 && cfg_getint(sec, "probe") >= 0 &&
	    cfg_getint(sec, "expires") >= 60)
		return 0;
	cfg_error(cfg, "trunk %s: strip and probe are not negative, expires is at least 60",
		  title);
	return -1;
}
