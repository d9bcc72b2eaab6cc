// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * addr.c - comma lists, name-addr and parameters
 */
#include "test.h"

#include <string.h>

#include <sipfast/addr.h>

static void lists(void **state)
{
	static const struct {
		const char *text;
		const char *items[4];
		enum sf_reason last;
	} rows[] = {
		{ "", { NULL }, SF_EMPTY },
		{ " \r\n ", { NULL }, SF_EMPTY },
		{ "a", { "a" }, SF_EMPTY },
		{ " a , b\r\n ,c ", { "a", "b", "c" }, SF_EMPTY },
		{ "<sip:a,b@c>;x,d", { "<sip:a,b@c>;x", "d" }, SF_EMPTY },
		{ "\"x, y\" <sip:a>, b", { "\"x, y\" <sip:a>", "b" },
		  SF_EMPTY },
		{ "\"x\\\", y\" <sip:a>", { "\"x\\\", y\" <sip:a>" },
		  SF_EMPTY },
		{ "<sip:\"a>,<sip:b\">", { "<sip:\"a>", "<sip:b\">" },
		  SF_EMPTY },
		{ ",", { NULL }, SF_ADDR },
		{ ",a", { NULL }, SF_ADDR },
		{ "a,", { NULL }, SF_ADDR },
		{ "a, \t", { NULL }, SF_ADDR },
		{ "a,,b", { "a" }, SF_ADDR },
		{ "a, ,b", { "a" }, SF_ADDR },
		{ "a,\"b", { "a" }, SF_ADDR },
		{ "<a", { NULL }, SF_ADDR },
		{ "a,b<", { "a" }, SF_ADDR },
		{ "\"a\\\"", { NULL }, SF_ADDR },
	};
	struct sf_span rest, item;
	enum sf_reason reason;
	const char *buf;
	u32 i, n, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].text);
		len = (u32)strlen(rows[i].text);
		buf = guard_tail(rows[i].text, len);
		rest = whole(len);
		n = 0;
		while (!(reason = sf_list_next(buf, &rest, &item))) {
			assert_true(n < 4 && rows[i].items[n]);
			assert_text(buf, item, rows[i].items[n++]);
			assert_int_equal(sf_span_end(rest), len);
		}
		assert_reason(reason, rows[i].last);
		assert_true(n == 4 || !rows[i].items[n]);
	}
}

static void addresses(void **state)
{
	static const struct {
		const char *text;
		const char *display;
		const char *uri;
		const char *params;
		bool bracketed;
	} rows[] = {
		{ "sip:a@b", "", "sip:a@b", "", false },
		{ "sip:a@b;tag=1", "", "sip:a@b", ";tag=1", false },
		{ "sip:a@b \r\n ;  tag = 1", "", "sip:a@b", ";  tag = 1",
		  false },
		{ "<sip:a@b;lr?x=y>", "", "sip:a@b;lr?x=y", "", true },
		{ "<sip:a@b,c>;x;y", "", "sip:a@b,c", ";x;y", true },
		{ "Alice <sip:a@b>;tag=1", "Alice", "sip:a@b", ";tag=1", true },
		{ "caller<sip:a@b>", "caller", "sip:a@b", "", true },
		{ "A. B  C <sip:a@b>", "A. B  C", "sip:a@b", "", true },
		{ "\"A, <B>\\\"\" <sip:a@b> ; x", "\"A, <B>\\\"\"", "sip:a@b",
		  "; x", true },
		{ "\"\"<tel:1>", "\"\"", "tel:1", "", true },
		{ "J\xc3\xb6rg (home) <sip:a@b>", "J\xc3\xb6rg (home)",
		  "sip:a@b", "", true },
		{ "A\r\n B <sip:a@b>", "A\r\n B", "sip:a@b", "", true },
		{ "tel:+12 ;x", "", "tel:+12", ";x", false },
	};
	struct sf_addr addr;
	const char *buf;
	u32 i, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].text);
		len = (u32)strlen(rows[i].text);
		buf = guard_tail(rows[i].text, len);
		assert_reason(sf_addr_parse(buf, whole(len), &addr), SF_OK);
		assert_text(buf, addr.display, rows[i].display);
		assert_text(buf, addr.uri, rows[i].uri);
		assert_text(buf, addr.params, rows[i].params);
		assert_int_equal(addr.bracketed, rows[i].bracketed);
		assert_false(addr.star);
	}
	assert_reason(sf_addr_parse(guard_tail(" * ", 3), whole(3), &addr),
		      SF_OK);
	assert_true(addr.star);
	assert_int_equal(addr.uri.len + addr.params.len + addr.display.len, 0);
}

static void bad_addresses(void **state)
{
	static const char *const rows[] = {
		"", " ", "a", "*;x", "**", "<>", "<", ">", "<sip:a@b",
		"< sip:a@b >", "<sip:a@b >", "<sip:a@b>>", "<<sip:a@b>>",
		"<sip:a@b>x", "<sip:a@b>,<sip:c@d>", "\"A <sip:a@b>",
		"\"A\"B <sip:a@b>", "A \"B\" <sip:a@b>", "A, B <sip:a@b>",
		"A: B <sip:a@b>", "a@b <sip:a@b>", "A;B <sip:a@b>",
		"sip:a@b?x=y", "sip:a@b,sip:c@d", "sip:a@b c", "sip:a b",
		"\"sip:a@b\"", "sip:a\"@b", ";tag=1", "<sip:a\r\n @b>",
		"A <sip:a@b> B", "\"A\" sip:a@b", "A sip:a@b", "A\\ <sip:a@b>",
	};
	struct sf_addr addr = { .star = true };
	u32 i, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i]);
		len = (u32)strlen(rows[i]);
		assert_reason(sf_addr_parse(guard_tail(rows[i], len),
					    whole(len), &addr), SF_ADDR);
	}
	assert_true(addr.star);
}

static void params(void **state)
{
	static const struct {
		const char *text;
		const char *names[3];
		const char *values[3];
		const char *all[3];
		enum sf_reason last;
	} rows[] = {
		{ "", { NULL }, { NULL }, { NULL }, SF_EMPTY },
		{ ";lr", { "lr" }, { NULL }, { ";lr" }, SF_EMPTY },
		{ ";a=b;c=;d", { "a", "c", "d" }, { "b", "", NULL },
		  { ";a=b", ";c=", ";d" }, SF_EMPTY },
		{ " ; a\r\n = \"x;y\" ; b", { "a", "b" }, { "\"x;y\"", NULL },
		  { "; a\r\n = \"x;y\"", "; b" }, SF_EMPTY },
		{ ";received=[2001:db8::9:255];rport",
		  { "received", "rport" }, { "[2001:db8::9:255]", NULL },
		  { ";received=[2001:db8::9:255]", ";rport" }, SF_EMPTY },
		{ ";received=2001:db8::9:255", { "received" },
		  { "2001:db8::9:255" }, { ";received=2001:db8::9:255" },
		  SF_EMPTY },
		{ ";a=\"x\\\";y\"", { "a" }, { "\"x\\\";y\"" },
		  { ";a=\"x\\\";y\"" }, SF_EMPTY },
		{ ";\xc3=1", { NULL }, { NULL }, { NULL }, SF_PARAM },
		{ "a", { NULL }, { NULL }, { NULL }, SF_PARAM },
		{ ";", { NULL }, { NULL }, { NULL }, SF_PARAM },
		{ ";a;;b", { "a" }, { NULL }, { ";a" }, SF_PARAM },
		{ ";a=b c", { NULL }, { NULL }, { NULL }, SF_PARAM },
		{ ";a=b,c", { NULL }, { NULL }, { NULL }, SF_PARAM },
		{ ";a=\"b", { NULL }, { NULL }, { NULL }, SF_PARAM },
		{ ";a=\"b\"c", { NULL }, { NULL }, { NULL }, SF_PARAM },
		{ ";a=<b>", { NULL }, { NULL }, { NULL }, SF_PARAM },
		{ ";=b", { NULL }, { NULL }, { NULL }, SF_PARAM },
		{ ";a?b", { NULL }, { NULL }, { NULL }, SF_PARAM },
	};
	struct sf_param param;
	enum sf_reason reason;
	struct sf_span rest;
	const char *buf;
	u32 i, n, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		row("%s", rows[i].text);
		len = (u32)strlen(rows[i].text);
		buf = guard_tail(rows[i].text, len);
		rest = whole(len);
		n = 0;
		while (!(reason = sf_param_next(buf, &rest, &param))) {
			assert_true(n < 3 && rows[i].names[n]);
			assert_text(buf, param.name, rows[i].names[n]);
			assert_int_equal(param.has_value,
					 rows[i].values[n] ? 1 : 0);
			assert_text(buf, param.value, rows[i].values[n]);
			assert_text(buf, param.all, rows[i].all[n++]);
		}
		assert_reason(reason, rows[i].last);
		assert_true(n == 3 || !rows[i].names[n]);
	}
}

static void find(void **state)
{
	static const char text[] = ";Branch=z9;RPORT;tagged=1;tag=2;tag=3";
	const char *buf = guard_tail(text, sizeof(text) - 1);
	struct sf_span all = whole(sizeof(text) - 1);
	struct sf_param param;

	(void)state;
	assert_true(sf_param(buf, all, "branch", &param));
	assert_text(buf, param.value, "z9");
	assert_true(sf_param(buf, all, "rport", &param));
	assert_false(param.has_value);
	assert_true(sf_param(buf, all, "tag", &param));
	assert_text(buf, param.value, "2");
	assert_false(sf_param(buf, all, "ta", &param));
	assert_text(buf, param.value, "2");
	assert_false(sf_param("", whole(0), "tag", &param));
	/* what stands behind an error was not read */
	assert_false(sf_param(";a;;tag=1", whole(9), "tag", &param));
}

static const struct CMUnitTest tests[] = {
	TEST(lists),
	TEST(addresses),
	TEST(bad_addresses),
	TEST(params),
	TEST(find),
};

int main(void)
{
	return run(tests, ARRAY_SIZE(tests));
}
