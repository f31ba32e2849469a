// Inside the lint: what its two parts share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/document.h"
#include "base/text_index.h"
#include "bots/lint.h"

namespace buildable::bots {

inline constexpr std::string_view lint_remedy = "Run `buildable apply` for exact limits.";

// Null where the track limits nothing of the runtime.
const RuntimePolicy* governed_by(const TrackPolicy& track, std::string_view runtime);

// A scalar, or the scalars of a list.
std::vector<const Node*> texts_of(const Node* node);

// Findings of one file, with their places.
class LintFindings {
 public:
  LintFindings(const pins::RepositoryFile& file, const TrackPolicy& track)
      : file_(file), track_(track), lines_(file.text) {}

  // `subject` is what the limit is about: its name and range.
  void add(std::string_view rule, const Node& node, const std::string& subject,
           const std::string& message);
  void holds_back(const Node& node, const std::string& subject, const std::string& version);

  std::vector<pins::PinFinding> take() { return std::move(found_); }

 private:
  const pins::RepositoryFile& file_;
  const TrackPolicy& track_;
  LineIndex lines_;
  std::vector<pins::PinFinding> found_;
};

// The updates of a Dependabot file, and the settings of Renovate.
void lint_updates(const Node& updates, const LintContext& context, LintFindings& findings);
void lint_package_rules(const Node& settings, const LintContext& context, LintFindings& findings);

}  // namespace buildable::bots
