# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Debian 12's kernel, as User Mode Linux.

# shellcheck disable=SC2034
uml_source=linux-source-6.1 uml_patch=uml-6.1.patch
# shellcheck source=uml.sh
. "${project:?}/scripts/kernel/uml.sh"
