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
  const char *icon, *title, *description, *button, *action;
} reasons[] = {
  [PH_EMPTY_NOTHING] = { "network-idle-symbolic", N_ ("No Sockets"), N_ ("Nothing of this kind is open right now."),
                         N_ ("_Refresh"), "win.refresh" },
  [PH_EMPTY_FILTERED]
  = { "system-search-symbolic", N_ ("Nothing Matches"), N_ ("There are sockets, but the filters hide all of them."),
      N_ ("_Clear Filters"), "page.clear-filters" },
  [PH_EMPTY_DENIED] = { "changes-prevent-symbolic", N_ ("Not Permitted"),
                        N_ ("This program is not allowed to read the sockets."), N_ ("_Try Again"), "win.refresh" },
  [PH_EMPTY_UNSUPPORTED]
  = { "help-about-symbolic", N_ ("Not in This Kernel"), N_ ("This kernel does not report sockets of this kind."),
      N_ ("_Clear Filters"), "page.clear-filters" },
  [PH_EMPTY_FAILED] = { "dialog-warning-symbolic", N_ ("Could Not Be Read"), N_ ("Reading the sockets failed."),
                        N_ ("_Try Again"), "win.refresh" },
};

static void
show_reason (PhEmptyState *self, const char *detail)
{
  /* A status page takes markup, and a detail can hold anything. */
  g_autofree char *description = g_markup_escape_text (detail ? detail : _ (reasons[self->reason].description), -1);

  adw_status_page_set_icon_name (self->status, reasons[self->reason].icon);
  adw_status_page_set_title (self->status, _ (reasons[self->reason].title));
  adw_status_page_set_description (self->status, description);
  gtk_button_set_label (self->button, _ (reasons[self->reason].button));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), reasons[self->reason].action);
}

void
ph_empty_state_set_reason (PhEmptyState *self, PhEmptyReason reason, const char *detail)
{
  g_return_if_fail (reason < G_N_ELEMENTS (reasons));

  self->reason = reason;
  show_reason (self, detail);
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
  show_reason (self, NULL);
}
