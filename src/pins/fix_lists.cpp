#include "pins/fix_lists.h"

#include <map>
#include <string>
#include <utility>

namespace buildable::pins {
namespace {

// Nothing but what parts the members of a list stands between the two.
bool in_one_list(std::string_view text, const Pin& a, const Pin& b) {
  if (a.runtime != b.runtime || a.key != b.key || b.value_span.begin < a.value_span.end)
    return false;
  const std::string_view between =
      text.substr(a.value_span.end, b.value_span.begin - a.value_span.end);
  return between.find_first_not_of(" \t\r\n\"',;-") == std::string_view::npos;
}

bool is_given_in_place(const PinFinding& finding, const DeclaredPlaces& declared) {
  return finding.role != PinRole::decides && !finding.pin.key.empty() &&
         declared.find(finding.pin) != nullptr;
}

}  // namespace

bool is_to_be_fixed(const PinFinding& finding) {
  const bool unbuildable = finding.verdict == Verdict::unbuildable && finding.level != Level::note;
  return !finding.pin.ignored && (finding.level == Level::error || unbuildable);
}

std::vector<std::shared_ptr<PinsInList>> lists_of(std::string_view text,
                                                  const std::vector<const PinFinding*>& findings,
                                                  const DeclaredPlaces& declared) {
  std::vector<std::shared_ptr<PinsInList>> lists;
  // By Pin::list: a list may name versions of several runtimes.
  std::map<std::pair<int, std::string_view>, std::shared_ptr<PinsInList>> numbered;
  std::map<std::pair<std::string_view, std::string_view>, std::shared_ptr<PinsInList>> repeated;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const bool joined = i > 0 && in_one_list(text, findings[i - 1]->pin, findings[i]->pin);
    auto list = joined ? lists.back() : std::make_shared<PinsInList>();
    if (const int number = findings[i]->pin.list; number > 0)
      list = numbered
                 .emplace(std::pair(number, std::string_view(findings[i]->pin.runtime)),
                          std::move(list))
                 .first->second;
    else if (is_given_in_place(*findings[i], declared))
      list = repeated
                 .emplace(std::pair<std::string_view, std::string_view>(findings[i]->pin.runtime,
                                                                        findings[i]->pin.key),
                          std::move(list))
                 .first->second;
    lists.push_back(std::move(list));
    lists.back()->values.insert(findings[i]->pin.value);
    if (findings[i]->verdict == Verdict::buildable && !is_to_be_fixed(*findings[i]))
      ++lists.back()->good;
  }
  return lists;
}

}  // namespace buildable::pins
