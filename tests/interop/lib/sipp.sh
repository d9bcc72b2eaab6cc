# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# sipp as a user agent, for what is hard to steer. Sourced after calls.sh.

: "${work:?}" "${lib:?}" "${proxy:?}" "${place[*]:?}" "${address[*]:?}" "${pitch[*]:?}"
: "${agent_domain:?}" "${agent_secret:?}"

times=1 # that a scenario is played
# sipp_run NAME SCENARIO [PEER]: calls of a scenario of scenario.py. Its account
# is that of agent.sh; digest is for the Request-URI, which sipp has to be told.
sipp_run() {
	local dir=$work/$1
	python3 "$lib"/scenario.py "$2" >"$dir/$2.xml"
	: >"$dir/$2.steps"
	(cd "$dir" && exec ip netns exec "${place[$1]}" sipp -sf "$2.xml" -m "$times" -nostdin \
		-i "$(uri "${address[$1]}")" -p 5060 -mi "$(uri "${address[$1]}")" \
		-cid_str %u-%p -key who "$1" -key peer "${3-nobody}" \
		-key domain "$agent_domain" -auth_uri "${3:+$3@}$agent_domain" \
		-au "$1" -ap "$agent_secret" -timeout 120 -timeout_error \
		-trace_msg -message_file "$2.msg" -trace_err -error_file "$2.err" \
		-trace_logs -log_file "$2.steps" "$proxy" </dev/null >"$dir/$2.out" 2>&1)
}

# sipp_setup NAME [SCENARIO]: its tone, and its registration.
sipp_setup() {
	mkdir -p "$work/$1"
	python3 "$lib"/tone.py make "$work/$1/tone.ulaw" "${pitch[$1]}"
	await 10 "$1's registration" sipp_run "$1" "${2-register}"
}

# step NAME SCENARIO WORD: it came to this line.
step() { grep -x "$3" "$work/$1/$2.steps"; }
