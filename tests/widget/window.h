/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real application with its window, over this machine's own sockets; and a listener of the test's own to look for.
 */
#pragma once

#include "ph-application.h"
#include "ph-filter-bar.h"
#include "ph-socket-chips.h"
#include "ph-window.h"
#include "widget.h"

typedef struct
{
  PhApplication *application;
  PhWindow *window;
  PhTablePage *page;
  PhTableView *table_view;
  PhFilterBar *filter_bar;
  PhSocketChips *chips;
  GSocketListener *listener; /* something to look for */
  guint16 port;
} WindowFixture;

/* A window with the connections, as if it were the first. For g_test_add(). */
void window_set_up (WindowFixture *f, gconstpointer data);
void window_tear_down (WindowFixture *f, gconstpointer data);

typedef struct
{
  const char *path;
  void (*test) (WindowFixture *f, gconstpointer data);
} WindowTest;

/* A program's main(): makes the application, and runs each test with a window of its own. */
int window_run (int argc, char **argv, const WindowTest *tests, guint n_tests);

/* Of the connections. */
PhTable *window_table (WindowFixture *f);
guint window_n_shown (WindowFixture *f);

/* Until there are rows, and no arrangement is under way. */
void window_settle (WindowFixture *f);

/* Types that into the filter. */
void window_filter (WindowFixture *f, const char *format, ...) G_GNUC_PRINTF (2, 3);
void window_activate (WindowFixture *f, const char *action);
