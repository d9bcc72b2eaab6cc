// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * top.c - rows, their order, and frames of any size
 *
 * What a terminal makes of them is tried in terminal.
 */
#include "test.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/sipfast.h>

#include "../../../daemon/cli/top.h"
#include "sample.h"

static void fill(void)
{
	fake_reset();
	sample_top(0);
}

static void frame(void **state)
{
	static const char want[] =
"calls 1  streams 5  packets/s 0  fast -  one-way 1  poor 1\n"
"  CALL      AGE CODEC  LOSS>     <  JIT>     < MOS>    < PKT/S FAST  NOTE\n"
"    11 00:15:00 PCMU      0%     -   1.0     - 4.41    -     0    -  nothing arrives from outside (198.51.100.5)\n"
"     8 00:00:40 opus   20.0%     -   2.0     -    -    -     0    -  poor >\n"
"    10 00:00:20 G729   5.00%     -   3.0     - 3.34    -     0    -\n"
"     7 00:00:50 PCMA   0.40%    0%   0.9   1.1 4.38 4.41     0    -  sip:anna@example.org -> sip:bob@example.org\n"
"     9 00:00:30 opus      0%     -  80.0     -    -    -     0    -\n";
	const struct output *got;

	(void)state;
	fill();
	got = tool("top --once -d 0.1");
	assert_string_equal(got->err, "");
	assert_string_equal(got->out, want);
	assert_int_equal(got->status, 0);
}

/* Of 80 columns none is crossed, whatever there is to say. */
static void narrow(void **state)
{
	const char *got, *end;

	(void)state;
	fill();
	got = tool_width("top --once -d 0.1", 80)->out;
	assert_non_null(strstr(got, " silent <\n"));
	for (; *got; got = end + 1) {
		end = strchr(got, '\n');
		assert_true(end - got <= 80);
	}
}

static int call_at(json_t *list, size_t i)
{
	json_t *call = json_object_get(json_array_get(list, i), "call");

	return json_integer_value(call);
}

static void order(void **state)
{
	static const struct {
		const char *key;
		int calls[5];
	} rows[] = {
		{ "worst", { 11, 8, 10, 7, 9 } },
		{ "loss", { 8, 10, 7, 9, 11 } },
		{ "jitter", { 9, 10, 8, 7, 11 } },
		{ "mos", { 10, 7, 11, 8, 9 } },
		{ "age", { 11, 7, 8, 9, 10 } },
		{ "call", { 7, 8, 9, 10, 11 } },
	};
	char args[64];
	json_t *all, *list;
	size_t i, j;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		snprintf(args, sizeof(args), "top --once -d 0.1 -j -s %s",
			 rows[i].key);
		fill();
		row("%s", args);
		all = json_loads(tool(args)->out, 0, NULL);
		list = json_object_get(all, "rows");
		assert_int_equal(json_array_size(list), 5);
		for (j = 0; j < 5; j++)
			assert_int_equal(call_at(list, j), rows[i].calls[j]);
		json_decref(all);
	}
}

static void json(void **state)
{
	json_t *all, *way;

	(void)state;
	fill();
	all = json_loads(tool("top --once -d 0.1 -j")->out, 0, NULL);
	assert_int_equal(json_integer_value(json_object_get(all, "streams")),
			 5);
	assert_int_equal(json_integer_value(json_object_get(all, "one_way")),
			 1);
	assert_int_equal(json_integer_value(json_object_get(all, "poor")), 1);
	way = json_array_get(json_object_get(all, "rows"), 0);
	assert_true(json_is_true(json_object_get(json_object_get(way, "reverse"),
						 "silent")));
	way = json_object_get(way, "forward");
	assert_true(json_real_value(json_object_get(way, "mos")) == 4.409);
	json_decref(all);
}

static void usage(void **state)
{
	static const struct {
		const char *args, *err;
	} rows[] = {
		{ "top", "sipfast: top needs a terminal, or --once: " },
		{ "top -j", "sipfast: top --json takes --once: " },
		{ "top -d 0", "sipfast: --delay is seconds from 0.1 to 3600, not '0': " },
		{ "top -d x", "sipfast: --delay is seconds from 0.1 to 3600, not 'x': " },
		{ "top -s name", "sipfast: there is no key 'name' to sort by: " },
		{ "top calls", "sipfast: top takes no argument: " },
	};
	const struct output *got;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].args);
		fill();
		got = tool(rows[i].args);
		assert_int_equal(got->status, 2);
		assert_memory_equal(got->err, rows[i].err, strlen(rows[i].err));
	}
	fill();
	fake.open_error = -ENOENT;
	got = tool("top --once");
	assert_int_equal(got->status, 1);
	assert_string_equal(got->err,
			    "sipfast: the kernel module is not loaded: modprobe nf_sipfast\n");
	fill();
	fake.error = -EPERM;
	assert_int_equal(tool("top --once")->status, 1);
}

static int keep(const struct sf_info *info, void *arg)
{
	return sf_snapshot_add(info, arg);
}

static struct sf_snapshot snapshot(void)
{
	struct sf_snapshot s = { 0 };
	struct sf_kernel *kernel;

	assert_int_equal(sf_kernel_open(&kernel), 0);
	sf_kernel_get(kernel, SIPFAST_CMD_GET_STREAM, keep, &s);
	sf_kernel_close(kernel);
	sf_snapshot_sort(&s);
	return s;
}

/* 300 packets and 3 RTCP in 3 s, 150 in the fast path; a new stream; an old one
 * that nobody has seen before.
 */
static void rates(void **state)
{
	struct sf_top top = { .seconds = 3, .key = SF_TOP_PACKETS };
	struct sample_stream s = { .id = 40, .age = 60000 };

	(void)state;
	fake_reset();
	s.forward.packets = 1000;
	s.forward.fast = 100;
	sample_stream(SIPFAST_CMD_GET_STREAM, &s);
	top.before = snapshot();
	fake_reset();
	s.forward.packets = 1250;
	s.forward.fast = 227;
	s.reverse.packets = 250;
	sample_stream(SIPFAST_CMD_GET_STREAM, &s);
	s = (struct sample_stream){ .id = 41, .age = 2000 };
	s.forward.packets = 60;
	sample_stream(SIPFAST_CMD_GET_STREAM, &s);
	s = (struct sample_stream){ .id = 42, .age = 70000 };
	s.forward.packets = 6000;
	sample_stream(SIPFAST_CMD_GET_STREAM, &s);
	top.now = snapshot();
	sf_top_update(&top);
	assert_int_equal(top.nrows, 3);
	assert_int_equal(top.rows[0].stream->id, 40);
	assert_true(top.rows[0].rate == 502 / 3.0);
	assert_true(top.rows[0].fast == 100 * 127 / 502.0);
	assert_int_equal(top.rows[1].stream->id, 41);
	assert_true(top.rows[1].rate == 20);
	assert_false(top.rows[2].has_rate);
	assert_true(top.rate == 562 / 3.0);
	sf_top_clear(&top);
}

static void pen_put(void *arg, enum sf_color color, const char *text)
{
	(void)color;
	fputs(text, arg);
}

static void pen_end(void *arg)
{
	fputc('\n', arg);
}

static char *draw(struct sf_top *top, unsigned int width, unsigned int height)
{
	char *text = NULL;
	size_t n;
	FILE *out = open_memstream(&text, &n);
	const struct sf_top_pen pen = { pen_put, pen_end, out };

	sf_top_frame(top, &pen, width, height);
	fclose(out);
	return text;
}

static int lines(const char *text)
{
	int n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

/* As many lines as there are, and never a row that does not exist. */
static void sizes(void **state)
{
	struct sf_top top = { .key = SF_TOP_CALL };
	unsigned int width, height;
	char *text;

	(void)state;
	fill();
	top.now = snapshot();
	sf_top_update(&top);
	for (height = 6; height < 30; height++)
		for (width = 1; width < 100; width += 7) {
			row("%ux%u", width, height);
			top.first = 1000;
			text = draw(&top, width, height);
			assert_int_equal(lines(text), height);
			free(text);
		}
	top.first = 2;
	text = draw(&top, 80, 7);
	assert_non_null(strstr(text, "\n     9 "));
	assert_non_null(strstr(text, "\n    10 "));
	assert_null(strstr(text, "\n     8 "));
	assert_non_null(strstr(text, "\n3 to 4 of 5 streams\n"));
	free(text);
	strcpy(top.trouble, "it is gone");
	text = draw(&top, 80, 24);
	assert_non_null(strstr(text, "\nit is gone\n"));
	free(text);
	sf_top_clear(&top);
}

static const struct CMUnitTest tests[] = {
	TEST(frame),
	TEST(narrow),
	TEST(order),
	TEST(json),
	TEST(usage),
	TEST(rates),
	TEST(sizes),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
