/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three icons whose outlines differ. */
#include "ph-severity.h"

#include <glib/gi18n.h>

static const struct
{
  const char *icon;
  const char *words;
  const char *css_class;
} severities[] = {
  [PH_SEVERITY_INFORMATION] = { "dialog-information-symbolic", N_ ("Information"), NULL },
  [PH_SEVERITY_WARNING] = { "dialog-warning-symbolic", N_ ("Warning"), "warning" },
  [PH_SEVERITY_FAULT] = { "dialog-error-symbolic", N_ ("Fault"), "error" },
};

const char *
ph_severity_icon (PhCounterSeverity severity)
{
  return severities[MIN (severity, PH_SEVERITY_FAULT)].icon;
}

const char *
ph_severity_words (PhCounterSeverity severity)
{
  return _ (severities[MIN (severity, PH_SEVERITY_FAULT)].words);
}

const char *
ph_severity_class (PhCounterSeverity severity)
{
  return severities[MIN (severity, PH_SEVERITY_FAULT)].css_class;
}
