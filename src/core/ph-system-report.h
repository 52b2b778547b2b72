/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What whoever is to help needs to know of a computer, as a text to be copied into a report of a fault: versions, the
 * kernel, and what is missing from it. In English, because it is not the user who reads it.
 *
 * No address, no name of a host, user, interface or program, no port: nothing that says whose computer it is or what it
 * does is even taken.
 */
#pragma once

#include "ph-deed.h"
#include "ph-snapshot.h"

typedef struct
{
  const char *name; /* "GTK" */
  const char *version;
} PhSystemPart;

typedef struct
{
  const PhSystemPart *parts; /* the program first */
  guint n_parts;
  const char *kernel;  /* uname -s -r */
  const char *machine; /* uname -m */
  const char *display; /* "Wayland", "X11"; NULL: none */
  const char *desktop; /* XDG_CURRENT_DESKTOP; NULL: it does not say */
  const char *locale;  /* "de_DE.UTF-8" */
  const char *sandbox; /* "Flatpak"; NULL: none */
  gboolean silent;     /* a notification could not be shown */
  PhMeans means;
  const PhLookResult *looks; /* PH_N_REQUESTS: how each request went that was asked; NULL: none was */
} PhSystemFacts;

/* A line each, ends with a newline. Free with g_free(). */
char *ph_system_report (const PhSystemFacts *facts);
