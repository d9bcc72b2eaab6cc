// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * stage.c - statements that set the stage: what there is, and how it behaves
 */
#include "script.h"

#include <stdlib.h>
#include <sys/stat.h>

void stage_file(const struct statement *st)
{
	const char *name = !strcmp(st->word[0], "conf") ? "sipfastd.conf" :
							  st->word[1];
	FILE *file = fopen(name, "w");
	u32 i;

	for (i = 0; i < st->lines; i++)
		fprintf(file, "%s\n", st->block[i]);
	fclose(file);
	chmod(name, 0600);
}

void stage_user(const struct statement *st)
{
	if (!world_user(st->word[1], st->words > 3 ? st->word[3] : "example.net",
			st->word[2]))
		script_fail(st, "no such user can be");
}

void stage_phone(const struct statement *st)
{
	struct place place;
	u32 at = 2;

	if (!script_place(st, &at, &place))
		return;
	snprintf(place.name, sizeof(place.name), "%s", st->word[1]);
	script_contact(&place);
	if (at < st->words)
		snprintf(place.contact, sizeof(place.contact), "%s",
			 st->word[at]);
	script_phone(&place);
}

void stage_name(const struct statement *st)
{
	struct text *spots = malloc(sizeof(*spots));
	u32 i;

	text_clear(spots);
	for (i = 2; i < st->words; i++)
		text_printf(spots, "%s ", st->word[i]);
	if (!fake_names_set(st->word[1], spots->s))
		script_fail(st, "no such address");
	free(spots);
	if (world.running)
		world_settle();
}

void stage_route(const struct statement *st)
{
	fake_net_route(st->word[1], st->word[2]);
}

/* listen TRANSPORT PLACE: beside what the configuration says. */
void stage_listen(const struct statement *st)
{
	struct sf_listen listen = { .transport = script_transport(st->word[1]) };

	if (!listen.transport || !sf_end_parse(st->word[2], 0, &listen.end) ||
	    !fake_net_listen(&listen))
		script_fail(st, "that is no \"listen tls 192.0.2.1:5061\"");
}

void stage_start(const struct statement *st)
{
	const char *wrong = world_start();

	if (wrong)
		script_fail(st, "%s", wrong);
}

void stage_reload(const struct statement *st)
{
	const char *wrong = world_reload();

	if (wrong)
		script_fail(st, "%s", wrong);
}

/* restart MS: it ends, and so much later the next one begins. */
void stage_restart(const struct statement *st)
{
	const char *wrong;

	script_leftover(st);
	world_stop();
	clock_pass(strtoull(st->word[1], NULL, 10));
	wrong = world_start();
	if (wrong)
		script_fail(st, "%s", wrong);
}

void stage_drain(const struct statement *st)
{
	u32 i;

	(void)st;
	for (i = 0; i < world.daemon.workers; i++)
		world.daemon.worker[i].draining = true;
}

void stage_backlog(const struct statement *st)
{
	fake_net_backlog((u32)atoi(st->word[1]));
}

void stage_wait(const struct statement *st)
{
	script_leftover(st);
	world_pass(strtoull(st->word[1], NULL, 10), false);
}

/* busy N: so many transactions are under way. */
void stage_busy(const struct statement *st)
{
	u32 i, busy = 0;

	for (i = 0; i < world.daemon.workers; i++)
		busy += sf_sip_busy(&world.daemon.worker[i].sip);
	if (busy != (u32)atoi(st->word[1]))
		script_fail(st, "%u transactions are under way", busy);
}

/* crowd N: so many calls of somebody who has a limit are under way. */
void stage_crowd(const struct statement *st)
{
	u32 n = (u32)atoi(st->word[1]);

	if (world_crowd(n) != n)
		script_fail(st, "there is no room for so many");
}

static u64 counter(enum sf_app_counter which)
{
	u64 sum = 0;
	u32 i;

	for (i = 0; i < world.daemon.workers; i++)
		sum += world.daemon.worker[i].counters[which];
	return sum;
}

/* counted NAME N: a counter of the application stands there. */
void stage_counted(const struct statement *st)
{
	u32 i;

	for (i = 0; i < SF_APP_COUNTER_COUNT; i++) {
		if (strcmp(sf_app_counter_name(i), st->word[1]))
			continue;
		if (counter(i) != strtoull(st->word[2], NULL, 10))
			script_fail(st, "it stands at %llu",
				    (unsigned long long)counter(i));
		return;
	}
	script_fail(st, "there is no such counter");
}

void stage_nothing(const struct statement *st)
{
	script_leftover(st);
}

void stage_way(const struct statement *st)
{
	static const char *const ways[] = {
		[FAKE_OPEN] = "open", [FAKE_PENDING] = "pending",
		[FAKE_REFUSED] = "refused", [FAKE_UNROUTABLE] = "unroutable",
		[FAKE_FULL] = "full",
	};
	struct place place;
	u32 at = 1, i;

	if (!script_place(st, &at, &place) || at >= st->words)
		return;
	for (i = 0; i < ARRAY_SIZE(ways); i++)
		if (!strcmp(ways[i], st->word[at]))
			fake_net_way(place.transport, &place.end,
				     (enum fake_way)i);
	if (world.running)
		world_settle();
}

/* certificate PLACE NAME: who is there shows one. */
void stage_certificate(const struct statement *st)
{
	struct place place;
	u32 at = 1;

	if (script_place(st, &at, &place) && at < st->words)
		fake_net_show(&place.end, st->word[at]);
}

/* module HOW: the kernel's. */
void stage_module(const struct statement *st)
{
	script_leftover(st);
	if (!fake_kernel_how(st->word[1]))
		script_fail(st, "it is present, absent, full, or forgets");
}

void stage_close(const struct statement *st)
{
	struct place place;
	bool closed = false;
	u32 at = 1, i;

	if (!script_place(st, &at, &place))
		return;
	script_leftover(st);
	for (i = 0; i < world.daemon.workers; i++)
		closed |= fake_net_close(world.daemon.worker[i].net,
					 place.transport, &place.end);
	if (!closed)
		script_fail(st, "there is no such connection");
	world_settle();
}

/* ping PLACE: line ends come from there, and nothing else. */
void stage_ping(const struct statement *st)
{
	struct place place;
	u32 at = 1;

	if (!script_place(st, &at, &place))
		return;
	script_leftover(st);
	fake_net_in(world.daemon.worker[place.worker < 0 ? 0 :
					(u8)place.worker].net,
		    place.transport, &place.end, "\r\n\r\n", 4);
	world_settle();
}

/* icmp PLACE [BYTES]: what was asked there last did not arrive. */
void stage_icmp(const struct statement *st)
{
	const struct wire *wire;
	struct place place;
	u32 at = 1, len = UINT32_MAX;

	if (!script_place(st, &at, &place))
		return;
	if (at < st->words)
		len = (u32)atoi(st->word[at++]);
	script_leftover(st);
	wire = script_last(&place, true, wire_is_request, NULL);
	if (!wire) {
		script_fail(st, "nothing was sent there");
		return;
	}
	fake_net_returned(world.daemon.worker[place.worker < 0 ? wire->worker :
					      (u8)place.worker].net, wire, len);
	world_settle();
}

void stage_closed(const struct statement *st)
{
	struct place place;
	u32 at = 1;

	if (script_place(st, &at, &place) && !fake_net_closed(&place.end))
		script_fail(st, "the connection was not closed");
}

void stage_set(const struct statement *st)
{
	static struct text value;
	u32 i;

	text_clear(&value);
	for (i = 2; i < st->words; i++)
		text_printf(&value, "%s%s", i > 2 ? " " : "", st->word[i]);
	name_set(st->word[1], value.s, value.len);
}
