/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * conf.h - what the administrator's file says: sipfastd.conf(5)
 *
 * Read once into plain values, checked as a whole, and never changed then. A
 * reload makes another one; who works with the old one holds a reference.
 */
#ifndef SIPFAST_APP_CONF_H
#define SIPFAST_APP_CONF_H

#include <stdatomic.h>
#include <stdio.h>

#include "../net/net.h"
#include "../net/network.h"
#include "../util/log.h"
#include "../util/text.h"
#include "allowance.h"
#include "domain.h"

#define SF_CONF_FILE	"/etc/sipfast/sipfastd.conf"

/* A branch has two digits for the worker, and a letter a byte. */
#define SF_WORKERS_MAX	64

struct sf_trunk;

/**
 * struct sf_conf_peer - one host of a trunk
 * @host: a name or an address
 * @port: 0: that of the transport, or of DNS
 * @transport: SF_TRANSPORT_OTHER: the one that DNS gives, or UDP
 */
struct sf_conf_peer {
	char *host;
	u16 port;
	u8 transport;
};

/**
 * struct sf_conf_trunk - a carrier, or another server
 * @name: what the administrator calls it
 * @peers: where calls go to, in this order
 * @inbound: networks whose calls are the trunk's; those of the peers are, too
 * @names: whose calls are the trunk's, if their certificate has such a name; with
 *         some, an address proves nothing
 * @prefixes: of numbers that go there; the longest of all trunks wins
 * @strip: so many characters are taken off the front of the number
 * @prefix: and these put there
 * @domain: in the Request-URI and From; NULL: the peer's host
 * @user: for the digest, and for REGISTER; NULL: none
 * @secret: the password; never shown
 * @registers: we register there
 * @expires: of that, seconds
 * @contact: the user part of our Contact there; NULL: @user
 * @tls: the section by which its peers are checked; NULL: the first
 * @target: who gets calls that name no user of ours; NULL: nobody
 * @probe: seconds between OPTIONS; 0: none
 * @trusted: its P-Asserted-Identity is believed, and it gets ours (RFC 3325)
 * @emergency: calls to emergency numbers go there
 * @trunk: what is known of it
 */
struct sf_conf_trunk {
	char *name;
	struct sf_conf_peer *peer;
	u32 peers;
	struct sf_networks inbound;
	struct sf_words names;
	struct sf_words prefixes;
	u32 strip;
	char *prefix;
	char *domain;
	char *user;
	char *secret;
	bool registers;
	u32 expires;
	char *contact;
	char *tls;
	char *target;
	u32 probe;
	bool trusted;
	bool emergency;
	struct sf_trunk *trunk;
};

/**
 * struct sf_conf - the whole file
 * @refs: who holds it
 * @file: its name
 * @listens: entries in @listen
 * @workers: threads; 0: as sf_conf_workers() has it
 * @level: what is logged
 * @memory: bindings are not kept over a restart
 * @database: users and bindings
 * @control: the socket that the tool talks to
 * @limits: of sources and connections
 * @tls: what connections are encrypted with
 * @encrypts: there is a listener for them
 * @sips: there is one for what sips: URIs promise: TLS or WSS
 * @web: whom WebSockets are opened to; it points into @origins and @path
 * @origins: of pages
 * @path: or NULL
 * @domains: what we are responsible for
 * @trunks: entries in @trunk
 * @allowance: what users may call, of which @default_allowance is for who has none
 *	of his own; NULL: anything
 * @allowances: entries in @allowance
 * @guard_watches: the guard only tells what it would do
 * @emergency: numbers that pass every limit
 * @emergency_from: networks from which nobody is asked who calls them
 * @foreign: users may call other domains
 * @keepalive: how often phones behind other NATs are kept within reach; seconds, 0:
 *	never
 * @transactions: of a worker, above which new ones are refused
 */
struct sf_conf {
	atomic_uint refs;
	char *file;
	struct sf_listen listen[SF_LISTENERS_MAX];
	u32 listens;
	u32 workers;
	enum sf_log_level level;
	bool memory;
	char *database;
	char *control;
	struct sf_net_limits limits;
	struct sf_tls *tls;
	bool encrypts;
	bool sips;
	struct sf_web web;
	struct sf_words origins;
	char *path;
	struct sf_domains domains;
	struct sf_conf_trunk *trunk;
	u32 trunks;
	struct sf_allowance *allowance;
	u32 allowances;
	const struct sf_allowance *default_allowance;
	bool guard_watches;
	struct sf_words emergency;
	struct sf_networks emergency_from;
	bool foreign;
	u32 keepalive;
	u32 transactions;
};

/**
 * sf_conf_read() - read and check a file
 * @conf: with one reference; written only on success
 * @errors: takes a line for each thing that is wrong: file, line, and the mend
 *
 * Return: 0 or a negative errno.
 */
int sf_conf_read(struct sf_conf **conf, const char *file, FILE *errors);

/**
 * sf_conf_test() - would it be taken?
 * @errors: takes remarks, too, which are no errors
 *
 * What systemd shows to nobody but the daemon is not looked at, which is a remark.
 */
int sf_conf_test(const char *file, FILE *errors);

/**
 * sf_conf_credentials() - before all that: does the environment lack what it names?
 *
 * Of "${CREDENTIALS_DIRECTORY}/router.key" libconfuse makes "/router.key" then, which
 * nobody would understand. That name keeps its beginning instead, for which the
 * environment is changed: once, while there are no threads.
 */
void sf_conf_credentials(const char *file);

/* What may a user call? NULL: anything. */
const struct sf_allowance *sf_conf_allowance(const struct sf_conf *conf,
					     struct sf_text aor);

/* How many there are, where we may run on so many processors. */
static inline u32 sf_conf_workers(const struct sf_conf *conf, u32 processors)
{
	u32 count = conf->workers ? conf->workers : processors;

	return count < SF_WORKERS_MAX ? count : SF_WORKERS_MAX;
}

static inline struct sf_conf *sf_conf_get(struct sf_conf *conf)
{
	atomic_fetch_add(&conf->refs, 1);
	return conf;
}

void sf_conf_put(struct sf_conf *conf);

#endif /* SIPFAST_APP_CONF_H */
