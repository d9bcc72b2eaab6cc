// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * parse.c - sipfast parse: vectors as text and JSON, streams, and what cannot
 * be read
 */
#include "test.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "sample.h"

#define VECTORS "../../vectors/"

static char path[] = "/tmp/sipfast-parse-XXXXXX";

/* A file with these bytes; its name follows the arguments. */
static const struct output *parse_of(const char *args, const void *bytes,
				     size_t len)
{
	char line[256];
	FILE *out;
	int fd;

	strcpy(path + sizeof(path) - 7, "XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	out = fdopen(fd, "wb");
	assert_int_equal(fwrite(bytes, 1, len, out), len);
	fclose(out);
	snprintf(line, sizeof(line), "parse %s %s", args, path);
	return tool(line);
}

static json_t *object(const struct output *got)
{
	json_t *o = json_loads(got->out, 0, NULL);

	assert_int_equal(got->status, 0);
	assert_non_null(o);
	return o;
}

static const char *text(const json_t *o, const char *key)
{
	const char *value = json_string_value(json_object_get(o, key));

	return value ? value : "";
}

/* The reason that a vector's "verdict" names. */
static void wanted(const char *file, char *reason)
{
	char name[256], line[1024];
	FILE *in;

	snprintf(name, sizeof(name), "%.*s.expect", (int)strlen(file) - 4,
		 file);
	in = fopen(name, "r");
	assert_non_null(in);
	*reason = '\0';
	while (fgets(line, sizeof(line), in))
		sscanf(line, "verdict %31s", reason);
	fclose(in);
}

static void check_vector(const char *file)
{
	char line[256], reason[32];
	json_t *o;

	row("%s", file);
	wanted(file, reason);
	snprintf(line, sizeof(line), "parse -j %s", file);
	o = object(tool(line));
	assert_string_equal(text(o, "file"), file);
	assert_string_equal(text(o, "reason"), reason);
	assert_string_equal(text(o, "verdict"),
			    strcmp(reason, "ok") ? "bad" : "complete");
	json_decref(o);
	snprintf(line, sizeof(line), "parse %s", file);
	assert_int_equal(tool(line)->status, 0);
}

static void vectors(void **state)
{
	glob_t found;
	size_t i;

	(void)state;
	glob(VECTORS "*/*.dat", 0, NULL, &found);
	glob(VECTORS "*/*.sip", GLOB_APPEND, NULL, &found);
	glob(VECTORS "*.sip", GLOB_APPEND, NULL, &found);
	assert_true(found.gl_pathc > 61);
	for (i = 0; i < found.gl_pathc; i++)
		check_vector(found.gl_pathv[i]);
	globfree(&found);
}

static void as_text(void **state)
{
	const struct output *got;

	(void)state;
	got = tool("parse " VECTORS "rfc4475/multi01.dat "
		   VECTORS "rfc4475/insuf.dat "
		   VECTORS "trap-16-rtcp.sip "
		   VECTORS "rfc4475/bigcode.dat");
	assert_int_equal(got->status, 0);
	assert_string_equal(got->out, golden("parse.dat"));
}

static void as_json(void **state)
{
	json_t *o, *list, *item;

	(void)state;
	o = object(tool("parse -j " VECTORS "compact.sip"));
	assert_string_equal(text(o, "kind"), "request");
	assert_string_equal(text(o, "method"), "INVITE");
	assert_true(json_is_null(json_object_get(o, "status")));
	list = json_object_get(o, "headers");
	item = json_array_get(list, 0);
	assert_string_equal(text(item, "id"), "Via");
	assert_string_equal(text(item, "name"), "v");
	assert_int_equal(json_integer_value(json_object_get(item, "offset")),
			 43);
	item = json_array_get(json_object_get(json_object_get(o, "sdp"),
					      "media"), 0);
	assert_string_equal(text(item, "type"), "audio");
	assert_int_equal(json_integer_value(json_object_get(item, "port")),
			 16384);
	json_decref(o);

	o = object(tool("parse -j " VECTORS "ok-invite.sip"));
	assert_string_equal(text(o, "kind"), "response");
	assert_string_equal(text(o, "method"), "INVITE");
	assert_int_equal(json_integer_value(json_object_get(o, "status")), 200);
	json_decref(o);
}

#define HEAD "OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/TCP a\r\nf: <sip:a>\r\n" \
	"t: <sip:b>\r\ni: 1\r\nCSeq: 1 OPTIONS\r\n"
#define MESSAGE HEAD "l: 0\r\n\r\n"

static void streams(void **state)
{
	static const struct {
		const char *bytes;
		const char *verdict;
		size_t more;
	} rows[] = {
		{ "", "partial", 0 },
		{ "\r\n\r\n", "partial", 0 },
		{ "OPTIONS sip:a", "partial", 0 },
		{ MESSAGE, "complete", 0 },
		{ "\r\n\r\n" MESSAGE "\r\n\r\n", "complete", 0 },
		{ MESSAGE MESSAGE "\r\n" MESSAGE, "complete", 2 },
		{ MESSAGE HEAD, "complete", 1 },
		{ HEAD "\r\n", "bad", 0 },
		{ HEAD "l: 0\r\nl: 1\r\n\r\n", "bad", 0 },
		{ HEAD "l: -1\r\n\r\n", "bad", 0 },
		{ HEAD "l: 4294967296\r\n\r\n", "bad", 0 },
	};
	json_t *o;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].bytes);
		o = object(parse_of("-j -s", rows[i].bytes,
				    strlen(rows[i].bytes)));
		assert_string_equal(text(o, "verdict"), rows[i].verdict);
		assert_int_equal(json_array_size(json_object_get(o, "more")),
				 rows[i].more);
		json_decref(o);
		unlink(path);
		parse_of("--stream", rows[i].bytes, strlen(rows[i].bytes));
		unlink(path);
	}
}

/* What would move a terminal's cursor, or end a string, is shown as digits. */
static void hostile(void **state)
{
	static const char bytes[] = HEAD "s: \33[2J\0\x9b\r\n\33: x\r\n\r\n";
	static const char named[] = HEAD "s: \33[2J\0\x9b\r\n\r\n";
	const struct output *got;
	const char *c;
	json_t *o;

	(void)state;
	got = parse_of("", bytes, sizeof(bytes) - 1);
	unlink(path);
	assert_non_null(strstr(got->out, ": bad (header: "));
	got = parse_of("", named, sizeof(named) - 1);
	unlink(path);
	assert_non_null(strstr(got->out, "\\x1b[2J\\x00\\x9b"));
	for (c = got->out; *c; c++)
		assert_true((*c >= ' ' && *c < 0x7f) || *c == '\n');
	o = object(parse_of("-j", named, sizeof(named) - 1));
	unlink(path);
	assert_string_equal(text(o, "reason"), "control");
	assert_string_equal(text(json_object_get(o, "wrong"), "id"), "Subject");
	json_decref(o);
}

static void too_long(void **state)
{
	char *bytes = calloc(1, 70000);
	json_t *o;

	(void)state;
	memset(bytes, 'a', 70000);
	o = object(parse_of("-j", bytes, 70000));
	unlink(path);
	assert_string_equal(text(o, "reason"), "too-long");
	json_decref(o);
	free(bytes);
}

#define NO_FILE	"sipfast: cannot read '/nonexistent/\\x1b': No such file or directory\n"
#define NO_ARGUMENT "sipfast: parse takes files: see 'sipfast help parse'\n"

static void unreadable(void **state)
{
	const struct output *got;

	(void)state;
	got = tool("parse /nonexistent/\33 " VECTORS "options.sip");
	assert_int_equal(got->status, 1);
	assert_string_equal(got->err, NO_FILE);
	assert_non_null(strstr(got->out, "complete"));
	got = tool("parse /");
	assert_int_equal(got->status, 1);
	got = tool("parse");
	assert_int_equal(got->status, 2);
	assert_string_equal(got->err, NO_ARGUMENT);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(vectors),
		TEST(as_text),
		TEST(as_json),
		TEST(streams),
		TEST(hostile),
		TEST(too_long),
		TEST(unreadable),
	};

	return run(tests, ARRAY_SIZE(tests));
}
