// Sets in the grammars of pins.
#include <algorithm>

#include "base/text.h"
#include "version/range.h"
#include "version/release_spans.h"
#include "version/render.h"
#include "version/scheme_row.h"

namespace buildable {
namespace {

// How a grammar writes one span.
struct Style {
  std::string_view at_least, at_most, below, exactly, both, any;
  std::string_view lowest_prerelease = "";  // set after a bound that its prereleases must not pass
};

// A complete release; a shorter text would name a series in some grammars.
std::string complete(const Numbers& numbers) { return dotted(numbers, 3); }

std::string range_text(const ReleaseSpan& span, int numbers, const Style& style) {
  if (is_single(span, numbers)) return std::string(style.exactly) + complete(span.low);
  std::vector<std::string> bounds;
  if (!span.low.empty()) bounds.push_back(std::string(style.at_least) + dotted(span.low));
  if (const std::optional<Numbers> last = last_release(span, numbers))
    bounds.push_back(std::string(style.at_most) + complete(*last));
  else if (span.high)
    bounds.push_back(std::string(style.below) + dotted(*span.high) +
                     std::string(style.lowest_prerelease));
  return bounds.empty() ? std::string(style.any) : join(bounds, style.both);
}

// Reads the text back, as the grammar's own implementation would, and says what it lost.
Rendered judged(const VersionSet& set, Grammar grammar, std::string text) {
  Rendered rendered{std::move(text), true, {}};
  const Result<VersionSet> admitted = parse_range(grammar, set.scheme(), rendered.text);
  if (!admitted)
    return {std::move(rendered.text), false, "cannot be read back: " + admitted.error().message()};
  std::vector<std::string> losses;
  if (release_spans(*admitted) != release_spans(set))
    losses.push_back("the grammar cannot say all of the set; some of its releases are left out");
  const VersionSet wanted = set.minus(set.finals_only());
  const VersionSet taken = admitted->minus(admitted->finals_only());
  if (!taken.includes(wanted)) losses.push_back("prereleases are left out");
  if (!wanted.includes(taken)) losses.push_back("prereleases between the bounds are taken in");
  rendered.exact = losses.empty();
  rendered.remark = join(losses, "; ");
  return rendered;
}

// Prereleases that the grammar can name, listed one by one: those of the schemes it is made for.
std::vector<Version> nameable_prereleases(const VersionSet& set, Scheme native) {
  std::vector<Version> listed = prerelease_members(set).listed;
  std::erase_if(listed, [&](const Version& version) {
    const Result<Version> read = Version::parse(native, version.text());
    return !read || !read->is_prerelease();
  });
  return listed;
}

// The grammars with "or": one alternative a span.
std::vector<std::string> alternatives_of(const VersionSet& set, int numbers, const Style& style) {
  std::vector<std::string> alternatives;
  for (const ReleaseSpan& span : release_spans(set, numbers))
    alternatives.push_back(range_text(span, numbers, style));
  return alternatives;
}

// The grammars without: the spans from some one on, and what lies between them taken out.
struct Conjunction {
  std::vector<std::string> exclusions;
  std::size_t first_span = 0;
};
constexpr std::size_t most_exclusions = 48;

Rendered intersection_of(const VersionSet& set, Grammar grammar, const Style& style,
                         std::string_view nothing,
                         Conjunction (*conjunction_of)(std::span<const ReleaseSpan>, int)) {
  const int numbers = row_of(set.scheme()).release_numbers;
  const std::vector<ReleaseSpan> spans = release_spans(set);
  if (spans.empty()) {
    const std::vector<Version> listed = prerelease_members(set).listed;
    if (listed.empty()) return judged(set, grammar, std::string(nothing));
    return judged(set, grammar, std::string(style.exactly) + listed.back().text());
  }
  const Conjunction conjunction = conjunction_of(spans, numbers);
  const ReleaseSpan hull{spans[conjunction.first_span].low, spans.back().high};
  std::vector<std::string> parts{range_text(hull, numbers, style)};
  parts.insert(parts.end(), conjunction.exclusions.begin(), conjunction.exclusions.end());
  return judged(set, grammar, join(parts, style.both));
}

// PEP 440 ---------------------------------------------------------------------------------------

// "!=3.11.*" for each series in a gap. A gap that begins inside a series and ends outside of it has
// no finite list: the whole series goes.
class Pep440Gap {
 public:
  Pep440Gap(const ReleaseSpan& gap, int numbers)
      : from_(gap.low), to_(*gap.high), numbers_(static_cast<std::size_t>(numbers)) {
    while (place_ < from_.size() && place_ < to_.size() && from_[place_] == to_[place_]) ++place_;
    from_.resize(place_ + 1, "0");
  }

  // Where the exclusions begin.
  const Numbers& from() const { return from_; }

  bool add_exclusions(std::vector<std::string>& exclusions) const {
    Numbers prefix(to_.begin(), to_.begin() + static_cast<std::ptrdiff_t>(place_));
    for (std::size_t place = place_; place < to_.size(); ++place) {
      Number number = place == place_ ? from_.back() : "0";
      for (; number != to_[place]; number = increment(number)) {
        if (exclusions.size() == most_exclusions) return false;
        prefix.push_back(number);
        exclusions.push_back("!=" + dotted(prefix) + (prefix.size() < numbers_ ? ".*" : ""));
        prefix.pop_back();
      }
      prefix.push_back(number);
    }
    return true;
  }

 private:
  Numbers from_;
  Numbers to_;
  std::size_t numbers_;
  std::size_t place_ = 0;  // of the first number that differs
};

Conjunction pep440_conjunction(std::span<const ReleaseSpan> spans, int numbers) {
  Conjunction result;
  result.first_span = spans.size() - 1;
  for (std::size_t i = result.first_span; i-- > 0;) {
    const Pep440Gap gap({*spans[i].high, spans[result.first_span].low}, numbers);
    if (!less(spans[i].low, gap.from())) continue;  // nothing of this span is left
    std::vector<std::string> exclusions;
    if (!gap.add_exclusions(exclusions) ||
        exclusions.size() + result.exclusions.size() > most_exclusions)
      break;
    result.exclusions.insert(result.exclusions.begin(), exclusions.begin(), exclusions.end());
    result.first_span = i;
  }
  return result;
}

// Ruby ------------------------------------------------------------------------------------------

// "!= 3.4.2" for gaps of one release; at any other the newer side is kept.
Conjunction ruby_conjunction(std::span<const ReleaseSpan> spans, int numbers) {
  Conjunction result;
  for (std::size_t i = spans.size() - 1; i > 0; --i) {
    const ReleaseSpan gap{*spans[i - 1].high, spans[i].low};
    if (!is_single(gap, numbers) || result.exclusions.size() == most_exclusions) {
      result.first_span = i;
      break;
    }
    result.exclusions.insert(result.exclusions.begin(), "!= " + complete(gap.low));
  }
  return result;
}

// Maven -----------------------------------------------------------------------------------------

struct MavenRange {
  std::string low;  // key of the version that it begins with
  std::string text;
};

std::string maven_key(const std::string& text) {
  const Result<Version> version = Version::parse(Scheme::maven, text);
  return version ? version->key() : "";
}

MavenRange maven_range(const ReleaseSpan& span, int numbers) {
  const std::string low = dotted(span.low);
  const std::string key = maven_key(low);
  if (is_single(span, numbers)) return {key, "[" + complete(span.low) + "]"};
  const std::string from = span.low.empty() ? "(," : "[" + low + ",";
  if (const std::optional<Numbers> last = last_release(span, numbers))
    return {key, from + complete(*last) + "]"};
  // "4-alpha" is the lowest that 4 has; "4)" would take 4.0.0-rc-1 in.
  return {key, from + (span.high ? dotted(*span.high) + "-alpha)" : ")")};
}

bool takes_in(const ReleaseSpan& span, const Version& prerelease) {
  return maven_key(dotted(span.low)) < prerelease.key() &&
         (!span.high || prerelease.key() < maven_key(dotted(*span.high) + "-alpha"));
}

// Ascending and apart, as Maven wants them.
std::vector<MavenRange> maven_ranges(const VersionSet& set) {
  const int numbers = row_of(set.scheme()).release_numbers;
  const std::vector<ReleaseSpan> spans = release_spans(set);
  std::vector<MavenRange> ranges;
  ranges.reserve(spans.size());
  for (const ReleaseSpan& span : spans) ranges.push_back(maven_range(span, numbers));
  for (const Version& version : nameable_prereleases(set, Scheme::maven)) {
    const bool taken = std::any_of(spans.begin(), spans.end(), [&](const ReleaseSpan& span) {
      return takes_in(span, version);
    });
    if (!taken) ranges.push_back({version.key(), "[" + version.text() + "]"});
  }
  std::sort(ranges.begin(), ranges.end(),
            [](const MavenRange& a, const MavenRange& b) { return a.low < b.low; });
  return ranges;
}

}  // namespace

Rendered to_npm(const VersionSet& set) {
  std::vector<std::string> alternatives = alternatives_of(set, 3, {">=", "<=", "<", "", " ", "*"});
  for (const Version& version : nameable_prereleases(set, Scheme::semver))
    alternatives.push_back(version.text());
  if (alternatives.empty()) alternatives.emplace_back("<0.0.0-0");
  return judged(set, Grammar::npm, join(alternatives, " || "));
}

Rendered to_composer(const VersionSet& set) {
  std::vector<std::string> alternatives =
      alternatives_of(set, row_of(set.scheme()).release_numbers, {">=", "<=", "<", "", " ", "*"});
  // One prerelease lets in those of all other alternatives.
  if (alternatives.empty())
    for (const Version& version : nameable_prereleases(set, Scheme::composer))
      alternatives.push_back(version.text());
  if (alternatives.empty()) alternatives.emplace_back("<0");
  return judged(set, Grammar::composer, join(alternatives, " || "));
}

Rendered to_pep440(const VersionSet& set) {
  return intersection_of(set, Grammar::pep440, {">=", "<=", "<", "==", ",", ">=0"}, "==0,!=0",
                         pep440_conjunction);
}

Rendered to_ruby(const VersionSet& set) {
  return intersection_of(set, Grammar::ruby, {">= ", "<= ", "< ", "= ", ", ", ">= 0", ".a"},
                         "= 0, != 0", ruby_conjunction);
}

Rendered to_maven(const VersionSet& set) {
  std::string text;
  for (const MavenRange& range : maven_ranges(set)) (text += text.empty() ? "" : ",") += range.text;
  return judged(set, Grammar::maven, text.empty() ? "(,0-alpha)" : text);
}

}  // namespace buildable
