/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A sink that writes frames to a file descriptor: a capture, a test's fixture, a stream to another process.
 *
 * The stream is PH_CAPTURE_MAGIC, then for each frame a PhCaptureHeader and its bytes, padded with zeroes to a multiple
 * of 8, so that a reader that has it in memory finds every netlink message aligned. ph_capture_next() in core reads it.
 */
#pragma once

#include "ph-error.h"
#include "ph-frame.h"

#define PH_CAPTURE_MAGIC "PHFRAME1"

typedef struct
{
  uint32_t kind;   /* PhFrameKind */
  uint32_t length; /* without the padding */
} PhCaptureHeader;

typedef struct
{
  int fd;        /* not owned */
  PhError error; /* the first failure; nothing is written after it */
} PhRecorder;

/* Writes the magic. */
void ph_recorder_begin (PhRecorder *recorder, int fd);

/* A PhSink; @user is the PhRecorder. */
void ph_recorder_sink (void *user, PhFrameKind kind, const void *bytes, size_t length);
