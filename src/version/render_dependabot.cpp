// What Dependabot shall ignore. Its candidates are compared by their numbers as written, missing
// ones being zeros, suffixes cut off: the tag "24" is 24.0.0 and "24.15" is 24.15.0. So no bound
// may lie above the floor of a series that has members, or the short tags of that series would be
// lost.
#include <algorithm>
#include <array>

#include "version/release_spans.h"
#include "version/render.h"
#include "version/scheme.h"

namespace buildable {
namespace {

struct EcosystemGrammar {
  std::string_view ecosystem;
  DependabotGrammar grammar;
};
constexpr EcosystemGrammar ecosystems[] = {
    {"docker", DependabotGrammar::gem},
    {"docker-compose", DependabotGrammar::gem},
    {"helm", DependabotGrammar::gem},
    {"bundler", DependabotGrammar::gem},
    {"devcontainers", DependabotGrammar::gem},
    {"github-actions", DependabotGrammar::gem},
    {"terraform", DependabotGrammar::gem},
    {"dotnet-sdk", DependabotGrammar::dotnet_sdk},
    {"rust-toolchain", DependabotGrammar::rust_toolchain},
    {"conda", DependabotGrammar::conda},
    {"npm", DependabotGrammar::npm},
    {"bun", DependabotGrammar::npm},
    {"pip", DependabotGrammar::python},
    {"uv", DependabotGrammar::python},
    {"gomod", DependabotGrammar::gomod},
    {"cargo", DependabotGrammar::cargo},
    {"composer", DependabotGrammar::composer},
    {"maven", DependabotGrammar::maven},
    {"sbt", DependabotGrammar::maven},
    {"gradle", DependabotGrammar::gradle},
    {"nuget", DependabotGrammar::nuget},
};

// What is not in the set: from the beginning or from some release, to the end or below another.
using Hole = ReleaseSpan;

// ">= 3.15.a": "a" sorts below every prerelease of 3.15 and above everything before it.
std::string operators(const Hole& hole, std::string_view lowest_prerelease) {
  const std::string lowest(lowest_prerelease);
  if (hole.low.empty()) return hole.high ? "< " + dotted(*hole.high) : ">= 0";
  const std::string from = ">= " + dotted(hole.low) + lowest;
  return hole.high ? from + ", < " + dotted(*hole.high) + lowest : from;
}

std::string maven_brackets(const Hole& hole) {
  if (hole.low.empty()) return hole.high ? "(," + dotted(*hole.high, 3) + ")" : ">= 0";
  const std::string from = "[" + dotted(hole.low, 3) + "-alpha,";
  return from + (hole.high ? dotted(*hole.high, 3) + "-alpha)" : ")");
}

// A comma is "or" here, so a hole has one bound only.
std::string conda_operator(const Hole& hole) {
  if (hole.high) return "<" + dotted(*hole.high);
  return hole.low.empty() ? ">=0" : ">=" + dotted(hole.low, 3) + "a0";
}

std::string gem_operators(const Hole& hole) { return operators(hole, ".a"); }
std::string plain_operators(const Hole& hole) { return operators(hole, ""); }

// How each grammar writes a hole. In the order of the enumeration.
struct HoleSyntax {
  DependabotGrammar grammar;
  std::string (*write)(const Hole&);
};
constexpr std::array<HoleSyntax, 12> hole_syntaxes{{
    {DependabotGrammar::gem, gem_operators},
    {DependabotGrammar::dotnet_sdk, gem_operators},
    {DependabotGrammar::rust_toolchain,
     plain_operators},  // its only prereleases are dated channels
    {DependabotGrammar::conda, conda_operator},
    {DependabotGrammar::npm, gem_operators},
    {DependabotGrammar::python, gem_operators},
    {DependabotGrammar::gomod, gem_operators},
    {DependabotGrammar::cargo, gem_operators},
    {DependabotGrammar::composer, gem_operators},
    {DependabotGrammar::maven, maven_brackets},
    {DependabotGrammar::gradle, gem_operators},
    {DependabotGrammar::nuget, plain_operators},  // it reads a letter as zero
}};

constexpr bool hole_syntaxes_are_in_order() {
  for (std::size_t i = 0; i < hole_syntaxes.size(); ++i)
    if (hole_syntaxes[i].grammar != static_cast<DependabotGrammar>(i)) return false;
  return true;
}
static_assert(hole_syntaxes_are_in_order());

std::string text_of(const Hole& hole, DependabotGrammar grammar) {
  return hole_syntaxes[static_cast<std::size_t>(grammar)].write(hole);
}

// Finds the holes of a set, but for those inside of series.
class HoleFinder {
 public:
  HoleFinder(const VersionSet& set, int series_components)
      : spans_(release_spans(set)),
        components_(static_cast<std::size_t>(series_components)),
        has_bands_(set.scheme() == Scheme::dotnet) {}

  std::vector<Hole> holes() {
    if (spans_.empty()) return {Hole{}};
    std::vector<Hole> holes;
    const Numbers lowest = series_floor(spans_.front().low);
    left_out_ = lowest != spans_.front().low;
    if (!lowest.empty()) holes.push_back({{}, lowest});
    for (std::size_t i = 0; i + 1 < spans_.size(); ++i) {
      const Numbers& from = *spans_[i].high;
      const Numbers to = hole_end(from, spans_[i + 1].low);
      if (less(from, to)) holes.push_back({from, to});
      left_out_ = left_out_ || to != spans_[i + 1].low;
    }
    if (spans_.back().high) holes.push_back({*spans_.back().high, std::nullopt});
    return holes;
  }

  // Some hole inside a series was left out.
  bool left_out() const { return left_out_; }

 private:
  Numbers series_floor(Numbers numbers) const {
    if (numbers.size() > components_) numbers.resize(components_);
    while (!numbers.empty() && numbers.back() == "0") numbers.pop_back();
    return numbers;
  }

  // Where the hole before `next` ends: where its series begins. Feature bands of the .NET SDK (the
  // hundreds of the third number) get patches side by side, so each is closed on its own.
  Numbers hole_end(const Numbers& from, const Numbers& next) const {
    Numbers floor = series_floor(next);
    const bool same_series = less(floor, from);
    if (!same_series || !has_bands_ || next.size() < 3 || next[2].size() < 3) return floor;
    Numbers band = next;
    std::fill(band[2].end() - 2, band[2].end(), '0');
    return band;
  }

  std::vector<ReleaseSpan> spans_;
  std::size_t components_;
  bool has_bands_;
  bool left_out_ = false;
};

// Everything below the newest run of series goes: conda cannot say a hole with two ends.
bool close_below_newest(std::vector<Hole>& holes) {
  const auto bounded = [](const Hole& hole) { return !hole.low.empty() && hole.high; };
  const auto last = std::find_if(holes.rbegin(), holes.rend(), bounded);
  if (last == holes.rend()) return false;
  last->low.clear();
  holes.erase(holes.begin(), last.base() - 1);
  return true;
}

bool ignores(const Hole& hole, const Version& prerelease) {
  Numbers numbers = prerelease.release();
  while (!numbers.empty() && numbers.back() == "0") numbers.pop_back();
  const bool at_open_end = hole.low.empty() && hole.high == numbers;  // "< 3.10" takes 3.10.0rc1
  return !less(numbers, hole.low) && (!hole.high || less(numbers, *hole.high) || at_open_end);
}

bool ignores_members(std::span<const Hole> holes, const VersionSet& set) {
  const std::vector<Version> listed = prerelease_members(set).listed;
  return std::any_of(listed.begin(), listed.end(), [&](const Version& version) {
    return std::any_of(holes.begin(), holes.end(),
                       [&](const Hole& hole) { return ignores(hole, version); });
  });
}

// "3" counts as 3.0, which is below the first series 3.10.
bool ignores_short_tags(std::span<const Hole> holes) {
  return std::any_of(holes.begin(), holes.end(), [](const Hole& hole) {
    return hole.high && hole.high->size() > 1 && less(hole.low, Numbers{hole.high->front()});
  });
}

}  // namespace

Result<DependabotGrammar> dependabot_grammar_of(std::string_view ecosystem) {
  for (const EcosystemGrammar& entry : ecosystems)
    if (entry.ecosystem == ecosystem) return entry.grammar;
  std::string known;
  for (const EcosystemGrammar& entry : ecosystems)
    (known += known.empty() ? "" : ", ") += entry.ecosystem;
  return fail("no ignore rules are known for the ecosystem \"" + std::string(ecosystem) + "\"",
              "known: " + known);
}

IgnoreVersions to_dependabot(const VersionSet& set, DependabotGrammar grammar,
                             int series_components) {
  HoleFinder finder(set, series_components);
  std::vector<Hole> holes = finder.holes();
  IgnoreVersions ignored;
  const auto remark = [&](std::string_view text) {
    (ignored.remark += ignored.remark.empty() ? "" : "; ") += text;
  };
  if (finder.left_out()) remark("gaps below the newest release of a series are not listed");
  if (grammar == DependabotGrammar::conda && close_below_newest(holes))
    remark("everything below the newest run of series is ignored, since a comma means \"or\" here");
  if (ignores_short_tags(holes))
    remark("a tag of the major number alone counts as .0 and is ignored too");
  if (ignores_members(holes, set)) remark("prereleases that can be built are ignored too");
  if (grammar == DependabotGrammar::nuget && !holes.empty())
    remark("prereleases of the first ignored version pass, as letters count as zero here");
  for (const Hole& hole : holes) ignored.versions.push_back(text_of(hole, grammar));
  if (grammar == DependabotGrammar::rust_toolchain && !holes.empty()) {
    // A rule of numbers never matches a dated channel.
    ignored.versions.emplace_back(">= nightly-1970-01-01");
    ignored.versions.emplace_back(">= beta-1970-01-01");
  }
  return ignored;
}

}  // namespace buildable
