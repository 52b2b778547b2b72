/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-socket-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-label.h"
#include "ph-socket-words.h"

typedef struct
{
  GtkWidget *row;
  GtkLabel *ends;
  GtkLabel *kind;
  GtkImage *here;
  PhSocketKey key;
} Line;

struct _PhSocketList
{
  AdwBin parent_instance;

  GtkListBox *box;
  GPtrArray *lines; /* Line */
  guint n;          /* in use */
};

G_DEFINE_FINAL_TYPE (PhSocketList, ph_socket_list, ADW_TYPE_BIN)

enum
{
  SIGNAL_GO,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static GtkLabel *
make_label (GtkWidget *box, PangoEllipsizeMode ellipsize, const char *css_class)
{
  GtkWidget *label = ph_label_new (NULL, "numeric");

  gtk_label_set_ellipsize (GTK_LABEL (label), ellipsize);
  if (css_class)
    {
      gtk_widget_add_css_class (label, css_class);
      gtk_widget_add_css_class (label, "dim-label");
    }
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static Line *
make_line (PhSocketList *self)
{
  GtkWidget *both = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Line *line = g_new0 (Line, 1);

  line->row = gtk_list_box_row_new ();
  line->ends = make_label (words, PANGO_ELLIPSIZE_MIDDLE, NULL);
  line->kind = make_label (words, PANGO_ELLIPSIZE_END, "caption");
  line->here = GTK_IMAGE (gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (line->here), _ ("The one that is shown here"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (both), words);
  gtk_box_append (GTK_BOX (both), GTK_WIDGET (line->here));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (line->row), both);
  gtk_widget_add_css_class (line->row, "ph-socket");
  g_object_set_data (G_OBJECT (line->row), "line", line);
  gtk_list_box_append (self->box, line->row);
  g_ptr_array_add (self->lines, line);
  return line;
}

/* With the descriptor: a program may have several that look alike otherwise. */
static char *
dup_kind (const PhSocket *socket)
{
  const char *state = ph_state_name (socket->key.protocol, socket->state);
  GString *text = g_string_new (ph_protocol_label (socket->key.protocol, socket->key.family));

  if (*state)
    g_string_append_printf (text, " · %s", state);
  if (socket->owner.n_owners > 0 && socket->owner.owners[0].fd >= 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _ ("descriptor %d"), socket->owner.owners[0].fd);
    }
  return g_string_free (text, FALSE);
}

static void
show_line (Line *line, const PhSocket *socket, const PhSocketKey *here)
{
  g_autoptr (GString) ends = g_string_new (NULL);
  g_autofree char *kind = NULL;
  g_autofree char *name = NULL;
  gboolean is_here = here && memcmp (here, &socket->key, sizeof *here) == 0;

  line->key = socket->key;
  ph_socket_print_ends (socket, ends);
  kind = dup_kind (socket);
  if (!g_str_equal (gtk_label_get_text (line->ends), ends->str) || !g_str_equal (gtk_label_get_text (line->kind), kind))
    {
      name = g_strconcat (ends->str, ", ", kind, NULL);
      gtk_accessible_update_property (GTK_ACCESSIBLE (line->row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_widget_set_tooltip_text (line->row, ends->str);
    }
  ph_label_say (line->ends, ends->str);
  ph_label_say (line->kind, kind);
  gtk_widget_set_visible (GTK_WIDGET (line->here), is_here);
  gtk_widget_set_visible (line->row, TRUE);
}

void
ph_socket_list_show (
    PhSocketList *self, PhSnapshot *snapshot, const guint32 *slots, guint n_slots, const PhSocketKey *here)
{
  self->n = 0;
  for (guint i = 0; i < n_slots; i++)
    {
      const PhSocket *socket = ph_snapshot_at (snapshot, slots[i]);

      if (!socket)
        continue;
      show_line (self->n < self->lines->len ? g_ptr_array_index (self->lines, self->n) : make_line (self), socket,
                 here);
      self->n++;
    }
  for (guint i = self->n; i < self->lines->len; i++)
    gtk_widget_set_visible (((Line *) g_ptr_array_index (self->lines, i))->row, FALSE);
}

guint
ph_socket_list_get_n (PhSocketList *self)
{
  return self->n;
}

char *
ph_socket_list_dup_text (PhSocketList *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->n; i++)
    {
      const Line *line = g_ptr_array_index (self->lines, i);

      g_string_append_printf (text, "%s %s\n", gtk_label_get_text (line->kind), gtk_label_get_text (line->ends));
    }
  return g_string_free (text, FALSE);
}

static void
activated (PhSocketList *self, GtkListBoxRow *row)
{
  Line *line = g_object_get_data (G_OBJECT (row), "line");

  g_signal_emit (self, signals[SIGNAL_GO], 0, &line->key);
}

static void
ph_socket_list_finalize (GObject *object)
{
  g_ptr_array_unref (PH_SOCKET_LIST (object)->lines);
  G_OBJECT_CLASS (ph_socket_list_parent_class)->finalize (object);
}

static void
ph_socket_list_class_init (PhSocketListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_socket_list_finalize;
  signals[SIGNAL_GO] = g_signal_new ("go", PH_TYPE_SOCKET_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                     G_TYPE_POINTER);
}

static void
ph_socket_list_init (PhSocketList *self)
{
  self->lines = g_ptr_array_new_with_free_func (g_free);
  self->box = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->box, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Sockets of This Process"), -1);
  g_signal_connect_object (self->box, "row-activated", G_CALLBACK (activated), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}
