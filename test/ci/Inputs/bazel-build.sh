#!/bin/sh
# usage: bazel-build.sh CACHE TARGET …: lints the targets by the aspect, offline.
# Debian's rules_cc is too new for its Bazel; rules_cc/ here stands in for it.
cache=$1
shift
exec bazel --output_user_root="$cache" --max_idle_secs=5 build \
  --override_repository=rules_cc="$(dirname "$0")"/rules_cc \
  --override_repository=rules_java=/usr/share/bazel/rules/java \
  --override_repository=rules_proto=/usr/share/bazel/rules/proto \
  --aspects=@borrow_tidy//:borrow_tidy.bzl%borrow_tidy --output_groups=borrow_tidy "$@" 2>&1
