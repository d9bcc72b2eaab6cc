/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * secret.h - a user's secret: asked for, or made
 */
#ifndef SIPFAST_CLI_SECRET_H
#define SIPFAST_CLI_SECRET_H

#include "cli.h"

/* The longest one, without its NUL. */
#define SF_SECRET_MAX 255

/* A shorter one is found by trying. */
#define SF_SECRET_MIN 8

/**
 * sf_secret_read() - read a secret from the standard input
 * @user: whose it is, @len bytes
 * @weak: take any but an empty one
 * @secret: SF_SECRET_MAX + 1 bytes; to be wiped by the caller
 *
 * On a terminal it is asked for twice, and not shown. Otherwise it is the first
 * line.
 *
 * Return: the exit code.
 */
int sf_secret_read(struct sf_cli *cli, const char *user, size_t len, bool weak,
		   char *secret);

/**
 * sf_secret_make() - make one that nobody guesses (118 bits), of characters that
 * nobody mistakes for others
 */
void sf_secret_make(char *secret);

#endif /* SIPFAST_CLI_SECRET_H */
