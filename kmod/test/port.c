// SPDX-License-Identifier: GPL-2.0
/*
 * port.c - the pool of pairs
 */
#include <linux/bitmap.h>

#include "../port.h"
#include "suites.h"
#include "wire.h"

#define LOW	20000
#define PAIRS	100

static void pool(struct sf_wire *w, u16 low, u16 high)
{
	w->sn->config.media_port_min = low;
	w->sn->config.media_port_max = high;
}

static struct sf_port *alloc(struct sf_wire *w, u32 addr, u16 zone)
{
	const struct sf_end face = sf_end_ipv4(addr, 0);
	struct sf_port *port;

	spin_lock_bh(&w->sn->lock);
	port = sf_port_alloc(w->sn, &face.addr, zone);
	spin_unlock_bh(&w->sn->lock);

	return port;
}

static void give_back(struct sf_wire *w, struct sf_port *port)
{
	spin_lock_bh(&w->sn->lock);
	sf_port_free(w->sn, port);
	spin_unlock_bh(&w->sn->lock);
}

/* Take all pairs of the pool above; each is even, inside, and taken once. */
static void take_all(struct sf_wire *w, struct sf_port **ports, u32 addr,
		     u16 zone)
{
	DECLARE_BITMAP(seen, PAIRS) = { 0 };
	u32 i, port;

	for (i = 0; i < PAIRS; i++) {
		ports[i] = alloc(w, addr, zone);
		KUNIT_ASSERT_NOT_NULL(w->test, ports[i]);
		port = ntohs(ports[i]->key.face.port);
		KUNIT_ASSERT_GE(w->test, port, (u32)LOW);
		KUNIT_ASSERT_LT(w->test, port, (u32)(LOW + 2 * PAIRS));
		KUNIT_EXPECT_EQ(w->test, port % 2, 0U);
		KUNIT_EXPECT_FALSE(w->test,
				   __test_and_set_bit((port - LOW) / 2, seen));
	}
}

static void give_all(struct sf_wire *w, struct sf_port **ports)
{
	u32 i;

	for (i = 0; i < PAIRS; i++)
		give_back(w, ports[i]);
}

static void exhaustion(struct kunit *test)
{
	struct sf_port **ports = kunit_kcalloc(test, PAIRS, sizeof(*ports),
					       GFP_KERNEL);
	struct sf_wire *w = sf_wire(test);

	KUNIT_ASSERT_NOT_NULL(test, ports);
	pool(w, LOW, LOW + 2 * PAIRS - 1);
	take_all(w, ports, 1, 0);
	KUNIT_EXPECT_EQ(test, w->sn->nports, (u32)PAIRS);
	SF_EXPECT_COUNT(w, MEDIA_PORTS, 0);
	KUNIT_EXPECT_NULL(test, alloc(w, 1, 0));
	KUNIT_EXPECT_NULL(test, alloc(w, 1, 0));
	SF_EXPECT_COUNT(w, MEDIA_PORTS, 2);

	/* what is given back is what is left */
	give_back(w, ports[7]);
	ports[7] = alloc(w, 1, 0);
	KUNIT_ASSERT_NOT_NULL(test, ports[7]);
	KUNIT_EXPECT_NULL(test, alloc(w, 1, 0));
	give_all(w, ports);
	KUNIT_EXPECT_EQ(test, w->sn->nports, 0U);
}

/* Another address or zone has ports of its own. */
static void apart(struct kunit *test)
{
	struct sf_port *a, *b, *c;
	struct sf_wire *w = sf_wire(test);

	pool(w, LOW, LOW + 1);
	a = alloc(w, 1, 0);
	b = alloc(w, 2, 0);
	c = alloc(w, 1, 3);
	KUNIT_EXPECT_NULL(test, alloc(w, 1, 0));
	KUNIT_ASSERT_NOT_NULL(test, a);
	KUNIT_ASSERT_NOT_NULL(test, b);
	KUNIT_ASSERT_NOT_NULL(test, c);
	give_back(w, a);
	give_back(w, b);
	give_back(w, c);
}

/*
 * Nobody can tell the next one: the pool of 11384 pairs has a period of one,
 * two or more only once in millions of runs.
 */
static void unpredictable(struct kunit *test)
{
	struct sf_wire *w = sf_wire(test);
	struct sf_port *port;
	u32 i, same = 0, step = 0;
	int last = 0, before = 0, now;

	for (i = 0; i < 64; i++) {
		port = alloc(w, 1, 0);
		KUNIT_ASSERT_NOT_NULL(test, port);
		now = ntohs(port->key.face.port);
		same += now == last;
		step += now - last == last - before;
		before = last;
		last = now;
		give_back(w, port);
	}
	KUNIT_EXPECT_LT(test, same, 4U);
	KUNIT_EXPECT_LT(test, step, 4U);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(exhaustion),
	KUNIT_CASE(apart),
	KUNIT_CASE(unpredictable),
	{}
};

struct kunit_suite sf_suite_port = {
	.name = "sipfast_port",
	.suite_init = sf_wire_suite_init,
	.suite_exit = sf_wire_suite_exit,
	.init = sf_wire_init,
	.exit = sf_wire_exit,
	.test_cases = cases,
};
