/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/*
 * sipfast.h - the generic netlink family "sipfast"
 *
 * What the module tells and takes. Documentation/netlink/sipfast.yaml says the
 * same for machines.
 *
 * Every command, dump and multicast group belongs to one network namespace,
 * the caller's, and needs CAP_NET_ADMIN in the user namespace that owns it:
 * the answers tell who calls whom.
 *
 * Attributes that a reader does not know are to be ignored; attributes that
 * the module does not know are refused when something is set. Nests carry
 * NLA_F_NESTED. Numbers are in host byte order, except ports and addresses,
 * which are in network byte order. Strings are NUL-terminated; text that came
 * from a message has bytes outside printable ASCII replaced by '?'.
 *
 *   GET_CONFIG           do    -> CONFIG
 *   SET_CONFIG           do       some attributes of CONFIG
 *   GET_CALL             do       CALL with its CALL_ID -> CALL, FLOW, then
 *                                 DIALOG, OFFER, PORT and DECISION each;
 *                        dump  -> CALL each
 *   GET_STREAM           dump  -> STREAM each
 *   GET_REGISTRATION     dump  -> REGISTRATION each
 *   GET_STATS            dump  -> TABLE each, then COUNTER each
 *   MEDIA_OPEN           do       MEDIA -> CALL with its ID
 *   MEDIA_CLOSE          do       MEDIA with its CALL and END
 *
 * The module reads the signalling that it sees. What it cannot read (TLS, or
 * what ends at a proxy on this router) somebody else can: MEDIA_OPEN hands over
 * an offer and the answer to it (RFC 3264), and makes a call like any other,
 * whose media is let in as its two ends wrote it. The next offer and answer of
 * the same dialog name that call, and take the place of the former; what is
 * refused changes nothing. It ends by MEDIA_CLOSE, by the timeouts that end any
 * call, and with the module: not with whoever opened it, who may come back and
 * finds it by its COOKIE.
 *
 * Notifications carry the same top-level attributes as the dumps:
 *
 *   group "call":  CALL_NEW_NTF, CALL_CHANGE_NTF, CALL_END_NTF,
 *                  REGISTRATION_NEW_NTF, REGISTRATION_END_NTF
 *   group "media": STREAM_NEW_NTF, STREAM_CHANGE_NTF, STREAM_END_NTF
 *   group "sip":   MESSAGE_NTF: DECISION each, then MESSAGE
 *
 * In the texts of messages every character of a secret is replaced by '*':
 * what answers a challenge or could be used to answer one, keys of media,
 * passwords, and what was dialled (bodies of INFO).
 */
#ifndef _UAPI_LINUX_SIPFAST_H
#define _UAPI_LINUX_SIPFAST_H

#define SIPFAST_GENL_NAME	"sipfast"
#define SIPFAST_GENL_VERSION	1
#define SIPFAST_MCGRP_CALL	"call"
#define SIPFAST_MCGRP_MEDIA	"media"
#define SIPFAST_MCGRP_SIP	"sip"

/* Bytes of a message that are reported; what is longer is cut. */
#define SIPFAST_MESSAGE_TEXT	4096

enum sipfast_cmd {
	SIPFAST_CMD_UNSPEC,
	SIPFAST_CMD_GET_CONFIG,
	SIPFAST_CMD_SET_CONFIG,
	SIPFAST_CMD_GET_CALL,
	SIPFAST_CMD_CALL_NEW_NTF,
	SIPFAST_CMD_CALL_CHANGE_NTF,
	SIPFAST_CMD_CALL_END_NTF,
	SIPFAST_CMD_GET_STREAM,
	SIPFAST_CMD_STREAM_NEW_NTF,
	SIPFAST_CMD_STREAM_CHANGE_NTF,
	SIPFAST_CMD_STREAM_END_NTF,
	SIPFAST_CMD_GET_REGISTRATION,
	SIPFAST_CMD_REGISTRATION_NEW_NTF,
	SIPFAST_CMD_REGISTRATION_END_NTF,
	SIPFAST_CMD_GET_STATS,
	SIPFAST_CMD_MESSAGE_NTF,
	SIPFAST_CMD_MEDIA_OPEN,
	SIPFAST_CMD_MEDIA_CLOSE,

	__SIPFAST_CMD_MAX,
	SIPFAST_CMD_MAX = __SIPFAST_CMD_MAX - 1
};

/**
 * enum sipfast_attr - top level of every message
 * @SIPFAST_A_PAD: padding
 * @SIPFAST_A_CONFIG: nest of enum sipfast_config_attr
 * @SIPFAST_A_CALL: nest of enum sipfast_call_attr
 * @SIPFAST_A_STREAM: nest of enum sipfast_stream_attr
 * @SIPFAST_A_REGISTRATION: nest of enum sipfast_registration_attr
 * @SIPFAST_A_TABLE: nest of enum sipfast_table_attr
 * @SIPFAST_A_COUNTER: nest of enum sipfast_counter_attr
 * @SIPFAST_A_FLOW: nest of enum sipfast_flow_attr
 * @SIPFAST_A_DIALOG: nest of enum sipfast_dialog_attr
 * @SIPFAST_A_OFFER: nest of enum sipfast_offer_attr
 * @SIPFAST_A_PORT: nest of enum sipfast_port_attr
 * @SIPFAST_A_DECISION: nest of enum sipfast_decision_attr
 * @SIPFAST_A_MESSAGE: nest of enum sipfast_message_attr
 * @SIPFAST_A_MEDIA: nest of enum sipfast_media_attr
 */
enum sipfast_attr {
	SIPFAST_A_UNSPEC,
	SIPFAST_A_PAD,
	SIPFAST_A_CONFIG,
	SIPFAST_A_CALL,
	SIPFAST_A_STREAM,
	SIPFAST_A_REGISTRATION,
	SIPFAST_A_TABLE,
	SIPFAST_A_COUNTER,
	SIPFAST_A_FLOW,
	SIPFAST_A_DIALOG,
	SIPFAST_A_OFFER,
	SIPFAST_A_PORT,
	SIPFAST_A_DECISION,
	SIPFAST_A_MESSAGE,
	SIPFAST_A_MEDIA,

	__SIPFAST_A_MAX,
	SIPFAST_A_MAX = __SIPFAST_A_MAX - 1
};

/**
 * enum sipfast_media_source - whose packets a pinhole lets in
 * @SIPFAST_SOURCE_SDP: the address that the peer named in its SDP, from any
 *			port
 * @SIPFAST_SOURCE_ANY: any address and port
 * @SIPFAST_SOURCE_PREFIX: any address in the same /24, or /64 of IPv6, as
 *			SOURCE_SDP
 */
enum sipfast_media_source {
	SIPFAST_SOURCE_SDP,
	SIPFAST_SOURCE_ANY,
	SIPFAST_SOURCE_PREFIX,
};

/* Prefixes in one list at most. */
#define SIPFAST_PREFIXES_MAX	16

/**
 * enum sipfast_prefixes_attr - a list of prefixes; each is one attribute
 * @SIPFAST_A_PREFIXES_IP4: 5 bytes: an address, and how many of its bits count
 * @SIPFAST_A_PREFIXES_IP6: 17 bytes, likewise
 */
enum sipfast_prefixes_attr {
	SIPFAST_A_PREFIXES_UNSPEC,
	SIPFAST_A_PREFIXES_IP4,
	SIPFAST_A_PREFIXES_IP6,

	__SIPFAST_A_PREFIXES_MAX,
	SIPFAST_A_PREFIXES_MAX = __SIPFAST_A_PREFIXES_MAX - 1
};

/**
 * enum sipfast_tcp - what is done to SIP over TCP
 * @SIPFAST_TCP_WATCH: it is read, and no byte is changed
 * @SIPFAST_TCP_EDIT: messages that lie whole in a segment are edited, on
 *	connections that begin from now on
 */
enum sipfast_tcp {
	SIPFAST_TCP_WATCH,
	SIPFAST_TCP_EDIT,
};

/**
 * enum sipfast_label - bits of the connection labels of media
 * @SIPFAST_LABEL_AUDIO: set by us: it is audio
 * @SIPFAST_LABEL_VIDEO: set by us: it is video
 * @SIPFAST_LABEL_NO_FASTPATH: set by a rule: it is to pass all rules, always
 */
enum sipfast_label {
	SIPFAST_LABEL_AUDIO = 124,
	SIPFAST_LABEL_VIDEO,
	/* 126 is kept for media that is relayed. */
	SIPFAST_LABEL_NO_FASTPATH = 127,
};

/*
 * What a packet's mark says of the SIP that it carries, from the lowest bit of the
 * mask (SIPFAST_A_CONFIG_MARK_MASK) on: the method, enum sipfast_mark_method, of a
 * response that of the request that it answers; the class of a response, 1 to 6,
 * or 0 of a request; and flags.
 */
#define SIPFAST_MARK_METHOD		0x000f
#define SIPFAST_MARK_CLASS		0x0070
#define SIPFAST_MARK_CLASS_SHIFT	4
/* A request outside a dialog: there is no tag in To. */
#define SIPFAST_MARK_INITIAL		0x0080
/* It belongs to a call that is followed, and comes from one of its parties. */
#define SIPFAST_MARK_IN_DIALOG		0x0100
/* It has a session description, or a body of several parts. */
#define SIPFAST_MARK_SDP		0x0200
/* It is no SIP; or a header of those that all have is missing, wrong, or double. */
#define SIPFAST_MARK_MALFORMED		0x0400
/* A request that says it comes from a tool that looks for victims. */
#define SIPFAST_MARK_SCANNER		0x0800
/* From an endpoint that is registered where it sends this to. */
#define SIPFAST_MARK_REGISTERED		0x1000
/* Data of TCP that begins no whole message, or several datagrams in one buffer. */
#define SIPFAST_MARK_UNCLASSIFIED	0x2000
#define SIPFAST_MARK_ALL		0x3fff

/**
 * enum sipfast_mark_method - methods in SIPFAST_MARK_METHOD
 * @SIPFAST_MARK_METHOD_NONE: no message begins here
 * @SIPFAST_MARK_METHOD_INVITE: and so on
 * @SIPFAST_MARK_METHOD_OTHER: one that is not in this list
 */
enum sipfast_mark_method {
	SIPFAST_MARK_METHOD_NONE,
	SIPFAST_MARK_METHOD_INVITE,
	SIPFAST_MARK_METHOD_ACK,
	SIPFAST_MARK_METHOD_BYE,
	SIPFAST_MARK_METHOD_CANCEL,
	SIPFAST_MARK_METHOD_REGISTER,
	SIPFAST_MARK_METHOD_OPTIONS,
	SIPFAST_MARK_METHOD_PRACK,
	SIPFAST_MARK_METHOD_UPDATE,
	SIPFAST_MARK_METHOD_INFO,
	SIPFAST_MARK_METHOD_SUBSCRIBE,
	SIPFAST_MARK_METHOD_NOTIFY,
	SIPFAST_MARK_METHOD_REFER,
	SIPFAST_MARK_METHOD_MESSAGE,
	SIPFAST_MARK_METHOD_PUBLISH,
	SIPFAST_MARK_METHOD_OTHER,
};

/* Packets leave with the DSCP that they came with, or that a rule gave them. */
#define SIPFAST_DSCP_KEEP	255

/* Seconds over which loss is looked at for SIPFAST_STREAM_POOR. */
#define SIPFAST_INTERVAL	5

/**
 * enum sipfast_config_attr - settings of a namespace
 * @SIPFAST_A_CONFIG_MEDIA_PORT_MIN: u16, host order, even, 1024 at least:
 *	first port of the media pool
 * @SIPFAST_A_CONFIG_MEDIA_PORT_MAX: u16, host order, odd: last one
 * @SIPFAST_A_CONFIG_MEDIA_SOURCE: u8, enum sipfast_media_source
 * @SIPFAST_A_CONFIG_REGISTRATION_SOURCE: u8, enum sipfast_media_source;
 *	SDP stands for the registrar's address here
 * @SIPFAST_A_CONFIG_CALL_LIMIT: u32, calls at most
 * @SIPFAST_A_CONFIG_REGISTRATION_LIMIT: u32, registrations at most
 * @SIPFAST_A_CONFIG_PINHOLE_LIMIT: u32, pinholes at most
 * @SIPFAST_A_CONFIG_CALL_TIMEOUT: u32, seconds, 32 to 604800, after which an
 *	answered call is forgotten when neither a message nor media of it has
 *	been seen
 * @SIPFAST_A_CONFIG_SETUP_TIMEOUT: u32, the same for one not yet answered
 * @SIPFAST_A_CONFIG_MEDIA_TIMEOUT: u32, the same range: how long the media of
 *	an answered call that is not on hold may be silent once it has flowed
 * @SIPFAST_A_CONFIG_MEDIA_HOSTS: nest of enum sipfast_prefixes_attr, addresses
 *	that an inside endpoint may name in its SDP besides its own; replaces
 *	the list
 * @SIPFAST_A_CONFIG_REGISTRATION_HOSTS: nest of enum sipfast_prefixes_attr,
 *	who may reach a registered contact besides REGISTRATION_SOURCE; likewise
 * @SIPFAST_A_CONFIG_HAIRPIN: u8, 0 or 1: media between two inside endpoints that
 *	were told each other's mapped address is delivered here
 * @SIPFAST_A_CONFIG_TCP: u8, enum sipfast_tcp
 * @SIPFAST_A_CONFIG_FASTPATH: u8, 0 or 1: media is forwarded where it comes in;
 *	0 ends that at once for all that is forwarded so
 * @SIPFAST_A_CONFIG_AUDIO_DSCP: u8, 0 to 63: DSCP that audio leaves with; or
 *	SIPFAST_DSCP_KEEP
 * @SIPFAST_A_CONFIG_VIDEO_DSCP: u8, the same for video
 * @SIPFAST_A_CONFIG_LOSS_ALARM: u32, per mille, 1 to 1000: a direction that
 *	loses as much within SIPFAST_INTERVAL seconds is poor
 * @SIPFAST_A_CONFIG_JITTER_ALARM: u32, milliseconds, 1 to 10000: or one of audio
 *	whose jitter is as high at the end of them
 * @SIPFAST_A_CONFIG_MARK_MASK: u32, bits of a packet's mark that say what SIP it
 *	carries, SIPFAST_MARK_*: neighbours, as many as SIPFAST_MARK_ALL has at
 *	least; 0: none
 */
enum sipfast_config_attr {
	SIPFAST_A_CONFIG_UNSPEC,
	SIPFAST_A_CONFIG_MEDIA_PORT_MIN,
	SIPFAST_A_CONFIG_MEDIA_PORT_MAX,
	SIPFAST_A_CONFIG_MEDIA_SOURCE,
	SIPFAST_A_CONFIG_REGISTRATION_SOURCE,
	SIPFAST_A_CONFIG_CALL_LIMIT,
	SIPFAST_A_CONFIG_REGISTRATION_LIMIT,
	SIPFAST_A_CONFIG_PINHOLE_LIMIT,
	SIPFAST_A_CONFIG_CALL_TIMEOUT,
	SIPFAST_A_CONFIG_SETUP_TIMEOUT,
	SIPFAST_A_CONFIG_MEDIA_TIMEOUT,
	SIPFAST_A_CONFIG_MEDIA_HOSTS,
	SIPFAST_A_CONFIG_REGISTRATION_HOSTS,
	SIPFAST_A_CONFIG_HAIRPIN,
	SIPFAST_A_CONFIG_TCP,
	SIPFAST_A_CONFIG_FASTPATH,
	SIPFAST_A_CONFIG_AUDIO_DSCP,
	SIPFAST_A_CONFIG_VIDEO_DSCP,
	SIPFAST_A_CONFIG_LOSS_ALARM,
	SIPFAST_A_CONFIG_JITTER_ALARM,
	SIPFAST_A_CONFIG_MARK_MASK,

	__SIPFAST_A_CONFIG_MAX,
	SIPFAST_A_CONFIG_MAX = __SIPFAST_A_CONFIG_MAX - 1
};

/**
 * enum sipfast_endpoint_attr - an address and a port
 * @SIPFAST_A_ENDPOINT_ADDR4: 4 bytes
 * @SIPFAST_A_ENDPOINT_ADDR6: 16 bytes
 * @SIPFAST_A_ENDPOINT_PORT: u16, network order; absent: any
 * @SIPFAST_A_ENDPOINT_BITS: u8, bits of the address that count; absent: all
 */
enum sipfast_endpoint_attr {
	SIPFAST_A_ENDPOINT_UNSPEC,
	SIPFAST_A_ENDPOINT_ADDR4,
	SIPFAST_A_ENDPOINT_ADDR6,
	SIPFAST_A_ENDPOINT_PORT,
	SIPFAST_A_ENDPOINT_BITS,

	__SIPFAST_A_ENDPOINT_MAX,
	SIPFAST_A_ENDPOINT_MAX = __SIPFAST_A_ENDPOINT_MAX - 1
};

/**
 * enum sipfast_call_state - how far a call is
 * @SIPFAST_CALL_SETUP: INVITE seen, no answer
 * @SIPFAST_CALL_RINGING: a 18x seen
 * @SIPFAST_CALL_UP: answered by a 2xx
 * @SIPFAST_CALL_CLOSING: BYE seen, its final response not yet
 * @SIPFAST_CALL_ENDED: over (only in notifications)
 */
enum sipfast_call_state {
	SIPFAST_CALL_SETUP,
	SIPFAST_CALL_RINGING,
	SIPFAST_CALL_UP,
	SIPFAST_CALL_CLOSING,
	SIPFAST_CALL_ENDED,
};

/**
 * enum sipfast_call_end - why a call ended
 * @SIPFAST_END_NONE: it has not
 * @SIPFAST_END_BYE: BYE, or a response that ends its dialog
 * @SIPFAST_END_REJECTED: the INVITE got a final response other than 2xx; or
 *	MEDIA_OPEN failed
 * @SIPFAST_END_TIMEOUT: neither a message nor media for the configured time
 * @SIPFAST_END_FLUSHED: the module, or the namespace, went away
 * @SIPFAST_END_ADDRESS: the router lost an address that it was translated to
 * @SIPFAST_END_SESSION: its session interval passed without a refresh (RFC 4028)
 * @SIPFAST_END_IDLE: its media was silent for the configured time
 */
enum sipfast_call_end {
	SIPFAST_END_NONE,
	SIPFAST_END_BYE,
	SIPFAST_END_REJECTED,
	SIPFAST_END_TIMEOUT,
	SIPFAST_END_FLUSHED,
	SIPFAST_END_ADDRESS,
	SIPFAST_END_SESSION,
	SIPFAST_END_IDLE,
};

/**
 * enum sipfast_call_attr - one leg of a call
 * @SIPFAST_A_CALL_ID: u32, number of the leg
 * @SIPFAST_A_CALL_CALL_ID: string, the Call-ID
 * @SIPFAST_A_CALL_FROM: string, URI of From of the first INVITE
 * @SIPFAST_A_CALL_TO: string, URI of To
 * @SIPFAST_A_CALL_STATE: u8, enum sipfast_call_state
 * @SIPFAST_A_CALL_END: u8, enum sipfast_call_end; in CALL_END_NTF
 * @SIPFAST_A_CALL_STATUS: u16, status code of the INVITE's last response;
 *	absent before the first
 * @SIPFAST_A_CALL_CALLER: nest of enum sipfast_endpoint_attr, where the first
 *	INVITE came from (before translation)
 * @SIPFAST_A_CALL_CALLEE: likewise, where it went (after translation)
 * @SIPFAST_A_CALL_CALLER_MAPPED: the caller as the callee sees it; absent when
 *	it is not translated
 * @SIPFAST_A_CALL_CALLEE_MAPPED: the callee as the caller sees it; likewise
 * @SIPFAST_A_CALL_ZONE: u16, conntrack zone; absent for zone 0
 * @SIPFAST_A_CALL_AGE: u32, milliseconds since the first INVITE
 * @SIPFAST_A_CALL_DURATION: u32, milliseconds since the 2xx; absent before
 * @SIPFAST_A_CALL_DIALOGS: u32, dialogs (more than one: it forked)
 * @SIPFAST_A_CALL_EXPIRES: u32, milliseconds until it is forgotten if neither
 *	a message nor media comes
 * @SIPFAST_A_CALL_PAD: padding
 * @SIPFAST_A_CALL_COOKIE: u64, SIPFAST_A_MEDIA_COOKIE of a call that MEDIA_OPEN
 *	made; absent of others. Such a call has no FLOW.
 */
enum sipfast_call_attr {
	SIPFAST_A_CALL_UNSPEC,
	SIPFAST_A_CALL_ID,
	SIPFAST_A_CALL_CALL_ID,
	SIPFAST_A_CALL_FROM,
	SIPFAST_A_CALL_TO,
	SIPFAST_A_CALL_STATE,
	SIPFAST_A_CALL_END,
	SIPFAST_A_CALL_STATUS,
	SIPFAST_A_CALL_CALLER,
	SIPFAST_A_CALL_CALLEE,
	SIPFAST_A_CALL_CALLER_MAPPED,
	SIPFAST_A_CALL_CALLEE_MAPPED,
	SIPFAST_A_CALL_ZONE,
	SIPFAST_A_CALL_AGE,
	SIPFAST_A_CALL_DURATION,
	SIPFAST_A_CALL_DIALOGS,
	SIPFAST_A_CALL_EXPIRES,
	SIPFAST_A_CALL_PAD,
	SIPFAST_A_CALL_COOKIE,

	__SIPFAST_A_CALL_MAX,
	SIPFAST_A_CALL_MAX = __SIPFAST_A_CALL_MAX - 1
};

/* Bytes of a session description that is handed over. */
#define SIPFAST_SDP_MAX		8192

/* Bytes of a Call-ID that is followed. */
#define SIPFAST_CALL_ID_MAX	255

/**
 * enum sipfast_media_attr - a dialog whose media is to be opened, or closed
 * @SIPFAST_A_MEDIA_PAD: padding
 * @SIPFAST_A_MEDIA_CALL: u32, SIPFAST_A_CALL_ID of a call that MEDIA_OPEN made:
 *	what is to be closed, or has agreed anew; absent: MEDIA_OPEN makes a new one
 * @SIPFAST_A_MEDIA_COOKIE: u64, whatever lets its owner know it again; of a new
 *	call, as is everything from here to @ZONE
 * @SIPFAST_A_MEDIA_CALL_ID: string, the Call-ID
 * @SIPFAST_A_MEDIA_FROM: string, URI of From of the first INVITE
 * @SIPFAST_A_MEDIA_TO: string, URI of To
 * @SIPFAST_A_MEDIA_CALLER_TAG: string, the caller's tag; may be absent, as
 *	@CALLEE_TAG
 * @SIPFAST_A_MEDIA_CALLEE_TAG: string, the callee's
 * @SIPFAST_A_MEDIA_CALLER: nest of enum sipfast_endpoint_attr, where the
 *	signalling of the caller comes from
 * @SIPFAST_A_MEDIA_CALLEE: likewise of the callee, of the same family
 * @SIPFAST_A_MEDIA_ZONE: u16, conntrack zone; absent: 0
 * @SIPFAST_A_MEDIA_OFFER: binary, SIPFAST_SDP_MAX bytes at most: the session
 *	description that was offered
 * @SIPFAST_A_MEDIA_ANSWER: binary, likewise: the answer
 * @SIPFAST_A_MEDIA_CALLEE_OFFERS: u8, 1: the callee made the offer; absent or 0:
 *	the caller
 * @SIPFAST_A_MEDIA_CALLER_NAMES: u8, 1: the caller's description may name any
 *	address, because it is a carrier, or trusted like one; absent or 0: the
 *	address in @CALLER, or one of MEDIA_HOSTS
 * @SIPFAST_A_MEDIA_CALLEE_NAMES: u8, the same of the callee
 * @SIPFAST_A_MEDIA_ANSWERED: u8, 1: a 2xx has answered the INVITE; absent or 0:
 *	not yet
 * @SIPFAST_A_MEDIA_SILENCE: u32, seconds, for this call in place of
 *	MEDIA_TIMEOUT; absent: that holds
 * @SIPFAST_A_MEDIA_END: u8, enum sipfast_call_end: why it is closed; absent:
 *	SIPFAST_END_BYE
 */
enum sipfast_media_attr {
	SIPFAST_A_MEDIA_UNSPEC,
	SIPFAST_A_MEDIA_PAD,
	SIPFAST_A_MEDIA_CALL,
	SIPFAST_A_MEDIA_COOKIE,
	SIPFAST_A_MEDIA_CALL_ID,
	SIPFAST_A_MEDIA_FROM,
	SIPFAST_A_MEDIA_TO,
	SIPFAST_A_MEDIA_CALLER_TAG,
	SIPFAST_A_MEDIA_CALLEE_TAG,
	SIPFAST_A_MEDIA_CALLER,
	SIPFAST_A_MEDIA_CALLEE,
	SIPFAST_A_MEDIA_ZONE,
	SIPFAST_A_MEDIA_OFFER,
	SIPFAST_A_MEDIA_ANSWER,
	SIPFAST_A_MEDIA_CALLEE_OFFERS,
	SIPFAST_A_MEDIA_CALLER_NAMES,
	SIPFAST_A_MEDIA_CALLEE_NAMES,
	SIPFAST_A_MEDIA_ANSWERED,
	SIPFAST_A_MEDIA_SILENCE,
	SIPFAST_A_MEDIA_END,

	__SIPFAST_A_MEDIA_MAX,
	SIPFAST_A_MEDIA_MAX = __SIPFAST_A_MEDIA_MAX - 1
};

/**
 * enum sipfast_flow_attr - the connection that a call hangs on
 * @SIPFAST_A_FLOW_SOURCE: nest of enum sipfast_endpoint_attr, who began it
 * @SIPFAST_A_FLOW_TARGET: nest of enum sipfast_endpoint_attr, where to
 * @SIPFAST_A_FLOW_SOURCE_MAPPED: the first as the other sees it; absent when
 *	it is not translated
 * @SIPFAST_A_FLOW_TARGET_INSIDE: where packets to @TARGET are delivered;
 *	likewise
 * @SIPFAST_A_FLOW_EXPIRES: u32, seconds until conntrack forgets it
 * @SIPFAST_A_FLOW_CALLS: u32, calls that keep it
 * @SIPFAST_A_FLOW_REGISTERED: u32, seconds for which a registration keeps it;
 *	absent when none does
 */
enum sipfast_flow_attr {
	SIPFAST_A_FLOW_UNSPEC,
	SIPFAST_A_FLOW_SOURCE,
	SIPFAST_A_FLOW_TARGET,
	SIPFAST_A_FLOW_SOURCE_MAPPED,
	SIPFAST_A_FLOW_TARGET_INSIDE,
	SIPFAST_A_FLOW_EXPIRES,
	SIPFAST_A_FLOW_CALLS,
	SIPFAST_A_FLOW_REGISTERED,

	__SIPFAST_A_FLOW_MAX,
	SIPFAST_A_FLOW_MAX = __SIPFAST_A_FLOW_MAX - 1
};

/**
 * enum sipfast_dialog_state - how far a dialog is (RFC 3261, 12)
 * @SIPFAST_DIALOG_EARLY: no 2xx yet
 * @SIPFAST_DIALOG_CONFIRMED: answered by a 2xx
 * @SIPFAST_DIALOG_CLOSING: BYE seen, its final response not yet
 */
enum sipfast_dialog_state {
	SIPFAST_DIALOG_EARLY,
	SIPFAST_DIALOG_CONFIRMED,
	SIPFAST_DIALOG_CLOSING,
};

/**
 * enum sipfast_dialog_attr - one dialog of a call
 * @SIPFAST_A_DIALOG_CALLER_TAG: string, the caller's tag, cut at 32 bytes
 * @SIPFAST_A_DIALOG_CALLEE_TAG: string, the callee's
 * @SIPFAST_A_DIALOG_STATE: u8, enum sipfast_dialog_state
 * @SIPFAST_A_DIALOG_MEDIA: u32, a bit for each m= line that is open, the first
 *	one is bit 0
 */
enum sipfast_dialog_attr {
	SIPFAST_A_DIALOG_UNSPEC,
	SIPFAST_A_DIALOG_CALLER_TAG,
	SIPFAST_A_DIALOG_CALLEE_TAG,
	SIPFAST_A_DIALOG_STATE,
	SIPFAST_A_DIALOG_MEDIA,

	__SIPFAST_A_DIALOG_MAX,
	SIPFAST_A_DIALOG_MAX = __SIPFAST_A_DIALOG_MAX - 1
};

/**
 * enum sipfast_offer_attr - one m= line of an offer that may be answered still
 * @SIPFAST_A_OFFER_CSEQ: u32, CSeq number of its message
 * @SIPFAST_A_OFFER_CALLER: u8, 1: the caller made it; 0: the callee
 * @SIPFAST_A_OFFER_RESPONSE: u8, 1: it came in a response
 * @SIPFAST_A_OFFER_MEDIA: u8, which m= line, from 0
 * @SIPFAST_A_OFFER_TYPE: string, its type: "audio", "video", ...
 * @SIPFAST_A_OFFER_USABLE: u8, 1: media can be opened to it
 * @SIPFAST_A_OFFER_ENDPOINT: nest of enum sipfast_endpoint_attr, where the
 *	endpoint receives; absent unless @USABLE
 * @SIPFAST_A_OFFER_MAPPED: the same as the other side sees it; absent when it
 *	is not translated
 */
enum sipfast_offer_attr {
	SIPFAST_A_OFFER_UNSPEC,
	SIPFAST_A_OFFER_CSEQ,
	SIPFAST_A_OFFER_CALLER,
	SIPFAST_A_OFFER_RESPONSE,
	SIPFAST_A_OFFER_MEDIA,
	SIPFAST_A_OFFER_TYPE,
	SIPFAST_A_OFFER_USABLE,
	SIPFAST_A_OFFER_ENDPOINT,
	SIPFAST_A_OFFER_MAPPED,

	__SIPFAST_A_OFFER_MAX,
	SIPFAST_A_OFFER_MAX = __SIPFAST_A_OFFER_MAX - 1
};

/**
 * enum sipfast_port_attr - a pair of ports that stands for an endpoint
 * @SIPFAST_A_PORT_ENDPOINT: nest of enum sipfast_endpoint_attr, the endpoint
 * @SIPFAST_A_PORT_RTCP: u16, host order, its own RTCP port; absent when it has
 *	none
 * @SIPFAST_A_PORT_MAPPED: nest of enum sipfast_endpoint_attr, the even port of
 *	the pair
 */
enum sipfast_port_attr {
	SIPFAST_A_PORT_UNSPEC,
	SIPFAST_A_PORT_ENDPOINT,
	SIPFAST_A_PORT_RTCP,
	SIPFAST_A_PORT_MAPPED,

	__SIPFAST_A_PORT_MAX,
	SIPFAST_A_PORT_MAX = __SIPFAST_A_PORT_MAX - 1
};

/**
 * enum sipfast_decision_attr - what was not done, and why
 * @SIPFAST_A_DECISION_NAME: string, the name of its counter
 * @SIPFAST_A_DECISION_TEXT: string, the sentence of its counter
 * @SIPFAST_A_DECISION_MEDIA: u8, which m= line, from 0; absent when it is about
 *	none
 * @SIPFAST_A_DECISION_CALLER: u8, 1: about a message of the caller; 0: of the
 *	callee. This and what follows is absent in MESSAGE_NTF.
 * @SIPFAST_A_DECISION_METHOD: string, method of the message, or that it answers
 * @SIPFAST_A_DECISION_STATUS: u16, status code; absent for a request
 * @SIPFAST_A_DECISION_TIMES: u32, how often; the rest is of the first time
 * @SIPFAST_A_DECISION_AT: u32, milliseconds from the beginning of the call
 */
enum sipfast_decision_attr {
	SIPFAST_A_DECISION_UNSPEC,
	SIPFAST_A_DECISION_NAME,
	SIPFAST_A_DECISION_TEXT,
	SIPFAST_A_DECISION_MEDIA,
	SIPFAST_A_DECISION_CALLER,
	SIPFAST_A_DECISION_METHOD,
	SIPFAST_A_DECISION_STATUS,
	SIPFAST_A_DECISION_TIMES,
	SIPFAST_A_DECISION_AT,

	__SIPFAST_A_DECISION_MAX,
	SIPFAST_A_DECISION_MAX = __SIPFAST_A_DECISION_MAX - 1
};

/**
 * enum sipfast_verdict - what became of a message
 * @SIPFAST_VERDICT_PASSED: it went on as it came
 * @SIPFAST_VERDICT_EDITED: addresses in it were translated
 * @SIPFAST_VERDICT_UNREAD: it was not understood, and went on as it came
 */
enum sipfast_verdict {
	SIPFAST_VERDICT_PASSED,
	SIPFAST_VERDICT_EDITED,
	SIPFAST_VERDICT_UNREAD,
};

/**
 * enum sipfast_message_attr - one message that the helper saw
 * @SIPFAST_A_MESSAGE_PAD: padding
 * @SIPFAST_A_MESSAGE_NUMBER: u32, counts the messages that were reported: where
 *	one is missing it was lost. Two CPUs may report out of order.
 * @SIPFAST_A_MESSAGE_TIME: u64, nanoseconds since the epoch
 * @SIPFAST_A_MESSAGE_SOURCE: nest of enum sipfast_endpoint_attr, who sent it
 * @SIPFAST_A_MESSAGE_TARGET: nest of enum sipfast_endpoint_attr, where to
 * @SIPFAST_A_MESSAGE_SOURCE_MAPPED: the sender as the receiver sees it; absent
 *	when it is not translated
 * @SIPFAST_A_MESSAGE_TARGET_INSIDE: where it was delivered; likewise
 * @SIPFAST_A_MESSAGE_ZONE: u16, conntrack zone; absent for zone 0
 * @SIPFAST_A_MESSAGE_CALL: u32, SIPFAST_A_CALL_ID of its call; absent when it
 *	has none
 * @SIPFAST_A_MESSAGE_CALL_ID: string, the Call-ID; absent when it has none that
 *	can be read
 * @SIPFAST_A_MESSAGE_VERDICT: u8, enum sipfast_verdict
 * @SIPFAST_A_MESSAGE_LENGTH: u32, bytes as it came
 * @SIPFAST_A_MESSAGE_TEXT: binary, the first SIPFAST_MESSAGE_TEXT bytes of it,
 *	as it came; absent when it is no SIP at all
 * @SIPFAST_A_MESSAGE_EDITED: binary, likewise as it went on; absent unless it
 *	was edited
 */
enum sipfast_message_attr {
	SIPFAST_A_MESSAGE_UNSPEC,
	SIPFAST_A_MESSAGE_PAD,
	SIPFAST_A_MESSAGE_NUMBER,
	SIPFAST_A_MESSAGE_TIME,
	SIPFAST_A_MESSAGE_SOURCE,
	SIPFAST_A_MESSAGE_TARGET,
	SIPFAST_A_MESSAGE_SOURCE_MAPPED,
	SIPFAST_A_MESSAGE_TARGET_INSIDE,
	SIPFAST_A_MESSAGE_ZONE,
	SIPFAST_A_MESSAGE_CALL,
	SIPFAST_A_MESSAGE_CALL_ID,
	SIPFAST_A_MESSAGE_VERDICT,
	SIPFAST_A_MESSAGE_LENGTH,
	SIPFAST_A_MESSAGE_TEXT,
	SIPFAST_A_MESSAGE_EDITED,

	__SIPFAST_A_MESSAGE_MAX,
	SIPFAST_A_MESSAGE_MAX = __SIPFAST_A_MESSAGE_MAX - 1
};

/**
 * enum sipfast_stream_kind - what a stream carries
 * @SIPFAST_STREAM_RTP: RTP, and its RTCP on the same port or on the one above
 * @SIPFAST_STREAM_RTCP: RTCP on another port
 * @SIPFAST_STREAM_UDP: another protocol over UDP (UDPTL, DTLS/SCTP)
 */
enum sipfast_stream_kind {
	SIPFAST_STREAM_RTP,
	SIPFAST_STREAM_RTCP,
	SIPFAST_STREAM_UDP,
};

/**
 * enum sipfast_stream_event - what STREAM_CHANGE_NTF tells
 * @SIPFAST_STREAM_FIRST: a direction had its first packet
 * @SIPFAST_STREAM_UP: both directions have had theirs
 * @SIPFAST_STREAM_ONE_WAY: a direction is silent for 3 s while the other one is
 *	not, and the call is not on hold
 * @SIPFAST_STREAM_TWO_WAY: that is over
 * @SIPFAST_STREAM_POOR: a direction has become poor (LOSS_ALARM; of audio
 *	JITTER_ALARM, too)
 * @SIPFAST_STREAM_GOOD: that is over, for two intervals
 * @SIPFAST_STREAM_IDLE: both directions are silent for 10 s
 * @SIPFAST_STREAM_RESUMED: that is over
 */
enum sipfast_stream_event {
	SIPFAST_STREAM_FIRST,
	SIPFAST_STREAM_UP,
	SIPFAST_STREAM_ONE_WAY,
	SIPFAST_STREAM_TWO_WAY,
	SIPFAST_STREAM_POOR,
	SIPFAST_STREAM_GOOD,
	SIPFAST_STREAM_IDLE,
	SIPFAST_STREAM_RESUMED,
};

/**
 * enum sipfast_stream_attr - one stream of a call
 * @SIPFAST_A_STREAM_ID: u32, number of the stream
 * @SIPFAST_A_STREAM_CALL: u32, SIPFAST_A_CALL_ID of its call
 * @SIPFAST_A_STREAM_MEDIA: u8, which m= line, from 0
 * @SIPFAST_A_STREAM_TYPE: string, type of the m= line: "audio", "video", ...
 * @SIPFAST_A_STREAM_KIND: u8, enum sipfast_stream_kind
 * @SIPFAST_A_STREAM_FORWARD: nest of enum sipfast_direction_attr, caller to
 *	callee
 * @SIPFAST_A_STREAM_REVERSE: likewise, callee to caller
 * @SIPFAST_A_STREAM_AGE: u32, milliseconds since it was opened
 * @SIPFAST_A_STREAM_EVENT: u8, enum sipfast_stream_event; in STREAM_CHANGE_NTF
 * @SIPFAST_A_STREAM_EVENT_FORWARD: u8, 1: it is about @FORWARD, 0: about
 *	@REVERSE; absent where it is about both
 * @SIPFAST_A_STREAM_SECURE: u8, 1: SRTP, whose reports cannot be read
 * @SIPFAST_A_STREAM_IDLE: u8, 1: SIPFAST_STREAM_IDLE holds
 */
enum sipfast_stream_attr {
	SIPFAST_A_STREAM_UNSPEC,
	SIPFAST_A_STREAM_ID,
	SIPFAST_A_STREAM_CALL,
	SIPFAST_A_STREAM_MEDIA,
	SIPFAST_A_STREAM_TYPE,
	SIPFAST_A_STREAM_KIND,
	SIPFAST_A_STREAM_FORWARD,
	SIPFAST_A_STREAM_REVERSE,
	SIPFAST_A_STREAM_AGE,
	SIPFAST_A_STREAM_EVENT,
	SIPFAST_A_STREAM_EVENT_FORWARD,
	SIPFAST_A_STREAM_SECURE,
	SIPFAST_A_STREAM_IDLE,

	__SIPFAST_A_STREAM_MAX,
	SIPFAST_A_STREAM_MAX = __SIPFAST_A_STREAM_MAX - 1
};

/**
 * enum sipfast_direction_attr - one direction of a stream
 * @SIPFAST_A_DIRECTION_PAD: padding
 * @SIPFAST_A_DIRECTION_SOURCE: nest of enum sipfast_endpoint_attr, who sends:
 *	the endpoint that the sender announced
 * @SIPFAST_A_DIRECTION_TARGET: likewise, the address that it sends to
 * @SIPFAST_A_DIRECTION_SOURCE_MAPPED: the sender as the receiver sees it;
 *	absent when it is not translated
 * @SIPFAST_A_DIRECTION_TARGET_INSIDE: where packets to @TARGET are delivered;
 *	likewise
 * @SIPFAST_A_DIRECTION_PACKETS: u64, packets forwarded
 * @SIPFAST_A_DIRECTION_BYTES: u64, their bytes, IP headers included
 * @SIPFAST_A_DIRECTION_FIRST: u32, milliseconds since the first packet; absent
 *	before it
 * @SIPFAST_A_DIRECTION_LAST: u32, milliseconds since the last one; likewise
 * @SIPFAST_A_DIRECTION_ADMITS: nest of enum sipfast_endpoint_attr, who is let
 *	in: an address and any port, or neither: anybody; absent: nobody
 * @SIPFAST_A_DIRECTION_STRANGERS: u32, new connections from whom it does not
 *	admit
 * @SIPFAST_A_DIRECTION_STRANGER: nest of enum sipfast_endpoint_attr, the last
 *	of these; absent before the first
 * @SIPFAST_A_DIRECTION_RTCP: u64, packets of RTCP on the port above, which
 *	@PACKETS does not count; absent when it is not let in there
 * @SIPFAST_A_DIRECTION_FAST: u64, packets of @PACKETS and @RTCP that were
 *	forwarded in the fast path
 * @SIPFAST_A_DIRECTION_PROMOTED: u8, 1: the next one will be
 * @SIPFAST_A_DIRECTION_DECLINED: string, name of the counter that says why the
 *	last packet was not, or why it is not promoted; absent where nothing stood
 *	in the way
 * @SIPFAST_A_DIRECTION_OTHER: u64, packets of @PACKETS that are no RTP although
 *	they could be: STUN, DTLS, RTCP on the same port
 * @SIPFAST_A_DIRECTION_SILENT: u8, 1: SIPFAST_STREAM_ONE_WAY holds for it
 * @SIPFAST_A_DIRECTION_POOR: u8, 1: SIPFAST_STREAM_POOR holds for it
 * @SIPFAST_A_DIRECTION_RTP: nest of enum sipfast_rtp_attr; absent before the
 *	first packet of RTP
 * @SIPFAST_A_DIRECTION_REPORT: nest of enum sipfast_report_attr; absent before
 *	the first report about it
 */
enum sipfast_direction_attr {
	SIPFAST_A_DIRECTION_UNSPEC,
	SIPFAST_A_DIRECTION_PAD,
	SIPFAST_A_DIRECTION_SOURCE,
	SIPFAST_A_DIRECTION_TARGET,
	SIPFAST_A_DIRECTION_SOURCE_MAPPED,
	SIPFAST_A_DIRECTION_TARGET_INSIDE,
	SIPFAST_A_DIRECTION_PACKETS,
	SIPFAST_A_DIRECTION_BYTES,
	SIPFAST_A_DIRECTION_FIRST,
	SIPFAST_A_DIRECTION_LAST,
	SIPFAST_A_DIRECTION_ADMITS,
	SIPFAST_A_DIRECTION_STRANGERS,
	SIPFAST_A_DIRECTION_STRANGER,
	SIPFAST_A_DIRECTION_RTCP,
	SIPFAST_A_DIRECTION_FAST,
	SIPFAST_A_DIRECTION_PROMOTED,
	SIPFAST_A_DIRECTION_DECLINED,
	SIPFAST_A_DIRECTION_OTHER,
	SIPFAST_A_DIRECTION_SILENT,
	SIPFAST_A_DIRECTION_POOR,
	SIPFAST_A_DIRECTION_RTP,
	SIPFAST_A_DIRECTION_REPORT,

	__SIPFAST_A_DIRECTION_MAX,
	SIPFAST_A_DIRECTION_MAX = __SIPFAST_A_DIRECTION_MAX - 1
};

/**
 * enum sipfast_rtp_attr - what the RTP of a direction is like, here (RFC 3550)
 * @SIPFAST_A_RTP_PAD: padding
 * @SIPFAST_A_RTP_SSRC: u32, the source that sends
 * @SIPFAST_A_RTP_SOURCES: u32, how many there were, one after the other
 * @SIPFAST_A_RTP_PAYLOAD: u8, payload type of the last packet that is not
 *	a digit
 * @SIPFAST_A_RTP_PAYLOADS: u32, how often it changed
 * @SIPFAST_A_RTP_ENCODING: string, what it stands for ("PCMA"); absent when
 *	that is not known
 * @SIPFAST_A_RTP_CLOCK: u32, Hz, of its timestamps; absent when it is not known:
 *	then there is no jitter
 * @SIPFAST_A_RTP_EXPECTED: u64, packets that were sent, by their numbers
 * @SIPFAST_A_RTP_LOST: u64, those of them that did not come
 * @SIPFAST_A_RTP_REORDERED: u64, those that came behind a later one
 * @SIPFAST_A_RTP_DUPLICATES: u64, packets that had come already
 * @SIPFAST_A_RTP_JITTER: u32, microseconds, interarrival jitter (6.4.1)
 * @SIPFAST_A_RTP_JITTER_MAX: u32, the highest so far
 * @SIPFAST_A_RTP_RECENT: u32, per mille lost in the last SIPFAST_INTERVAL
 * @SIPFAST_A_RTP_DIGITS: u32, telephone events (RFC 4733); which is not kept
 */
enum sipfast_rtp_attr {
	SIPFAST_A_RTP_UNSPEC,
	SIPFAST_A_RTP_PAD,
	SIPFAST_A_RTP_SSRC,
	SIPFAST_A_RTP_SOURCES,
	SIPFAST_A_RTP_PAYLOAD,
	SIPFAST_A_RTP_PAYLOADS,
	SIPFAST_A_RTP_ENCODING,
	SIPFAST_A_RTP_CLOCK,
	SIPFAST_A_RTP_EXPECTED,
	SIPFAST_A_RTP_LOST,
	SIPFAST_A_RTP_REORDERED,
	SIPFAST_A_RTP_DUPLICATES,
	SIPFAST_A_RTP_JITTER,
	SIPFAST_A_RTP_JITTER_MAX,
	SIPFAST_A_RTP_RECENT,
	SIPFAST_A_RTP_DIGITS,

	__SIPFAST_A_RTP_MAX,
	SIPFAST_A_RTP_MAX = __SIPFAST_A_RTP_MAX - 1
};

/**
 * enum sipfast_report_attr - what the receiver of a direction says (RFC 3550, 6.4)
 * @SIPFAST_A_REPORT_AGE: u32, milliseconds since its last report
 * @SIPFAST_A_REPORT_FRACTION: u32, per mille lost since the report before
 * @SIPFAST_A_REPORT_LOST: u32, packets lost so far; 0 if it says less
 * @SIPFAST_A_REPORT_JITTER: u32, microseconds; absent when the clock is not
 *	known
 * @SIPFAST_A_REPORT_RTT: u32, microseconds from here to the receiver and back;
 *	absent when no sender's report was seen that it answers
 */
enum sipfast_report_attr {
	SIPFAST_A_REPORT_UNSPEC,
	SIPFAST_A_REPORT_AGE,
	SIPFAST_A_REPORT_FRACTION,
	SIPFAST_A_REPORT_LOST,
	SIPFAST_A_REPORT_JITTER,
	SIPFAST_A_REPORT_RTT,

	__SIPFAST_A_REPORT_MAX,
	SIPFAST_A_REPORT_MAX = __SIPFAST_A_REPORT_MAX - 1
};

/**
 * enum sipfast_registration_attr - one learned contact
 * @SIPFAST_A_REGISTRATION_ID: u32, number of the registration
 * @SIPFAST_A_REGISTRATION_AOR: string, URI of To
 * @SIPFAST_A_REGISTRATION_CONTACT: nest of enum sipfast_endpoint_attr, the
 *	contact as the phone wrote it
 * @SIPFAST_A_REGISTRATION_MAPPED: the contact as the registrar sees it;
 *	absent when it is not translated
 * @SIPFAST_A_REGISTRATION_REGISTRAR: where the REGISTER went
 * @SIPFAST_A_REGISTRATION_ZONE: u16, conntrack zone; absent for zone 0
 * @SIPFAST_A_REGISTRATION_EXPIRES: u32, seconds left
 */
enum sipfast_registration_attr {
	SIPFAST_A_REGISTRATION_UNSPEC,
	SIPFAST_A_REGISTRATION_ID,
	SIPFAST_A_REGISTRATION_AOR,
	SIPFAST_A_REGISTRATION_CONTACT,
	SIPFAST_A_REGISTRATION_MAPPED,
	SIPFAST_A_REGISTRATION_REGISTRAR,
	SIPFAST_A_REGISTRATION_ZONE,
	SIPFAST_A_REGISTRATION_EXPIRES,

	__SIPFAST_A_REGISTRATION_MAX,
	SIPFAST_A_REGISTRATION_MAX = __SIPFAST_A_REGISTRATION_MAX - 1
};

/**
 * enum sipfast_table_attr - how full a table is
 * @SIPFAST_A_TABLE_NAME: string: "calls", "streams", "pinholes", ...
 * @SIPFAST_A_TABLE_USED: u32, entries
 * @SIPFAST_A_TABLE_LIMIT: u32, entries at most
 */
enum sipfast_table_attr {
	SIPFAST_A_TABLE_UNSPEC,
	SIPFAST_A_TABLE_NAME,
	SIPFAST_A_TABLE_USED,
	SIPFAST_A_TABLE_LIMIT,

	__SIPFAST_A_TABLE_MAX,
	SIPFAST_A_TABLE_MAX = __SIPFAST_A_TABLE_MAX - 1
};

/**
 * enum sipfast_counter_attr - one decision, and how often it was taken
 * @SIPFAST_A_COUNTER_PAD: padding
 * @SIPFAST_A_COUNTER_NAME: string, e.g. "sip-rewritten"; names stay
 * @SIPFAST_A_COUNTER_TEXT: string, a sentence about it
 * @SIPFAST_A_COUNTER_VALUE: u64, since the namespace or the module began
 */
enum sipfast_counter_attr {
	SIPFAST_A_COUNTER_UNSPEC,
	SIPFAST_A_COUNTER_PAD,
	SIPFAST_A_COUNTER_NAME,
	SIPFAST_A_COUNTER_TEXT,
	SIPFAST_A_COUNTER_VALUE,

	__SIPFAST_A_COUNTER_MAX,
	SIPFAST_A_COUNTER_MAX = __SIPFAST_A_COUNTER_MAX - 1
};

#endif /* _UAPI_LINUX_SIPFAST_H */
