// POST /v1/check: the pins in files that are sent along, judged as `buildable check` does.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/fields.h"
#include "pins/find.h"
#include "report/builds.h"
#include "report/report.h"
#include "report/track_judge.h"
#include "serve/routes.h"

namespace buildable::http {

struct CheckRequest {
  std::string track;                         // empty: as the files say, else the default one
  std::map<std::string, std::string> files;  // by path in the repository
};

// What a request may cost. A repository of this size is checked with the program, or in parts.
inline constexpr std::size_t most_checked_files = 1000;
inline constexpr std::size_t most_findings = 2000;  // pins, and what else there is to say
inline constexpr std::size_t longest_path = 1024;
inline constexpr std::size_t longest_report = 4U << 20U;  // bytes

// Why there is no report, as a status of HTTP.
struct NoReport {
  int status;
  Error error;
};

// Made once for a policy, which outlives it; asked from any thread.
class FileChecker {
 public:
  FileChecker(const Rules& rules, const Policy& policy);

  // The report of schemas/check.schema.json, without its version: that is the envelope's. 400: a
  // path that no repository has; 404: no such track; 413: beyond a bound; 503: `stop`, which is
  // asked from file to file and within what the build makes of them, said yes.
  tl::expected<report::Report, NoReport> report(const CheckRequest& request,
                                                const std::function<bool()>& stop) const;

 private:
  Result<pins::ChosenTrack> track_of(const CheckRequest& request) const;
  Result<const report::TrackJudge*> judge_of(const std::string& track) const;
  std::vector<report::ForetoldBuild> builds_of(const CheckRequest& request,
                                               const pins::ChosenTrack& chosen,
                                               const std::function<bool()>& stop) const;

  const Rules& rules_;
  const Policy& policy_;
  pins::PinFinder finder_;
  std::map<std::string, std::unique_ptr<report::TrackJudge>, std::less<>> tracks_;
};

AnswerPtr check_files(const Call& call);

}  // namespace buildable::http

namespace buildable {

template <>
struct Fields<http::CheckRequest> {
  static constexpr auto list() {
    return std::tuple{optional("track", &http::CheckRequest::track),
                      required("files", &http::CheckRequest::files)};
  }
};

}  // namespace buildable
