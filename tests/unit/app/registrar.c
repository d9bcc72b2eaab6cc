// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * registrar.c - REGISTERs and their answers: RFC 3261, 10; RFC 3327, 3608, 4475
 */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../daemon/app/asked.h"
#include "../../../daemon/app/registrar.h"
#include "../../../daemon/app/target.h"
#include "fake.h"

static const char *const aliases[] = { "registrar.biloxi.com" };
static struct sf_domain domain;
static const struct sf_domains domains = { &domain, 1 };

static struct world {
	struct sf_users *users;
	struct sf_auth *auth;
	struct sf_guard *guard;
	struct sf_location *location;
	struct sf_store *store;
	struct sf_registrar *registrar;
	struct sf_mailbox box;
	u32 proved;
	u32 bare;
	u32 proofs;
} w;

static void proved(void *owner, const struct sf_end *from, u32 len, u32 bare)
{
	assert_ptr_equal(owner, &w);
	assert_memory_equal(from, &fake_flow.remote, sizeof(*from));
	w.proofs++;
	w.proved = len;
	w.bare = bare;
}

static const struct sf_location_user nobody;

static void begin(void)
{
	struct sf_registrar_parts parts;

	fake_reset();
	domain = (struct sf_domain){
		.name = "biloxi.com",
		.aliases = aliases,
		.alias_count = 1,
		.anyone = true,
		.algorithms = SF_ALG_ALL,
		.min_expires = 60,
		.max_expires = 7200,
		.default_expires = 3600,
		.contacts = 3,
	};
	w.users = sf_users_new();
	w.store = sf_store_memory();
	w.guard = sf_guard_new(NULL, NULL);
	assert_int_equal(sf_auth_open(&w.auth, w.users, w.guard, 300), 0);
	assert_int_equal(sf_location_open(&w.location, &nobody, NULL), 0);
	parts = (struct sf_registrar_parts){
		&domains, w.users, w.auth, w.location, w.store, NULL, proved, &w,
	};
	w.proofs = 0;
	assert_int_equal(sf_registrar_open(&w.registrar, &parts), 0);
}

static void end(void)
{
	sf_registrar_close(w.registrar);
	sf_location_close(w.location);
	sf_auth_close(w.auth);
	sf_guard_free(w.guard);
	sf_store_close(w.store);
	sf_users_free(w.users);
}

static u32 asked_len;

static const char *ask(const struct sf_message *request)
{
	asked_len = request->packet->len;
	fake.sent = 0;
	fake.last[0] = '\0';
	sf_registrar_request(w.registrar, (struct sf_net *)&w, &w.box, request);
	return fake.last;
}

/* A REGISTER of any length. */
static const char *register_all(const char *lines)
{
	static char text[64000];

	snprintf(text, sizeof(text),
		 "REGISTER sip:biloxi.com SIP/2.0\n"
		 "Via: SIP/2.0/TCP h;branch=z9hG4bK1\n"
		 "To: <sip:bob@biloxi.com>\n"
		 "From: <sip:bob@biloxi.com>;tag=1\n"
		 "Call-ID: 1\nCSeq: 1 REGISTER\n%s\n", lines);
	return ask(incoming(text));
}

/* Bob's REGISTER number @cseq of a Call-ID, with some lines of its own. */
static const char *phone(u32 cseq, const char *call_id, const char *lines)
{
	char text[8192];

	row("%u %s", cseq, lines);
	snprintf(text, sizeof(text),
		 "REGISTER sip:registrar.biloxi.com SIP/2.0\n"
		 "Via: SIP/2.0/UDP bobspc.biloxi.com:5060;branch=z9hG4bKnashds7\n"
		 "Max-Forwards: 70\n"
		 "To: Bob <sip:bob@biloxi.com>\n"
		 "From: Bob <sip:bob@biloxi.com>;tag=456248\n"
		 "Call-ID: %s\n"
		 "CSeq: %u REGISTER\n"
		 "Content-Length: 0\n%s\n", call_id, cseq, lines);
	return ask(incoming(text));
}

static void assert_status(u32 status)
{
	char want[32];

	snprintf(want, sizeof(want), "SIP/2.0 %u ", status);
	if (strncmp(fake.last, want, strlen(want)))
		fail_msg("want %u, got %s", status, fake.last);
	assert_int_equal(fake.sent, 1);
}

static u64 counted(enum sf_registrar_counter counter)
{
	return sf_registrar_counter(w.registrar, counter);
}

/* The RFC's own example (24.1). */
static void example(void **state)
{
	(void)state;
	begin();
	phone(1826, "843817637684230@998sdasdh09",
	      "Contact: <sip:bob@192.0.2.4>\nExpires: 7200\n");
	assert_status(200);
	assert_holds(fake.last, "Contact: <sip:bob@192.0.2.4>;expires=7200\r\n");
	fake_pass(100);
	phone(1827, "843817637684230@998sdasdh09", "");
	assert_status(200);
	assert_holds(fake.last, "Contact: <sip:bob@192.0.2.4>;expires=7100\r\n");
	assert_int_equal(counted(SF_REGISTRAR_FETCHED), 1);
	fake_pass(7100);
	phone(1828, "843817637684230@998sdasdh09", "");
	assert_status(200);
	assert_lacks(fake.last, "Contact:");
	end();
}

static void times(void **state)
{
	static const struct {
		const char *lines;
		u32 status;
		const char *holds;
	} rows[] = {
		{ "Contact: <sip:a@h>\n", 200, ";expires=3600\r\n" },
		{ "Contact: <sip:a@h>\nExpires: 600\n", 200, ";expires=600\r\n" },
		{ "Contact: <sip:a@h>;expires=300\nExpires: 600\n", 200,
		  ";expires=300\r\n" },
		{ "Contact: <sip:a@h>;expires=10000\n", 200,
		  ";expires=7200\r\n" },
		{ "Contact: <sip:a@h>;expires=59\n", 423,
		  "Min-Expires: 60\r\n" },
		{ "Contact: <sip:a@h>;expires=60\n", 200, ";expires=60\r\n" },
		{ "Contact: <sip:a@h>;expires=0\n", 200, "" },
		{ "Contact: <sip:a@h>;q=0.25;expires=60\n", 200,
		  ";q=0.25;expires=60\r\n" },
		{ "Contact: <sip:a@h>;q=0.500\n", 200, ";q=0.5;" },
		{ "Contact: <sip:a@h>;q=1.0\n", 200, "<sip:a@h>;expires" },
		{ "Contact: <sip:a@h>;q=2\n", 400, "" },
		{ "Contact: <sip:a@h>;q=1.1\n", 400, "" },
		{ "Contact: <sip:a@h>;q=0.1234\n", 400, "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		begin();
		phone(1, "a", rows[i].lines);
		assert_status(rows[i].status);
		assert_holds(fake.last, rows[i].holds);
		end();
	}
}

static void star(void **state)
{
	(void)state;
	begin();
	phone(1, "a", "Contact: <sip:a@h>, <sip:b@h>\n");
	assert_status(200);
	phone(2, "b", "Contact: *\n");
	assert_status(400);
	phone(3, "b", "Contact: *\nExpires: 60\n");
	assert_status(400);
	phone(4, "b", "Contact: *, <sip:a@h>\nExpires: 0\n");
	assert_status(400);
	/* an older CSeq of the same Call-ID: nothing goes */
	phone(0, "a", "Contact: *\nExpires: 0\n");
	assert_status(500);
	assert_int_equal(sf_location_count(w.location), 2);
	phone(5, "b", "Contact: *\nExpires: 0\n");
	assert_status(200);
	assert_lacks(fake.last, "Contact:");
	assert_int_equal(sf_location_count(w.location), 0);
	assert_int_equal(counted(SF_REGISTRAR_UNREGISTERED), 2);
	/* and again */
	phone(5, "b", "Contact: *\nExpires: 0\n");
	assert_status(200);
	end();
}

static void several(void **state)
{
	(void)state;
	begin();
	phone(1, "a", "Contact: <sip:a@h>;q=0.5, <sip:b@h>;expires=100\n"
	      "Contact: <sip:c@h>\nExpires: 200\n");
	assert_status(200);
	assert_holds(fake.last, "<sip:a@h>;q=0.5;expires=200\r\n");
	assert_holds(fake.last, "<sip:b@h>;expires=100\r\n");
	assert_holds(fake.last, "<sip:c@h>;expires=200\r\n");
	/* one goes, one stays, one comes */
	phone(2, "a", "Contact: <sip:a@h>;expires=0, <sip:d@h>\n");
	assert_status(200);
	assert_lacks(fake.last, "<sip:a@h>");
	assert_holds(fake.last, "<sip:d@h>;expires=3600\r\n");
	/* too many */
	phone(3, "a", "Contact: <sip:e@h>\n");
	assert_status(403);
	assert_int_equal(counted(SF_REGISTRAR_TOO_MANY), 1);
	assert_int_equal(sf_location_count(w.location), 3);
	/* those that are there may stay */
	phone(4, "a", "Contact: <sip:d@h>, <sip:b@h>, <sip:c@h>\n");
	assert_status(200);
	/* twice the same: the last one counts */
	phone(5, "a", "Contact: <sip:d@h>;expires=100, <sip:d@H>;expires=90\n");
	assert_status(200);
	assert_holds(fake.last, "<sip:d@H>;expires=90\r\n");
	assert_int_equal(sf_location_count(w.location), 3);
	end();
}

/* One bad contact, and none of them is registered. */
static void all_or_nothing(void **state)
{
	(void)state;
	begin();
	phone(7, "a", "Contact: <sip:a@h>\n");
	assert_status(200);
	phone(8, "a", "Contact: <sip:b@h>, <sip:a@h>;expires=5\n");
	assert_status(423);
	phone(9, "a", "Contact: <sip:b@h>, <sip:c@h>;q=nan\n");
	assert_status(400);
	phone(6, "a", "Contact: <sip:b@h>, <sip:a@h>\n");
	assert_status(500);
	assert_int_equal(counted(SF_REGISTRAR_OUT_OF_ORDER), 1);
	phone(10, "b", "Contact: <sip:b@h>, <sip:c@h>, <sip:d@h>\n");
	assert_status(403);
	assert_int_equal(sf_location_count(w.location), 1);
	end();
}

static void order(void **state)
{
	(void)state;
	begin();
	phone(7, "a", "Contact: <sip:a@h>;expires=100\n");
	assert_status(200);
	/* a retransmission is answered, and changes nothing */
	fake_pass(10);
	phone(7, "a", "Contact: <sip:a@h>;expires=100\n");
	assert_status(200);
	assert_holds(fake.last, ";expires=90\r\n");
	assert_int_equal(counted(SF_REGISTRAR_REPEATED), 1);
	/* another Call-ID: the phone has started anew */
	phone(1, "b", "Contact: <sip:a@h>;expires=100\n");
	assert_status(200);
	assert_holds(fake.last, ";expires=100\r\n");
	/* an escape in the contact is the same contact */
	phone(2, "b", "Contact: <sip:%61@H>;expires=0\n");
	assert_status(200);
	assert_int_equal(sf_location_count(w.location), 0);
	end();
}

/* Two wishes that are both equal to the binding there, but not to each other. */
static void ambiguous(void **state)
{
	(void)state;
	begin();
	phone(1, "a", "Contact: <sip:a@h>\n");
	phone(2, "a", "Contact: <sip:a@h;x=1>;+long=\"01234567890123456789\"\n"
	      "Contact: <sip:a@h;x=2>;expires=100\n");
	assert_status(200);
	assert_holds(fake.last, "<sip:a@h;x=1>;+long=");
	assert_holds(fake.last, "<sip:a@h;x=2>;expires=100\r\n");
	assert_int_equal(sf_location_count(w.location), 2);
	end();
}

static void paths(void **state)
{
	struct sf_targets targets;

	(void)state;
	begin();
	phone(1, "a", "Contact: <sip:a@h>\nPath: <sip:p1@h;lr>\n");
	assert_status(420);
	assert_holds(fake.last, "Unsupported: path\r\n");
	phone(2, "a", "Contact: <sip:a@h>\nSupported: gruu, path\n"
	      "Path: <sip:p1@h;lr>\nPath: <sip:p2@h;lr>, <sip:p3@h;lr>\n");
	assert_status(200);
	assert_holds(fake.last,
		     "Path: <sip:p1@h;lr>, <sip:p2@h;lr>, <sip:p3@h;lr>\r\n");
	assert_int_equal(sf_location_lookup(w.location,
					    (struct sf_text){ "bob@biloxi.com",
							      14 }, &targets), 1);
	assert_text(targets.text, targets.target[0].path,
		    "<sip:p1@h;lr>, <sip:p2@h;lr>, <sip:p3@h;lr>");
	phone(3, "a", "Contact: <sip:a@h>\nRequire: path\nPath: <sip:p1@h;lr>\n");
	assert_status(200);
	phone(4, "a", "Contact: <sip:a@h>\nRequire: path, gruu\nRequire: x\n");
	assert_status(420);
	assert_holds(fake.last, "Unsupported: gruu, x\r\n");
	assert_int_equal(counted(SF_REGISTRAR_LACKING), 2);
	end();
}

/* Parameters that mean something, and those that do not mean it. */
static void instances(void **state)
{
	struct sf_targets targets;

	(void)state;
	begin();
	phone(1, "a", "Contact: <sip:a@h>;q=0.5;+sip.instance=\"<urn:uuid:1>\";reg-id=2;x\n"
	      "Supported: outbound\n");
	assert_status(200);
	assert_holds(fake.last, "<sip:a@h>;+sip.instance=\"<urn:uuid:1>\";reg-id=2;x;q=0.5;");
	assert_int_equal(sf_location_lookup(w.location,
					    sf_text_str("bob@biloxi.com"),
					    &targets), 1);
	assert_text(targets.text, targets.target[0].instance, "<urn:uuid:1>");
	assert_int_equal(targets.target[0].reg_id, 2);
	assert_int_equal(targets.target[0].q, 500);
	phone(2, "a", "Contact: <sip:a@h>;expires=0\n");
	phone(3, "a", "Contact: <sip:a@h>;+sip.instance;reg-id;expires=60\n"
	      "Supported: outbound\n");
	assert_status(200);
	assert_int_equal(sf_location_lookup(w.location,
					    sf_text_str("bob@biloxi.com"),
					    &targets), 1);
	assert_text(targets.text, targets.target[0].instance, NULL);
	assert_int_equal(targets.target[0].reg_id, 0);
	end();
}

/* Who has a flow keeps its connection alive, for as long as he has it. */
static void kept_alive(void **state)
{
	(void)state;
	begin();
	phone(1, "a", "Contact: <sip:a@h>;+sip.instance=\"<urn:uuid:1>\";reg-id=2\n");
	assert_int_equal(fake.keep, 0);
	phone(2, "a", "Contact: <sip:a@h>;+sip.instance=\"<urn:uuid:1>\";reg-id=2\n"
	      "Supported: outbound\n");
	assert_int_equal(fake.keep, 155);
	phone(3, "a", "Contact: <sip:a@h>;+sip.instance=\"<urn:uuid:1>\";reg-id=2;expires=0\n"
	      "Supported: outbound\n");
	assert_int_equal(fake.keep, 0);
	end();
}

/* The longest contacts, as many as there may be: the response holds them. */
static void at_most(void **state)
{
	static char lines[60000];
	u32 i, len = 0;

	(void)state;
	begin();
	domain.contacts = SF_CONTACTS_MAX;
	for (i = 0; i < SF_CONTACTS_MAX; i++)
		len += (u32)snprintf(lines + len, sizeof(lines) - len,
				     "Contact: <sip:%02u%0495u@192.0.2.1>;x=%0400u\n",
				     i, i, i);

	register_all(lines);
	assert_status(200);
	assert_int_equal(sf_location_count(w.location), SF_CONTACTS_MAX);
	for (i = 0; i < SF_CONTACTS_MAX; i++) {
		snprintf(lines, sizeof(lines),
			 "Contact: <sip:%02u%0495u@192.0.2.1>;x=%0400u;expires=3600\r\n",
			 i, i, i);
		assert_holds(fake.last, lines);
	}
	/* one more is too long, or too many */
	snprintf(lines, sizeof(lines), "Contact: <sip:%0499u@192.0.2.1>\n", 1);
	register_all(lines);
	assert_status(400);
	register_all("Contact: <sip:a@h>\n");
	assert_status(403);
	end();
}

static void extras(void **state)
{
	(void)state;
	begin();
	domain.service_route = "<sip:edge.biloxi.com;lr>";
	domain.date = true;
	phone(1, "a", "Contact: <sip:a@h>\n");
	assert_holds(fake.last, "Service-Route: <sip:edge.biloxi.com;lr>\r\n");
	assert_holds(fake.last, "Date: Thu, 28 May 2026 20:26:40 GMT\r\n");
	end();
}

/* Who is not ours, and what names us in another way. */
static void whose(void **state)
{
	static const struct {
		const char *to;
		u32 status;
	} rows[] = {
		{ "<sip:bob@biloxi.com>", 200 },
		{ "<sip:bob@BILOXI.com.>", 200 },
		{ "<sip:bob@registrar.biloxi.com>", 200 },
		{ "<sip:bob@192.0.2.254>", 200 },
		{ "<sip:bob@192.0.2.254:5060>", 200 },
		{ "<sip:bob@192.0.2.254:5070>", 403 },
		{ "<sip:bob@192.0.2.253>", 403 },
		{ "<sip:bob@atlanta.com>", 403 },
		{ "<sip:biloxi.com>", 404 },
		{ "<tel:+1>", 400 },
	};
	char text[1024];
	size_t i;

	(void)state;
	begin();
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].to);
		snprintf(text, sizeof(text),
			 "REGISTER sip:biloxi.com SIP/2.0\n"
			 "Via: SIP/2.0/UDP h;branch=z9hG4bK1\n"
			 "To: %s\nFrom: %s;tag=1\nCall-ID: %zu\n"
			 "CSeq: 1 REGISTER\nContact: <sip:a@h>\n\n",
			 rows[i].to, rows[i].to, i);
		ask(incoming(text));
		assert_status(rows[i].status);
	}
	assert_int_equal(sf_location_count(w.location), 1);
	domain.anyone = false;
	phone(1, "b", "Contact: <sip:a@h>\n");
	assert_status(404);
	assert_int_equal(counted(SF_REGISTRAR_UNKNOWN), 2);
	end();
}

/* The response of a client that has the secret "zanzibar". */
static const char *credentials(const char *user, enum sf_alg alg,
			       const char *nc, const char *secret)
{
	static char line[1024];
	const char *nonce = strstr(fake.last, "nonce=\"") + 7;
	char text[SF_DIGEST_TEXT];
	u8 ha1[SF_DIGEST_MAX];
	struct sf_auth_input input = {
		.alg = alg,
		.ha1 = ha1,
		.nonce = { nonce, 32 },
		.nc = { nc, 8 },
		.cnonce = { "0a4f113b", 8 },
		.qop = { "auth", 4 },
		.method = { "REGISTER", 8 },
		.uri = { "sip:registrar.biloxi.com", 24 },
	};
	u32 len;

	assert_true(sf_auth_ha1(alg, (struct sf_text){ user, (u32)strlen(user) },
				(struct sf_text){ "biloxi.com", 10 },
				(struct sf_text){ secret, (u32)strlen(secret) },
				ha1));
	len = sf_auth_response(&input, text);
	snprintf(line, sizeof(line),
		 "Contact: <sip:a@h>\n"
		 "Authorization: Digest username=\"%s\",\n"
		 " realm=\"biloxi.com\", nonce=\"%.32s\",\n"
		 " uri=\"sip:registrar.biloxi.com\", algorithm=%s,\n"
		 " qop=auth, nc=%s, cnonce=\"0a4f113b\", response=\"%.*s\"\n",
		 user, nonce, sf_alg_name(alg), nc, (int)len, text);
	return line;
}

static void add_user(const char *aor, const char *user)
{
	struct sf_user_table *table = sf_user_table_new();
	struct sf_account account = { .algorithms = SF_ALG_ALL };
	u32 alg;

	for (alg = 0; alg < SF_ALG_COUNT; alg++)
		sf_auth_ha1((enum sf_alg)alg,
			    (struct sf_text){ user, (u32)strlen(user) },
			    (struct sf_text){ "biloxi.com", 10 },
			    (struct sf_text){ "zanzibar", 8 },
			    account.ha1[alg]);
	sf_user_table_add(table, (struct sf_text){ aor, (u32)strlen(aor) },
			  &account);
	sf_users_replace(w.users, table);
}

/* Of a phone that said who it is, how long that was, and how long without. */
static void proofs(void **state)
{
	const char *line, *rest = "Contact: <sip:a@h>\n";
	u32 bare;

	(void)state;
	begin();
	phone(1, "a", rest);
	assert_status(200);
	assert_int_equal(w.proofs, 0);
	domain.auth = true;
	add_user("bob@biloxi.com", "bob");
	phone(2, "a", rest);
	assert_status(401);
	bare = asked_len;
	line = credentials("bob", SF_ALG_MD5, "00000001", "tanzania");
	phone(3, "a", line);
	assert_status(401);
	assert_int_equal(w.proofs, 0);
	line = credentials("bob", SF_ALG_MD5, "00000001", "zanzibar");
	phone(4, "a", line);
	assert_status(200);
	assert_int_equal(w.proofs, 1);
	assert_int_equal(w.proved, asked_len);
	assert_int_equal(w.bare, bare);
	end();
}

static void authenticated(void **state)
{
	const char *line;

	(void)state;
	begin();
	domain.auth = true;
	domain.anyone = false;
	add_user("bob@biloxi.com", "bob");
	phone(1, "a", "Contact: <sip:a@h>\n");
	assert_status(401);
	assert_int_equal(counted(SF_REGISTRAR_CHALLENGED), 1);
	/* the strongest first */
	assert_true(strstr(fake.last, "SHA-512-256") <
		    strstr(fake.last, "SHA-256,"));
	assert_true(strstr(fake.last, "SHA-256,") < strstr(fake.last, "MD5"));
	line = credentials("bob", SF_ALG_SHA256, "00000001", "zanzibar");
	phone(2, "a", line);
	assert_status(200);
	/* the very same again */
	phone(2, "a", line);
	assert_status(200);
	/* its credentials for something else */
	phone(3, "a", line);
	assert_status(401);
	assert_holds(fake.last, "stale=true");
	phone(4, "a", credentials("bob", SF_ALG_MD5, "00000001", "tanzania"));
	assert_status(401);
	assert_lacks(fake.last, "stale");
	phone(5, "a", credentials("eve", SF_ALG_MD5, "00000001", "zanzibar"));
	assert_status(401);
	assert_int_equal(counted(SF_REGISTRAR_REFUSED_SECRET), 2);
	assert_int_equal(sf_auth_counter(w.auth, SF_AUTH_COUNT_UNKNOWN_USER), 1);
	assert_int_equal(sf_auth_counter(w.auth, SF_AUTH_COUNT_WRONG_SECRET), 1);
	end();
}

/* With his own secret, and somebody else's address. */
static void other_user(void **state)
{
	(void)state;
	begin();
	domain.auth = true;
	domain.anyone = false;
	add_user("eve@biloxi.com", "eve");
	phone(1, "a", "");
	assert_status(401);
	phone(2, "a", credentials("eve", SF_ALG_MD5, "00000001", "zanzibar"));
	assert_status(403);
	assert_int_equal(counted(SF_REGISTRAR_OTHER_USER), 1);
	assert_int_equal(sf_location_count(w.location), 0);
	end();
}

/* A store that says no. */
static bool busy_ready(struct sf_store *store)
{
	(void)store;
	return false;
}

static void busy(void **state)
{
	static const struct sf_store_ops ops = { .ready = busy_ready };
	const struct sf_store_ops *real;

	(void)state;
	begin();
	real = w.store->ops;
	w.store->ops = &ops;
	phone(1, "a", "Contact: <sip:a@h>\n");
	assert_status(503);
	assert_holds(fake.last, "Retry-After: ");
	assert_int_equal(sf_location_count(w.location), 0);
	/* who only asks is answered */
	phone(2, "a", "");
	assert_status(200);
	w.store->ops = real;
	end();
}

/* A store that takes its time: changes wait here. */
static struct sf_change *waiting[8];
static u32 nwaiting;

static bool slow_ready(struct sf_store *store)
{
	(void)store;
	return nwaiting < ARRAY_SIZE(waiting);
}

static void slow_put(struct sf_store *store, struct sf_change *change)
{
	(void)store;
	waiting[nwaiting++] = change;
}

static void slow_finish(u32 i, bool failed)
{
	struct sf_receipt *receipt = waiting[i]->receipt;

	assert_ptr_equal(receipt->box, &w.box);
	receipt->failed = failed;
	receipt->letter.open(&receipt->letter, NULL);
	free(waiting[i]);
}

/* The steps of a change: "+contact" or "-contact". */
static const char *steps(u32 i)
{
	struct sf_text aor = { waiting[i]->data, waiting[i]->aor };
	struct sf_step_view step;
	static char text[512];
	u32 at = 0, len = 0;

	text[0] = '\0';
	assert_true(sf_text_eq(aor, sf_text_str("bob@biloxi.com")));
	while (sf_change_next(waiting[i], &at, &step))
		len += (u32)snprintf(text + len, sizeof(text) - len, "%c%.*s ",
				     step.step == SF_STEP_PUT ? '+' : '-',
				     (int)step.record->contact, step.record->text);
	return text;
}

/* Nobody is told of what is not durable, not even who asks again. */
static void durable(void **state)
{
	static const struct sf_store_ops ops = {
		.durable = true, .ready = slow_ready, .put = slow_put,
	};
	const struct sf_store_ops *real;

	(void)state;
	begin();
	real = w.store->ops;
	w.store->ops = &ops;
	nwaiting = 0;
	phone(1, "a", "Contact: <sip:a@h>, <sip:b@h>\n");
	phone(1, "a", "Contact: <sip:a@h>, <sip:b@h>\n");
	phone(2, "a", "Contact: <sip:%61@h>, <sip:b@h>;expires=0\n");
	phone(3, "a", "Contact: *\nExpires: 0\n");
	assert_int_equal(fake.sent, 0);
	assert_int_equal(nwaiting, 4);
	assert_string_equal(steps(0), "+sip:a@h +sip:b@h ");
	assert_string_equal(steps(1), "");
	/* another spelling is another row */
	assert_string_equal(steps(2), "-sip:a@h +sip:%61@h -sip:b@h ");
	assert_string_equal(steps(3), "-sip:%61@h ");
	slow_finish(0, false);
	assert_status(200);
	assert_holds(fake.last, "<sip:b@h>");
	fake.sent = 0;
	slow_finish(1, false);
	assert_status(200);
	fake.sent = 0;
	slow_finish(2, false);
	assert_status(200);
	assert_lacks(fake.last, "<sip:b@h>");
	fake.sent = 0;
	slow_finish(3, true);
	assert_int_equal(fake.sent, 0);
	/* who only asks does not wait */
	phone(4, "a", "");
	assert_status(200);
	w.store->ops = real;
	end();
}

static u32 vector(const char *name, char *bytes, u32 max)
{
	char file[256];
	FILE *in;
	u32 len;

	snprintf(file, sizeof(file), "%s/%s", getenv("UNIT_VECTORS"), name);
	in = fopen(file, "rb");
	if (!in)
		fail_msg("no %s", file);
	len = (u32)fread(bytes, 1, max, in);
	fclose(in);
	return len;
}

/* expectations.tsv, column registrar_or_uas_must, of all that are REGISTERs. */
static void torture(void **state)
{
	static const struct {
		const char *file;
		const char *domain;
		u32 status;
		const char *holds;
	} rows[] = {
		{ "rfc4475/escnull.dat", "example.com", 200,
		  "Contact: <sip:%00@host5.example.com>" },
		{ "rfc4475/escnull.dat", "example.com", 200,
		  "Contact: <sip:%00%00@host5.example.com>" },
		{ "rfc4475/dblreq.dat", "example.com", 200,
		  "<sip:j.user@host.example.com>" },
		{ "rfc4475/cparam01.dat", "example.com", 200,
		  "<sip:+19725552222@gw1.example.net>;unknownparam;expires" },
		{ "rfc4475/cparam02.dat", "example.com", 200,
		  "<sip:+19725552222@gw1.example.net;unknownparam>;expires" },
		{ "rfc4475/regescrt.dat", "example.com", 200,
		  "<sip:user@example.com?Route=%3Csip:sip.example.com%3E>" },
		{ "rfc4475/regbadct.dat", "example.com", 400, "" },
		{ "rfc4475/unksm2.dat", "example.com", 400, "" },
		{ "rfc4475/regaut01.dat", "example.com", 401,
		  "WWW-Authenticate: Digest" },
		{ "rfc4475/scalar02.dat", "example.com", 400, "" },
		{ "rfc4475/esc02.dat", "example.com", 501, "" },
		{ "rfc5118/ipv6-good.sip", "example.com", 200, "" },
		{ "rfc5118/ipv6-bad.sip", "example.com", 400, "" },
		{ "rfc5118/port-ambiguous.sip", "example.com", 200, "" },
		{ "rfc5118/port-unambiguous.sip", "example.com", 200, "" },
	};
	char bytes[8192];
	size_t i;
	u32 len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		begin();
		domain.name = rows[i].domain;
		domain.auth = rows[i].status == 401;
		row("%s", rows[i].file);
		len = vector(rows[i].file, bytes, sizeof(bytes));
		ask(incoming_bytes(bytes, len));
		assert_status(rows[i].status);
		assert_holds(fake.last, rows[i].holds);
		end();
	}
}

/* Two contacts of which one is all NUL: two bindings. */
static void torture_null(void **state)
{
	char bytes[8192];
	u32 len;

	(void)state;
	begin();
	domain.name = "example.com";
	len = vector("rfc4475/escnull.dat", bytes, sizeof(bytes));
	ask(incoming_bytes(bytes, len));
	assert_int_equal(sf_location_count(w.location), 2);
	end();
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(example),
		TEST(times),
		TEST(star),
		TEST(several),
		TEST(all_or_nothing),
		TEST(order),
		TEST(ambiguous),
		TEST(paths),
		TEST(instances), TEST(kept_alive),
		TEST(at_most),
		TEST(extras),
		TEST(whose),
		TEST(proofs),
		TEST(authenticated),
		TEST(other_user),
		TEST(busy),
		TEST(durable),
		TEST(torture),
		TEST(torture_null),
	};

	return run(tests, ARRAY_SIZE(tests));
}
