/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How netstat prints a table: its headings, a line or more for each row. One static PhLayout per table; text is
 * appended to a GString, so that the caller can write as it goes.
 *
 * Rows come in the order of the snapshot and live until end() returns, which lets a layout sort them. Two rules hold
 * for all: nothing is ever cut, and what the kernel does not tell is "-".
 */
#pragma once

#include "ph-options.h"
#include "ph-snapshot.h"
#include "ph-style.h"

typedef struct
{
  /* @options and @style are borrowed until destroy(). */
  gpointer (*create) (const PhOptions *options, const PhStyle *style);
  void (*destroy) (gpointer state);

  /* One look after another: what begins it, each row that is meant, what ends it. */
  void (*begin) (gpointer state, const PhSnapshot *snapshot, GString *text);
  void (*row) (gpointer state, gconstpointer record, GString *text);
  void (*end) (gpointer state, GString *text);
} PhLayout;

extern const PhLayout ph_netstat_sockets;
extern const PhLayout ph_netstat_routes;
extern const PhLayout ph_netstat_links;      /* -i */
extern const PhLayout ph_netstat_links_long; /* -ie: as ifconfig(8) */
extern const PhLayout ph_netstat_groups;
extern const PhLayout ph_netstat_counters; /* -s, -e */
