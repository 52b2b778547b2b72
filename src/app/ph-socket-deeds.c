/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A menu may be open for long, and rows change meanwhile: so an item says by key, PID and start time what it is about,
 * never by row.
 */
#include "ph-socket-deeds.h"

#include <glib/gi18n.h>

#include "ph-autostart.h"
#include "ph-deed-question.h"
#include "ph-menu-label.h"
#include "ph-obstacle.h"

#define OWNERS_MAX 12             /* in a submenu */
#define IMPOSSIBLE "deed.nothing" /* an action that is never enabled */

/* --- the menu --- */

/* @label with the reason why not. */
static void
append_impossible (GMenu *menu, const char *label, PhObstacle obstacle)
{
  g_autofree char *why = ph_menu_label_escape (ph_obstacle_label (obstacle));
  /* Translators: an item of a menu that cannot be chosen, and why not: "Close Connection (needs CAP_NET_ADMIN)". */
  g_autofree char *text = g_strdup_printf (_ ("%s (%s)"), label, why);

  g_menu_append (menu, text, IMPOSSIBLE);
}

static void
append_close (GMenu *menu, const PhSocket *socket, const PhMeans *means)
{
  PhObstacle obstacle = ph_obstacle_to_close (socket, means, ph_autostart_in_sandbox ());
  const PhSocketKey *key = &socket->key;
  const char *verb = ph_deed_verb (PH_DEED_CLOSE, socket);
  g_autofree char *label = g_strconcat (verb, "…", NULL);
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  if (obstacle != PH_OBSTACLE_NONE)
    {
      append_impossible (menu, verb, obstacle);
      return;
    }
  g_menu_item_set_action_and_target (item, "deed.close", PH_DEED_SOCKET_TARGET, key->cookie, key->net_ns, key->family,
                                     key->protocol);
  g_menu_append_item (menu, item);
}

/* @verb: the item says what is done, not only to whom. */
static void
append_process (GMenu *menu, const PhSocket *socket, guint owner, const PhMeans *means, PhDeedName deed, gboolean verb)
{
  PhObstacle obstacle = ph_obstacle_to_signal (socket, owner, means);
  const PhProcess *process = socket->owner.owners[owner].process;
  const PhSocketKey *key = &socket->key;
  g_autofree char *name = ph_menu_label_name (process->comm);
  g_autofree char *label = NULL;
  g_autofree char *asking = NULL;
  g_autoptr (GMenuItem) item = NULL;

  if (!verb)
    label = g_strdup_printf (_ ("%s (PID %d)"), name, process->pid);
  else if (deed == PH_DEED_KILL)
    label = g_strdup_printf (_ ("_Kill %s (PID %d)"), name, process->pid);
  else
    label = g_strdup_printf (_ ("_End %s (PID %d)"), name, process->pid);
  if (obstacle != PH_OBSTACLE_NONE)
    {
      append_impossible (menu, label, obstacle);
      return;
    }
  asking = g_strconcat (label, "…", NULL);
  item = g_menu_item_new (asking, NULL);
  g_menu_item_set_action_and_target (item, deed == PH_DEED_KILL ? "deed.kill" : "deed.end", PH_DEED_PROCESS_TARGET,
                                     key->cookie, key->net_ns, key->family, key->protocol, process->pid,
                                     process->start_ticks);
  g_menu_append_item (menu, item);
}

/* A process may have a socket open more than once; its owners are in the order of their PIDs. */
static gboolean
is_repeated (const PhOwnership *owner, guint i)
{
  const PhProcess *process = owner->owners[i].process;

  return !process || (i > 0 && owner->owners[i - 1].process && owner->owners[i - 1].process->pid == process->pid);
}

/* One that is alone is named at once; of several somebody has to choose. */
static void
append_processes (GMenu *menu, const PhSocket *socket, const PhMeans *means, PhDeedName deed)
{
  const PhOwnership *owner = &socket->owner;
  guint which[OWNERS_MAX], n = 0;
  g_autoptr (GMenu) several = g_menu_new ();

  for (guint i = 0; i < owner->n_owners && n < OWNERS_MAX; i++)
    if (!is_repeated (owner, i))
      which[n++] = i;
  if (n == 0)
    append_impossible (menu, ph_deed_verb (deed, socket), ph_obstacle_to_signal (socket, owner->n_owners, means));
  if (n == 1)
    append_process (menu, socket, which[0], means, deed, TRUE);
  for (guint i = 0; i < n && n > 1; i++)
    append_process (several, socket, which[i], means, deed, FALSE);
  if (n > 1)
    g_menu_append_submenu (menu, ph_deed_verb (deed, socket), G_MENU_MODEL (several));
}

/* --- the actions --- */

static void
take_key (GVariant *target, PhSocketKey *key)
{
  *key = (PhSocketKey){ 0 };
  g_variant_get_child (target, 0, "t", &key->cookie);
  g_variant_get_child (target, 1, "u", &key->net_ns);
  g_variant_get_child (target, 2, "y", &key->family);
  g_variant_get_child (target, 3, "q", &key->protocol);
}

static void
close_socket (GSimpleAction *action, GVariant *target, gpointer page)
{
  PhSocketKey key;

  take_key (target, &key);
  ph_deed_question_close (page, &key);
}

static void
signal_process (PhTablePage *page, GVariant *target, PhDeedName deed)
{
  PhSocketKey key;
  gint32 pid;
  guint64 start_ticks;

  take_key (target, &key);
  g_variant_get_child (target, 4, "i", &pid);
  g_variant_get_child (target, 5, "t", &start_ticks);
  ph_deed_question_signal (page, deed, &key, pid, start_ticks);
}

static void
end_process (GSimpleAction *action, GVariant *target, gpointer page)
{
  signal_process (page, target, PH_DEED_END);
}

static void
kill_process (GSimpleAction *action, GVariant *target, gpointer page)
{
  signal_process (page, target, PH_DEED_KILL);
}

static void
ensure_actions (PhTablePage *page)
{
  static const GActionEntry entries[] = {
    { "close", close_socket, PH_DEED_SOCKET_TARGET },
    { "end", end_process, PH_DEED_PROCESS_TARGET },
    { "kill", kill_process, PH_DEED_PROCESS_TARGET },
    { "nothing" },
  };
  static const char there[] = "ph-socket-deeds";
  g_autoptr (GSimpleActionGroup) group = NULL;

  if (g_object_get_data (G_OBJECT (page), there))
    return;
  g_object_set_data (G_OBJECT (page), there, page);
  group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), page);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (group), "nothing")), FALSE);
  gtk_widget_insert_action_group (GTK_WIDGET (page), "deed", G_ACTION_GROUP (group));
}

void
ph_socket_deeds_append_menu (PhTablePage *page, PhRow *row, GMenu *menu)
{
  const PhSocket *socket = ph_row_get_record (row);
  const PhMeans means = ph_means ();
  g_autoptr (GMenu) section = g_menu_new ();

  ensure_actions (page);
  append_close (section, socket, &means);
  append_processes (section, socket, &means, PH_DEED_END);
  append_processes (section, socket, &means, PH_DEED_KILL);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}
