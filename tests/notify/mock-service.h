/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A notification service that a test plays, with a connection to the bus of its own. It answers on the main loop, and
 * keeps what it was told.
 */
#pragma once

#include <gio/gio.h>

typedef struct
{
  GDBusConnection *bus;
  guint object;
  GPtrArray *calls; /* that are not answered, GDBusMethodInvocation */

  /* How it behaves. */
  const char *const *capabilities;
  const char *silent;  /* the method that it never answers; NULL: all are */
  const char *refused; /* the method that fails */
  const char *version; /* of the specification */

  /* What it was told. */
  GPtrArray *told; /* GVariant, the arguments of each Notify */
  GArray *closed;  /* guint32, each CloseNotification */
  guint32 next_id; /* of the next notification */
} MockService;

extern const char *const mock_full[];  /* capabilities: body, body-markup, actions */
extern const char *const mock_plain[]; /* body, and nothing else */

/* Comes to the bus. */
MockService *mock_service_new (const char *const *capabilities);

/* Leaves it; calls that have no answer yet get none. */
void mock_service_free (MockService *service);

/* What it was told, from the first on. */
GVariant *mock_service_nth (const MockService *service, guint n);

/* Parts of a notification; borrowed. */
const char *mock_title (GVariant *told);
const char *mock_body (GVariant *told);
guint32 mock_replaces (GVariant *told);

/* Names and labels of its buttons, sorted: "default=Show mute=Don’t Tell Me Again show=Show". Free with g_free(). */
char *mock_buttons (GVariant *told);

/* What a person does with it. Most services dismiss what was pressed. */
void mock_service_press (MockService *service, guint32 id, const char *action, const char *token);
void mock_service_dismiss (MockService *service, guint32 id);
