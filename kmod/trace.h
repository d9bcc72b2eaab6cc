/* SPDX-License-Identifier: GPL-2.0 */
/*
 * trace.h - tracepoints: every message, call and pinhole as it happens
 *
 * Documentation/tracing.rst has an example. Without a listener a tracepoint
 * costs one jump that is not taken. Nothing here tells who calls whom beyond
 * addresses: Call-IDs and URIs are for the netlink family, which asks for
 * CAP_NET_ADMIN.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM sipfast

#if !defined(_SF_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _SF_TRACE_H

#include <linux/in.h>
#include <linux/in6.h>
#include <linux/tracepoint.h>
#include <sipfast/hdr.h>
#include <sipfast/reason.h>
#include <uapi/linux/sipfast.h>

#include "call.h"
#include "end.h"
#include "packet.h"
#include "pinhole.h"

#ifndef _SF_TRACE_HELPERS
#define _SF_TRACE_HELPERS
static inline void sf_trace_end(void *to, const struct sf_end *end, u8 l3num)
{
	struct sockaddr_in6 *sa6 = to;
	struct sockaddr_in *sa = to;

	memset(to, 0, sizeof(*sa6));
	if (l3num == NFPROTO_IPV4) {
		sa->sin_family = AF_INET;
		sa->sin_addr = end->addr.in;
		sa->sin_port = end->port;
	} else {
		sa6->sin6_family = AF_INET6;
		sa6->sin6_addr = end->addr.in6;
		sa6->sin6_port = end->port;
	}
}
#endif

/* A message that was handled, after its edits were applied or refused. */
TRACE_EVENT(sipfast_message,
	TP_PROTO(const struct sf_packet *pkt),
	TP_ARGS(pkt),
	TP_STRUCT__entry(
		__field(u8, request)
		__field(u8, method)
		__field(u16, status)
		__field(u16, edits)
		__field(int, delta)
		__array(u8, from, sizeof(struct sockaddr_in6))
		__array(u8, to, sizeof(struct sockaddr_in6))
	),
	TP_fast_assign(
		__entry->request = pkt->msg->is_request;
		__entry->method = pkt->msg->method;
		__entry->status = pkt->msg->status;
		__entry->edits = pkt->watch ? 0 : pkt->edits->count;
		__entry->delta = pkt->watch ? 0 : pkt->edits->delta;
		sf_trace_end(__entry->from, &pkt->leg.real[SF_SENDER],
			     pkt->l3num);
		sf_trace_end(__entry->to, &pkt->leg.real[SF_RECEIVER],
			     pkt->l3num);
	),
	TP_printk("%pISpc > %pISpc %s %s status=%u edits=%u delta=%d",
		  __entry->from, __entry->to,
		  __entry->request ? "request" : "response",
		  sf_method_name(__entry->method), __entry->status,
		  __entry->edits, __entry->delta)
);

/* A packet that passed untouched because it was not understood. */
TRACE_EVENT(sipfast_passed,
	TP_PROTO(u8 reason, u32 len),
	TP_ARGS(reason, len),
	TP_STRUCT__entry(
		__field(u8, reason)
		__field(u32, len)
	),
	TP_fast_assign(
		__entry->reason = reason;
		__entry->len = len;
	),
	TP_printk("reason=%s len=%u", sf_reason_name(__entry->reason),
		  __entry->len)
);

/* A call that begins, changes its state or ends: enum sipfast_call_state. */
TRACE_EVENT(sipfast_call,
	TP_PROTO(const struct sf_call *call),
	TP_ARGS(call),
	TP_STRUCT__entry(
		__field(u32, id)
		__field(u8, state)
		__field(u8, end)
		__field(u16, status)
	),
	TP_fast_assign(
		__entry->id = call->id;
		__entry->state = call->state;
		__entry->end = call->end;
		__entry->status = call->status;
	),
	TP_printk("call=%u state=%s status=%u end=%u", __entry->id,
		  __print_symbolic(__entry->state,
				   { SIPFAST_CALL_SETUP, "setup" },
				   { SIPFAST_CALL_RINGING, "ringing" },
				   { SIPFAST_CALL_UP, "up" },
				   { SIPFAST_CALL_CLOSING, "closing" },
				   { SIPFAST_CALL_ENDED, "ended" }),
		  __entry->status, __entry->end)
);

/* With RTCP on the ports above. */
DECLARE_EVENT_CLASS(sipfast_pinhole,
	TP_PROTO(const struct sf_pinhole *ph, bool rtcp),
	TP_ARGS(ph, rtcp),
	TP_STRUCT__entry(
		__field(u8, kind)
		__field(u8, any)
		__field(u8, rtcp)
		__field(u32, stream)
		__array(u8, from, sizeof(struct sockaddr_in6))
		__array(u8, to, sizeof(struct sockaddr_in6))
		__array(u8, inside, sizeof(struct sockaddr_in6))
	),
	TP_fast_assign(
		__entry->kind = ph->kind;
		__entry->any = !ph->from_len;
		__entry->rtcp = rtcp;
		__entry->stream = ph->stream;
		sf_trace_end(__entry->from, sf_pinhole_from(ph), ph->l3num);
		sf_trace_end(__entry->to, sf_pinhole_to(ph), ph->l3num);
		sf_trace_end(__entry->inside, sf_pinhole_inside(ph), ph->l3num);
	),
	TP_printk("%s stream=%u %pISpc%s > %pISpc inside %pISpc%s",
		  __print_symbolic(__entry->kind,
				   { SF_PINHOLE_MEDIA, "media" },
				   { SF_PINHOLE_CONTACT, "contact" },
				   { SF_PINHOLE_ALIAS, "alias" }),
		  __entry->stream, __entry->from, __entry->any ? "(any)" : "",
		  __entry->to, __entry->inside, __entry->rtcp ? " rtcp" : "")
);

DEFINE_EVENT(sipfast_pinhole, sipfast_pinhole_open,
	TP_PROTO(const struct sf_pinhole *ph, bool rtcp), TP_ARGS(ph, rtcp)
);

DEFINE_EVENT(sipfast_pinhole, sipfast_pinhole_close,
	TP_PROTO(const struct sf_pinhole *ph, bool rtcp), TP_ARGS(ph, rtcp)
);

/* A new connection that a pinhole lets in, maybe by the ports for RTCP. */
DEFINE_EVENT(sipfast_pinhole, sipfast_pinhole_admit,
	TP_PROTO(const struct sf_pinhole *ph, bool rtcp), TP_ARGS(ph, rtcp)
);

#endif /* _SF_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
