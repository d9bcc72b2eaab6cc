// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tls_load - phones on TLS connections, a bounded number of them
 *
 *	tls_load PORT VERSION COUNT register|ping|resume
 *	tls_load PORT VERSION COUNT hold
 *
 * The first way: COUNT connections to 127.0.0.1, WINDOW at a time. Each shakes
 * hands, says one thing, and is gone, with a reset, when that is answered: a
 * REGISTER, or two line ends (RFC 5626, 3.5.1), by which it is known that the
 * server has done its part. With resume all but the first go on with the first
 * one's session.
 *
 * The second way: all of them register and stay. For each line of input all that
 * are left register again on the connections that they have.
 *
 * Each round ends in one line: how many were answered, how many of those
 * sessions were resumed, and how many connections have been lost so far. VERSION
 * is 1.2 or 1.3; the suite is ECDHE with X25519 and AES-128-GCM in both.
 */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define WINDOW		32
#define COUNT_MAX	100000
#define SILENCE_MS	20000
#define LIFE_S		600
#define EVENTS		64
#define TEXT_MAX	2048

enum state {
	NOT_YET,
	SHAKING,
	WAITING,	/* for an answer */
	QUIET,
	GONE,
};

struct phone {
	SSL *ssl;
	int fd;
	unsigned int number;
	unsigned int cseq;
	enum state state;
};

static struct {
	SSL_CTX *ctx;
	SSL_SESSION *session;
	struct phone *phones;
	unsigned int count;
	unsigned int under_way;
	unsigned int answered;
	unsigned int resumed;
	unsigned int lost;
	unsigned short port;
	int epoll;
	bool hold;
	bool ping;
	bool resume;
} load;

static const char request[] =
	"REGISTER sip:example.net SIP/2.0\r\n"
	"Via: SIP/2.0/TLS %s:%u;branch=z9hG4bK%u-%u\r\n"
	"Max-Forwards: 70\r\n"
	"From: <sip:user%u@example.net>;tag=%u\r\n"
	"To: <sip:user%u@example.net>\r\n"
	"Call-ID: %u-3c26700c1adb-a7f2c1@192.0.2.17\r\n"
	"CSeq: %u REGISTER\r\n"
	"User-Agent: phone 10.1.46.16 0004132a1b2c\r\n"
	"Contact: <sip:user%u@%s:%u;transport=tls;line=q4xkv1s2>\r\n"
	"Expires: 3600\r\n"
	"Content-Length: 0\r\n\r\n";

static void leave(struct phone *phone)
{
	struct linger now = { .l_onoff = 1 };

	/* Or the session would be taken for a bad one. */
	SSL_set_shutdown(phone->ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
	SSL_free(phone->ssl);
	setsockopt(phone->fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
	close(phone->fd);
	phone->state = GONE;
}

static void lose(struct phone *phone)
{
	if (phone->state != QUIET)
		load.under_way--;
	load.lost++;
	leave(phone);
}

static void say(struct phone *phone)
{
	char text[TEXT_MAX] = "\r\n\r\n", host[INET_ADDRSTRLEN];
	struct sockaddr_in here;
	socklen_t size = sizeof(here);
	unsigned int n = phone->number, port;
	int len = 4;

	if (!load.ping) {
		getsockname(phone->fd, (struct sockaddr *)&here, &size);
		inet_ntop(AF_INET, &here.sin_addr, host, sizeof(host));
		port = ntohs(here.sin_port);
		phone->cseq++;
		len = snprintf(text, sizeof(text), request, host, port, n,
			       phone->cseq, n, n, n, n, phone->cseq, n, host,
			       port);
	}
	phone->state = WAITING;
	/* The socket's buffer has room for that. */
	if (SSL_write(phone->ssl, text, len) != len)
		lose(phone);
}

static void answered(struct phone *phone)
{
	load.under_way--;
	load.answered++;
	load.resumed += SSL_session_reused(phone->ssl);
	if (load.hold)
		phone->state = QUIET;
	else
		leave(phone);
}

static bool is_waiting(const struct phone *phone, int result)
{
	int what = SSL_get_error(phone->ssl, result);

	return what == SSL_ERROR_WANT_READ || what == SSL_ERROR_WANT_WRITE;
}

static void hear(struct phone *phone)
{
	const char *good = load.ping ? "\r\n" : "SIP/2.0 200 ";
	char text[TEXT_MAX];
	int n;

	while (phone->state != GONE) {
		n = SSL_read(phone->ssl, text, sizeof(text));
		if (n <= 0 && is_waiting(phone, n))
			return;
		if (n < (int)strlen(good) || memcmp(text, good, strlen(good)))
			lose(phone);
		else if (phone->state == WAITING)
			answered(phone);
	}
}

static void go_on(struct phone *phone)
{
	int n;

	if (phone->state == SHAKING) {
		n = SSL_do_handshake(phone->ssl);
		if (n == 1)
			say(phone);
		else if (!is_waiting(phone, n))
			lose(phone);
	}
	if (phone->state == WAITING || phone->state == QUIET)
		hear(phone);
}

/* From one of many addresses, as phones are. */
static int call(unsigned int number)
{
	struct sockaddr_in here = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(0x7f010001 + number % 250 +
					 (number / 250 % 250 << 8)),
	}, there = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
		.sin_port = htons(load.port),
	};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;

	if (fd < 0 ||
	    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on,
		       sizeof(on)) ||
	    bind(fd, (struct sockaddr *)&here, sizeof(here)) ||
	    (connect(fd, (struct sockaddr *)&there, sizeof(there)) &&
	     errno != EINPROGRESS))
		err(1, "connection %u", number);
	return fd;
}

static void arrive(struct phone *phone)
{
	struct epoll_event event = {
		.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = phone,
	};

	phone->fd = call(phone->number);
	phone->ssl = SSL_new(load.ctx);
	if (!phone->ssl || !SSL_set_fd(phone->ssl, phone->fd))
		errx(1, "memory is short");
	SSL_set_connect_state(phone->ssl);
	if (load.session)
		SSL_set_session(phone->ssl, load.session);
	phone->state = SHAKING;
	if (epoll_ctl(load.epoll, EPOLL_CTL_ADD, phone->fd, &event))
		err(1, "epoll");
}

static void start(struct phone *phone)
{
	if (phone->state == GONE)
		return;
	load.under_way++;
	if (phone->state == NOT_YET)
		arrive(phone);
	else
		say(phone);
}

/* Return: false: nothing happens any more. */
static bool await(int ms)
{
	struct epoll_event events[EVENTS];
	int i, n = epoll_wait(load.epoll, events, EVENTS, ms);

	for (i = 0; i < n; i++)
		if (events[i].data.ptr)
			go_on(events[i].data.ptr);
	return n > 0;
}

static unsigned int window(void)
{
	return load.resume && !load.session ? 1 : WINDOW;
}

static void round_of_all(void)
{
	unsigned int next = 0;

	load.answered = 0;
	load.resumed = 0;
	while (next < load.count || load.under_way) {
		while (next < load.count && load.under_way < window())
			start(&load.phones[next++]);
		if (load.under_way && !await(SILENCE_MS))
			break;
	}
	/* Who left without being asked. */
	while (await(0))
		;
	printf("%u %u %u\n", load.answered, load.resumed, load.lost);
	fflush(stdout);
}

static int keep(SSL *ssl, SSL_SESSION *session)
{
	(void)ssl;
	if (!load.resume || load.session)
		return 0;
	load.session = session;
	/* A session that goes on would be removed from the cache: for good. */
	SSL_CTX_set_session_cache_mode(load.ctx, SSL_SESS_CACHE_OFF);
	return 1;
}

static SSL_CTX *context(int version)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());

	if (!ctx || !SSL_CTX_set_min_proto_version(ctx, version) ||
	    !SSL_CTX_set_max_proto_version(ctx, version) ||
	    !SSL_CTX_set_cipher_list(ctx, "ECDHE+AESGCM+AES128") ||
	    !SSL_CTX_set_ciphersuites(ctx, "TLS_AES_128_GCM_SHA256") ||
	    !SSL_CTX_set1_groups_list(ctx, "X25519"))
		errx(1, "OpenSSL");
	SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS);
	SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT |
					    SSL_SESS_CACHE_NO_INTERNAL);
	SSL_CTX_sess_set_new_cb(ctx, keep);
	return ctx;
}

static void set_up(char **argv)
{
	struct rlimit limit;
	unsigned int i;

	load.port = (unsigned short)atoi(argv[1]);
	load.ctx = context(strcmp(argv[2], "1.3") ? TLS1_2_VERSION :
						    TLS1_3_VERSION);
	load.count = (unsigned int)atoi(argv[3]);
	load.hold = !strcmp(argv[4], "hold");
	load.resume = !strcmp(argv[4], "resume");
	load.ping = load.resume || !strcmp(argv[4], "ping");
	load.epoll = epoll_create1(0);
	load.phones = calloc(load.count, sizeof(*load.phones));
	if (load.count > COUNT_MAX || load.epoll < 0 || !load.phones)
		errx(1, "so many cannot be");
	for (i = 0; i < load.count; i++)
		load.phones[i].number = i;
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

int main(int argc, char **argv)
{
	char line[16];

	if (argc != 5)
		errx(2, "usage: %s PORT VERSION COUNT register|ping|resume|hold",
		     argv[0]);
	alarm(LIFE_S);
	signal(SIGPIPE, SIG_IGN);
	set_up(argv);
	round_of_all();
	while (load.hold && fgets(line, sizeof(line), stdin))
		round_of_all();
	return 0;
}
