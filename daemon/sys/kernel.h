/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kernel.h - the link to the kernel module
 *
 * Requests, dumps and notifications of the generic netlink family "sipfast"
 * (include/uapi/linux/sipfast.h), decoded into small structs. Nothing here
 * prints, and nothing outside daemon/sys knows which library reads netlink.
 *
 * A link belongs to the network namespace that its thread was in when it was
 * opened, and to one thread at a time. Errors are negative errno values:
 *
 *   -ENOENT      the family is missing (the module is not loaded), or the
 *                object asked for does not exist
 *   -EPERM       no CAP_NET_ADMIN in the network namespace
 *   -EOPNOTSUPP  the module does not know the request
 *   -EBADMSG     an answer breaks the contract
 *   -ENOBUFS     notifications were lost
 */
#ifndef SIPFAST_SYS_KERNEL_H
#define SIPFAST_SYS_KERNEL_H

#include <stdbool.h>
#include <stdint.h>

#include <linux/sipfast.h>

/* An IPv6 prefix in brackets, a colon, a port, and the final NUL. */
#define SF_ENDPOINT_LEN	64

/* Room for a prefix as text, with its NUL. */
#define SF_PREFIX_LEN	56

/**
 * struct sf_endpoint - an address and a port
 * @family: AF_INET, AF_INET6, or AF_UNSPEC: there is none
 * @has_port: @port holds; otherwise any port is meant
 * @bits: bits of the address that count; 0: all
 * @port: in host order
 * @addr: in network order, 4 or 16 bytes; the rest is zero
 */
struct sf_endpoint {
	uint8_t family;
	bool has_port;
	uint8_t bits;
	uint16_t port;
	uint8_t addr[16];
};

/*
 * The fields below bear the names, units and meaning of the attributes in the
 * uapi header. @present has one bit for each attribute that the message held;
 * the other fields are zero or NULL. Strings point into the message: they
 * live until the callback returns, and may hold any byte but NUL.
 */

/* Whether a struct of this file holds the attribute with this number. */
#define sf_has(info, attr)	(((info)->present >> (attr)) & 1U)

/**
 * struct sf_prefix - a prefix
 * @family: AF_INET or AF_INET6
 * @len: bits that count
 * @addr: in network order, 4 or 16 bytes; the rest is zero
 */
struct sf_prefix {
	uint8_t family;
	uint8_t len;
	uint8_t addr[16];
};

/**
 * struct sf_prefixes - a list of prefixes
 * @count: entries in @item
 */
struct sf_prefixes {
	uint8_t count;
	struct sf_prefix item[SIPFAST_PREFIXES_MAX];
};

struct sf_config_info {
	uint32_t present;
	uint16_t media_port_min;
	uint16_t media_port_max;
	uint8_t media_source;
	uint8_t registration_source;
	uint32_t call_limit;
	uint32_t registration_limit;
	uint32_t pinhole_limit;
	uint32_t call_timeout;
	uint32_t setup_timeout;
	uint32_t media_timeout;
	struct sf_prefixes media_hosts;
	struct sf_prefixes registration_hosts;
	uint8_t hairpin;
	uint8_t tcp;
	uint8_t fastpath;
	uint8_t audio_dscp;
	uint8_t video_dscp;
	uint32_t loss_alarm;
	uint32_t jitter_alarm;
	uint32_t mark_mask;
};

struct sf_call_info {
	uint32_t present;
	uint32_t id;
	const char *call_id;
	const char *from;
	const char *to;
	uint8_t state;
	uint8_t end;
	uint16_t status;
	struct sf_endpoint caller;
	struct sf_endpoint callee;
	struct sf_endpoint caller_mapped;
	struct sf_endpoint callee_mapped;
	uint16_t zone;
	uint32_t age;
	uint32_t duration;
	uint32_t dialogs;
	uint32_t expires;
	uint64_t cookie;
};

struct sf_flow_info {
	uint32_t present;
	struct sf_endpoint source;
	struct sf_endpoint target;
	struct sf_endpoint source_mapped;
	struct sf_endpoint target_inside;
	uint32_t expires;
	uint32_t calls;
	uint32_t registered;
};

struct sf_dialog_info {
	uint32_t present;
	const char *caller_tag;
	const char *callee_tag;
	uint8_t state;
	uint32_t media;
};

struct sf_offer_info {
	uint32_t present;
	uint32_t cseq;
	uint8_t caller;
	uint8_t response;
	uint8_t media;
	const char *type;
	uint8_t usable;
	struct sf_endpoint endpoint;
	struct sf_endpoint mapped;
};

struct sf_port_info {
	uint32_t present;
	struct sf_endpoint endpoint;
	uint16_t rtcp;
	struct sf_endpoint mapped;
};

struct sf_decision_info {
	uint32_t present;
	const char *name;
	const char *text;
	uint8_t media;
	uint8_t caller;
	const char *method;
	uint16_t status;
	uint32_t times;
	uint32_t at;
};

struct sf_rtp_info {
	uint32_t present;
	uint32_t ssrc;
	uint32_t sources;
	uint8_t payload;
	uint32_t payloads;
	const char *encoding;
	uint32_t clock;
	uint64_t expected;
	uint64_t lost;
	uint64_t reordered;
	uint64_t duplicates;
	uint32_t jitter;
	uint32_t jitter_max;
	uint32_t recent;
	uint32_t digits;
};

struct sf_report_info {
	uint32_t present;
	uint32_t age;
	uint32_t fraction;
	uint32_t lost;
	uint32_t jitter;
	uint32_t rtt;
};

struct sf_direction_info {
	uint32_t present;
	struct sf_endpoint source;
	struct sf_endpoint target;
	struct sf_endpoint source_mapped;
	struct sf_endpoint target_inside;
	uint64_t packets;
	uint64_t bytes;
	uint32_t first;
	uint32_t last;
	struct sf_endpoint admits;
	uint32_t strangers;
	struct sf_endpoint stranger;
	uint64_t rtcp;
	uint64_t fast;
	uint8_t promoted;
	const char *declined;
	uint64_t other;
	uint8_t silent;
	uint8_t poor;
	struct sf_rtp_info rtp;
	struct sf_report_info report;
};

struct sf_stream_info {
	uint32_t present;
	uint32_t id;
	uint32_t call;
	uint8_t media;
	const char *type;
	uint8_t kind;
	struct sf_direction_info forward;
	struct sf_direction_info reverse;
	uint32_t age;
	uint8_t event;
	uint8_t event_forward;
	uint8_t secure;
	uint8_t idle;
};

struct sf_registration_info {
	uint32_t present;
	uint32_t id;
	const char *aor;
	struct sf_endpoint contact;
	struct sf_endpoint mapped;
	struct sf_endpoint registrar;
	uint16_t zone;
	uint32_t expires;
};

struct sf_table_info {
	uint32_t present;
	const char *name;
	uint32_t used;
	uint32_t limit;
};

struct sf_counter_info {
	uint32_t present;
	const char *name;
	const char *text;
	uint64_t value;
};

/* Bytes of a message; they may be any, and end in no NUL. */
struct sf_bytes {
	const char *data;
	uint32_t len;
};

struct sf_message_info {
	uint32_t present;
	uint32_t number;
	uint64_t time;
	struct sf_endpoint source;
	struct sf_endpoint target;
	struct sf_endpoint source_mapped;
	struct sf_endpoint target_inside;
	uint16_t zone;
	uint32_t call;
	const char *call_id;
	uint8_t verdict;
	uint32_t length;
	struct sf_bytes text;
	struct sf_bytes edited;
};

/**
 * struct sf_info - one object that the kernel told of
 * @cmd: enum sipfast_cmd of its message
 * @kind: enum sipfast_attr: which member of the union holds
 */
struct sf_info {
	uint8_t cmd;
	uint16_t kind;
	union {
		struct sf_config_info config;
		struct sf_call_info call;
		struct sf_stream_info stream;
		struct sf_registration_info registration;
		struct sf_table_info table;
		struct sf_counter_info counter;
		struct sf_flow_info flow;
		struct sf_dialog_info dialog;
		struct sf_offer_info offer;
		struct sf_port_info port;
		struct sf_decision_info decision;
		struct sf_message_info message;
	};
};

/**
 * typedef sf_info_fn - is given each object
 * @info: valid until it returns
 * @arg: the caller's
 *
 * Return: 0 to go on; anything else ends the walk, and is its result.
 */
typedef int (*sf_info_fn)(const struct sf_info *info, void *arg);

struct sf_kernel;

/**
 * sf_kernel_open() - find the family and make a link to it
 * @kernel: the link, to be closed by the caller; written only on success
 */
int sf_kernel_open(struct sf_kernel **kernel);

/**
 * sf_kernel_close() - end a link; NULL is none
 */
void sf_kernel_close(struct sf_kernel *kernel);

/**
 * sf_kernel_loaded() - is the module there?
 *
 * Opening a link asks for it, and so loads it where it is installed; this does
 * not.
 */
bool sf_kernel_loaded(void);

/**
 * struct sf_fault - what the kernel said about a request
 * @message: its sentence, "" when it gave none; valid until the next request
 * @attr: the attribute that it blames, as numbered in its nest; 0 if none
 * @ranged: that attribute has a range, from @min to @max
 */
struct sf_fault {
	const char *message;
	uint16_t attr;
	bool ranged;
	uint64_t min;
	uint64_t max;
};

/**
 * sf_kernel_fault() - what the kernel said about the last request
 */
struct sf_fault sf_kernel_fault(const struct sf_kernel *kernel);

/**
 * sf_kernel_interrupted() - was the last dump changed while it was read?
 *
 * What it delivered then may lack entries or hold some twice.
 */
bool sf_kernel_interrupted(const struct sf_kernel *kernel);

/**
 * sf_kernel_get() - ask for all objects of a kind
 * @cmd: SIPFAST_CMD_GET_CONFIG, _CALL, _STREAM, _REGISTRATION or _STATS
 * @fn: called for each
 *
 * Return: 0, what @fn returned, or a negative error.
 */
int sf_kernel_get(struct sf_kernel *kernel, uint8_t cmd, sf_info_fn fn,
		  void *arg);

/**
 * sf_kernel_get_call() - ask for all about one call
 * @id: its number
 * @fn: called for the call, then for its parts: flow, dialogs, offers, ports,
 *	decisions
 *
 * Return: as sf_kernel_get(); -ENOENT when there is no such call.
 */
int sf_kernel_get_call(struct sf_kernel *kernel, uint32_t id, sf_info_fn fn,
		       void *arg);

/**
 * sf_kernel_set_config() - change the settings that @config->present names
 *
 * All of them change or, on an error, none.
 */
int sf_kernel_set_config(struct sf_kernel *kernel,
			 const struct sf_config_info *config);

#define SF_KERNEL_CALLS	1U	/* the multicast group "call" */
#define SF_KERNEL_MEDIA	2U	/* the multicast group "media" */
#define SF_KERNEL_SIP	4U	/* the multicast group "sip" */

/**
 * sf_kernel_subscribe() - join multicast groups
 * @groups: SF_KERNEL_* bits
 *
 * From then on the link is for sf_kernel_receive() alone: requests go over
 * another one.
 */
int sf_kernel_subscribe(struct sf_kernel *kernel, unsigned int groups);

/**
 * sf_kernel_fd() - what to poll for input before sf_kernel_receive()
 */
int sf_kernel_fd(const struct sf_kernel *kernel);

/**
 * sf_kernel_receive() - take the notifications that have come
 * @fn: called for each
 *
 * Does not wait. After -ENOBUFS some were lost, and after -EBADMSG one could
 * not be read; the link goes on working.
 *
 * Return: 0, what @fn returned, or a negative error.
 */
int sf_kernel_receive(struct sf_kernel *kernel, sf_info_fn fn, void *arg);

/**
 * sf_endpoint_text() - "192.0.2.1:5060", "[2001:db8::1]:5060", "192.0.2.1:*",
 * "192.0.2.0/24:*"
 * @buf: takes the text, at least SF_ENDPOINT_LEN bytes
 *
 * Return: @buf; "-" when there is no address.
 */
const char *sf_endpoint_text(const struct sf_endpoint *endpoint, char *buf);

/**
 * sf_address_text() - the same without the port: "192.0.2.1", "2001:db8::1"
 */
const char *sf_address_text(const struct sf_endpoint *endpoint, char *buf);

/**
 * sf_prefix_text() - "192.0.2.0/24", "2001:db8::/32"
 * @buf: takes the text, at least SF_PREFIX_LEN bytes
 *
 * Return: @buf.
 */
const char *sf_prefix_text(const struct sf_prefix *prefix, char *buf);

/**
 * sf_endpoint_same() - are two endpoints equal?
 */
bool sf_endpoint_same(const struct sf_endpoint *a, const struct sf_endpoint *b);

#endif /* SIPFAST_SYS_KERNEL_H */
