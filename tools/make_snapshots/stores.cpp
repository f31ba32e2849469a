#include "stores.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace buildable {
namespace {

// The patches of "3.9.12 to 3.9.19", which has to stay in one series.
Result<std::vector<std::string>> versions_of_span(const std::string& span) {
  std::size_t to = span.find(" to ");
  std::string first = span.substr(0, to);
  std::string last = to == std::string::npos ? first : span.substr(to + 4);
  std::string series = first.substr(0, first.rfind('.') + 1);
  auto patch_of = [&](const std::string& version) {
    int patch = -1;
    std::string_view digits =
        std::string_view(version).substr(std::min(series.size(), version.size()));
    std::from_chars(digits.data(), digits.data() + digits.size(), patch);
    return patch;
  };
  int low = patch_of(first);
  int high = patch_of(last);
  if (series.empty() || last.rfind(series, 0) != 0 || low < 0 || high < low || high > 1000) {
    return fail("no span of patches: " + buildable::quoted(span));
  }
  std::vector<std::string> versions;
  for (int patch = low; patch <= high; ++patch) versions.push_back(series + std::to_string(patch));
  return versions;
}

Result<std::vector<Archive>> read_spans(const Facts& facts, const StorePlan& plan) {
  Result<Node> node = facts.json(plan.spans);
  if (!node) return fail(std::move(node.error()));
  auto spans = DocumentView(*node)
                   .member("archives_known")
                   .and_then([&](const auto& stacks) { return stacks.member(plan.stack); })
                   .and_then(text_map_of);
  if (!spans) return fail(std::move(spans.error()));
  std::vector<Archive> archives;
  for (const auto& [series, span] : *spans) {
    auto versions = versions_of_span(span);
    if (!versions) return fail(std::move(versions.error()));
    for (std::string& version : *versions) archives.push_back({std::move(version), {}});
  }
  return archives;
}

Result<std::vector<Archive>> read_announcements(const Facts& facts, const StorePlan& plan) {
  Result<Node> node = facts.json(plan.announcements);
  if (!node) return fail(std::move(node.error()));
  auto items = DocumentView(*node).member("available").and_then([](const auto& list) {
    return list.items();
  });
  if (!items) return fail(std::move(items.error()));
  std::vector<Archive> archives;
  for (const DocumentView& item : *items) {
    auto row = text_map_of(item);
    if (!row) return fail(std::move(row.error()));
    if ((*row)["kind"] == plan.kind) archives.push_back({(*row)["version"], (*row)["announced"]});
  }
  return archives;
}

Result<void> note_days(const StorePlan& plan, std::vector<Archive>& archives) {
  for (const SincePlan& since : plan.since) {
    for (const std::string& version : since.versions) {
      auto at = std::find_if(archives.begin(), archives.end(),
                             [&](const Archive& archive) { return archive.version == version; });
      if (at == archives.end()) return fail("the store " + plan.id + " has no " + version);
      at->since = since.day;
    }
  }
  return {};
}

// In the scheme's order and spelling; of repeated announcements the first counts.
Result<std::vector<Archive>> sorted(const std::vector<Archive>& archives, Scheme scheme) {
  std::vector<std::pair<Version, std::string>> known;
  for (const Archive& archive : archives) {
    Result<Version> version = Version::parse(scheme, archive.version);
    if (!version) return fail(std::move(version.error()));
    known.emplace_back(std::move(*version), archive.since);
  }
  std::sort(known.begin(), known.end(), [](const auto& a, const auto& b) {
    auto by_version = order(a.first, b.first);
    return by_version != 0 ? by_version < 0 : a.second < b.second;
  });
  std::vector<Archive> result;
  for (const auto& [version, since] : known) {
    if (result.empty() || result.back().version != version.text()) {
      result.push_back({version.text(), since});
    }
  }
  return result;
}

}  // namespace

Result<ArchiveStore> read_store(const Facts& facts, const StorePlan& plan, Scheme scheme,
                                const std::string& observed) {
  auto archives = plan.spans.empty() ? read_announcements(facts, plan) : read_spans(facts, plan);
  if (!archives) return fail(std::move(archives.error()));
  Result<void> dated = note_days(plan, *archives);
  if (!dated) return fail(std::move(dated.error()));
  archives->erase(std::remove_if(archives->begin(), archives->end(),
                                 [&](const Archive& archive) {
                                   return archive.since > observed.substr(0, 10);
                                 }),
                  archives->end());
  auto in_order = sorted(*archives, scheme);
  if (!in_order) return fail(std::move(in_order.error()));
  return ArchiveStore{plan.id, plan.runtime, plan.complete, std::move(*in_order), plan.evidence};
}

}  // namespace buildable
