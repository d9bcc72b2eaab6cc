/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * addr.h - comma lists, name-addr and parameters (RFC 3261, 20, 25.1)
 *
 * From, To, Contact, Route, Record-Route, Path, Refer-To and their like.
 */
#ifndef SIPFAST_ADDR_H
#define SIPFAST_ADDR_H

#include <sipfast/reason.h>
#include <sipfast/span.h>

/**
 * sf_list_next() - take the next element of a comma-separated value
 * @rest: what is left of the value; moved behind the element and its comma
 * @item: the element without white space around it; written only on SF_OK
 *
 * Commas in quoted strings and in angle brackets separate nothing.
 *
 * Return: SF_OK; SF_EMPTY at the end of the list; SF_ADDR for an unclosed
 * quote or bracket, or for an empty element: "a," is refused at "a", as there
 * is nothing behind its comma.
 */
enum sf_reason sf_list_next(const char *buf, struct sf_span *rest,
			    struct sf_span *item);

/**
 * struct sf_addr - name-addr or addr-spec with header parameters
 * @display: the display name as written, quotes included; empty when absent
 * @uri: the URI, without angle brackets; empty for "*"
 * @params: header parameters from the first ';', that ';' included
 * @bracketed: the URI stands in angle brackets; if not, what follows a ';'
 *             belongs to the header (RFC 3261, 20.10; RFC 4475, 3.3.12)
 * @star: the value is "*" (Contact in a REGISTER)
 */
struct sf_addr {
	struct sf_span display;
	struct sf_span uri;
	struct sf_span params;
	bool bracketed;
	bool star;
};

/**
 * sf_addr_parse() - read one name-addr or addr-spec
 * @item: an element as sf_list_next() gives it, or a From or To value
 * @addr: written only on success
 *
 * A display name without quotes may hold UTF-8 and most of what is printable;
 * a URI without brackets may hold neither comma nor question mark.
 *
 * Return: SF_OK or SF_ADDR. The URI and the parameters are not judged here:
 * sf_uri_parse() and sf_param_next() do that.
 */
enum sf_reason sf_addr_parse(const char *buf, struct sf_span item,
			     struct sf_addr *addr);

/**
 * struct sf_param - one parameter
 * @name: its name
 * @value: its value, quotes included; empty when there is none
 * @has_value: there is a '='
 * @all: from the ';' to the end of the value
 */
struct sf_param {
	struct sf_span name;
	struct sf_span value;
	bool has_value;
	struct sf_span all;
};

/**
 * sf_param_next() - take the next ;name[=value]
 * @rest: the parameters left, starting at a ';' or empty
 * @param: written only on SF_OK
 *
 * Return: SF_OK, SF_EMPTY at the end, or SF_PARAM.
 */
enum sf_reason sf_param_next(const char *buf, struct sf_span *rest,
			     struct sf_param *param);

/**
 * sf_param_find() - find the first parameter of a name, in any case
 * @params: parameters as sf_addr, sf_uri and sf_via hold them
 * @name: lower-case name, @len bytes
 * @param: written only on success
 *
 * What stands behind a malformed parameter is not found.
 */
bool sf_param_find(const char *buf, struct sf_span params, const char *name,
		   u32 len, struct sf_param *param);

/* The same with a string literal. */
#define sf_param(buf, params, lit, param) \
	sf_param_find(buf, params, lit, sizeof(lit) - 1, param)

#endif /* SIPFAST_ADDR_H */
