// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * parse.c - what reading a message costs, beside other parsers
 *
 *   parse FILE ROUNDS   each way of reading the message, in turn
 *   parse hostile       messages made to be slow, of two lengths
 *
 * Prints "NAME NS" lines: nanoseconds for a message, or for a byte of one. All
 * runs in one process, pinned to a CPU, one way after the other in each round.
 * Compiled with COUNT_ALLOCATIONS it fails when ours allocates anything.
 */
#include "parse.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RUN_NS 4000000
#define HOSTILE_ROUNDS 15

char text[SF_MSG_MAX + 1];
u32 text_len;
u32 sink;

void must(int good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "parse: %s\n", what);
	exit(1);
}

static const struct {
	const char *name;
	void (*run)(void);
} ways[] = {
	{ "lines", run_lines },
	{ "index", run_index },
	{ "full", run_full },
	{ "check", run_check },
	{ "osip2", run_osip },
	{ "osip2-full", run_osip_full },
	{ "sofia-sip", run_sofia },
	{ "sofia-sip-full", run_sofia_full },
};

/* What this thread has used of its CPU: others may use it in between. */
static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* Nanoseconds of some calls. */
static double elapsed(void (*run)(void), u32 n)
{
	double start = now();

	while (n--)
		run();
	return now() - start;
}

/* Nanoseconds of one call, of so many that the clock does not matter. */
static double cost(void (*run)(void))
{
	double ns;
	u32 n;

	for (n = 1; (ns = elapsed(run, n)) < RUN_NS; n *= 2)
		;
	return ns / n;
}

static void rounds(u32 count)
{
	u32 i, j;

	for (i = 0; i < ARRAY_SIZE(ways); i++)
		cost(ways[i].run);
	for (i = 0; i < count; i++)
		for (j = 0; j < ARRAY_SIZE(ways); j++)
			printf("%s %.3f\n", ways[j].name, cost(ways[j].run));
}

#define HEAD "INVITE sip:a@b.example SIP/2.0\r\nv: SIP/2.0/UDP c\r\n" \
	"f: <sip:d>\r\nt: <sip:e>\r\ni: 1\r\nCSeq: 1 INVITE\r\n"
#define SDP_HEAD "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\n" \
	"c=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n"

/*
 * struct hostile - what a message is filled with
 * @name: of the row
 * @before: what stands before the filling
 * @fill: is repeated
 * @after: what stands behind it
 * @verdict: of the index: it may refuse, which has to be cheap as well
 */
static const struct hostile {
	const char *name;
	const char *before;
	const char *fill;
	const char *after;
	enum sf_reason verdict;
} hostile[] = {
	{ "folds", HEAD "s:", "\r\n ", "\r\n\r\n", SF_OK },
	{ "commas", HEAD "m: <sip:a>", ",", "\r\n\r\n", SF_OK },
	{ "contacts", HEAD "m: <sip:a>", ",<sip:a>", "\r\n\r\n", SF_OK },
	{ "parameters", HEAD "m: <sip:a>", ";a", "\r\n\r\n", SF_OK },
	{ "letters", HEAD, "a:\r\n", "\r\n", SF_HEADERS },
	{ "candidates", HEAD "c: application/sdp\r\n\r\n" SDP_HEAD,
	  "a=candidate:1 1 UDP 1 192.0.2.1 9 typ host\r\n", "", SF_OK },
	{ "media", HEAD "c: application/sdp\r\n\r\n" SDP_HEAD,
	  "m=audio 9 RTP/AVP 0\r\n", "", SF_OK },
	{ "parts", HEAD "c: multipart/mixed;boundary=a\r\n\r\n",
	  "--a\r\n\r\n\r\n", "--a--\r\n", SF_OK },
	{ "lines", HEAD "c: multipart/mixed;boundary=a\r\n\r\n", "-\r\n", "",
	  SF_OK },
};

static enum sf_reason expected;

static void run_filled(void)
{
	run_hostile(expected);
}

static void fill(const struct hostile *h, u32 len)
{
	u32 n = (u32)strlen(h->before), unit = (u32)strlen(h->fill);
	u32 tail = (u32)strlen(h->after);

	memcpy(text, h->before, n);
	for (; n + unit + tail <= len; n += unit)
		memcpy(text + n, h->fill, unit);
	memcpy(text + n, h->after, tail);
	text_len = n + tail;
	expected = h->verdict;
}

static void hostile_rounds(void)
{
	static const u32 lens[] = { 16384, SF_MSG_MAX };
	u32 i, j, round;

	for (round = 0; round < HOSTILE_ROUNDS; round++)
		for (i = 0; i < ARRAY_SIZE(hostile); i++)
			for (j = 0; j < ARRAY_SIZE(lens); j++) {
				fill(&hostile[i], lens[j]);
				printf("%s-%u %.5f\n", hostile[i].name,
				       lens[j] / 1000, cost(run_filled) / text_len);
			}
}

static void load(const char *file)
{
	FILE *in = fopen(file, "rb");

	must(!!in, "no file");
	text_len = (u32)fread(text, 1, sizeof(text) - 1, in);
	fclose(in);
}

#ifdef COUNT_ALLOCATIONS

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);

static unsigned long allocations;

void *malloc(size_t size)
{
	allocations++;
	return __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
	allocations++;
	return __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
	allocations++;
	return __libc_realloc(old, size);
}

static void count_allocations(void)
{
	unsigned long before = allocations, ours;
	u32 i;

	run_full();
	run_check();
	for (i = 0; i < ARRAY_SIZE(hostile); i++) {
		fill(&hostile[i], SF_MSG_MAX);
		run_filled();
	}
	ours = allocations - before;
	printf("allocations %lu\n", ours);
	must(!ours, "something was allocated");
}

#else

static void count_allocations(void)
{
	must(0, "compiled to measure");
}

#endif

int main(int argc, char **argv)
{
	cpu_set_t cpus;

	CPU_ZERO(&cpus);
	CPU_SET((size_t)sched_getcpu(), &cpus);
	sched_setaffinity(0, sizeof(cpus), &cpus);
	must(argc >= 2, "parse FILE ROUNDS | parse FILE | parse hostile");
	if (!strcmp(argv[1], "hostile")) {
		hostile_rounds();
		return 0;
	}
	load(argv[1]);
	osip_begin();
	if (argc == 2)
		count_allocations();
	else
		rounds((u32)atoi(argv[2]));
	return 0;
}
