/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One table of reasons; the button is an action of the page or the window. */
#include "ph-empty-state.h"

#include <glib/gi18n.h>

struct _PhEmptyState
{
  AdwBin parent_instance;

  AdwStatusPage *status;
  GtkButton *button;
  PhEmptyReason reason;
};

G_DEFINE_FINAL_TYPE (PhEmptyState, ph_empty_state, ADW_TYPE_BIN)

/* By PhEmptyReason. */
static const struct
{
  const char *icon, *title; /* NULL: the table's */
  const char *button, *action;
} reasons[] = {
  [PH_EMPTY_NOTHING] = { "network-idle-symbolic", NULL, N_ ("_Refresh"), "win.refresh" },
  [PH_EMPTY_FILTERED]
  = { "system-search-symbolic", N_ ("Nothing Matches"), N_ ("_Clear Filters"), "page.clear-filters" },
  [PH_EMPTY_DENIED] = { "changes-prevent-symbolic", N_ ("Not Permitted"), N_ ("_Try Again"), "win.refresh" },
  [PH_EMPTY_UNSUPPORTED]
  = { "help-about-symbolic", N_ ("Not in This Kernel"), N_ ("_Clear Filters"), "page.clear-filters" },
  [PH_EMPTY_FAILED] = { "dialog-warning-symbolic", N_ ("Could Not Be Read"), N_ ("_Try Again"), "win.refresh" },
};

static const char *
why (PhEmptyReason reason, const PhTableWords *words)
{
  switch (reason)
    {
    case PH_EMPTY_FILTERED:
      return words->filtered;
    case PH_EMPTY_DENIED:
      return words->denied;
    case PH_EMPTY_UNSUPPORTED:
      return words->unsupported;
    case PH_EMPTY_FAILED:
      return words->failed;
    case PH_EMPTY_NOTHING:
    default:
      return words->none_why;
    }
}

void
ph_empty_state_set_reason (PhEmptyState *self, PhTableId table, PhEmptyReason reason, const char *detail)
{
  const PhTableWords *words = ph_table_words (table);
  g_autofree char *description = NULL;

  g_return_if_fail (reason < G_N_ELEMENTS (reasons));

  self->reason = reason;
  /* A status page takes markup, and a detail can hold anything. */
  description = g_markup_escape_text (detail ? detail : _ (why (reason, words)), -1);
  adw_status_page_set_icon_name (self->status, reasons[reason].icon);
  adw_status_page_set_title (self->status, _ (reasons[reason].title ? reasons[reason].title : words->none));
  adw_status_page_set_description (self->status, description);
  gtk_button_set_label (self->button, _ (reasons[reason].button));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), reasons[reason].action);
}

PhEmptyReason
ph_empty_state_get_reason (PhEmptyState *self)
{
  return self->reason;
}

static void
ph_empty_state_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), PH_TYPE_EMPTY_STATE);
  G_OBJECT_CLASS (ph_empty_state_parent_class)->dispose (object);
}

static void
ph_empty_state_class_init (PhEmptyStateClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_empty_state_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/porthole/Porthole/ph-empty-state.ui");
  gtk_widget_class_bind_template_child (widget_class, PhEmptyState, status);
  gtk_widget_class_bind_template_child (widget_class, PhEmptyState, button);
}

static void
ph_empty_state_init (PhEmptyState *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
