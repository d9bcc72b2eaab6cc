// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * confsecret.c - the file that has a trunk's password
 *
 * What is read goes from the system into one buffer, which is wiped: that of a FILE
 * is freed as it is.
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "confread.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECRET_MAX	1000

/*
 * The first line, without its end, which needs SECRET_MAX + 1 bytes. Return: its
 * length; more than SECRET_MAX when it is too long.
 */
static size_t read_line(int file, char *line)
{
	size_t len = 0;
	ssize_t got = 1;
	char *end;

	while (got > 0 && len <= SECRET_MAX && !memchr(line, '\n', len)) {
		got = read(file, line + len, SECRET_MAX + 1 - len);
		len += got > 0 ? (size_t)got : 0;
	}
	end = memchr(line, '\n', len);
	if (end)
		len = (size_t)(end - line);
	while (len && len <= SECRET_MAX && line[len - 1] == '\r')
		len--;
	return len;
}

static char *first_line(cfg_t *trunk, int file)
{
	char line[SECRET_MAX + 1], *secret = NULL;
	size_t len = read_line(file, line);

	if (!len)
		cfg_error(trunk, "trunk %s: the first line of secret-file is empty",
			  cfg_title(trunk));
	else if (len > SECRET_MAX)
		cfg_error(trunk, "trunk %s: the first line of secret-file has more than %d bytes",
			  cfg_title(trunk), SECRET_MAX);
	else
		secret = strndup(line, len);
	explicit_bzero(line, sizeof(line));
	return secret;
}

char *sf_take_secret(cfg_t *trunk)
{
	const char *name = cfg_getstr(trunk, "secret-file");
	char *secret = NULL;
	struct stat st;
	int file;

	if (sf_conf_unseen(trunk, name))
		return NULL;
	file = open(name, O_RDONLY | O_CLOEXEC);
	if (file < 0) {
		cfg_error(trunk, "trunk %s: secret-file %s: %s",
			  cfg_title(trunk), name, strerror(errno));
		return NULL;
	}
	if (fstat(file, &st) || st.st_mode & 0007)
		cfg_error(trunk, "trunk %s: everybody may read %s; chmod o= %s",
			  cfg_title(trunk), name, name);
	else
		secret = first_line(trunk, file);
	close(file);
	return secret;
}
