/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view.h - what the daemon knows, as JSON
 *
 * Keys stay from version to version. Text from outside is escaped (escape.h);
 * endpoints are "192.0.2.1:5060"; durations end in their unit. New references
 * are returned; NULL when memory is short.
 */
#ifndef SIPFAST_APP_VIEW_H
#define SIPFAST_APP_VIEW_H

#include <jansson.h>

#include "news.h"
#include "trip.h"

/* Add a text from outside, unless it is empty. */
void sf_view_text(json_t *object, const char *key, struct sf_text text);

/* Add an endpoint, unless there is none. */
void sf_view_end(json_t *object, const char *key, const struct sf_end *end);

/**
 * sf_view_binding() - a binding
 * @left: seconds until it expires
 * @late: it is by a flow that has failed: sf_location_late()
 */
json_t *sf_view_binding(struct sf_text aor, const struct sf_record *record,
			u32 left, bool late);

json_t *sf_view_conn(const struct sf_conn_view *conn);
json_t *sf_view_deal(const struct sf_deal_view *deal);

/**
 * sf_view_trunk() - a trunk as it is now
 */
json_t *sf_view_trunk(const struct sf_conf_trunk *trunk);

/* The configuration, without secrets. */
json_t *sf_view_conf(const struct sf_conf *conf);

/* Where messages are awaited, as the configuration has it. */
json_t *sf_view_listen(const struct sf_conf *conf);

json_t *sf_view_news(const struct sf_news *news);

#endif /* SIPFAST_APP_VIEW_H */
