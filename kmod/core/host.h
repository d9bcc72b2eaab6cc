/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * host.h - the host of a URI or Via, without its port
 */
#ifndef SIPFAST_CORE_HOST_H
#define SIPFAST_CORE_HOST_H

#include <sipfast/uri.h>

/**
 * sf_host_read() - read a host name, IPv4 address or IPv6 reference
 * @pos: where it starts; moved behind it on success
 * @host: @host->host and @host->ip are written
 */
bool sf_host_read(const char *buf, u32 *pos, u32 end, struct sf_host *host);

#endif /* SIPFAST_CORE_HOST_H */
