// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * conf.c - a trunk's password is read, and nothing that is freed still has it; and
 * how many workers there are
 */
#include "test.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../../daemon/app/confread.h"

#define WORD	"sesame"

/* How often memory was given back that had a part of one. */
static u32 left;

/* Sanitizers have their own. */
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
void __libc_free(void *at);

void free(void *at)
{
	if (at && memmem(at, malloc_usable_size(at), WORD, strlen(WORD)))
		left++;
	__libc_free(at);
}
#endif

/* conf.c has the whole daemon behind it. */
bool sf_conf_unseen(cfg_t *section, const char *file)
{
	(void)section;
	(void)file;
	return false;
}

static char said[512];

static void tell(cfg_t *cfg, const char *format, va_list args)
{
	(void)cfg;
	vsnprintf(said, sizeof(said), format, args);
}

/* What the daemon takes from a file that holds @text; NULL: and says why not. */
static char *take(const char *text, mode_t mode)
{
	static cfg_opt_t trunk[] = {
		CFG_STR("secret-file", NULL, CFGF_NODEFAULT),
		CFG_END()
	};
	static cfg_opt_t options[] = {
		CFG_SEC("trunk", trunk, CFGF_TITLE | CFGF_MULTI),
		CFG_END()
	};
	char name[] = "/tmp/sipfast-secret-XXXXXX", line[100], *secret;
	int file = mkstemp(name);
	cfg_t *cfg = cfg_init(options, CFGF_NONE);

	assert_int_equal(write(file, text, strlen(text)), strlen(text));
	fchmod(file, mode);
	close(file);
	snprintf(line, sizeof(line), "trunk x { secret-file = \"%s\" }", name);
	cfg_set_error_function(cfg, tell);
	assert_int_equal(cfg_parse_buf(cfg, line), CFG_SUCCESS);
	said[0] = '\0';
	left = 0;
	secret = sf_take_secret(cfg_getnsec(cfg, "trunk", 0));
	assert_int_equal(left, 0);
	cfg_free(cfg);
	unlink(name);
	return secret;
}

static void taken(const char *text, const char *want)
{
	char *secret = take(text, 0600);

	row("%s", text);
	assert_non_null(secret);
	assert_string_equal(secret, want);
	explicit_bzero(secret, strlen(secret));
	free(secret);
}

static void first_line(void **state)
{
	(void)state;
	taken(WORD, WORD);
	taken(WORD "\n", WORD);
	taken(WORD "\r\n" WORD "2\n", WORD);
	taken("an open\t\"" WORD "\" \r\r\n", "an open\t\"" WORD "\" ");
	assert_null(take("\n" WORD "\n", 0600));
	assert_string_equal(said, "trunk x: the first line of secret-file is empty");
	assert_null(take("", 0600));
	assert_null(take(WORD, 0604));
	assert_memory_equal(said, "trunk x: everybody may read ", 28);
}

static void long_lines(void **state)
{
	static char text[3001];
	char want[1001] = "";
	u32 i;

	(void)state;
	for (i = 0; i + 6 < sizeof(text); i += 6)
		memcpy(text + i, WORD, 6);
	memcpy(want, text, 1000);
	assert_null(take(text, 0600));
	assert_string_equal(said, "trunk x: the first line of secret-file has more than 1000 bytes");
	text[1001] = '\n';
	assert_null(take(text, 0600));
	text[1000] = '\n';
	taken(text, want);
}

static void workers(void **state)
{
	struct sf_conf conf = { .workers = 3 };

	(void)state;
	assert_int_equal(sf_conf_workers(&conf, 300), 3);
	conf.workers = 0;
	assert_int_equal(sf_conf_workers(&conf, 1), 1);
	assert_int_equal(sf_conf_workers(&conf, 64), 64);
	assert_int_equal(sf_conf_workers(&conf, 300), 64);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(first_line),
		TEST(long_lines),
		TEST(workers),
	};

	return run(tests, ARRAY_SIZE(tests));
}
