// Where a deployed state comes from: the commit that a chart's version names, and when it came.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace buildable::ingest {

// The value of the only top-level key `chartVersion:` of a values file, whatever else is in it.
Result<std::string> parse_chart_version(std::string_view values);

// "0.0.152-20260804120440-39fb286a" -> "39fb286a": the beginning of the commit that the chart was
// made of, 8 to 40 hex digits after the last "-".
Result<std::string> commit_of_chart(std::string_view version);

struct Commit {
  std::string id;
  Instant committed;
};
// The first, that is the newest, of GitLab's list of commits
// (https://docs.gitlab.com/api/commits/#list-repository-commits).
Result<Commit> parse_newest_commit(std::string_view json);

// What a script names as buildpacks: "id@version", in order of first appearance, the version
// missing where none stands beside it. Read are words `owner/name@1.2.3` and, in any quoting,
// TOML's `id = "owner/name"` with a `version = "1.2.3"` in one of the next lines. It is for a
// person who reviews the script; nothing is decided by it.
std::vector<std::string> buildpacks_named_in(std::string_view script);

}  // namespace buildable::ingest
