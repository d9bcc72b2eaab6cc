// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bench.c - what bindings, digests and REGISTERs cost, without a network
 *
 * `make -C tests/unit/app bench`; an argument is the number of bindings. Times
 * are of the processor (CLOCK_THREAD_CPUTIME_ID) unless said otherwise.
 */
#include "test.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../../../daemon/app/registrar.h"
#include "../../../daemon/app/target.h"
#include "../../../daemon/util/clock.h"
#include "fake.h"

static const struct sf_location_user nobody;

static struct sf_domain domain = {
	.name = "example.com",
	.anyone = true,
	.algorithms = SF_ALG_ALL,
	.min_expires = 60,
	.max_expires = 7200,
	.default_expires = 3600,
	.contacts = 10,
};

static const struct sf_domains domains = { &domain, 1 };

static struct sf_users *users;
static struct sf_auth *auth;
static struct sf_guard *guard;
static struct sf_location *location;
static struct sf_store *store;
static struct sf_registrar *registrar;
static struct sf_mailbox box;

static double clock_us(clockid_t id)
{
	struct timespec t;

	clock_gettime(id, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double cpu_us(void)
{
	return clock_us(CLOCK_THREAD_CPUTIME_ID);
}

static double wall_us(void)
{
	return clock_us(CLOCK_MONOTONIC);
}

static void must(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "bench: %s\n", what);
	exit(1);
}

static size_t heap(void)
{
	struct mallinfo2 info = mallinfo2();

	return info.uordblks + info.hblkhd;
}

static u32 aor_of(char *to, u32 i)
{
	return (u32)sprintf(to, "user%07u@example.com", i);
}

/* A phone as there are many: a contact with parameters, an instance. */
static struct sf_fresh phone(u32 i, char *texts)
{
	struct sf_fresh f = { .flow = fake_flow, .q = SF_Q_MAX };

	f.contact.s = texts;
	f.contact.len = (u32)sprintf(texts, "sip:user%07u@10.%u.%u.%u:5060;transport=udp;ob",
				     i, i >> 16 & 255, i >> 8 & 255, i & 255);
	f.params.s = texts + 128;
	f.params.len = (u32)sprintf(texts + 128,
				    ";+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-%012x>\"",
				    i);
	f.instance = (struct sf_text){ f.params.s + 16, f.params.len - 17 };
	f.call_id.s = texts + 256;
	f.call_id.len = (u32)sprintf(texts + 256, "%08x-5b1c-4d3e-9f2a-%012x",
				     i, i);
	f.agent = (struct sf_text){ "Yealink SIP-T46S 66.86.0.15", 27 };
	f.cseq = 1;
	f.wall = sf_clock_wall() + 3600;
	return f;
}

static void load(u32 n)
{
	size_t before = heap(), after;
	double start = cpu_us();
	char aor[64], texts[384];
	u32 i;

	for (i = 0; i < n; i++) {
		struct sf_fresh f = phone(i, texts);
		struct sf_binding *spare;
		struct sf_place place;

		sf_location_lock(location, &place,
				 (struct sf_text){ aor, aor_of(aor, i) });
		must(sf_location_prepare(&place, NULL, &f, &spare), "prepare");
		sf_location_put(&place, NULL, spare, &f, 3600);
		sf_location_unlock(&place);
	}
	start = cpu_us() - start;
	after = heap();
	printf("bindings: %u loaded in %.2f s, %.2f us each, %.0f bytes each\n",
	       n, start / 1e6, start / n, (double)(after - before) / n);
}

static void lookup(u32 n)
{
	static struct sf_targets targets;
	double start = cpu_us();
	char aor[64];
	u32 i;

	for (i = 0; i < n; i++) {
		u32 at = (u32)((u64)i * 2654435761u % n);

		must(sf_location_lookup(location, (struct sf_text){
			aor, aor_of(aor, at) }, &targets) == 1, "lookup");
	}
	start = cpu_us() - start;
	printf("bindings: looked up in random order, %.2f us each\n",
	       start / n);
}

static void idle_sweep(void)
{
	double start = wall_us();

	sf_location_sweep(location);
	printf("bindings: a sweep that finds nothing, %.1f us\n",
	       wall_us() - start);
}

static u32 kept;

static void keep(struct sf_letter *letter, void *owner)
{
	(void)owner;
	kept++;
	free(letter);
}

static void store_one(void *arg, struct sf_text aor,
		      const struct sf_record *record, u32 left)
{
	u32 room = (u32)sizeof(*record) + sf_record_len(record) + 64;
	struct sf_change *change = sf_change_new(aor, room);
	struct sf_receipt *receipt = calloc(1, sizeof(*receipt));

	(void)arg;
	(void)left;
	sf_change_put(change, record);
	receipt->letter.open = keep;
	receipt->box = &box;
	sf_store_put(store, change, receipt);
}

static void restore(u32 n, const char *dir)
{
	struct sf_location *again;
	const char *why = "";
	char path[256];
	double start;
	u64 count;

	snprintf(path, sizeof(path), "%s/bench.db", dir);
	must(!sf_store_sqlite(&store, path, &why), why);
	start = wall_us();
	sf_location_each(location, store_one, NULL);
	while (kept < n) {
		usleep(1000);
		fake_read(&box);
	}
	printf("store: %u written in %.1f s of the clock, %llu commits\n", n,
	       (wall_us() - start) / 1e6, (unsigned long long)
	       sf_store_counter(store, SF_STORE_COMMITS));
	sf_store_close(store);
	must(!sf_store_sqlite(&store, path, &why), why);
	must(!sf_location_open(&again, &nobody, NULL), "location");
	start = wall_us();
	must(!sf_store_restore(store, again, &count), "restore");
	printf("store: %llu restored in %.2f s of the clock\n",
	       (unsigned long long)count, (wall_us() - start) / 1e6);
	must(count == n, "not all were restored");
	sf_location_close(again);
	sf_store_close(store);
	unlink(path);
}

#define TURNS 200000

static char lines[2048];

/* A REGISTER with credentials, or without if @alg is SF_ALG_COUNT. */
static u32 request(char *to, u32 i, u32 cseq, enum sf_alg alg, u32 nc)
{
	char nc_text[9], response[SF_DIGEST_TEXT + 1] = "";
	u8 ha1[SF_DIGEST_MAX];
	struct sf_auth_input input = {
		.alg = alg, .ha1 = ha1,
		.nc = { nc_text, 8 }, .cnonce = { "0a4f113b", 8 },
		.qop = { "auth", 4 }, .method = { "REGISTER", 8 },
		.uri = { "sip:example.com", 15 },
	};
	int len;

	len = sprintf(to, "REGISTER sip:example.com SIP/2.0\r\n"
		"Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK%08x;rport\r\n"
		"Max-Forwards: 70\r\n"
		"From: <sip:user%07u@example.com>;tag=%08x\r\n"
		"To: <sip:user%07u@example.com>\r\n"
		"Call-ID: %08x@10.0.0.1\r\nCSeq: %u REGISTER\r\n"
		"Contact: <sip:user%07u@10.0.0.1:5060;ob>\r\n"
		"Expires: 3600\r\nUser-Agent: bench\r\n",
		cseq, i, i, i, i, cseq, i);
	if (alg != SF_ALG_COUNT) {
		input.nonce = (struct sf_text){ strstr(lines, "nonce=\"") + 7, 32 };
		sprintf(nc_text, "%08x", nc);
		sf_auth_ha1(alg, (struct sf_text){ to, 0 },
			    (struct sf_text){ "example.com", 11 },
			    (struct sf_text){ "zanzibar", 8 }, ha1);
		sf_auth_response(&input, response);
		len += sprintf(to + len,
			"Authorization: Digest username=\"user%07u\",\r\n"
			" realm=\"example.com\", nonce=\"%.32s\",\r\n"
			" uri=\"sip:example.com\", response=\"%s\",\r\n"
			" algorithm=%s, cnonce=\"0a4f113b\", qop=auth, nc=%s\r\n",
			i, input.nonce.s, response, sf_alg_name(alg), nc_text);
	}
	len += sprintf(to + len, "Content-Length: 0\r\n\r\n");
	return (u32)len;
}

static void add_users(void)
{
	struct sf_user_table *table = sf_user_table_new();
	struct sf_account account = { .algorithms = SF_ALG_ALL };
	char aor[64];
	u32 i, alg;

	for (alg = 0; alg < SF_ALG_COUNT; alg++)
		sf_auth_ha1((enum sf_alg)alg, (struct sf_text){ aor, 0 },
			    (struct sf_text){ "example.com", 11 },
			    (struct sf_text){ "zanzibar", 8 },
			    account.ha1[alg]);
	for (i = 0; i < 1000; i++)
		sf_user_table_add(table, (struct sf_text){ aor, aor_of(aor, i) },
				  &account);
	sf_users_replace(users, table);
}

static void new_nonce(void)
{
	struct sf_out out = sf_out(lines, sizeof(lines));

	sf_auth_challenge(auth, &out, &domain, &fake_flow, NULL, false, false);
	must(!out.full, "challenge");
}

/* What one REGISTER costs, parsed and answered, of 1000 users in turn. */
static double registers(enum sf_alg alg)
{
	struct incoming *in = calloc(1, sizeof(*in));
	double spent = 0, start;
	u32 i, len;

	domain.auth = alg != SF_ALG_COUNT;
	new_nonce();
	for (i = 0; i < TURNS; i++) {
		len = request(in->bytes, i % 1000, i + 1, alg, i + 1);
		start = cpu_us();
		in->packet = (struct sf_packet){
			.flow = fake_flow, .buf = in->bytes, .len = len,
			.msg = &in->msg,
		};
		in->packet.reason = sf_msg_parse(&in->msg, in->bytes, len);
		memset(&in->message, 0, sizeof(in->message));
		sf_message_read(&in->message, &in->packet);
		sf_registrar_request(registrar, NULL, &box, &in->message);
		spent += cpu_us() - start;
		if (sf_store_durable(store) && i % 100 == 99)
			usleep(1000);
		fake_read(&box);
	}
	free(in);
	return spent / TURNS;
}

static void digests(void)
{
	static const enum sf_alg algs[] = {
		SF_ALG_MD5, SF_ALG_SHA256, SF_ALG_SHA512_256,
	};
	u8 ha1[SF_DIGEST_MAX] = { 1 };
	struct sf_auth_input input = {
		.ha1 = ha1, .nonce = { "0123456789abcdef0123456789abcdef", 32 },
		.nc = { "00000001", 8 }, .cnonce = { "0a4f113b", 8 },
		.qop = { "auth", 4 }, .method = { "REGISTER", 8 },
		.uri = { "sip:example.com", 15 },
	};
	char text[SF_DIGEST_TEXT];
	double start;
	u32 i, j;

	for (i = 0; i < ARRAY_SIZE(algs); i++) {
		input.alg = algs[i];
		start = cpu_us();
		for (j = 0; j < TURNS; j++)
			must(sf_auth_response(&input, text), "digest");
		printf("digest: %-11s %.2f us for a verification\n",
		       sf_alg_name(algs[i]), (cpu_us() - start) / TURNS);
	}
}

static void open_registrar(void)
{
	struct sf_registrar_parts parts = {
		.domains = &domains,
		.users = users,
		.auth = auth,
		.store = store,
	};

	must(!sf_location_open(&location, &nobody, NULL), "location");
	parts.location = location;
	must(!sf_registrar_open(&registrar, &parts), "registrar");
}

static void close_registrar(void)
{
	sf_registrar_close(registrar);
	sf_location_close(location);
	sf_store_close(store);
}

static void served(const char *dir)
{
	const char *why = "";
	char path[256];

	add_users();
	store = sf_store_memory();
	open_registrar();
	printf("REGISTER: %.2f us\n", registers(SF_ALG_COUNT));
	close_registrar();
	store = sf_store_memory();
	open_registrar();
	printf("REGISTER: %.2f us with MD5\n", registers(SF_ALG_MD5));
	must(sf_registrar_counter(registrar, SF_REGISTRAR_REGISTERED) == TURNS,
	     "not all were registered");
	close_registrar();
	store = sf_store_memory();
	open_registrar();
	printf("REGISTER: %.2f us with SHA-256\n", registers(SF_ALG_SHA256));
	close_registrar();
	snprintf(path, sizeof(path), "%s/bench.db", dir);
	must(!sf_store_sqlite(&store, path, &why), why);
	open_registrar();
	printf("REGISTER: %.2f us durable, in the worker\n",
	       registers(SF_ALG_COUNT));
	close_registrar();
	unlink(path);
}

int main(int argc, char **argv)
{
	u32 n = argc > 1 ? (u32)atoi(argv[1]) : 1000000;
	char dir[] = "/tmp/sipfast-bench-XXXXXX";

	fake_reset();
	fake.real = true;
	must(mkdtemp(dir), "no directory");
	users = sf_users_new();
	guard = sf_guard_new(NULL, NULL);
	must(!sf_auth_open(&auth, users, guard, 3600), "auth");
	must(!sf_mailbox_init(&box, NULL, 2000000, NULL), "mailbox");
	must(!sf_location_open(&location, &nobody, NULL), "location");
	load(n);
	lookup(n);
	idle_sweep();
	restore(n, dir);
	sf_location_close(location);
	digests();
	served(dir);
	sf_mailbox_close(&box, NULL);
	sf_auth_close(auth);
	sf_guard_free(guard);
	sf_users_free(users);
	rmdir(dir);
	return 0;
}
