# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# linphonec as a user agent, without sound card: it plays a tone from a file.
# Sourced after calls.sh.

: "${work:?}" "${proxy:?}" "${agent_domain:?}" "${agent_secret:?}" "${place[*]:?}" "${pitch[*]:?}"

# What accounts have besides: scenes set it before linphone_start.
linphone_transport=udp linphone_ca=''

# linphone_start NAME: its commands are lines that `line` writes. Its account is
# that of agent.sh.
linphone_start() {
	local dir=$work/$1
	# Without a place for its databases it does not open its ports.
	mkdir -p "$dir/.local/share/linphone" "$dir/.config/linphone"
	cat >"$dir/linphonerc" <<-EOT
		[sip]
		sip_port=5060
		sip_tcp_port=0
		sip_tls_port=$([ "$linphone_transport" = tls ] && echo 5061 || echo 0)
		root_ca=$linphone_ca
		default_proxy=0
		[proxy_0]
		reg_proxy=<sip:$proxy;transport=$linphone_transport>
		reg_route=<sip:$proxy;transport=$linphone_transport>
		reg_identity=sip:$1@$agent_domain
		reg_expires=600
		reg_sendregister=1
		[auth_info_0]
		username=$1
		passwd=$agent_secret
		[rtp]
		audio_rtp_port=4000
		[misc]
		add_missing_audio_codecs=0
		[audio_codec_0]
		mime=PCMU
		rate=8000
		channels=1
		enabled=1
		[audio_codec_1]
		mime=telephone-event
		rate=8000
		channels=1
		enabled=1
		[sound]
		echocancellation=0
	EOT
	mkfifo "$dir/lines"
	HOME=$dir ip netns exec "${place[$1]}" linphonec -c "$dir/linphonerc" -d 5 -l "$dir/own.log" \
		<"$dir/lines" >"$dir/log" 2>&1 &
	exec 9>"$dir/lines"
	line "soundcard use files"
	line "play $work/${pitch[$1]}.wav"
}

line() { echo "$1" >&9; }
