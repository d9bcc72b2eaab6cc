// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * streams.c - what the core makes of the RTP in a capture
 *
 * Prints a line for each source port:
 *
 *	PORT SOURCES EXPECTED LOST REORDERED DUPLICATES MEAN MAX
 *
 * where MEAN and MAX are jitter in microseconds, the former of all packets that
 * had one before them. The capture is a pcap of this machine's byte order with
 * raw IPv4 and UDP in it, nothing else.
 */
#include <stdio.h>
#include <stdlib.h>

#include <sipfast/rtp.h>

#define UDP_AT 20
#define RTP_AT 28

/**
 * struct stream - what comes from one port
 * @rtp: as the core sees it
 * @sum: of the jitter after each packet
 * @packets: how many those are
 */
struct stream {
	struct sf_rtp rtp;
	double sum;
	u32 packets;
};

static struct stream streams[65536];

struct record {
	u32 s;
	u32 us;
	u32 len;
	u32 was;
};

static void die(const char *what)
{
	fprintf(stderr, "streams: %s\n", what);
	exit(1);
}

static void take(const struct record *r, const u8 *packet)
{
	struct stream *stream;
	struct sf_rtp_head h;
	u32 sources;

	if (r->len <= RTP_AT || packet[9] != 17 ||
	    !sf_rtp_parse(&h, packet + RTP_AT, r->len - RTP_AT,
			  r->len - RTP_AT))
		die("a packet that is not RTP");
	stream = &streams[packet[UDP_AT] << 8 | packet[UDP_AT + 1]];
	sources = stream->rtp.sources;
	sf_rtp_seen(&stream->rtp, &h, NULL,
		    r->s * 1000000000ull + r->us * 1000ull);
	if (!sources)
		return;
	stream->sum += (double)stream->rtp.jitter / 16e3;
	stream->packets++;
}

static void print(u32 port)
{
	const struct stream *stream = &streams[port];
	struct sf_rtp_totals t;

	sf_rtp_totals(&stream->rtp, &t);
	if (!t.sources)
		return;
	printf("%u %u %llu %llu %llu %llu %.1f %u\n", port, t.sources,
	       (unsigned long long)t.expected, (unsigned long long)t.lost,
	       (unsigned long long)t.reordered,
	       (unsigned long long)t.duplicates,
	       stream->packets ? stream->sum / stream->packets : 0.0,
	       t.jitter_max_us);
}

int main(int argc, char **argv)
{
	FILE *in = argc == 2 ? fopen(argv[1], "rb") : NULL;
	static u8 packet[65536];
	struct record r;
	u32 port;

	if (!in || fread(packet, 24, 1, in) != 1)
		die("no capture");
	while (fread(&r, sizeof(r), 1, in) == 1) {
		if (r.len > sizeof(packet) ||
		    fread(packet, 1, r.len, in) != r.len)
			die("a capture that is cut");
		take(&r, packet);
	}
	for (port = 0; port < 65536; port++)
		print(port);
	return 0;
}
