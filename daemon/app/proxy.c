// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * proxy.c - what becomes of a request
 *
 * As a special exception, linking with OpenSSL is permitted; see COPYING.
 */
#include "proxy.h"

#include <sipfast/check.h>
#include <sipfast/peek.h>
#include <sipfast/role.h>

#include "../util/clock.h"
#include "leg.h"
#include "listing.h"
#include "registrar.h"
#include "serve.h"
#include "hops.h"
#include "trunk.h"
#include "warden.h"
#include "withhold.h"

#define ALLOW	"Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, REGISTER, PRACK, UPDATE, INFO, SUBSCRIBE, NOTIFY, REFER, MESSAGE, PUBLISH\r\n"

static _Thread_local struct sf_way way;
static _Thread_local struct sf_plan plan;
static _Thread_local char lines_buf[2048];

static void refuse(struct sf_worker *worker, const struct sf_message *request,
		   u16 status)
{
	sf_worker_answer(worker, request, status, (struct sf_text){ 0 });
}

/* Who asks is nobody whom we serve, or is not heard at all. */
static void deny(struct sf_worker *worker, const struct sf_message *request,
		 u16 status, const struct sf_out *lines)
{
	if (status == SF_DISCARD)
		worker->counters[SF_APP_DISCARDED]++;
	else
		sf_worker_answer(worker, request, status,
				 (struct sf_text){ lines->buf, lines->len });
}

/* RFC 3261, 16.3, step 5: what it requires of us and we do not have. */
static void refuse_extension(struct sf_worker *worker,
			     const struct sf_message *request)
{
	const struct sf_hdr *hdr = sf_msg_hdr(request->msg,
					      SF_HDR_PROXY_REQUIRE);
	char buf[1024];
	struct sf_out out = sf_out(buf, sizeof(buf));

	for (; hdr; hdr = sf_msg_hdr_next(request->msg, hdr)) {
		sf_put_lit(&out, "Unsupported: ");
		sf_put_span(&out, request->buf, hdr->value);
		sf_put_lit(&out, "\r\n");
	}
	sf_worker_answer(worker, request, 420,
			 (struct sf_text){ out.buf, out.full ? 0 : out.len });
}

void sf_proxy_bad(struct sf_worker *worker, const struct sf_message *message,
		  enum sf_reason reason)
{
	u16 status;

	sf_worker_count(worker, SF_APP_BAD);
	sf_warden_malformed(worker->daemon->warden, &message->packet->flow);
	if (!message->msg->is_request)
		return;
	status = sf_proxy_ruling(message->msg, reason, NULL);
	if (status >= 300)
		refuse(worker, message, status);
}

/*
 * Is it one that passed here already, and did not change on its way? Straight from
 * us it has our Via on top. Who writes others that look like ours does not know the
 * hash, and has nothing looked up.
 */
static bool is_loop(struct sf_worker *worker, const struct sf_message *request)
{
	struct sf_param branch;
	struct sf_branch ours;
	struct sf_vias at;
	struct sf_via via;
	u32 loop = 0;

	sf_vias_begin(request->msg, &at);
	while (!sf_vias_next(request->msg, &at, &via)) {
		if (!sf_param(request->buf, via.params, "branch", &branch) ||
		    !sf_branch_parse(request->buf, branch.value, &ours))
			continue;
		loop = loop ? loop : sf_leg_loop(worker, request);
		if (ours.loop == loop &&
		    sf_net_own(worker->net, &via.sent_by.ip, via.sent_by.port))
			return true;
	}
	return false;
}

/* RFC 3261, 16.3, step 3: who is asked what he can need not forward it. */
static bool ends_here(struct sf_worker *worker,
		      const struct sf_message *request)
{
	struct sf_uri uri;

	return request->method == SF_METHOD_OPTIONS &&
	       !sf_uri_parse(request->buf, request->msg->ruri, &uri) &&
	       !uri.user.len &&
	       sf_domain_find(&worker->conf->domains, worker->net, request->buf,
			      &uri.at);
}

/* RFC 3261, 16.3; the order is that of the RFC. */
static u16 judge(struct sf_worker *worker, const struct sf_message *request)
{
	struct sf_check check;
	enum sf_reason reason = sf_msg_check(request->msg, &check);
	u16 status = sf_proxy_ruling(request->msg, reason, NULL);

	if (status == 416 && request->method == SF_METHOD_INVITE)
		status = SF_GO;	/* urn:service:sos is looked at later */
	if (status == 483 && ends_here(worker, request))
		status = SF_GO;
	if (status)
		return status;
	if (is_loop(worker, request)) {
		sf_worker_count(worker, SF_APP_LOOPS);
		return 482;
	}
	return 0;
}

static bool begins_dialog(u8 method)
{
	return method == SF_METHOD_INVITE || method == SF_METHOD_SUBSCRIBE ||
	       method == SF_METHOD_REFER;
}

static void clear_plan(void)
{
	plan.record = false;
	plan.lines = (struct sf_text){ 0 };
	plan.call = (struct sf_call_ref){ 0 };
	plan.hops = 0;
}

/* Two addresses of the same trunk are the same side of a dialog. */
static bool is_same_side(const struct sf_worker *worker, const struct sf_ip *a,
			 const struct sf_ip *b)
{
	int trunk;

	if (sf_ip_eq(a, b))
		return true;
	trunk = sf_trunk_of_source(worker->conf, a);
	return trunk >= 0 && trunk == sf_trunk_of_source(worker->conf, b);
}

/*
 * Does it come from the other side of where it goes? Each side has both tokens, and
 * could bring its own twice, or that of another address of its own which was tried
 * before. Who is nobody's user and no trunk has nothing to send to but phones of ours,
 * which are pinned: neither of his tokens is.
 */
static bool is_from_other_side(const struct sf_worker *worker,
			       const struct sf_message *request)
{
	const struct sf_ip *from = &request->packet->flow.remote.ip;
	const struct sf_ip *to = &way.flow.remote.ip;

	if (way.tokens < 2 || !is_same_side(worker, &way.first.remote.ip, from))
		return false;
	if (way.first_pinned)
		return true;
	return !is_same_side(worker, from, to) &&
	       (sf_trunk_of_flow(worker->conf, worker->net,
				 &request->packet->flow) >= 0 ||
		sf_trunk_of_source(worker->conf, to) >= 0);
}

/*
 * Where the token does not say where to, the request says: to anywhere. That is
 * for the other side of the dialog only. What the address does not prove, as a
 * phone may have moved, a digest does. Who has none to give reaches the phone on the
 * other side as its token says. So does ACK: it cannot be asked, and is answered by
 * nobody.
 */
static bool may_say_where_to(struct sf_worker *worker,
			     const struct sf_message *request)
{
	struct sf_out lines = sf_out(lines_buf, sizeof(lines_buf));
	struct sf_caller caller;
	u16 status;

	if ((way.pinned && !way.next.s) || is_from_other_side(worker, request))
		return true;
	way.held = (way.pinned && !way.first_pinned) ||
		   request->method == SF_METHOD_ACK;
	if (way.held)
		return true;
	status = sf_serve(worker, request, false, &caller, &lines);
	if (!status && caller.proven)
		return true;
	sf_worker_count(worker, SF_APP_REFUSED_ROUTE);
	deny(worker, request, status ? status : 403, &lines);
	return false;
}

/* What is pinned goes where the token says, whatever the request does. */
static bool is_within_call(struct sf_worker *worker,
			   const struct sf_message *request)
{
	const struct sf_hop *hop = &plan.hop[0];
	const struct sf_calls_path path = {
		.by_trunk = plan.from_trunk >= 0,
		.to_trunk = hop->trunk >= 0,
		.from = &request->packet->flow.remote.ip,
		.to = hop->known ? (struct sf_text){ 0 } : hop->host,
	};

	return sf_calls_within(worker->daemon->calls, request, &path,
			       &plan.call);
}

/* Its dialog passed here before, and brought our token back. */
static void within_dialog(struct sf_worker *worker,
			  const struct sf_message *request)
{
	u16 status;

	sf_worker_count(worker, SF_APP_DIALOG);
	if (!may_say_where_to(worker, request))
		return;
	clear_plan();
	plan.from.flow = request->packet->flow;
	status = sf_hops_dialog(worker, &way, &plan);
	plan.from_trunk = sf_trunk_of_flow(worker->conf, worker->net,
					   &plan.from.flow);
	if (status) {
		refuse(worker, request, status);
		return;
	}
	if (!is_within_call(worker, request)) {
		sf_worker_count(worker, SF_APP_REFUSED_LONG);
		refuse(worker, request, 400);
		return;
	}
	if (request->method == SF_METHOD_BYE &&
	    sf_news_wanted(&worker->daemon->newsroom))
		sf_news_request(&worker->daemon->newsroom, SF_NEWS_CALL_ENDED,
				worker->number, request, 0, NULL);
	if (request->method == SF_METHOD_ACK)
		sf_fork_ack(worker, request, &way, &plan);
	else
		sf_fork(worker, request, &way, &plan);
}

/* RFC 3261, 8.2.2.3. */
static void refuse_requirement(struct sf_worker *worker,
			       const struct sf_message *request)
{
	struct sf_out out = sf_out(lines_buf, sizeof(lines_buf));

	sf_list_unsupported(&out, request->msg, &sf_registrar_able);
	sf_worker_answer(worker, request, 420,
			 (struct sf_text){ out.buf, out.full ? 0 : out.len });
}

/* To us, not to one of our users. */
static void to_us(struct sf_worker *worker, const struct sf_message *request)
{
	struct sf_span option;

	if (sf_msg_lacks(request->msg, SF_HDR_REQUIRE, &sf_registrar_able,
			 &option))
		refuse_requirement(worker, request);
	else if (request->method == SF_METHOD_OPTIONS)
		sf_worker_answer(worker, request, 200,
				 sf_text_str(ALLOW "Accept: application/sdp\r\n"
					     "Supported: outbound, path\r\n"));
	else if (request->method == SF_METHOD_OTHER)
		refuse(worker, request, 501);
	else
		sf_worker_answer(worker, request, 405,
				 sf_text_str("Allow: OPTIONS, REGISTER\r\n"));
}

static enum sf_load weigh(struct sf_worker *worker, const struct sf_end *from,
			  const char *buf, u32 len)
{
	enum sf_load load = sf_overload_judge(&worker->load,
					      worker->loop.wheel.now,
					      sf_net_backlog(worker->net), from,
					      buf, len);

	if (load != SF_LOAD_ADMIT)
		sf_sift_wake(worker);
	return load;
}

/*
 * Whoever is too slow for all serves some, and tells the others at once: what
 * waits too long is sent again, and makes it worse.
 */
static bool is_busy(struct sf_worker *worker, const struct sf_message *request)
{
	enum sf_load load;

	if (worker->draining ||
	    sf_sip_busy(&worker->sip) > worker->conf->transactions)
		return true;
	load = weigh(worker, &request->packet->flow.remote, request->buf,
		     request->msg->len);
	sf_overload_forget(&worker->load);
	return load != SF_LOAD_ADMIT;
}

/* The Request-URI of a start line is all that is needed of the way. */
static bool is_help(const struct sf_conf *conf, const char *buf, u32 len)
{
	const char *uri = memchr(buf, ' ', len), *end;
	u32 at;

	if (!uri)
		return false;
	at = (u32)(uri + 1 - buf);
	end = memchr(uri + 1, ' ', len - at);
	if (!end)
		return false;
	way.buf = buf;
	way.ruri = (struct sf_text){ uri + 1, (u32)(end - uri - 1) };
	return sf_uri_parse(buf, sf_span(at, (u32)(end - buf)), &way.uri) ||
	       sf_hops_emergency(conf, &way);
}

bool sf_proxy_skip(struct sf_worker *worker, const struct sf_end *from,
		   const char *buf, u32 len)
{
	struct sf_peek peek;

	sf_overload_forget(&worker->load);
	if (sf_peek(&peek, buf, len, len) || !peek.is_request || peek.to_tag ||
	    peek.method == SF_METHOD_ACK || peek.method == SF_METHOD_CANCEL ||
	    is_help(worker->conf, buf, len))
		return false;
	return weigh(worker, from, buf, len) == SF_LOAD_SKIP;
}

static void too_busy(struct sf_worker *worker, const struct sf_message *request)
{
	char buf[40];
	struct sf_out out = sf_out(buf, sizeof(buf));

	sf_put_retry_after(&out);
	sf_worker_count(worker, SF_APP_OVERLOAD);
	sf_worker_answer(worker, request, 503,
			 (struct sf_text){ out.buf, out.len });
}

/* RFC 3325: a trunk that is trusted is told who calls. */
static void set_identity(struct sf_worker *worker,
			 const struct sf_caller *caller, struct sf_out *out)
{
	if (!sf_withhold_trusts(worker->conf, plan.hop[0].trunk) ||
	    !caller->proven)
		return;
	sf_put_lit(out, "P-Asserted-Identity: <sip:");
	sf_put(out, caller->aor.text, caller->aor.len);
	sf_put_lit(out, ">\r\n");
}

/* The number as the carrier is going to see it. */
static struct sf_text called_number(char *buf, u32 size)
{
	struct sf_out out = sf_out(buf, size);
	struct sf_uri uri;

	if (!sf_uri_parse(plan.hop[0].ruri.s, sf_span(0, plan.hop[0].ruri.len),
			  &uri))
		sf_number_plain(&out, sf_text(plan.hop[0].ruri.s, uri.user));
	return (struct sf_text){ out.buf, out.len };
}

static enum sf_app_counter begin_call(struct sf_worker *worker,
				      const struct sf_allowance *allowance,
				      const struct sf_message *request,
				      const struct sf_caller *caller)
{
	switch (sf_calls_begin(worker->daemon->calls, allowance,
			       (struct sf_text){ caller->aor.text,
						 caller->aor.len },
			       request, &plan.call)) {
	case SF_CALLS_FINE:
		return SF_APP_SERVED;
	case SF_CALLS_TOO_LONG:
		return SF_APP_REFUSED_MINUTES;
	case SF_CALLS_LONG:
		return SF_APP_REFUSED_LONG;
	case SF_CALLS_FULL:
		return SF_APP_REFUSED_FULL;
	default:
		return SF_APP_REFUSED_CALLS;
	}
}

/* A user wants to reach somebody by way of a trunk; SF_APP_SERVED: he may. */
static enum sf_app_counter judge_call(struct sf_worker *worker,
				      const struct sf_message *request,
				      const struct sf_caller *caller)
{
	const struct sf_allowance *allowance;
	char number[SF_NUMBER_MAX];

	if (caller->trunk >= 0 || plan.hop[0].trunk < 0)
		return SF_APP_SERVED;
	allowance = sf_conf_allowance(worker->conf,
				      (struct sf_text){ caller->aor.text,
							caller->aor.len });
	if (!allowance)
		return SF_APP_SERVED;
	if (!sf_allowance_number(allowance,
				 called_number(number, sizeof(number))))
		return SF_APP_REFUSED_NUMBER;
	if (request->method != SF_METHOD_INVITE)
		return SF_APP_SERVED;
	if (sf_allowance_quiet(allowance, sf_clock_wall()))
		return SF_APP_REFUSED_QUIET;
	return begin_call(worker, allowance, request, caller);
}

static bool may_call(struct sf_worker *worker, const struct sf_message *request,
		     const struct sf_caller *caller)
{
	enum sf_app_counter why = judge_call(worker, request, caller);
	char buf[80];
	struct sf_out out = sf_out(buf, sizeof(buf));

	if (why == SF_APP_SERVED)
		return true;
	sf_worker_count(worker, why);
	sf_put_lit(&out, "Warning: 399 sipfast \"");
	sf_put_str(&out, sf_app_counter_name(why));
	sf_put_lit(&out, "\"\r\n");
	sf_worker_answer(worker, request, 403,
			 (struct sf_text){ out.buf, out.len });
	return false;
}

static void forward(struct sf_worker *worker, const struct sf_message *request,
		    bool help, const struct sf_caller *caller)
{
	struct sf_out lines = sf_out(lines_buf, sizeof(lines_buf));
	u16 status;

	clear_plan();
	status = sf_hops_find(worker, &way, caller, &plan);
	if (status) {
		if (status == 404)
			sf_worker_count(worker, SF_APP_NOT_FOUND);
		sf_worker_answer(worker, request, status, plan.lines);
		return;
	}
	if (!help && !may_call(worker, request, caller))
		return;
	plan.record = begins_dialog(request->method);
	plan.from_trunk = caller->trunk;
	/* A phone is reached where it called from: what it says of itself may be
	 * an address behind a NAT. A trunk is believed.
	 */
	plan.from.flow = request->packet->flow;
	plan.from.pinned = caller->trunk < 0;
	set_identity(worker, caller, &lines);
	plan.lines = (struct sf_text){ lines.buf, lines.len };
	worker->counters[SF_APP_FORWARDED]++;
	sf_fork(worker, request, &way, &plan);
}

/*
 * Who has nothing to keep the promise of sips: with does not know it (RFC 3261,
 * 16.3, step 2 and 8.2.2.1; RFC 5630, 5.1.4): nobody who asks him for it is
 * refused for who he asks for.
 */
static bool is_known_scheme(const struct sf_worker *worker,
			    enum sf_scheme scheme)
{
	return scheme != SF_SCHEME_OTHER &&
	       (scheme != SF_SCHEME_SIPS || worker->conf->sips);
}

/* It begins something: who asks, and where is it to go? */
static void outside_dialog(struct sf_worker *worker,
			   const struct sf_message *request)
{
	struct sf_out lines = sf_out(lines_buf, sizeof(lines_buf));
	bool help = sf_hops_emergency(worker->conf, &way);
	struct sf_caller caller;
	u16 status;

	if (request->method == SF_METHOD_ACK) {
		sf_worker_strange(worker, request);
		return;
	}
	if (way.uri.scheme != SF_SCHEME_OTHER && !way.uri.user.len &&
	    !way.next.s &&
	    sf_domain_find(&worker->conf->domains, worker->net, way.buf,
			   &way.uri.at)) {
		to_us(worker, request);
		return;
	}
	if (!help && is_busy(worker, request)) {
		too_busy(worker, request);
		return;
	}
	if (!help && !is_known_scheme(worker, way.uri.scheme)) {
		refuse(worker, request, 416);
		return;
	}
	status = sf_serve(worker, request, help, &caller, &lines);
	if (status)
		deny(worker, request, status, &lines);
	else
		forward(worker, request, help, &caller);
}

/* A URI that cannot be read is for the registrar to say so. */
static bool is_for_registrar(struct sf_worker *worker,
			     const struct sf_message *request)
{
	struct sf_uri uri;

	if (request->method != SF_METHOD_REGISTER)
		return false;
	return sf_uri_parse(request->buf, request->msg->ruri, &uri) ||
	       sf_domain_find(&worker->conf->domains, worker->net, request->buf,
			      &uri.at);
}

static void to_registrar(struct sf_worker *worker,
			 const struct sf_message *request)
{
	enum sf_scheme scheme = sf_uri_scheme(request->buf, request->msg->ruri);

	if (is_busy(worker, request))
		too_busy(worker, request);
	else if (scheme == SF_SCHEME_SIPS && !worker->conf->sips)
		refuse(worker, request, 416);
	else
		sf_registrar_request(worker->daemon->registrar, worker->net,
				     &worker->mailbox, request);
}

void sf_proxy_request(struct sf_worker *worker,
		      const struct sf_message *request)
{
	u16 status;

	if (request->method == SF_METHOD_ACK &&
	    sf_worker_answered(worker, request))
		return;
	sf_worker_count(worker, SF_APP_SERVED);
	sf_warden_request(worker->daemon->warden, request);
	if (is_for_registrar(worker, request)) {
		to_registrar(worker, request);
		return;
	}
	status = judge(worker, request);
	if (!status)
		status = sf_way_read(&way, &worker->self, request);
	if (status == SF_DISCARD || status == SF_ABSORB)
		worker->counters[SF_APP_DISCARDED]++;
	else if (status == 420)
		refuse_extension(worker, request);
	else if (status)
		refuse(worker, request, status);
	else if (way.dialog)
		within_dialog(worker, request);
	else
		outside_dialog(worker, request);
}
