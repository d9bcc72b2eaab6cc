# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# Completion for sipfast(8): /usr/share/bash-completion/completions/sipfast
#
# Commands and settings are those that the tool itself tells of.

_sipfast_help() {
	sipfast help "$@" 2>/dev/null | sed -nE 's/^  ([a-z-]+) .*/\1/p'
}

# _sipfast_words COMMAND WORD: what may follow COMMAND, the last argument of
# which is WORD.
_sipfast_words() {
	case $1 in
	help) [ -n "$2" ] || _sipfast_help ;;
	show) [ -n "$2" ] || echo calls streams regs conns trunks transactions bans stats config call ;;
	monitor) echo call media sip daemon --sip --diff -n --count -t --timeout ;;
	ban | allow)
		case $2 in
		'' | for | because) ;;
		*)
			[ "$1" = allow ] || echo for
			echo because
			;;
		esac
		;;
	stats) echo -a --all ;;
	policy) [ -n "$2" ] && echo from to over in with in-dialog udp tcp sdp || echo -a --all test ;;
	trace)
		case ${COMP_WORDS[COMP_CWORD - 1]} in
		-w | --write) ;;
		*) echo -v --verbose -w --write -n --count -t --for ;;
		esac
		;;
	user)
		case $2 in
		'') echo add passwd del list -d --database --generate --weak --algorithms ;;
		esac
		;;
	top)
		case ${COMP_WORDS[COMP_CWORD - 1]} in
		-s | --sort) echo worst loss jitter mos age packets call ;;
		*) echo -d --delay -s --sort --once ;;
		esac
		;;
	set)
		case $2 in
		'') _sipfast_help set ;;
		media-hosts | registration-hosts) echo none ;;
		media-source) echo sdp prefix any ;;
		registration-source) echo registrar prefix any ;;
		hairpin | fastpath) echo on off ;;
		audio-dscp) echo keep EF CS5 ;;
		video-dscp) echo keep AF41 CS4 ;;
		tcp) echo watch edit ;;
		mark-mask) echo none 0x3fff0000 ;;
		esac
		;;
	esac
}

_sipfast() {
	local word=${COMP_WORDS[COMP_CWORD]} command='' last='' words i n=0

	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		-*) ;;
		*)
			[ -z "$command" ] || { last=${COMP_WORDS[i]} && n=$((n + 1)); }
			command=${command:-${COMP_WORDS[i]}}
			;;
		esac
	done
	# Settings and their values take turns.
	if [ "$command" = set ] && [ $((n % 2)) -eq 0 ]; then
		last=''
	fi

	if [ -z "$command" ]; then
		words=$(_sipfast_help)
	else
		words=$(_sipfast_words "$command" "$last")
	fi
	if [[ $word == -* ]]; then
		words+=' -j --json --control --color --color=always --color=never -h --help'
		[ -n "$command" ] || words+=' -V --version'
	fi
	COMPREPLY=()
	while IFS= read -r i; do
		COMPREPLY+=("$i")
	done < <(compgen -W "$words" -- "$word")
	# Files are for whatever has no words of its own.
	[ -n "$words" ] || compopt -o default 2>/dev/null
}

complete -F _sipfast sipfast
