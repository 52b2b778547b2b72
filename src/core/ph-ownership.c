/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words for what is known of an owner: stable ones for programs, sentences for people. */
#include "ph-ownership.h"

#include "ph-i18n.h"

const char *
ph_owner_note_name (PhOwnerNote note)
{
  switch (note)
    {
    case PH_OWNER_UNKNOWN:
      break;
    case PH_OWNER_PROCESS:
      return "process";
    case PH_OWNER_BY_SERVICE:
      return "service";
    case PH_OWNER_KERNEL_STATE:
      return "kernel-state";
    case PH_OWNER_KERNEL:
      return "kernel";
    case PH_OWNER_OTHER_USER:
      return "other-user";
    case PH_OWNER_OTHER_NETNS:
      return "other-namespace";
    case PH_OWNER_GONE:
      return "gone";
    case PH_OWNER_PROTECTED:
      return "protected";
    }
  return "unknown";
}

char *
ph_owner_note_sentence (PhOwnerNote note, const char *state, const char *user)
{
  gboolean has_state = state && *state;
  gboolean has_user = user && *user;

  switch (note)
    {
    case PH_OWNER_UNKNOWN:
      break;
    case PH_OWNER_PROCESS:
      return g_strdup (_ ("This process has it open"));
    case PH_OWNER_BY_SERVICE:
      return g_strdup (_ ("Likely, not certain: told by the control group it was made in"));
    case PH_OWNER_KERNEL_STATE:
      /* Translators: %s is a state such as TIME_WAIT. */
      return has_state ? g_strdup_printf (_ ("Held by the kernel: in %s no process has it open"), state)
                       : g_strdup (_ ("Held by the kernel: no process has it open"));
    case PH_OWNER_KERNEL:
      return g_strdup (_ ("The kernel's own: no process has it open"));
    case PH_OWNER_OTHER_USER:
      /* Translators: %s is a login name or a user id. */
      return has_user ? g_strdup_printf (_ ("Another user's (%s), whose processes may not be looked into"), user)
                      : g_strdup (_ ("Another user's, whose processes may not be looked into"));
    case PH_OWNER_OTHER_NETNS:
      return g_strdup (_ ("Held from another namespace, whose processes cannot be seen from here"));
    case PH_OWNER_GONE:
      return g_strdup (_ ("Gone before its process could be read"));
    case PH_OWNER_PROTECTED:
      return g_strdup (_ ("Its process is protected and may not be looked into"));
    }
  return g_strdup (_ ("Not known yet: it was not looked for, or not found at once"));
}
