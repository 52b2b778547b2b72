/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ph-mark-look.h"

#include <glib/gi18n.h>

static const PhMarkLook looks[] = {
  [PH_MARK_NONE] = { NULL, NULL, NULL, NULL },
  [PH_MARK_NEW] = { "ph-new", "list-add-symbolic", N_ ("New"), N_ ("New: first seen a moment ago") },
  [PH_MARK_CLOSED]
  = { "ph-closed", "window-close-symbolic", N_ ("Closed"), N_ ("Closed: gone, and shown for a moment longer") },
  [PH_MARK_STALE]
  = { "ph-stale", "dialog-warning-symbolic", N_ ("Stale"), N_ ("Stale: could not be read this time; as last seen") },
  [PH_MARK_WARNING] = { "ph-warning", "dialog-warning-symbolic", N_ ("Warning"),
                        N_ ("Warning: it has risen a moment ago, and is worth a look") },
  [PH_MARK_FAULT] = { "ph-fault", "dialog-error-symbolic", N_ ("Fault"),
                      N_ ("Fault: it has risen a moment ago; something was lost or went wrong") },
  [PH_MARK_UNSEEN] = { "ph-unseen", "ph-unseen-symbolic", N_ ("Not Looked At"),
                       N_ ("New: listens since a while that nobody has looked at it") },
};

const PhMarkLook *
ph_mark_look (PhMark mark)
{
  return &looks[mark < G_N_ELEMENTS (looks) ? mark : PH_MARK_NONE];
}
