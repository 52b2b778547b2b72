/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is worked out of looks at sockets while the main loop goes on, and a question about a socket of our own. */
#include "ph-socket-study.h"

#include <unistd.h>

#include "loop.h"
#include "ph-linker.h"
#include "ph-socket-ask.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

typedef struct
{
  PhSocketStudy *study;
  PhLinker *linker;
  gint64 time_us;
  guint n_counted, n_found;
  gint64 first_us, last_us; /* of the past that was found last; 0: none */
  PhSocketKin kin;
} Fixture;

static void
counted (Fixture *f)
{
  f->n_counted++;
}

static void
found (Fixture *f)
{
  PhSocketKey key;
  PhPast *past;

  g_assert_nonnull (ph_socket_study_get_found (f->study, &key));
  g_assert_cmpuint (key.cookie, ==, 5);
  past = ph_socket_study_steal_past (f->study);
  f->first_us = past ? ph_past_first (past) : 0;
  f->last_us = past ? ph_past_last (past) : 0;
  ph_past_free (past);
  g_assert_null (ph_socket_study_steal_past (f->study));
  ph_socket_kin_clear (&f->kin);
  ph_socket_study_steal_kin (f->study, &f->kin);
  f->n_found++;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->study = ph_socket_study_new ();
  f->linker = ph_linker_new (&ph_socket_schema);
  f->time_us = 1000 * SECOND;
  g_signal_connect_swapped (f->study, "counted", G_CALLBACK (counted), f);
  g_signal_connect_swapped (f->study, "found", G_CALLBACK (found), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ph_socket_study_end (f->study);
  g_object_unref (f->study);
  ph_linker_free (f->linker);
  ph_socket_kin_clear (&f->kin);
}

/* @n connections, each with as many bytes as the look before plus a thousand. */
static void
look (Fixture *f, guint n)
{
  g_autoptr (PhSnapshot) snapshot = ph_snapshot_new (&ph_socket_schema, f->time_us);

  ph_snapshot_edit_look (snapshot, PH_REQUEST_TCP4)->look = PH_LOOK_GOOD;
  for (guint i = 0; i < n; i++)
    {
      PhSocket *socket = ph_snapshot_add (snapshot);
      PhTcp *tcp = ph_arena_alloc (ph_snapshot_arena (snapshot), sizeof *tcp);

      socket->head.request = PH_REQUEST_TCP4;
      socket->key = (PhSocketKey){ .cookie = i + 1, .family = PH_SOCKET_FAMILY_INET, .protocol = PH_PROTOCOL_TCP };
      socket->state = PH_STATE_ESTABLISHED;
      socket->rx_rate = socket->tx_rate = PH_RATE_UNKNOWN;
      tcp->rtt_us = 1000;
      tcp->bytes_received = (guint64) (f->time_us / SECOND) * 1000;
      socket->tcp = tcp;
    }
  ph_linker_link (f->linker, snapshot);
  ph_socket_study_add (f->study, snapshot);
  f->time_us += SECOND;
}

/* Few are counted here, many in a worker: it comes to the same. */
static void
test_counts (Fixture *f, gconstpointer size)
{
  guint n = GPOINTER_TO_UINT (size);

  for (guint i = 1; i <= 5; i++)
    {
      look (f, n);
      RUN_UNTIL (f->n_counted == i);
    }
  g_assert_cmpuint (ph_socket_study_get_totals (f->study)->sockets, ==, n);
  g_assert_cmpuint (ph_socket_study_get_totals (f->study)->rx_rate, ==, n * 1000);
  g_assert_cmpuint (f->n_found, ==, 0); /* nobody is looked at */

  ph_socket_study_set_subject (
      f->study, &(PhSocketKey){ .cookie = 5, .family = PH_SOCKET_FAMILY_INET, .protocol = PH_PROTOCOL_TCP }, NULL);
  look (f, n);
  RUN_UNTIL (f->n_found == 1);
  g_assert_cmpint (f->first_us, ==, 1000 * SECOND);
  g_assert_cmpint (f->last_us, ==, f->time_us - SECOND);

  ph_socket_study_set_subject (f->study, NULL, NULL);
  look (f, n);
  RUN_UNTIL (f->n_counted == 7);
  g_assert_cmpuint (f->n_found, ==, 1);
}

/* Looks that come faster than they are worked through: the last one counts, and the past has no hole. */
static void
test_flood (Fixture *f, gconstpointer data)
{
  ph_socket_study_set_subject (
      f->study, &(PhSocketKey){ .cookie = 5, .family = PH_SOCKET_FAMILY_INET, .protocol = PH_PROTOCOL_TCP }, NULL);
  for (guint i = 0; i < 20; i++)
    look (f, 5000);
  RUN_UNTIL (f->last_us == f->time_us - SECOND);
  g_assert_cmpint (f->first_us, ==, 1000 * SECOND);
  g_assert_cmpuint (f->n_counted, <, 20);
}

/* It may go while a worker is at it. */
static void
test_ends (Fixture *f, gconstpointer data)
{
  look (f, 50000);
  look (f, 50000);
  ph_socket_study_end (f->study);
  loop_run_for (300);
  g_assert_cmpuint (f->n_counted, ==, 0);
}

static void
answered (GObject *object, GAsyncResult *result, gpointer data)
{
  *(PhSocketReport **) data = ph_socket_ask_finish (result);
}

static void
test_asks (void)
{
  const PhSocket nobody = { .key = { .cookie = 1, .protocol = PH_PROTOCOL_UNIX, .family = PH_SOCKET_FAMILY_UNIX } };
  PhSocketReport *report = NULL;

  ph_socket_ask_async (&nobody, (gint32) getpid (), NULL, answered, &report);
  RUN_UNTIL (report);
  g_assert_cmpuint (report->lineage->len, >=, 1);
  g_assert_cmpint (((PhProcess *) g_ptr_array_index (report->lineage, 0))->pid, ==, getpid ());
  g_assert_cmpuint (report->info_length, ==, 0);
  ph_socket_report_free (report);
}

static void
cancelled (GObject *object, GAsyncResult *result, gpointer data)
{
  g_assert_null (ph_socket_ask_finish (result));
  *(gboolean *) data = TRUE;
}

static void
test_cancel (void)
{
  const PhSocket nobody = { .key = { .cookie = 1, .protocol = PH_PROTOCOL_UNIX, .family = PH_SOCKET_FAMILY_UNIX } };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gboolean done = FALSE;

  ph_socket_ask_async (&nobody, (gint32) getpid (), cancellable, cancelled, &done);
  g_cancellable_cancel (cancellable);
  RUN_UNTIL (done);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/socket-study/few", Fixture, GUINT_TO_POINTER (10), set_up, test_counts, tear_down);
  g_test_add ("/socket-study/many", Fixture, GUINT_TO_POINTER (5000), set_up, test_counts, tear_down);
  g_test_add ("/socket-study/flood", Fixture, NULL, set_up, test_flood, tear_down);
  g_test_add ("/socket-study/ends", Fixture, NULL, set_up, test_ends, tear_down);
  g_test_add_func ("/socket-ask/asks", test_asks);
  g_test_add_func ("/socket-ask/cancel", test_cancel);
  return g_test_run ();
}
