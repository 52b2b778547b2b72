/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Login names of user ids, see ph-user-names.h. */
#include "ph-user-names.h"

#include <errno.h>
#include <pwd.h>
#include <string.h>

#include "ph-alloc.h"

#define ENTRY_START 1024
#define ENTRY_MAX   (1 << 20)
#define LOGIN_MAX   1024

typedef struct
{
  PhFrameName head;
  char name[LOGIN_MAX];
} NameFrame;

/* The entry's strings need room whose size nobody knows beforehand. */
static const struct passwd *
look_up (uid_t uid, struct passwd *entry, char **room, size_t *n_room)
{
  struct passwd *result = NULL;

  while (getpwuid_r (uid, entry, *room, *n_room, &result) == ERANGE && *n_room < ENTRY_MAX)
    {
      *n_room *= 2;
      *room = ph_realloc (*room, *n_room, 1);
    }
  return result;
}

void
ph_user_names (const PhRequest *request, PhAnswer *answer)
{
  size_t n_room = ENTRY_START;
  char *room = ph_alloc (n_room, 1);
  NameFrame frame;

  ph_answer_begin (answer, PH_FORMAT_FACTS, 0);
  for (size_t i = 0; i < request->n_ids && !ph_answer_stopped (answer); i++)
    {
      struct passwd space;
      const struct passwd *entry = NULL;

      if (request->ids[i] <= UINT32_MAX)
        entry = look_up ((uid_t) request->ids[i], &space, &room, &n_room);
      frame.head = (PhFrameName){ .id = request->ids[i] };
      if (entry != NULL)
        {
          frame.head.name_length = (uint32_t) strnlen (entry->pw_name, sizeof frame.name);
          memcpy (frame.name, entry->pw_name, frame.head.name_length);
        }
      ph_answer_give (answer, PH_FRAME_NAME, &frame, sizeof frame.head + frame.head.name_length);
    }
  free (room);
}
