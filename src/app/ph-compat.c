/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each function has the newer way first, and the way of the floor after it. */
#undef GDK_VERSION_MAX_ALLOWED /* here all that there is may be used */
#undef ADW_VERSION_MAX_ALLOWED
#include "ph-compat.h"

#include <glib/gi18n.h>

typedef struct
{
  PhFileChosen chosen;
  gpointer user_data;
} Choice;

#if GTK_CHECK_VERSION(4, 10, 0)

static void
save_done (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autofree Choice *choice = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, NULL);

  choice->chosen (file, choice->user_data);
}

void
ph_compat_choose_save_file (
    GtkWindow *parent, const char *title, const char *name, PhFileChosen chosen, gpointer user_data)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  Choice *choice = g_new (Choice, 1);

  *choice = (Choice){ chosen, user_data };
  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, parent, NULL, save_done, choice);
}

#else

static void
save_done (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autofree Choice *choice = data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  choice->chosen (file, choice->user_data);
  g_object_unref (dialog);
}

void
ph_compat_choose_save_file (
    GtkWindow *parent, const char *title, const char *name, PhFileChosen chosen, gpointer user_data)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  Choice *choice = g_new (Choice, 1);

  *choice = (Choice){ chosen, user_data };
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect (dialog, "response", G_CALLBACK (save_done), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

#endif

#if ADW_CHECK_VERSION(1, 5, 0)

void
ph_compat_show_message (GtkWindow *parent, const char *heading, const char *body)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));

  adw_alert_dialog_add_response (dialog, "close", _ ("_Close"));
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (parent));
}

#else

void
ph_compat_show_message (GtkWindow *parent, const char *heading, const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

#endif

typedef struct
{
  void (*confirmed) (gpointer user_data);
  gpointer user_data;
  GDestroyNotify destroy; /* NULL: not ours */
} Question;

static void
answered (GtkWidget *dialog, const char *response, gpointer data)
{
  Question *question = data;

  if (g_strcmp0 (response, "yes") == 0)
    question->confirmed (question->user_data);
}

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  if (question->destroy)
    question->destroy (question->user_data);
  g_free (question);
}

/* Enter is not enough: whoever is asked unawares is typing. */
void
ph_compat_confirm_full (GtkWindow *parent,
                        const char *heading,
                        const char *body,
                        const char *yes,
                        void (*confirmed) (gpointer user_data),
                        gpointer user_data,
                        GDestroyNotify destroy)
{
  Question *question = g_new (Question, 1);

  *question = (Question){ confirmed, user_data, destroy };
#if ADW_CHECK_VERSION(1, 5, 0)
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));

  adw_alert_dialog_add_responses (dialog, "no", _ ("_Cancel"), "yes", yes, NULL);
  adw_alert_dialog_set_response_appearance (dialog, "yes", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "no");
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered), question, question_free, 0);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (parent));
#else
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));

  adw_message_dialog_add_responses (dialog, "no", _ ("_Cancel"), "yes", yes, NULL);
  adw_message_dialog_set_response_appearance (dialog, "yes", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "no");
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
#endif
}

void
ph_compat_confirm (GtkWindow *parent,
                   const char *heading,
                   const char *body,
                   const char *yes,
                   void (*confirmed) (gpointer user_data),
                   gpointer user_data)
{
  ph_compat_confirm_full (parent, heading, body, yes, confirmed, user_data, NULL);
}

#if ADW_CHECK_VERSION(1, 5, 0)

GtkWidget *
ph_compat_about_new (void)
{
  return GTK_WIDGET (adw_about_dialog_new ());
}

void
ph_compat_about_thank (GtkWidget *about, const char *title, const char *const *names)
{
  adw_about_dialog_add_acknowledgement_section (ADW_ABOUT_DIALOG (about), title, (const char **) names);
}

void
ph_compat_about_present (GtkWidget *about, GtkWindow *parent)
{
  adw_dialog_present (ADW_DIALOG (about), GTK_WIDGET (parent));
}

#else

GtkWidget *
ph_compat_about_new (void)
{
  return adw_about_window_new ();
}

void
ph_compat_about_thank (GtkWidget *about, const char *title, const char *const *names)
{
  adw_about_window_add_acknowledgement_section (ADW_ABOUT_WINDOW (about), title, (const char **) names);
}

void
ph_compat_about_present (GtkWidget *about, GtkWindow *parent)
{
  gtk_window_set_transient_for (GTK_WINDOW (about), parent);
  gtk_window_present (GTK_WINDOW (about));
}

#endif

void
ph_compat_quiet_cell (GtkWidget *cell)
{
  g_autoptr (GListModel) controllers = NULL;

  if (!gtk_check_version (4, 12, 0))
    return;
  controllers = gtk_widget_observe_controllers (cell);
  while (g_list_model_get_n_items (controllers) > 0)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, 0);

      gtk_widget_remove_controller (cell, controller);
    }
}

void
ph_compat_let_tab_leave (GtkColumnView *view)
{
#if GTK_CHECK_VERSION(4, 12, 0)
  gtk_column_view_set_tab_behavior (view, GTK_LIST_TAB_CELL);
#endif
}

gboolean
ph_compat_tab_leaves (GtkWidget *rows, GtkDirectionType direction)
{
  return gtk_check_version (4, 12, 0) && gtk_widget_get_focus_child (rows)
         && (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD);
}

void
ph_compat_get_color (GtkWidget *widget, GdkRGBA *color)
{
#if GTK_CHECK_VERSION(4, 10, 0)
  gtk_widget_get_color (widget, color);
#else
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), color);
#endif
}

gboolean
ph_compat_can_be_seen (GtkWindow *window)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  GdkToplevelState hidden = GDK_TOPLEVEL_STATE_MINIMIZED;

#if GTK_CHECK_VERSION(4, 12, 0)
  hidden |= GDK_TOPLEVEL_STATE_SUSPENDED;
#endif
  return surface && !(gdk_toplevel_get_state (GDK_TOPLEVEL (surface)) & hidden);
}
