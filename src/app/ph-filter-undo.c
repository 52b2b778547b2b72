/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-filter-undo.h"

#include <glib/gi18n.h>

#include "ph-socket-chips.h"
#include "ph-toast.h"

#define SECONDS 10 /* to look at the row, think it over and get there */

struct _PhFilterUndo
{
  PhTablePage *page; /* NULL: gone */
  char *text;
  PhChips chips;
};

/* The chips of this page; NULL: it has others. */
static PhSocketChips *
find_chips (PhTablePage *page)
{
  g_autoptr (GtkWidget) chips = NULL;

  g_object_get (page, "chips", &chips, NULL);
  /* The page holds on to it. */
  return PH_IS_SOCKET_CHIPS (chips) ? PH_SOCKET_CHIPS (chips) : NULL;
}

PhFilterUndo *
ph_filter_undo_new (PhTablePage *page)
{
  PhFilterUndo *undo = g_new0 (PhFilterUndo, 1);
  PhSocketChips *chips = find_chips (page);

  g_set_weak_pointer (&undo->page, page);
  undo->text = g_strdup (ph_table_page_get_text (page));
  if (chips)
    ph_socket_chips_get (chips, &undo->chips);
  return undo;
}

void
ph_filter_undo_free (PhFilterUndo *undo)
{
  g_clear_weak_pointer (&undo->page);
  g_free (undo->text);
  g_free (undo);
}

void
ph_filter_undo_apply (PhFilterUndo *undo)
{
  PhSocketChips *chips = undo->page ? find_chips (undo->page) : NULL;

  if (chips)
    ph_socket_chips_set (chips, &undo->chips);
  if (undo->page)
    ph_table_page_set_text (undo->page, undo->text);
}

static void
take_back (AdwToast *toast, PhFilterUndo *undo)
{
  ph_filter_undo_apply (undo);
}

/* What was done before is not what one would take back now. */
static void
replace_toast (PhTablePage *page, AdwToast *toast)
{
  static GQuark quark;
  AdwToast *before;

  if (!quark)
    quark = g_quark_from_static_string ("ph-filter-undo-toast");
  before = g_object_get_qdata (G_OBJECT (page), quark);
  if (before)
    adw_toast_dismiss (before);
  g_object_set_qdata_full (G_OBJECT (page), quark, g_object_ref (toast), g_object_unref);
  ph_table_page_add_toast (page, toast);
}

static void
let_go (gpointer undo, GClosure *closure)
{
  ph_filter_undo_free (undo);
}

void
ph_filter_undo_offer (PhFilterUndo *undo, const char *title)
{
  AdwToast *toast;

  if (!undo->page)
    {
      ph_filter_undo_free (undo);
      return;
    }
  toast = ph_toast_new (title);
  adw_toast_set_timeout (toast, SECONDS);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (take_back), undo, let_go, 0);
  replace_toast (undo->page, toast);
}
