/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who holds a socket, how sure that is, and if nobody is known, why. Never a blank, never a wrong name. */
#pragma once

#include "ph-process.h"

/* Kept in files: numbers stay, new ones are added at the end. */
typedef enum
{
  PH_OWNER_UNKNOWN = 0,  /* not looked for, or not yet to be told */
  PH_OWNER_PROCESS,      /* certain: the process has it open */
  PH_OWNER_BY_SERVICE,   /* likely: the socket's cgroup; process only where the cgroup has a single one */
  PH_OWNER_KERNEL_STATE, /* TIME_WAIT, SYN_RECV and other connections that no process has any more or yet */
  PH_OWNER_KERNEL,       /* made by the kernel itself: no inode, or inode but no holder and it may all be read */
  PH_OWNER_OTHER_USER,   /* of another user, whose processes may not be looked into */
  PH_OWNER_OTHER_NETNS,  /* held from another network or PID namespace */
  PH_OWNER_GONE,         /* closed before it could be read */
  PH_OWNER_PROTECTED,    /* some process may not be looked into, though others of this user may (not dumpable) */
} PhOwnerNote;

typedef struct
{
  const PhProcess *process;
  gint32 fd; /* -1: not known, PH_OWNER_BY_SERVICE */
} PhOwner;

typedef struct
{
  const PhOwner *owners; /* n_owners of them, the lowest pid first; NULL where none is known */
  guint32 n_owners;
  guint8 note; /* PhOwnerNote */
  guint8 reserved[3];
  const PhUnit *unit; /* of the process, or by the socket's cgroup; NULL */
} PhOwnership;

/* "process", "service", "kernel-state", ...: stable, for owner_note. */
const char *ph_owner_note_name (PhOwnerNote note);

/* A translated sentence: "Held by the kernel: in TIME_WAIT no process has it open". @state is its name, @user the login
 * name or number; both may be NULL. Free with g_free(). */
char *ph_owner_note_sentence (PhOwnerNote note, const char *state, const char *user);
