// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * location.c - bindings: made, found, refreshed, expired, cut off
 */
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../daemon/app/target.h"
#include "fake.h"

#define TEXT(lit) ((struct sf_text){ (lit), sizeof(lit) - 1 })

static struct sf_location *location;
static u32 events[SF_LOCATION_EVENT_COUNT];
static struct sf_targets targets;

static void changed(void *owner, enum sf_location_event event,
		    struct sf_text aor, const struct sf_record *record)
{
	assert_ptr_equal(owner, &location);
	assert_true(aor.len && record->contact);
	events[event]++;
}

static void begin(void)
{
	static const struct sf_location_user user = { .changed = changed };

	fake_reset();
	memset(events, 0, sizeof(events));
	assert_int_equal(sf_location_open(&location, &user, &location), 0);
}

static void end(void)
{
	sf_location_close(location);
}

static struct sf_text text(const char *s)
{
	return (struct sf_text){ s, (u32)strlen(s) };
}

static struct sf_fresh fresh(const char *contact, u16 q)
{
	return (struct sf_fresh){
		.contact = text(contact),
		.call_id = TEXT("call-1"),
		.agent = TEXT("Phone \x1b[2J 1.0"),
		.flow = fake_flow,
		.wall = fake.wall + 60,
		.cseq = 1,
		.q = q,
	};
}

static struct sf_binding *first_of(struct sf_place *place, const char *contact)
{
	struct sf_binding *b = sf_location_first(place);

	for (; b; b = sf_location_next(b))
		if (sf_record_is(sf_binding_record(b), text(contact)))
			break;
	return b;
}

static void put(const char *aor, const struct sf_fresh *wish, u32 expires)
{
	struct sf_binding *old, *spare;
	struct sf_place place;
	char contact[256];

	snprintf(contact, sizeof(contact), "%.*s", (int)wish->contact.len,
		 wish->contact.s);
	sf_location_lock(location, &place, text(aor));
	old = first_of(&place, contact);
	assert_true(sf_location_prepare(&place, old, wish, &spare));
	sf_location_put(&place, old, spare, wish, expires);
	sf_location_unlock(&place);
}

static const char *contact_at(u32 i)
{
	static char copy[256];

	snprintf(copy, sizeof(copy), "%.*s", (int)targets.target[i].contact.len,
		 targets.text + targets.target[i].contact.off);
	return copy;
}

static u32 look(const char *aor)
{
	return sf_location_lookup(location, text(aor), &targets);
}

static void lookup(void **state)
{
	struct sf_fresh a = fresh("sip:bob@192.0.2.1", 500);
	struct sf_fresh b = fresh("sip:bob@192.0.2.2", 1000);
	struct sf_fresh c = fresh("sip:bob@192.0.2.3", 0);

	(void)state;
	begin();
	assert_int_equal(look("bob@example.com"), 0);
	a.path = TEXT("<sip:p1.example.com;lr>");
	a.params = TEXT(";+sip.instance=\"<urn:x>\"");
	a.instance = (struct sf_text){ a.params.s + 16, 7 };
	put("bob@example.com", &a, 60);
	put("bob@example.com", &b, 60);
	put("bob@example.com", &c, 60);
	assert_int_equal(look("bob@example.com"), 3);
	assert_string_equal(contact_at(0), "sip:bob@192.0.2.2");
	assert_string_equal(contact_at(1), "sip:bob@192.0.2.1");
	assert_string_equal(contact_at(2), "sip:bob@192.0.2.3");
	assert_text(targets.text, targets.target[1].path,
		    "<sip:p1.example.com;lr>");
	assert_text(targets.text, targets.target[1].instance, "<urn:x>");
	assert_int_equal(targets.target[1].flow.remote.port, 5060);
	assert_int_equal(look("bob@example.co"), 0);
	assert_int_equal(look("Bob@example.com"), 0);
	assert_int_equal(sf_location_count(location), 3);
	assert_int_equal(events[SF_LOCATION_REGISTERED], 3);
	end();
}

/* Users and bindings are gone, with their memory, when their time is over. */
static void expiry(void **state)
{
	struct sf_fresh a = fresh("sip:bob@192.0.2.1", 1000);
	struct sf_fresh b = fresh("sip:bob@192.0.2.2", 1000);

	(void)state;
	begin();
	put("bob@example.com", &a, 60);
	put("bob@example.com", &b, 120);
	put("eve@example.com", &b, 10);
	fake_pass(59);
	assert_int_equal(look("bob@example.com"), 2);
	put("bob@example.com", &b, 120);
	assert_int_equal(events[SF_LOCATION_REFRESHED], 1);
	fake_pass(1);
	assert_int_equal(look("bob@example.com"), 1);
	assert_string_equal(contact_at(0), "sip:bob@192.0.2.2");
	fake_pass(118);
	assert_int_equal(look("bob@example.com"), 1);
	fake_pass(1);
	sf_location_sweep(location);
	assert_int_equal(sf_location_count(location), 0);
	assert_int_equal(events[SF_LOCATION_EXPIRED], 3);
	assert_int_equal(look("bob@example.com"), 0);
	end();
}

/* A refresh writes where the binding is; longer texts get another place. */
static void in_place(void **state)
{
	struct sf_fresh a = fresh("sip:bob@192.0.2.1", 1000);
	struct sf_binding *spare;
	struct sf_place place;

	(void)state;
	begin();
	put("bob@example.com", &a, 60);
	sf_location_lock(location, &place, TEXT("bob@example.com"));
	assert_true(sf_location_prepare(&place, sf_location_first(&place), &a,
					&spare));
	assert_null(spare);
	a.call_id = TEXT("a-longer-call-id");
	assert_true(sf_location_prepare(&place, sf_location_first(&place), &a,
					&spare));
	assert_non_null(spare);
	sf_location_put(&place, sf_location_first(&place), spare, &a, 30);
	assert_int_equal(sf_binding_left(&place, sf_location_first(&place)),
			 30);
	sf_location_unlock(&place);
	assert_int_equal(sf_location_count(location), 1);
	end();
}

/* What is prepared and not done leaves nothing behind. */
static void forgone(void **state)
{
	struct sf_fresh a = fresh("sip:bob@192.0.2.1", 1000);
	static char huge[SF_RECORD_TEXT_MAX + 1];
	struct sf_binding *spare;
	struct sf_place place;

	(void)state;
	begin();
	sf_location_lock(location, &place, TEXT("bob@example.com"));
	assert_true(sf_location_prepare(&place, NULL, &a, &spare));
	sf_location_forgo(spare);
	a.path = (struct sf_text){ huge, sizeof(huge) };
	assert_false(sf_location_prepare(&place, NULL, &a, &spare));
	sf_location_unlock(&place);
	assert_int_equal(sf_location_count(location), 0);
	assert_int_equal(look("bob@example.com"), 0);
	end();
}

static void connections(void **state)
{
	struct sf_fresh tcp = fresh("sip:bob@192.0.2.1", 1000);
	struct sf_fresh ws = fresh("sip:bob@x.invalid;transport=ws", 1000);
	struct sf_flow other;

	(void)state;
	begin();
	tcp.flow.transport = SF_TRANSPORT_TCP;
	tcp.flow.slot = 7;
	tcp.flow.serial = 3;
	ws.flow = tcp.flow;
	ws.flow.transport = SF_TRANSPORT_WS;
	ws.flow.slot = 8;
	put("bob@example.com", &tcp, 60);
	put("bob@example.com", &ws, 60);
	put("eve@example.com", &ws, 60);
	/* other connections of the same place */
	other = ws.flow;
	other.serial++;
	sf_location_closed(location, &other);
	other = ws.flow;
	other.worker++;
	sf_location_closed(location, &other);
	assert_int_equal(look("bob@example.com"), 2);
	sf_location_closed(location, &tcp.flow);
	assert_int_equal(look("bob@example.com"), 2);
	sf_location_closed(location, &ws.flow);
	assert_int_equal(look("bob@example.com"), 1);
	assert_int_equal(targets.target[0].flow.serial, 0);
	assert_int_equal(targets.target[0].flow.transport, SF_TRANSPORT_TCP);
	assert_int_equal(look("eve@example.com"), 0);
	assert_int_equal(events[SF_LOCATION_LOST], 2);
	end();
}

/* A flow goes with its connection; who is behind a NAT stays, out of reach. */
static void unreachable(void **state)
{
	struct sf_fresh flow = fresh("sip:bob@192.0.2.1;transport=tcp", 1000);
	struct sf_fresh nat = fresh("sip:bob@10.0.0.9;transport=tcp", 1000);

	(void)state;
	begin();
	flow.params = TEXT(";+sip.instance=\"<urn:x>\";reg-id=1");
	flow.instance = (struct sf_text){ flow.params.s + 16, 7 };
	flow.reg_id = 1;
	flow.flow.transport = SF_TRANSPORT_TCP;
	flow.flow.serial = 3;
	nat.flow = flow.flow;
	put("bob@example.com", &flow, 60);
	put("bob@example.com", &nat, 60);
	assert_int_equal(look("bob@example.com"), 2);
	sf_location_closed(location, &nat.flow);
	assert_int_equal(look("bob@example.com"), 0);
	assert_int_equal(targets.unreached, 1);
	assert_int_equal(events[SF_LOCATION_LOST], 1);
	assert_int_equal(events[SF_LOCATION_UNREACHABLE], 1);
	end();
}

static struct sf_fresh udp_flow(const char *contact, u32 reg_id)
{
	struct sf_fresh flow = fresh(contact, 1000);

	flow.params = TEXT(";+sip.instance=\"<urn:x>\";reg-id=1");
	flow.instance = (struct sf_text){ flow.params.s + 16, 7 };
	flow.reg_id = reg_id;
	return flow;
}

static void remove_binding(const char *aor, const char *contact)
{
	struct sf_place place;

	sf_location_lock(location, &place, text(aor));
	sf_location_remove(&place, first_of(&place, contact));
	sf_location_unlock(&place);
}

/* A flow over UDP from which nothing comes has failed, until something does. */
static void beats(void **state)
{
	struct sf_fresh flow = udp_flow("sip:bob@10.0.0.9", 1);
	struct sf_fresh other = udp_flow("sip:eve@10.0.0.9", 1);
	struct sf_fresh plain = udp_flow("sip:tom@10.0.0.9", 0);
	struct sf_flow tcp = fake_flow;

	(void)state;
	begin();
	plain.flow.remote.port = 5070;
	put("tom@example.com", &plain, 1000);
	put("bob@example.com", &flow, 1000);
	fake_pass(63);
	assert_int_equal(look("bob@example.com"), 1);
	fake_pass(1);
	assert_int_equal(look("bob@example.com"), 0);
	assert_int_equal(targets.unreached, 1);
	assert_true(sf_location_late(location, &flow.flow));
	/* Of what was not promised nothing is expected. */
	assert_int_equal(look("tom@example.com"), 1);
	assert_false(sf_location_late(location, &plain.flow));
	tcp.transport = SF_TRANSPORT_TCP;
	assert_false(sf_location_late(location, &tcp));
	sf_location_heard(location, &tcp);
	sf_location_heard(location, &plain.flow);
	assert_int_equal(look("bob@example.com"), 0);
	sf_location_heard(location, &flow.flow);
	assert_int_equal(look("bob@example.com"), 1);
	/* Two users of a phone have the same flow. */
	fake_pass(64);
	put("eve@example.com", &other, 1000);
	assert_int_equal(look("bob@example.com"), 1);
	remove_binding("eve@example.com", "sip:eve@10.0.0.9");
	fake_pass(64);
	assert_int_equal(look("bob@example.com"), 0);
	/* A REGISTER is something; one from elsewhere is another flow. */
	put("bob@example.com", &flow, 1000);
	assert_int_equal(look("bob@example.com"), 1);
	flow.flow.remote.port = 5080;
	put("bob@example.com", &flow, 1000);
	fake_pass(64);
	sf_location_heard(location, &fake_flow);
	assert_int_equal(look("bob@example.com"), 0);
	assert_false(sf_location_late(location, &fake_flow));
	remove_binding("bob@example.com", "sip:bob@10.0.0.9");
	assert_false(sf_location_late(location, &flow.flow));
	end();
}

/* A binding that moved to another connection stays there. */
static void moved(void **state)
{
	struct sf_fresh ws = fresh("sip:bob@x.invalid;transport=ws", 1000);
	struct sf_flow before;

	(void)state;
	begin();
	ws.flow.transport = SF_TRANSPORT_WS;
	ws.flow.serial = 1;
	put("bob@example.com", &ws, 60);
	before = ws.flow;
	ws.flow.serial = 2;
	put("bob@example.com", &ws, 60);
	sf_location_closed(location, &before);
	assert_int_equal(look("bob@example.com"), 1);
	sf_location_closed(location, &ws.flow);
	assert_int_equal(look("bob@example.com"), 0);
	end();
}

static void agent(void **state)
{
	struct sf_fresh a = fresh("sip:bob@192.0.2.1", 1000);
	const struct sf_record *record;
	struct sf_place place;

	(void)state;
	begin();
	put("bob@example.com", &a, 60);
	sf_location_lock(location, &place, TEXT("bob@example.com"));
	record = sf_binding_record(sf_location_first(&place));
	assert_true(sf_text_eq(sf_record_agent(record),
			       TEXT("Phone ?[2J 1.0")));
	assert_true(sf_text_eq(sf_record_call_id(record), TEXT("call-1")));
	sf_location_unlock(&place);
	end();
}

static void restored(void **state)
{
	struct sf_record *record = malloc(sizeof(*record) + 200);
	struct sf_fresh a;

	(void)state;
	begin();
	a = fresh("sip:bob@192.0.2.1", 1000);
	a.flow.transport = SF_TRANSPORT_TCP;
	a.flow.serial = 5;
	sf_record_write(record, &a);
	assert_int_equal(sf_location_restore(location, TEXT("bob@b"), record),
			 0);
	assert_int_equal(look("bob@b"), 1);
	assert_int_equal(targets.target[0].flow.serial, 0);
	record->flow.transport = SF_TRANSPORT_WSS;
	assert_int_equal(sf_location_restore(location, TEXT("eve@b"), record),
			 -ESTALE);
	record->flow.transport = SF_TRANSPORT_UDP;
	record->wall = fake.wall;
	assert_int_equal(sf_location_restore(location, TEXT("eve@b"), record),
			 -ESTALE);
	assert_int_equal(look("eve@b"), 0);
	fake_pass(60);
	assert_int_equal(look("bob@b"), 0);
	free(record);
	end();
}

static void count_one(void *arg, struct sf_text aor,
		      const struct sf_record *record, u32 left)
{
	(void)aor;
	(void)record;
	assert_int_equal(left, 60);
	++*(u32 *)arg;
}

/* Enough for the tables to grow. */
static void many(void **state)
{
	struct sf_fresh a = fresh("sip:bob@192.0.2.1", 1000);
	char aor[64];
	u32 i, n = 0;

	(void)state;
	begin();
	for (i = 0; i < 20000; i++) {
		snprintf(aor, sizeof(aor), "user%u@example.com", i);
		put(aor, &a, 60);
	}
	for (i = 0; i < 20000; i += 7) {
		snprintf(aor, sizeof(aor), "user%u@example.com", i);
		assert_int_equal(look(aor), 1);
	}
	sf_location_each(location, count_one, &n);
	assert_int_equal(n, 20000);
	fake_pass(61);
	sf_location_sweep(location);
	assert_int_equal(sf_location_count(location), 0);
	end();
}

/* More than the caller has room for. */
static void left_out(void **state)
{
	char contact[64];
	u32 i;

	(void)state;
	begin();
	for (i = 0; i < SF_TARGETS_MAX + 3; i++) {
		struct sf_fresh a;

		snprintf(contact, sizeof(contact), "sip:bob@192.0.2.%u", i);
		a = fresh(contact, 1000);
		put("bob@example.com", &a, 60);
	}
	assert_int_equal(look("bob@example.com"), SF_TARGETS_MAX);
	assert_int_equal(targets.left_out, 3);
	end();
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(lookup),
		TEST(expiry),
		TEST(in_place),
		TEST(forgone),
		TEST(connections),
		TEST(moved),
		TEST(agent),
		TEST(unreachable), TEST(beats),
		TEST(restored),
		TEST(many),
		TEST(left_out),
	};

	return run(tests, ARRAY_SIZE(tests));
}
