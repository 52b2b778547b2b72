/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help while a filter is written: proposals below the entry, by key and by click; the guide beside it; the mark of a
 * mistake. */
#include "fruit.h"
#include "ph-filter-bar.h"
#include "ph-filter-guide.h"
#include "widget.h"

static const FruitFact facts[] = {
  { 1, 150, "apple" }, { 2, 150, "pear" },        { 3, 160, "blood orange" }, { 4, 150, "plum" },
  { 5, 0, "pear" },    { 6, 300, "pine, apple" }, { 7, 300, "Birne Ü" },
};

typedef struct
{
  PhTable *table;
  PhLinker *linker;
  PhFilterBar *bar;
  GtkWindow *window;
  GtkEditable *entry;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->table = ph_table_new (&fruit_schema);
  f->linker = ph_linker_new (&fruit_schema);
  fruit_sync (f->table, f->linker, facts, G_N_ELEMENTS (facts));
  f->bar = g_object_new (PH_TYPE_FILTER_BAR, NULL);
  ph_filter_bar_set_table (f->bar, f->table);
  f->window = widget_show (GTK_WIDGET (f->bar), 700, 500);
  f->entry = widget_find (GTK_WIDGET (f->bar), GTK_TYPE_SEARCH_ENTRY);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  widget_close (f->window);
  ph_linker_free (f->linker);
  g_assert_finalize_object (f->table);
}

static GtkPopover *
proposals (Fixture *f)
{
  g_autoptr (GPtrArray) popovers = widget_find_all (GTK_WIDGET (f->bar), GTK_TYPE_POPOVER);

  for (guint i = 0; i < popovers->len; i++)
    if (!gtk_popover_get_autohide (popovers->pdata[i]))
      return popovers->pdata[i];
  return NULL;
}

static gboolean
is_open (Fixture *f)
{
  return proposals (f) && gtk_widget_get_visible (GTK_WIDGET (proposals (f)));
}

static void
open_bar (Fixture *f)
{
  g_object_set (f->bar, "search-mode", TRUE, NULL);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (f->window));
}

static gboolean
in_entry (Fixture *f)
{
  GtkWidget *focus = gtk_window_get_focus (f->window);

  return focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (f->entry));
}

/* As the input method gives it to the entry. */
static void
type (Fixture *f, const char *text)
{
  g_assert_true (in_entry (f));
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      char one[8] = { 0 };
      int at = gtk_editable_get_position (f->entry);

      g_utf8_strncpy (one, text, 1);
      gtk_editable_insert_text (f->entry, one, -1, &at);
      gtk_editable_set_position (f->entry, at);
    }
}

static gboolean
press (Fixture *f, guint keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (f->entry));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller)
          && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &handled);
    }
  return handled;
}

static char *
proposed (Fixture *f)
{
  GtkListBox *list = widget_find (GTK_WIDGET (proposals (f)), GTK_TYPE_LIST_BOX);
  GString *all = g_string_new (NULL);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)); i++)
    {
      g_autoptr (GPtrArray) labels = widget_find_all (GTK_WIDGET (row), GTK_TYPE_LABEL);

      g_string_append_printf (all, "%s%s", i > 0 ? "|" : "", gtk_label_get_text (labels->pdata[0]));
      g_assert_true (gtk_test_accessible_check_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                                         gtk_label_get_text (labels->pdata[0]))
                     == NULL);
    }
  return g_string_free (all, FALSE);
}

#define assert_proposed(f, expected)                                                                                   \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    RUN_UNTIL (is_open (f));                                                                                           \
    g_autofree char *all_ = proposed (f);                                                                              \
    g_assert_cmpstr (all_, ==, expected);                                                                              \
    g_assert_true (in_entry (f));                                                                                      \
  }                                                                                                                    \
  G_STMT_END

#define assert_text(f, expected) g_assert_cmpstr (gtk_editable_get_text ((f)->entry), ==, expected)

/* A field's name, then the values that occur, the most frequent first; the focus stays. */
static void
test_keys (Fixture *f, gconstpointer data)
{
  open_bar (f);
  type (f, "-na");
  assert_proposed (f, "name");
  g_assert_true (press (f, GDK_KEY_Tab));
  assert_text (f, "-name:");
  assert_proposed (f, "pear|Birne Ü|apple|blood orange|pine, apple|plum");

  g_assert_true (press (f, GDK_KEY_Down));
  g_assert_true (press (f, GDK_KEY_Down));
  g_assert_true (press (f, GDK_KEY_Up));
  g_assert_true (press (f, GDK_KEY_Return));
  assert_text (f, "-name:pear");
  RUN_UNTIL (!is_open (f));

  type (f, ",PIN");
  assert_proposed (f, "pine, apple");
  g_assert_true (press (f, GDK_KEY_Up)); /* from none to the last */
  g_assert_true (press (f, GDK_KEY_KP_Enter));
  assert_text (f, "-name:pear,\"pine, apple\"");
  g_assert_cmpint (gtk_editable_get_position (f->entry), ==, (int) strlen ("-name:pear,\"pine, apple\""));

  type (f, " grams:1");
  assert_proposed (f, "150|160");
  g_assert_true (press (f, GDK_KEY_Escape));
  g_assert_false (is_open (f));
  assert_text (f, "-name:pear,\"pine, apple\" grams:1");

  /* Nothing is open: keys are the entry's own, and what they do to the table. */
  g_assert_false (press (f, GDK_KEY_Escape));
  g_assert_false (press (f, GDK_KEY_Tab));
  g_assert_false (press (f, GDK_KEY_Down));
}

/* In the middle of the text what stands around the cursor is replaced, and characters are not bytes. */
static void
test_middle (Fixture *f, gconstpointer data)
{
  open_bar (f);
  type (f, "ü name:b x");
  gtk_editable_set_position (f->entry, 8);
  type (f, "i");
  assert_proposed (f, "Birne Ü");
  g_assert_true (press (f, GDK_KEY_Tab));
  assert_text (f, "ü name:\"Birne Ü\" x");
}

/* Enter without a choice is the entry's, and what nobody types is not completed. */
static void
test_quiet (Fixture *f, gconstpointer data)
{
  ph_filter_bar_set_text (f->bar, "na");
  loop_run_for (50);
  g_assert_null (proposals (f));

  open_bar (f);
  gtk_editable_set_text (f->entry, "");
  type (f, "na");
  assert_proposed (f, "name");
  g_assert_false (press (f, GDK_KEY_Return));
  g_assert_false (is_open (f));

  type (f, "m");
  RUN_UNTIL (is_open (f));
  ph_filter_bar_set_text (f->bar, "name:p"); /* a chip, or a menu */
  loop_run_for (50);
  g_assert_false (is_open (f));

  type (f, "zz");
  loop_run_for (50);
  g_assert_false (is_open (f)); /* nothing begins so */

  gtk_editable_set_text (f->entry, "");
  type (f, "name:plum");
  loop_run_for (100);
  g_assert_false (is_open (f)); /* it is all there */
}

static void
test_click (Fixture *f, gconstpointer data)
{
  GtkListBox *list;

  open_bar (f);
  type (f, "name:p");
  RUN_UNTIL (is_open (f));
  list = widget_find (GTK_WIDGET (proposals (f)), GTK_TYPE_LIST_BOX);
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (proposals (f)), GTK_DIR_TAB_FORWARD));
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 0));
  assert_text (f, "name:pear");
  g_assert_true (in_entry (f));
  g_assert_false (is_open (f));
}

/* Gone while a worker counts. */
static void
test_gone (Fixture *f, gconstpointer data)
{
  open_bar (f);
  type (f, "name:p");
  g_main_context_iteration (NULL, FALSE);
}

/* Made when it is opened; what is clicked is put behind what is typed, and a field asks for its values. */
static void
test_guide (Fixture *f, gconstpointer data)
{
  GtkMenuButton *button;
  GtkListBoxRow *row;
  GtkWidget *label;

  g_assert_null (widget_find (GTK_WIDGET (f->bar), PH_TYPE_FILTER_GUIDE)); /* nobody has asked */
  open_bar (f);
  type (f, "x");
  button = widget_find (widget_find (GTK_WIDGET (f->bar), PH_TYPE_FILTER_GUIDE), GTK_TYPE_MENU_BUTTON);
  g_assert_null (gtk_popover_get_child (gtk_menu_button_get_popover (button)));
  g_assert_null (gtk_test_accessible_check_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                                     "Fields and examples of filters"));
  gtk_menu_button_popup (button);
  RUN_UNTIL (gtk_widget_get_mapped (GTK_WIDGET (gtk_menu_button_get_popover (button))));

  label = widget_find_text (GTK_WIDGET (gtk_menu_button_get_popover (button)), GTK_TYPE_LABEL, "grams");
  g_assert_nonnull (label);
  row = GTK_LIST_BOX_ROW (gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX_ROW));
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX), "row-activated", row);
  assert_text (f, "x grams:");
  assert_proposed (f, "150|300|160");
}

/* What is wrong is underlined, in bytes of the text. */
static void
assert_marked (Fixture *f, const char *text, gsize position, const char *expected)
{
  GSList *attributes; /* copies */
  PangoAttribute *line;
  g_autofree char *marked = NULL;

  gtk_editable_set_text (f->entry, text);
  ph_filter_bar_set_error (f->bar, "So it is", position);
  attributes
      = pango_attr_list_get_attributes (gtk_text_get_attributes (GTK_TEXT (gtk_editable_get_delegate (f->entry))));
  line = attributes->data;
  g_assert_cmpint (line->klass->type, ==, PANGO_ATTR_UNDERLINE);
  marked = g_strndup (text + line->start_index, line->end_index - line->start_index);
  g_assert_cmpstr (marked, ==, expected);
  g_slist_free_full (attributes, (GDestroyNotify) pango_attribute_destroy);
}

static void
test_mark (Fixture *f, gconstpointer data)
{
  assert_marked (f, "prt:443 x", 0, "prt:443");
  assert_marked (f, "ü pid:1,x,2", strlen ("ü pid:1,"), "x");
  assert_marked (f, "a \"b c", 2, "\"b c");
  assert_marked (f, "a port:", 7, "port:");
  assert_marked (f, "port:443, 80", 9, "port:443,");
  assert_marked (f, "x -", 3, "-");
  ph_filter_bar_set_error (f->bar, NULL, 0);
  g_assert_null (gtk_text_get_attributes (GTK_TEXT (gtk_editable_get_delegate (f->entry))));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/filter-bar/keys", test_keys },   { "/filter-bar/middle", test_middle }, { "/filter-bar/quiet", test_quiet },
    { "/filter-bar/click", test_click }, { "/filter-bar/gone", test_gone },     { "/filter-bar/guide", test_guide },
    { "/filter-bar/mark", test_mark },
  };

  widget_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
