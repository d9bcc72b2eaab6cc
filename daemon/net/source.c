// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * source.c - how many connections each source has
 *
 * Whoever has an IPv6 address has the whole /64.
 */
#include <stdlib.h>

#include "internal.h"

static void key_of(struct sf_source *key, const struct sf_ip *ip)
{
	*key = (struct sf_source){ .family = ip->family };
	if (ip->family == 4)
		memcpy(key->key, ip->v4, sizeof(ip->v4));
	else
		memcpy(key->key, ip->v6, sizeof(key->key));
}

/* What points at the source, or at NULL where it would be. */
static struct sf_source **find(struct sf_net *net, const struct sf_source *key)
{
	u64 hash = sf_hash(&net->key, key->key, sizeof(key->key));
	struct sf_source **link = &net->sources[hash & net->mask];

	while (*link && ((*link)->family != key->family ||
			 memcmp((*link)->key, key->key, sizeof(key->key))))
		link = &(*link)->next;
	return link;
}

bool sf_source_take(struct sf_net *net, const struct sf_ip *ip)
{
	struct sf_source key, **link, *source;

	key_of(&key, ip);
	link = find(net, &key);
	source = *link;
	if (source) {
		if (source->count >= net->limits.conns_per_source)
			return false;
		source->count++;
		return true;
	}
	source = malloc(sizeof(*source));
	if (!source)
		return false;
	*source = key;
	source->count = 1;
	source->shaking = 0;
	*link = source;
	return true;
}

void sf_source_drop(struct sf_net *net, const struct sf_ip *ip)
{
	struct sf_source key, **link, *source;

	key_of(&key, ip);
	link = find(net, &key);
	source = *link;
	if (!source || --source->count)
		return;
	*link = source->next;
	free(source);
}

u32 *sf_source_shaking(struct sf_net *net, const struct sf_ip *ip)
{
	struct sf_source key;

	key_of(&key, ip);
	return &(*find(net, &key))->shaking;
}

void sf_source_free_all(struct sf_net *net)
{
	struct sf_source *source;
	u32 i;

	for (i = 0; net->sources && i <= net->mask; i++) {
		while ((source = net->sources[i])) {
			net->sources[i] = source->next;
			free(source);
		}
	}
}
