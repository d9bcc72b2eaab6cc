// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tls_accept - as little as there can be around OpenSSL
 *
 *	tls_accept PORT CERTIFICATE KEY PROCESSES
 *
 * Each process accepts connections on 127.0.0.1, shakes hands, and answers what
 * it reads with the same response always, line ends with a line end, until the
 * peer is gone. What a SIP server costs beyond that is its own.
 */
#include <arpa/inet.h>
#include <err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define TEXT_MAX	4096
#define EVENTS		64
#define PROCESSES_MAX	16

static const char answer[] =
	"SIP/2.0 200 OK\r\n"
	"Via: SIP/2.0/TLS 127.1.0.1:40000;branch=z9hG4bK1000-1\r\n"
	"From: <sip:user1000@example.net>;tag=1000\r\n"
	"To: <sip:user1000@example.net>;tag=d0f3a1b7c59e2468\r\n"
	"Call-ID: 1000-3c26700c1adb-a7f2c1@192.0.2.17\r\n"
	"CSeq: 1 REGISTER\r\n"
	"Contact: <sip:user1000@127.1.0.1:40000;transport=tls;line=q4xkv1s2>;"
	"expires=3600\r\n"
	"Content-Length: 0\r\n\r\n";

static SSL_CTX *context(const char *certificate, const char *key)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());

	if (!ctx || SSL_CTX_use_certificate_chain_file(ctx, certificate) != 1 ||
	    SSL_CTX_use_PrivateKey_file(ctx, key, SSL_FILETYPE_PEM) != 1)
		errx(1, "certificate");
	SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
	SSL_CTX_set_num_tickets(ctx, 1);
	SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS);
	return ctx;
}

static int listener(unsigned short port)
{
	struct sockaddr_in here = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
		.sin_port = htons(port),
	};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;

	if (fd < 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) ||
	    bind(fd, (struct sockaddr *)&here, sizeof(here)) ||
	    listen(fd, 1024))
		err(1, "port %u", port);
	return fd;
}

/* Return: false: it is over. */
static bool is_open(const SSL *ssl, int result)
{
	return SSL_get_error(ssl, result) == SSL_ERROR_WANT_READ;
}

static bool serve(SSL *ssl)
{
	char text[TEXT_MAX];
	int n = SSL_accept(ssl);

	if (n != 1)
		return is_open(ssl, n);
	while ((n = SSL_read(ssl, text, sizeof(text))) > 0)
		SSL_write(ssl, text[0] == '\r' ? "\r\n" : answer,
			  text[0] == '\r' ? 2 : (int)sizeof(answer) - 1);
	return is_open(ssl, n);
}

static void watch(int epoll, int fd, SSL *ssl)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = ssl };

	if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event))
		err(1, "epoll");
}

static void take(SSL_CTX *ctx, int listener, int epoll)
{
	int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
	SSL *ssl = fd < 0 ? NULL : SSL_new(ctx);

	if (fd < 0)
		return;
	if (!ssl || !SSL_set_fd(ssl, fd))
		errx(1, "memory is short");
	watch(epoll, fd, ssl);
}

static void run(SSL_CTX *ctx, int listener)
{
	struct epoll_event events[EVENTS];
	int i, n, fd, epoll = epoll_create1(0);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	watch(epoll, listener, NULL);
	for (;;) {
		n = epoll_wait(epoll, events, EVENTS, -1);
		for (i = 0; i < n; i++) {
			SSL *ssl = events[i].data.ptr;

			if (!ssl) {
				take(ctx, listener, epoll);
			} else if (!serve(ssl)) {
				fd = SSL_get_fd(ssl);
				SSL_free(ssl);
				close(fd);
			}
		}
	}
}

int main(int argc, char **argv)
{
	int fd, i, processes = argc == 5 ? atoi(argv[4]) : 0;
	SSL_CTX *ctx;

	if (processes < 1 || processes > PROCESSES_MAX)
		errx(2, "usage: %s PORT CERTIFICATE KEY PROCESSES", argv[0]);
	signal(SIGPIPE, SIG_IGN);
	ctx = context(argv[2], argv[3]);
	fd = listener((unsigned short)atoi(argv[1]));
	for (i = 0; i < processes; i++)
		if (!fork())
			run(ctx, fd);
	while (wait(NULL) > 0)
		;
	return 0;
}
