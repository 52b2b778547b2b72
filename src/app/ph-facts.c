/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows are made when they are first needed, and hidden when there are fewer facts than before. */
#include "ph-facts.h"

#include "ph-label.h"

typedef struct
{
  GtkWidget *box;
  GtkWidget *icon;
  GtkLabel *name;
  GtkLabel *value;
  GtkLabel *meaning;
} Row;

struct _PhFacts
{
  GtkWidget parent_instance;

  GArray *rows; /* of Row */
  guint n;      /* how many of them are in use */
};

G_DEFINE_FINAL_TYPE (PhFacts, ph_facts, GTK_TYPE_WIDGET)

static GtkLabel *
make_label (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = ph_label_new (NULL, css_class);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (gtk_widget_get_direction (box) == GTK_TEXT_DIR_RTL) /* lines of addresses begin where the others do */
    gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_RIGHT);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

/* Name above value, or for numbers beside it; below them the meaning. */
static Row *
make_row (PhFacts *self)
{
  GtkWidget *line, *head;
  Row row;

  row.box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  line = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_hexpand (head, TRUE);
  row.name = make_label (head, NULL);
  row.icon = gtk_image_new ();
  gtk_box_append (GTK_BOX (head), row.icon);
  gtk_box_append (GTK_BOX (line), head);
  row.value = make_label (line, NULL);
  gtk_label_set_selectable (row.value, TRUE);
  gtk_box_append (GTK_BOX (row.box), line);
  row.meaning = make_label (row.box, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (row.meaning), "dim-label");
  /* Its name is what it says. */
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row.value), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, row.name, NULL, -1);
  gtk_widget_set_parent (row.box, GTK_WIDGET (self));
  g_array_append_val (self->rows, row);
  return &g_array_index (self->rows, Row, self->rows->len - 1);
}

static void
say (GtkLabel *label, const char *text)
{
  ph_label_say (label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
lay_out (Row *row, gboolean number)
{
  GtkWidget *line = gtk_widget_get_parent (GTK_WIDGET (row->value));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (line),
                                  number ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (line), number ? 12 : 2);
  gtk_label_set_xalign (row->value, number ? 1 : 0);
  set_class (GTK_WIDGET (row->value), "numeric", number);
  set_class (GTK_WIDGET (row->name), "caption", !number);
  set_class (GTK_WIDGET (row->name), "dim-label", !number);
}

void
ph_facts_begin (PhFacts *self)
{
  self->n = 0;
}

void
ph_facts_add (PhFacts *self, const PhFact *fact)
{
  Row *row;

  if (!fact->value || fact->value[0] == '\0')
    return;
  row = self->n < self->rows->len ? &g_array_index (self->rows, Row, self->n) : make_row (self);
  self->n++;
  lay_out (row, fact->number);
  say (row->name, fact->name);
  say (row->value, fact->value);
  gtk_label_set_lines (row->value, fact->lines > 0 ? fact->lines : -1);
  gtk_label_set_ellipsize (row->value, fact->lines > 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  say (row->meaning, fact->meaning);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (row->value)), fact->tooltip) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (row->value), fact->tooltip);
  gtk_widget_set_visible (row->icon, fact->icon != NULL);
  if (g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (row->icon)), fact->icon) != 0)
    gtk_image_set_from_icon_name (GTK_IMAGE (row->icon), fact->icon);
  if (fact->icon && g_strcmp0 (gtk_widget_get_tooltip_text (row->icon), fact->icon_words) != 0)
    {
      gtk_widget_set_tooltip_text (row->icon, fact->icon_words);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row->icon), GTK_ACCESSIBLE_PROPERTY_LABEL, fact->icon_words, -1);
    }
  gtk_widget_set_visible (row->box, TRUE);
}

void
ph_facts_end (PhFacts *self)
{
  for (guint i = self->n; i < self->rows->len; i++)
    gtk_widget_set_visible (g_array_index (self->rows, Row, i).box, FALSE);
}

char *
ph_facts_dup_text (PhFacts *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->n; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);

      g_string_append_printf (text, "%s: %s\n", gtk_label_get_text (row->name), gtk_label_get_text (row->value));
    }
  return g_string_free (text, FALSE);
}

static void
ph_facts_dispose (GObject *object)
{
  PhFacts *self = PH_FACTS (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  g_array_set_size (self->rows, 0);
  self->n = 0;
  G_OBJECT_CLASS (ph_facts_parent_class)->dispose (object);
}

static void
ph_facts_finalize (GObject *object)
{
  g_array_unref (PH_FACTS (object)->rows);
  G_OBJECT_CLASS (ph_facts_parent_class)->finalize (object);
}

static void
ph_facts_class_init (PhFactsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_facts_dispose;
  G_OBJECT_CLASS (klass)->finalize = ph_facts_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ph_facts_init (PhFacts *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 10);
}
