# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# User agents: baresip without sound card, which plays a tone and records what
# it hears. Sourced after scene.sh.

: "${work:?}"
agent_port=4444 # of its control connection, on its own address
# What accounts have besides: scenes set it before agent_setup.
agent_user='' agent_domain=example.org agent_secret=none agent_transport=udp

# agent_setup NAME NETIF ADDRESS PROXY TONE.wav RTP-PORTS [ACCOUNT-PARAMETER]
# An address of IPv6 stands in brackets.
agent_setup() {
	local dir=$work/$1
	mkdir -p "$dir/rec"
	: >"$dir/contacts"
	echo "<sip:${agent_user:-$1}@$agent_domain;transport=$agent_transport>;\
auth_pass=$agent_secret;regint=600;outbound=\"sip:$4;transport=$agent_transport\";\
${7-answermode=manual};audio_codecs=PCMU" >"$dir/accounts"
	cat >"$dir/config" <<-EOT
		poll_method epoll
		sip_listen $3:5060
		net_interface $2
		rtp_ports $6
		call_local_timeout 60
		call_max_calls 2
		audio_player alsa,null
		audio_alert alsa,null
		audio_source aufile,$5
		ausrc_srate 8000
		auplay_srate 8000
		ausrc_channels 1
		auplay_channels 1
		audio_buffer 20-160
		snd_path $dir/rec
		module_path /usr/lib/baresip/modules
		module stdio.so
		module g711.so
		module aufile.so
		module alsa.so
		module sndfile.so
		module ctrl_tcp.so
		module_tmp uuid.so
		module_tmp account.so
		module_app menu.so
		ctrl_tcp_listen $3:$agent_port
	EOT
}

# agent_start NAME NAMESPACE
agent_start() {
	ip netns exec "$2" baresip -f "$work/$1" -s </dev/null >"$work/$1/log" 2>&1 &
}

# agent NAMESPACE ADDRESS COMMAND [PARAMETER]: succeeds when it says ok. Its
# language is JSON in netstrings; events come down the same connection.
agent() {
	local ask="{\"command\":\"$3\",\"params\":\"${4-}\",\"token\":\"t\"}"
	# shellcheck disable=SC2016 # expanded by the inner shell
	ip netns exec "$1" bash -c '
		exec 5<>"/dev/tcp/$1/$2" || exit
		printf "%d:%s," "${#3}" "$3" >&5
		while IFS= read -r -t 5 -d "}" answer <&5; do
			echo "$answer"
			case $answer in
			*\"response\":true*\"ok\":true*) exit 0 ;;
			*\"response\":true*) exit 1 ;;
			esac
		done
		exit 1' agent "$2" $agent_port "$ask"
}

# with_video NAME: it offers and takes pictures, small ones.
with_video() {
	cat >>"$work/$1/config" <<-EOT
		video_source fakevideo,nil
		video_display fakevideo,nil
		video_size 160x120
		video_bitrate 100000
		video_fps 10
		module vp8.so
		module fakevideo.so
	EOT
}
