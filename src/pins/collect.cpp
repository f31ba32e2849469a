#include "pins/collect.h"

#include <algorithm>
#include <iterator>

namespace buildable::pins {

RepositoryCollector::RepositoryCollector(const PinFinder& finder, const FileWatch& watch,
                                         CheckLimits limits, StopAsked stop_asked)
    : finder_(finder), watch_(watch), limits_(limits), stop_asked_(std::move(stop_asked)) {}

bool RepositoryCollector::stop(CheckStop why) {
  stopped_ = why;
  return false;
}

bool RepositoryCollector::add(const RepositoryFile& file) { return add(file, true); }

bool RepositoryCollector::add_unread(const std::string& path) { return add({path, {}}, false); }

bool RepositoryCollector::add(const RepositoryFile& file, bool read) {
  if (stopped_ != CheckStop::none) return false;
  if (stop_asked_ && stop_asked_()) return stop(CheckStop::asked);
  if (input_.files.size() >= limits_.files) return stop(CheckStop::too_many_files);
  if (file.text.size() > limits_.bytes - bytes_) return stop(CheckStop::too_many_bytes);
  std::vector<PinFinding> notices = watch_.find(file);
  FoundPins found = read && finder_.wants(file.path) ? finder_.find(file) : FoundPins{};
  const std::size_t known = input_.pins.size() + input_.notices.size();
  if (found.pins.size() + notices.size() > limits_.pins - known)
    return stop(CheckStop::too_many_pins);
  bytes_ += file.text.size();
  input_.files.push_back(file.path);
  std::move(notices.begin(), notices.end(), std::back_inserter(input_.notices));
  std::move(found.pins.begin(), found.pins.end(), std::back_inserter(input_.pins));
  std::move(found.problems.begin(), found.problems.end(), std::back_inserter(input_.problems));
  return true;
}

std::optional<Diagnostic> RepositoryCollector::shortfall() const {
  const auto more_than = [](const std::string& what) {
    return Diagnostic{.message = "more than " + what + "; the rest was not read",
                      .hint = "check its folders one at a time"};
  };
  switch (stopped_) {
    case CheckStop::too_many_files:
      return more_than(std::to_string(limits_.files) + " files that can hold pins");
    case CheckStop::too_many_bytes:
      return more_than(std::to_string(limits_.bytes >> 20U) + " MiB in files that can hold pins");
    case CheckStop::too_many_pins:
      return more_than(std::to_string(limits_.pins) + " pins");
    case CheckStop::none:
    case CheckStop::asked:
      break;
  }
  return std::nullopt;
}

}  // namespace buildable::pins
