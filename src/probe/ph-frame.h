/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Frames: the one form in which gathered bytes travel.
 *
 * The probe hands every piece it gathers to a sink as a frame. A decoder in the same process, a stream to another
 * process, a capture file, a test's fixture and a fuzzer's corpus are all the same sequence of frames.
 *
 * One request yields: BEGIN, then any number of data frames (with RESTART between them where a dump had to be begun
 * anew), then END. The bytes belong to the probe and are valid only during the call. A sink is never called from two
 * threads at once. All numbers are in the byte order of this machine.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef enum
{
  PH_FRAME_BEGIN = 1,   /* PhFrameBegin */
  PH_FRAME_NETLINK = 2, /* whole netlink messages, as one recvmsg() returned them */
  PH_FRAME_TEXT = 3,    /* whole lines of a text file, each with its newline; the last line may lack it */
  PH_FRAME_RESTART = 4, /* no bytes: forget what this request has delivered so far */
  PH_FRAME_OWNERS = 5,  /* PhFrameOwner[]: who holds which socket */
  PH_FRAME_PROCESS = 6, /* PhFrameProcess, then its strings */
  PH_FRAME_CGROUP = 7,  /* PhFrameCgroup, then its processes, then its path */
  PH_FRAME_NAME = 8,    /* PhFrameName, then the name */
  PH_FRAME_END = 9,     /* PhFrameEnd */
  PH_FRAME_LOST = 10, /* no bytes: the kernel dropped events, for they were not read in time (ph-event-socket.h only) */
} PhFrameKind;

typedef void (*PhSink) (void *user, PhFrameKind kind, const void *bytes, size_t length);

typedef enum
{
  PH_FORMAT_NETLINK = 0, /* NETLINK frames follow */
  PH_FORMAT_PROC = 1,    /* TEXT frames follow; sockets: the kernel has no diag module for this request */
  PH_FORMAT_FACTS = 2,   /* OWNERS, PROCESS, CGROUP or NAME frames follow */
} PhFrameFormat;

typedef struct
{
  uint16_t request; /* PhRequestName */
  uint16_t format;  /* PhFrameFormat */
  uint32_t part;    /* for PROC requests served from several files: 0 for the first, 1 for the second */
  int64_t time_us;  /* CLOCK_MONOTONIC, microseconds */
} PhFrameBegin;

typedef struct
{
  uint64_t inode; /* of the socket, as in socket:[INODE] */
  int32_t pid;
  int32_t fd;
} PhFrameOwner;

/* Facts about one process. Its strings follow in this order, not terminated: comm, exe, cmdline, cgroup. */
typedef struct
{
  int32_t pid;
  int32_t ppid;
  uint64_t start_ticks; /* proc(5) /proc/PID/stat field 22: clock ticks since boot; 0: no such process any more */
  uint64_t net_ns;      /* inode of /proc/PID/ns/net; 0 where it may not be read */
  uint32_t uid;         /* effective */
  uint16_t comm_length;
  uint16_t exe_length;     /* 0 where /proc/PID/exe may not be read */
  uint32_t cmdline_length; /* arguments separated by NUL, cut at PH_CMDLINE_MAX */
  uint32_t cgroup_length;  /* the raw text of /proc/PID/cgroup */
} PhFrameProcess;

#define PH_CMDLINE_MAX 4096

/* One cgroup of the unified hierarchy: n_pids int32_t follow, then the path below the mount point, not terminated. */
typedef struct
{
  uint64_t id; /* as in INET_DIAG_CGROUP_ID: the kernfs id */
  uint32_t n_pids;
  uint32_t path_length; /* 0: no cgroup with that id can be seen from here */
} PhFrameCgroup;

/* The name that goes with a number (user id → login name). The name follows, not terminated; empty: it has none. */
typedef struct
{
  uint64_t id;
  uint32_t name_length;
  uint32_t reserved;
} PhFrameName;

typedef enum
{
  PH_END_PARTIAL = 1 << 0, /* the kernel marked the dump interrupted every time: rows may be missing or twice */
  PH_END_DENIED = 1 << 1,  /* something was there that may not be read (OWNERS: another user's /proc/PID/fd) */
} PhEndFlags;

typedef struct
{
  uint32_t code;    /* PhErrorCode */
  int32_t errnum;   /* the errno that belongs to it, or 0 */
  uint32_t flags;   /* PhEndFlags */
  uint32_t took_us; /* since BEGIN, microseconds; all ones: longer than that; 0: not measured */
} PhFrameEnd;
