/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GTK keeps what it tells a screen reader to itself, but has a few functions for tests: from these a name is put
 * together here as GTK does it. */
#include "access.h"

#include <string.h>

#define SMALLEST 24 /* px: WCAG 2.2, target size (minimum) */
#define N_LOOKS  15

/* --- names --- */

/* An accessible property is only told to who expects another one. */
static char *
dup_label (GtkWidget *widget)
{
  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    return NULL;
  return gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, "\001");
}

/* What the widgets say that label it: they are told as "GtkLabel<0x55d0c0ffee00>, …". */
static char *
dup_labels (GtkWidget *widget)
{
  g_autofree char *which
      = gtk_test_accessible_check_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY, NULL, NULL);
  GString *text = g_string_new (NULL);

  for (const char *at = which ? strchr (which, '<') : NULL; at; at = strchr (at + 1, '<'))
    {
      GtkWidget *label = (gpointer) (gsize) g_ascii_strtoull (at + 1, NULL, 16);
      g_autofree char *said
          = GTK_IS_LABEL (label) ? g_strdup (gtk_label_get_text (GTK_LABEL (label))) : dup_label (label);

      if (said)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", said);
    }
  return g_string_free (text, text->len == 0);
}

static void
add_text (GtkWidget *widget, gpointer text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_child_visible (widget))
    g_string_append_printf (text, "%s%s", ((GString *) text)->len > 0 ? " " : "",
                            gtk_label_get_text (GTK_LABEL (widget)));
}

/* Since 4.10 what is written on them is the name of those that have no other. */
static gboolean
is_named_by_content (GtkWidget *widget)
{
  switch (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)))
    {
    case GTK_ACCESSIBLE_ROLE_BUTTON:
#if GTK_CHECK_VERSION(4, 10, 0)
    case GTK_ACCESSIBLE_ROLE_TOGGLE_BUTTON:
#endif
    case GTK_ACCESSIBLE_ROLE_CHECKBOX:
    case GTK_ACCESSIBLE_ROLE_RADIO:
    case GTK_ACCESSIBLE_ROLE_LINK:
    case GTK_ACCESSIBLE_ROLE_TAB:
    case GTK_ACCESSIBLE_ROLE_MENU_ITEM:
    case GTK_ACCESSIBLE_ROLE_MENU_ITEM_CHECKBOX:
    case GTK_ACCESSIBLE_ROLE_MENU_ITEM_RADIO:
    case GTK_ACCESSIBLE_ROLE_COLUMN_HEADER:
      return gtk_check_version (4, 10, 0) == NULL;
    default:
      return FALSE;
    }
}

/* Since 4.10 the button in a menu button is called like that. */
static gboolean
is_part_of_button (GtkWidget *widget)
{
  return GTK_IS_TOGGLE_BUTTON (widget) && GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget))
         && gtk_check_version (4, 10, 0) == NULL;
}

char *
access_dup_name (GtkWidget *widget)
{
  char *name = dup_label (widget);

  if (name && *name)
    return name;
  g_free (name);
  if (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return dup_labels (widget);
  if (GTK_IS_LABEL (widget))
    return g_strdup (gtk_label_get_text (GTK_LABEL (widget)));
  if (is_part_of_button (widget))
    return access_dup_name (gtk_widget_get_parent (widget));
  if (is_named_by_content (widget))
    {
      GString *text = g_string_new (NULL);

      widget_for_each (widget, add_text, text);
      return g_string_free (text, text->len == 0);
    }
  return NULL;
}

/* --- what is wrong with one --- */

typedef struct
{
  GPtrArray *findings;
  GHashTable *names;     /* "list role name" that are taken */
  GHashTable *mnemonics; /* "window letter" → what has it */
} Look;

static void
find (Look *look, GtkWidget *widget, const char *what)
{
  g_autoptr (GString) line = g_string_new (G_OBJECT_TYPE_NAME (widget));
  guint depth = 0;

  for (GtkWidget *parent = gtk_widget_get_parent (widget); parent && depth < 6;
       parent = gtk_widget_get_parent (parent), depth++)
    g_string_append_printf (line, " in %s", G_OBJECT_TYPE_NAME (parent));
  g_string_append_printf (line, ": %s", what);
  g_ptr_array_add (look->findings, g_string_free (g_steal_pointer (&line), FALSE));
}

/* A list of libadwaita's, in a group or a row of preferences: titles stand above and in it. */
static gboolean
is_list_of_preferences (GtkWidget *widget)
{
  return (GTK_IS_LIST_BOX (widget) && gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_GROUP))
         || (GTK_IS_LIST_VIEW (widget) && gtk_widget_get_ancestor (widget, ADW_TYPE_COMBO_ROW));
}

/* GTK makes every scrolled window and paned focusable, and gives the focus to what is in it. An entry gives it to its
 * GtkText, but is what a screen reader hears of. */
static gboolean
takes_focus (GtkWidget *widget)
{
  return (gtk_widget_get_focusable (widget) || GTK_IS_EDITABLE (widget)) && gtk_widget_is_sensitive (widget)
         && !GTK_IS_SCROLLED_WINDOW (widget) && !GTK_IS_PANED (widget) && !GTK_IS_WINDOW (widget)
         && !GTK_IS_POPOVER (widget) && !is_list_of_preferences (widget);
}

static gboolean
is_hidden_from_readers (GtkWidget *widget)
{
  GtkAccessibleRole role = gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget));

  return role == GTK_ACCESSIBLE_ROLE_NONE || role == GTK_ACCESSIBLE_ROLE_PRESENTATION;
}

/* A place in a list that GTK makes is known by what is in it; only a row of a table is named (see PhCell). */
static gboolean
is_list_place (GtkWidget *widget)
{
  return g_strcmp0 (G_OBJECT_TYPE_NAME (widget), "GtkListItemWidget") == 0
         && gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) != GTK_ACCESSIBLE_ROLE_ROW;
}

static void
look_at_name (Look *look, GtkWidget *widget)
{
  g_autofree char *name = access_dup_name (widget);
  g_autofree char *key = NULL;
  GtkWidget *list;

  if (is_list_place (widget))
    return;
  if (!name || !*name)
    {
      find (look, widget, "takes the focus and has no name");
      return;
    }
  if (g_strcmp0 (name, G_OBJECT_TYPE_NAME (widget)) == 0)
    find (look, widget, "is named like its class");
  if (GTK_IS_LABEL (widget) || gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == GTK_ACCESSIBLE_ROLE_ROW)
    return; /* two rows or texts may well say the same */
  /* Entries of different lists may be, for the lists have names. */
  list = gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == GTK_ACCESSIBLE_ROLE_LIST_ITEM
             ? gtk_widget_get_parent (widget)
             : NULL;
  key = g_strdup_printf ("%p %d %s", (gpointer) list, gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)),
                         name);
  if (!g_hash_table_add (look->names, g_steal_pointer (&key)))
    {
      g_autofree char *what = g_strdup_printf ("there is another one named “%s”", name);

      find (look, widget, what);
    }
}

static void
look_at_role (Look *look, GtkWidget *widget)
{
  switch (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)))
    {
    case GTK_ACCESSIBLE_ROLE_GENERIC:
    case GTK_ACCESSIBLE_ROLE_WIDGET:
    case GTK_ACCESSIBLE_ROLE_GROUP:
      find (look, widget, "takes the focus and its role says nothing");
      break;
    default:
      break;
    }
}

static void
look_for_text (GtkWidget *widget, gpointer found)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && *gtk_label_get_text (GTK_LABEL (widget)))
    *(gboolean *) found = TRUE;
}

/* The button of a menu button, a password entry or the like has what it needs from that. */
static gboolean
has_tooltip (GtkWidget *widget)
{
  for (guint i = 0; i < 2 && widget; i++, widget = gtk_widget_get_parent (widget))
    if (gtk_widget_get_tooltip_text (widget))
      return TRUE;
  return FALSE;
}

static gboolean
is_window_control (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) != NULL;
}

static void
look_at_button (Look *look, GtkWidget *widget)
{
  gboolean has_text = FALSE;
  graphene_rect_t box = GRAPHENE_RECT_INIT (0, 0, 0, 0);

  if (is_window_control (widget) || gtk_widget_get_ancestor (widget, ADW_TYPE_COMBO_ROW)
      || gtk_widget_get_ancestor (widget, GTK_TYPE_SPIN_BUTTON))
    return;
  widget_for_each (widget, look_for_text, &has_text);
  if (!has_text && !has_tooltip (widget))
    find (look, widget, "shows an icon alone and has no tooltip");
  if (gtk_widget_compute_bounds (widget, widget, &box) && (box.size.width < SMALLEST || box.size.height < SMALLEST))
    {
      g_autofree char *what = g_strdup_printf ("is only %g by %g px", box.size.width, box.size.height);

      find (look, widget, what);
    }
}

static void
look_at_mnemonic (Look *look, GtkWidget *label)
{
  guint letter = gtk_label_get_mnemonic_keyval (GTK_LABEL (label));
  g_autofree char *key = g_strdup_printf ("%p %u", (gpointer) gtk_widget_get_native (label), letter);
  const char *text = gtk_label_get_label (GTK_LABEL (label));
  const char *other = g_hash_table_lookup (look->mnemonics, key);

  if (letter == 0 || letter == GDK_KEY_VoidSymbol)
    return;
  if (other)
    {
      g_autofree char *what
          = g_strdup_printf ("“%s” has the letter %s, as “%s” has", text, gdk_keyval_name (letter), other);

      find (look, label, what);
    }
  else
    g_hash_table_insert (look->mnemonics, g_steal_pointer (&key), g_strdup (text));
}

static void
look_at (GtkWidget *widget, gpointer data)
{
  Look *look = data;

  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget))
    look_at_mnemonic (look, widget);
  if (is_hidden_from_readers (widget))
    return;
  if (GTK_IS_BUTTON (widget))
    look_at_button (look, widget);
  if (!takes_focus (widget))
    return;
  look_at_name (look, widget);
  look_at_role (look, widget);
}

void
access_look (GtkWidget *root, GPtrArray *findings)
{
  Look look = {
    .findings = findings,
    .names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .mnemonics = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
  };

  widget_for_each (root, look_at, &look);
  g_hash_table_unref (look.names);
  g_hash_table_unref (look.mnemonics);
}

static void
look_at_all (GPtrArray *findings)
{
  GListModel *windows = gtk_window_get_toplevels ();

  g_ptr_array_set_size (findings, 0);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (gtk_widget_get_mapped (window))
        access_look (window, findings);
    }
}

/* What is still on its way to its place is looked at again: only what stays is a finding. */
void
access_check (const char *where)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);

  look_at_all (findings);
  for (guint i = 0; findings->len > 0 && i < N_LOOKS; i++)
    {
      loop_run_for (200);
      look_at_all (findings);
    }
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s: %s", where, (const char *) g_ptr_array_index (findings, i));
  if (findings->len > 0)
    g_test_fail ();
}
