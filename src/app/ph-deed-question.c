/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gather, ask, do, tell. What was confirmed is what is done: the deed is made before the question and never changed. */
#include "ph-deed-question.h"

#include <glib/gi18n.h>

#include "ph-autostart.h"
#include "ph-boot-clock.h"
#include "ph-compat.h"
#include "ph-deed-job.h"
#include "ph-service-inquiry.h"
#include "ph-socket.h"
#include "ph-toast.h"

#define TOAST_SECONDS    8 /* a refusal takes longer to read than "Closed" */
#define PATIENCE_SECONDS 5 /* for one that was asked to end */

typedef struct
{
  PhTablePage *page;
  PhDeed deed;
  PhSocketKey key;    /* of the socket in whose row it was chosen */
  PhProcess *process; /* whom END and KILL are for; NULL for CLOSE */

  /* While it is gathered: */
  guint n_waits;
  PhSnapshot *snapshot; /* all sockets with all owners; NULL: could not be had */
  PhRestart restart;
  char *service; /* NULL: none */
} Question;

static G_DEFINE_QUARK (ph_deed_question, question)

static void
question_free (gpointer data)
{
  Question *self = data;

  g_object_set_qdata (G_OBJECT (self->page), question_quark (), NULL);
  g_object_unref (self->page);
  g_clear_pointer (&self->process, ph_process_unref);
  g_clear_pointer (&self->snapshot, ph_snapshot_unref);
  g_free (self->service);
  g_free (self);
}

/* NULL: there is one already. */
static Question *
question_new (PhTablePage *page)
{
  Question *self;

  if (g_object_get_qdata (G_OBJECT (page), question_quark ()))
    return NULL;
  self = g_new0 (Question, 1);
  self->page = g_object_ref (page);
  g_object_set_qdata (G_OBJECT (page), question_quark (), self);
  return self;
}

/* --- telling --- */

static AdwToast *
make_toast (const char *sentence)
{
  AdwToast *toast = ph_toast_new (sentence);

  adw_toast_set_timeout (toast, TOAST_SECONDS);
  /* How it went is not to wait behind what was said before. */
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  return toast;
}

static void
say (PhTablePage *page, const char *sentence)
{
  ph_table_page_add_toast (page, make_toast (sentence));
}

/* --- one that does not heed --- */

typedef struct
{
  GWeakRef page;
  PhDeed deed;
  PhSocketKey key;
  char *name;
} Later;

static void
later_free (Later *later)
{
  g_weak_ref_clear (&later->page);
  g_free (later->name);
  g_free (later);
}

static void
offer_kill (PhTablePage *page, const Later *later)
{
  const PhSocketKey *key = &later->key;
  const PhDeedProcess *process = &later->deed.process;
  g_autofree char *sentence = ph_deed_unheeded_sentence (later->name);
  AdwToast *toast = make_toast (sentence);

  adw_toast_set_button_label (toast, _ ("_Kill…"));
  adw_toast_set_action_name (toast, "deed.kill");
  adw_toast_set_action_target (toast, PH_DEED_PROCESS_TARGET, key->cookie, key->net_ns, key->family, key->protocol,
                               process->pid, process->start_ticks);
  ph_table_page_add_toast (page, toast);
}

static void
tried (GObject *source, GAsyncResult *result, gpointer data)
{
  Later *later = data;
  g_autoptr (PhTablePage) page = g_weak_ref_get (&later->page);

  if (ph_deed_job_finish (result).verdict == PH_VERDICT_DONE && page && gtk_widget_get_root (GTK_WIDGET (page)))
    offer_kill (page, later);
  later_free (later);
}

static gboolean
look_again (gpointer data)
{
  Later *later = data;

  ph_deed_job_try_async (&later->deed, tried, later);
  return G_SOURCE_REMOVE;
}

static void
look_later (const Question *question)
{
  Later *later = g_new0 (Later, 1);

  g_weak_ref_init (&later->page, question->page);
  later->deed = question->deed;
  later->key = question->key;
  later->name = g_strdup (question->process->comm);
  g_timeout_add_seconds (PATIENCE_SECONDS, look_again, later);
}

/* --- doing --- */

static void
done (GObject *source, GAsyncResult *result, gpointer data)
{
  Question *self = data;
  PhOutcome outcome = ph_deed_job_finish (result);
  g_autofree char *sentence = ph_outcome_sentence (
      self->deed.name, &outcome, self->process ? self->process->comm : NULL, ph_autostart_in_sandbox ());

  if (gtk_widget_get_root (GTK_WIDGET (self->page)))
    {
      say (self->page, sentence);
      ph_poller_refresh (ph_table_page_get_poller (self->page));
      if (self->deed.name == PH_DEED_END && outcome.verdict == PH_VERDICT_DONE)
        look_later (self);
    }
  question_free (self);
}

/* --- asking --- */

/* The dialog's own question ends with it; what was confirmed lives on. */
static void
confirmed (gpointer data)
{
  Question **question = data;
  Question *self = g_steal_pointer (question);

  ph_deed_job_async (&self->deed, done, self);
}

static void
answered (gpointer data)
{
  Question **question = data;

  if (*question)
    question_free (*question);
  g_free (question);
}

static void
ask (Question *self, const char *heading, const char *body, const char *verb)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->page));
  Question **kept = g_new (Question *, 1);

  *kept = self;
  ph_compat_confirm_full (GTK_WINDOW (root), heading, body, verb, confirmed, kept, answered);
}

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* --- closing --- */

void
ph_deed_question_close (PhTablePage *page, const PhSocketKey *key)
{
  PhSnapshot *snapshot = ph_table_page_get_snapshot (page);
  const PhSocket *socket = snapshot ? ph_snapshot_find (snapshot, key) : NULL;
  const PhProcess *process;
  Question *self = question_new (page);
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;

  if (!self)
    return;
  if (!socket || socket->head.mark == PH_MARK_CLOSED || !ph_socket_to_close (socket, &self->deed))
    {
      g_autofree char *sentence
          = ph_outcome_sentence (PH_DEED_CLOSE, &(PhOutcome){ .verdict = PH_VERDICT_GONE }, NULL, FALSE);

      say (page, sentence);
      question_free (self);
      return;
    }
  process = socket->owner.n_owners > 0 ? socket->owner.owners[0].process : NULL;
  heading = ph_deed_heading (PH_DEED_CLOSE, socket, NULL);
  body = ph_deed_socket_body (socket, process, process ? ph_boot_clock_time (process->start_ticks) : 0, now ());
  ask (self, heading, body, ph_deed_verb (PH_DEED_CLOSE, socket));
}

/* --- ending and killing --- */

static void
ask_about_process (Question *self)
{
  const PhDeedProcess *meant = &self->deed.process;
  PhSnapshot *snapshot = self->snapshot ? self->snapshot : ph_table_page_get_snapshot (self->page);
  g_autoptr (PhToll) toll = ph_toll_new (snapshot, meant->pid, meant->start_ticks);
  g_autofree char *heading = ph_deed_heading (self->deed.name, NULL, self->process);
  g_autofree char *body = ph_deed_process_body (self->deed.name, self->process, ph_boot_clock_time (meant->start_ticks),
                                                now (), toll, self->restart, self->service);

  ask (self, heading, body, ph_deed_verb (self->deed.name, NULL));
}

/* Of a page that has gone from its window meanwhile nobody is asked, nor is there a snapshot. */
static void
gathered (Question *self)
{
  if (--self->n_waits > 0)
    return;
  if (gtk_widget_get_root (GTK_WIDGET (self->page)))
    ask_about_process (self);
  else
    question_free (self);
}

static void
collected (GObject *source, GAsyncResult *result, gpointer data)
{
  Question *self = data;

  self->snapshot = ph_source_collect_finish (PH_SOURCE (source), result, NULL, NULL, NULL);
  gathered (self);
}

static void
inquired (GObject *source, GAsyncResult *result, gpointer data)
{
  Question *self = data;

  self->restart = ph_service_inquiry_finish (result, &self->service);
  gathered (self);
}

/* The page may have asked for some sockets only, and without all of their holders. */
static void
gather (Question *self)
{
  const PhPlan plan = { .requests = PH_PLAN_ALL, .owners = TRUE, .full_owners = TRUE };
  g_autoptr (PhSource) source = ph_source_new (&ph_socket_topic, NULL);

  self->n_waits = 2;
  ph_source_collect_async (source, &plan, NULL, collected, self);
  ph_service_inquiry_async (self->process, self->deed.name, NULL, inquired, self);
}

static const PhProcess *
find_process (PhTablePage *page, const PhSocketKey *key, gint32 pid, guint64 start_ticks)
{
  PhSnapshot *snapshot = ph_table_page_get_snapshot (page);
  const PhSocket *socket = snapshot ? ph_snapshot_find (snapshot, key) : NULL;
  g_autoptr (PhToll) toll = NULL;

  for (guint i = 0; socket && i < socket->owner.n_owners; i++)
    {
      const PhProcess *process = socket->owner.owners[i].process;

      if (process && process->pid == pid && process->start_ticks == start_ticks)
        return process;
    }
  if (!snapshot)
    return NULL;
  toll = ph_toll_new (snapshot, pid, start_ticks); /* by another of its sockets */
  return toll->process;
}

void
ph_deed_question_signal (PhTablePage *page, PhDeedName deed, const PhSocketKey *socket, gint32 pid, guint64 start_ticks)
{
  const PhProcess *process = find_process (page, socket, pid, start_ticks);
  Question *self;

  if (!process)
    {
      say (page, _ ("That process has no sockets open any more"));
      return;
    }
  self = question_new (page);
  if (!self)
    return;
  self->key = *socket;
  self->deed = (PhDeed){ .name = deed, .process = { .pid = pid, .start_ticks = start_ticks } };
  self->process = ph_process_ref (process);
  gather (self);
}
