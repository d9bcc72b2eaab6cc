// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * names.c - what names lead to, as the script says
 *
 * Addresses take the daemon's own way (daemon/sip/locate.c). A name is asked
 * for once, and known then.
 */
#include <errno.h>
#include <stdlib.h>

#include "../../daemon/sip/locate.h"
#include "world.h"

#define NAMES	16

/**
 * struct name - a name
 * @known: it was asked for, and answered
 * @waits: nobody answers yet
 */
struct name {
	char name[128];
	bool known;
	bool waits;
	int err;
	u32 count;
	struct sf_spot at[SF_SPOTS_MAX];
};

struct sf_resolver {
	struct sf_resolver_able able;
	struct sf_lookup *first;
};

static struct name names[NAMES];
static u32 count;

void fake_names_reset(void)
{
	count = 0;
}

static bool take_spot(struct sf_spot *spot, const char *text)
{
	if (!strncmp(text, "udp:", 4))
		spot->transport = SF_TRANSPORT_UDP;
	else if (!strncmp(text, "tcp:", 4))
		spot->transport = SF_TRANSPORT_TCP;
	else if (!strncmp(text, "tls:", 4))
		spot->transport = SF_TRANSPORT_TLS;
	else
		return false;
	return sf_end_parse(text + 4, 5060, &spot->end);
}

static struct name *find(struct sf_text host)
{
	u32 i;

	for (i = 0; i < count; i++)
		if (sf_text_eq(sf_text_str(names[i].name), host))
			return &names[i];
	return NULL;
}

bool fake_names_set(const char *text, const char *spots)
{
	struct name *name = find(sf_text_str(text));
	char copy[512], *word, *save = NULL;

	if (!name)
		name = &names[count++];
	memset(name, 0, sizeof(*name));
	strncpy(name->name, text, sizeof(name->name) - 1);
	strncpy(copy, spots, sizeof(copy) - 1);
	copy[sizeof(copy) - 1] = '\0';
	for (word = strtok_r(copy, " ", &save); word;
	     word = strtok_r(NULL, " ", &save)) {
		if (!strcmp(word, "none"))
			name->err = -ENOENT;
		else if (!strcmp(word, "fails"))
			name->err = -EAGAIN;
		else if (!strcmp(word, "waits"))
			name->waits = true;
		else if (!take_spot(&name->at[name->count++], word))
			return false;
	}
	return true;
}

static void answer(const struct name *name, struct sf_lookup *lookup)
{
	lookup->err = name ? name->err : -ENOENT;
	lookup->count = name ? name->count : 0;
	if (name)
		memcpy(lookup->at, name->at, sizeof(name->at));
}

bool sf_resolve_now(struct sf_resolver *resolver,
		    const struct sf_resolve_target *target,
		    struct sf_lookup *lookup)
{
	struct sf_locate locate;
	struct name *name;

	if (sf_locate_init(&locate, &resolver->able, target)) {
		answer(NULL, lookup);
		return true;
	}
	if (locate.ip.family)
		return sf_locate(&locate, lookup);
	name = find(target->host);
	if (!name || !name->known)
		return false;
	answer(name, lookup);
	return true;
}

/* Whom the lookup is about: a part of what it is for is not the resolver's. */
struct asked {
	struct sf_lookup *lookup;
	char host[128];
};

static struct asked asked[64];

void sf_resolve(struct sf_resolver *resolver,
		const struct sf_resolve_target *target,
		struct sf_lookup *lookup)
{
	u32 i;

	for (i = 0; asked[i].lookup; i++)
		;
	asked[i].lookup = lookup;
	memset(asked[i].host, 0, sizeof(asked[i].host));
	memcpy(asked[i].host, target->host.s, target->host.len);
	lookup->next = resolver->first;
	if (lookup->next)
		lookup->next->link = &lookup->next;
	lookup->link = &resolver->first;
	resolver->first = lookup;
}

void sf_resolve_cancel(struct sf_lookup *lookup)
{
	u32 i;

	if (!lookup->link)
		return;
	*lookup->link = lookup->next;
	if (lookup->next)
		lookup->next->link = lookup->link;
	lookup->link = NULL;
	for (i = 0; i < ARRAY_SIZE(asked); i++)
		if (asked[i].lookup == lookup)
			asked[i].lookup = NULL;
}

static struct name *asked_of(const struct sf_lookup *lookup)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(asked); i++)
		if (asked[i].lookup == lookup)
			return find(sf_text_str(asked[i].host));
	return NULL;
}

bool fake_names_tell(struct sf_resolver *resolver)
{
	struct sf_lookup *lookup;
	struct name *name;

	for (lookup = resolver->first; lookup; lookup = lookup->next) {
		name = asked_of(lookup);
		if (name && name->waits)
			continue;
		if (name)
			name->known = true;
		sf_resolve_cancel(lookup);
		answer(name, lookup);
		lookup->done(lookup);
		return true;
	}
	return false;
}

int sf_resolver_open(struct sf_resolver **resolver, struct sf_loop *loop,
		     const struct sf_resolver_able *able, const char *servers)
{
	struct sf_resolver *made = calloc(1, sizeof(*made));

	(void)loop;
	(void)servers;
	if (!made)
		return -ENOMEM;
	made->able = *able;
	*resolver = made;
	return 0;
}

void sf_resolver_close(struct sf_resolver *resolver)
{
	while (resolver->first)
		sf_resolve_cancel(resolver->first);
	free(resolver);
}
