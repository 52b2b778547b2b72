/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An answer in the making: the way from whatever serves a request to the sink.
 *
 * It keeps the promised order: BEGIN goes out just before the first data, and not sooner, so that a request whose
 * netlink dump is refused can still be begun anew from a file; END goes out once, with the first failure.
 */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>

#include "ph-error.h"
#include "ph-frame.h"
#include "ph-request.h"

typedef struct
{
  PhSink sink;
  void *user;
  atomic_bool *stop; /* NULL: cannot be stopped */
  PhFrameBegin begin;
  bool begin_due; /* BEGIN was asked for but has not gone out */
  uint32_t flags; /* PhEndFlags */
  PhError error;  /* the first failure */
} PhAnswer;

void ph_answer_init (PhAnswer *answer, PhRequestName request, PhSink sink, void *user, atomic_bool *stop);

/* Data of @format follows, from the file number @part. */
void ph_answer_begin (PhAnswer *answer, PhFrameFormat format, uint32_t part);

void ph_answer_give (PhAnswer *answer, PhFrameKind kind, const void *bytes, size_t length);

/* Sends END. Returns whether nothing failed. */
bool ph_answer_end (PhAnswer *answer);

/* Notes a failure; always returns false, so that it can end a function. EPERM and EACCES become PH_ERROR_DENIED. */
bool ph_answer_fail (PhAnswer *answer, PhErrorCode code, int errnum);

/* Whether the asker has lost interest. From any thread. */
bool ph_answer_is_unwanted (const PhAnswer *answer);

/* The same, and notes ECANCELED if so. */
bool ph_answer_stopped (PhAnswer *answer);
