/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A button knows its chip, a group's box its group: there is no other state. */
#include "ph-chip-bar.h"

#include <glib/gi18n.h>
#include <string.h>

#define CHIP_KEY "ph-chip"

struct _PhChipBar
{
  AdwBin parent_instance;

  const PhChipGroup *groups;
  guint n_groups;
  GtkWidget *row; /* a box for each group, in it a button for each chip */
};

G_DEFINE_FINAL_TYPE (PhChipBar, ph_chip_bar, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static const PhChip *
chip_of (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), CHIP_KEY);
}

static gboolean
is_on (GtkWidget *button)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button));
}

/* Of linked buttons one is going out and another coming on: once is enough. */
static void
toggled (GtkWidget *button, PhChipBar *self)
{
  const PhChipGroup *group = g_object_get_data (G_OBJECT (gtk_widget_get_parent (button)), CHIP_KEY);

  if (!group->one || is_on (button))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static GtkWidget *
make_button (const PhChip *chip, gboolean one)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (g_dpgettext (NULL, chip->title, 0));

  g_object_set_data (G_OBJECT (button), CHIP_KEY, (gpointer) chip);
  gtk_widget_add_css_class (button, one ? "ph-segment" : "ph-chip");
  if (chip->tooltip)
    gtk_widget_set_tooltip_text (button, _ (chip->tooltip));
  return button;
}

static GtkWidget *
make_group (PhChipBar *self, const PhChipGroup *group)
{
  GtkWidget *box
      = g_object_new (GTK_TYPE_BOX, "spacing", group->one ? 0 : 6, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkWidget *first = NULL;

  g_object_set_data (G_OBJECT (box), CHIP_KEY, (gpointer) group);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (group->name), -1);
  if (group->one)
    gtk_widget_add_css_class (box, "linked");
  for (guint i = 0; i < group->n_chips; i++)
    {
      GtkWidget *button = make_button (&group->chips[i], group->one);

      if (group->one && first)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
      else if (group->one)
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (first = button), TRUE);
      gtk_box_append (GTK_BOX (box), button);
      g_signal_connect_object (button, "toggled", G_CALLBACK (toggled), self, 0);
    }
  return box;
}

#define FOR_EACH_CHILD(child, widget)                                                                                  \
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))

static GtkWidget *
find_button (PhChipBar *self, const char *id)
{
  FOR_EACH_CHILD (box, self->row)
  {
    FOR_EACH_CHILD (button, box)
    {
      if (strcmp (chip_of (button)->id, id) == 0)
        return button;
    }
  }
  return NULL;
}

gboolean
ph_chip_bar_get (PhChipBar *self, const char *id)
{
  GtkWidget *button = find_button (self, id);

  g_return_val_if_fail (button != NULL, FALSE);
  return is_on (button);
}

void
ph_chip_bar_set (PhChipBar *self, const char *id, gboolean on)
{
  GtkWidget *button = find_button (self, id);

  g_return_if_fail (button != NULL);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), on);
}

gboolean
ph_chip_bar_clear (PhChipBar *self)
{
  gboolean any = FALSE;

  for (guint g = 0; g < self->n_groups; g++)
    for (guint i = 0; i < self->groups[g].n_chips && !self->groups[g].one; i++)
      if (ph_chip_bar_get (self, self->groups[g].chips[i].id))
        {
          ph_chip_bar_set (self, self->groups[g].chips[i].id, FALSE);
          any = TRUE;
        }
  return any;
}

char *
ph_chip_bar_dup_filter (PhChipBar *self)
{
  GString *filter = g_string_new (NULL);

  FOR_EACH_CHILD (box, self->row)
  {
    const PhChipGroup *group = g_object_get_data (G_OBJECT (box), CHIP_KEY);
    gboolean begun = FALSE;

    FOR_EACH_CHILD (button, box)
    {
      const char *value = chip_of (button)->value;

      if (!is_on (button) || !value)
        continue;
      if (begun)
        g_string_append_printf (filter, ",%s", value);
      else
        g_string_append_printf (filter, "%s%s:%s", filter->len > 0 ? " " : "", group->field, value);
      begun = TRUE;
    }
  }
  return g_string_free (filter, FALSE);
}

guint64
ph_chip_bar_get_requests (PhChipBar *self)
{
  guint64 requests = G_MAXUINT64;

  FOR_EACH_CHILD (box, self->row)
  {
    guint64 these = 0;

    FOR_EACH_CHILD (button, box)
    {
      if (is_on (button))
        these |= chip_of (button)->requests ? chip_of (button)->requests : G_MAXUINT64;
    }
    if (these)
      requests &= these;
  }
  return requests;
}

static void
ph_chip_bar_class_init (PhChipBarClass *klass)
{
  signals[SIGNAL_CHANGED]
      = g_signal_new ("changed", PH_TYPE_CHIP_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ph_chip_bar_init (PhChipBar *self)
{
  self->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (self->row, "ph-chips");
  adw_bin_set_child (ADW_BIN (self), self->row);
}

PhChipBar *
ph_chip_bar_new (const PhChipGroup *groups, guint n_groups)
{
  PhChipBar *self = g_object_new (PH_TYPE_CHIP_BAR, NULL);

  self->groups = groups;
  self->n_groups = n_groups;
  for (guint i = 0; i < n_groups; i++)
    gtk_box_append (GTK_BOX (self->row), make_group (self, &groups[i]));
  return self;
}
