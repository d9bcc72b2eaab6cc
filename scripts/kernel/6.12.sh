# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Debian 13's kernel, as User Mode Linux.

# shellcheck disable=SC2034
source_version=6.12
# shellcheck source=uml.sh
. "${project:?}/scripts/kernel/uml.sh"
