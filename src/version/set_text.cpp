#include "version/cuts.h"
#include "version/scheme.h"
#include "version/set.h"

namespace buildable {
namespace {

using Side = Cut::Side;

constexpr std::string_view prerelease_part = "; pre ";
constexpr std::string_view hint =
    "like \"[3.10, 3.15)\", \"{3.14.1, 3.14.2} | (3.14.5, *)\", \"none\" or \"all\"";

// --- writing
// --------------------------------------------------------------------------------------

bool is_singleton(const Interval& interval, World world) {
  return interval.low && interval.high && interval.low->side == Side::before &&
         interval.low->at.is_prerelease() == (world == World::prereleases) &&
         *interval.high == canonical({interval.low->at, Side::after}, world);
}

std::string low_text(const std::optional<Cut>& low) {
  if (!low) return "[*";
  switch (low->side) {
    case Side::floor:
      return "[~" + low->at.text();
    case Side::before:
      return "[" + low->at.text();
    case Side::after:
      break;
  }
  return "(" + low->at.text();
}

std::string high_text(const std::optional<Cut>& high) {
  if (!high) return "*)";
  switch (high->side) {
    case Side::floor:
      return "~" + high->at.text() + ")";
    case Side::before:
      return high->at.text() + ")";
    case Side::after:
      break;
  }
  return high->at.text() + "]";
}

std::string to_text(std::span<const Interval> intervals, World world) {
  if (intervals.empty()) return "none";
  std::string text;
  bool in_braces = false;
  for (const Interval& interval : intervals) {
    const bool single = is_singleton(interval, world);
    if (in_braces && !single) text += '}';
    if (!text.empty()) text += in_braces && single ? ", " : " | ";
    if (single && !in_braces) text += '{';
    text +=
        single ? interval.low->at.text() : low_text(interval.low) + ", " + high_text(interval.high);
    in_braces = single;
  }
  return in_braces ? text + '}' : text;
}

// --- reading
// --------------------------------------------------------------------------------------

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> parts(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> found;
  for (;;) {
    const std::size_t end = text.find(separator);
    found.push_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return found;
    text.remove_prefix(end + separator.size());
  }
}

Result<Version> read_version(Scheme scheme, std::string_view text) {
  // Bounds that a set computed may be longer than what Version::parse takes.
  if (std::optional<Version> version = VersionParts::make(scheme, text)) return *std::move(version);
  return Version::parse(scheme, text);
}

Result<std::optional<Cut>> read_cut(Scheme scheme, std::string_view text, bool closed_side) {
  text = trimmed(text);
  if (text == "*") return std::optional<Cut>();
  const bool is_floor = !text.empty() && text.front() == '~';
  Result<Version> at = read_version(scheme, text.substr(is_floor ? 1 : 0));
  if (!at) return fail(std::move(at.error()));
  const Side side = is_floor ? Side::floor : closed_side ? Side::before : Side::after;
  return Cut{*std::move(at), side};
}

VersionSet between(World world, Scheme scheme, std::optional<Cut> low, std::optional<Cut> high) {
  return world == World::finals
             ? VersionSet::finals_between(scheme, std::move(low), std::move(high))
             : VersionSet::prereleases_between(scheme, std::move(low), std::move(high));
}

tl::unexpected<Error> bad_set(std::string_view text) {
  std::string message = "no set of versions: \"";
  for (char c : text.substr(0, 60)) message += c >= ' ' && c <= '~' ? c : '?';
  return fail(message + "\"", std::string(hint));
}

Result<VersionSet> read_interval(Scheme scheme, std::string_view text, World world) {
  const std::size_t comma = text.find(',');
  if (text.size() < 2 || comma == std::string_view::npos) return bad_set(text);
  if ((text.front() != '[' && text.front() != '(') || (text.back() != ']' && text.back() != ')'))
    return bad_set(text);
  auto low = read_cut(scheme, text.substr(1, comma - 1), text.front() == '[');
  if (!low) return fail(std::move(low.error()));
  auto high = read_cut(scheme, text.substr(comma + 1, text.size() - comma - 2), text.back() == ')');
  if (!high) return fail(std::move(high.error()));
  return between(world, scheme, *std::move(low), *std::move(high));
}

Result<VersionSet> read_braces(Scheme scheme, std::string_view text) {
  if (text.size() < 2 || text.back() != '}') return bad_set(text);
  std::vector<Version> members;
  for (std::string_view part : parts(text.substr(1, text.size() - 2), ",")) {
    Result<Version> member = read_version(scheme, part);
    if (!member) return fail(std::move(member.error()));
    members.push_back(*std::move(member));
  }
  return VersionSet::of(scheme, members);
}

Result<VersionSet> read_world(Scheme scheme, std::string_view text, World world) {
  VersionSet set = VersionSet::none(scheme);
  if (text == "none") return set;
  for (std::string_view part : parts(text, "|")) {
    Result<VersionSet> read = !part.empty() && part.front() == '{'
                                  ? read_braces(scheme, part)
                                  : read_interval(scheme, part, world);
    if (!read) return read;
    set = set.unite(*read);
  }
  return set;
}

}  // namespace

std::string to_string(const VersionSet& set) {
  if (set.empty()) return "none";
  if (set == VersionSet::all(set.scheme())) return "all";
  std::string text = to_text(set.finals(), World::finals);
  if (!set.prereleases().empty())
    (text += prerelease_part) += to_text(set.prereleases(), World::prereleases);
  return text;
}

Result<VersionSet> parse_set(Scheme scheme, std::string_view text) {
  text = trimmed(text);
  if (text == "all") return VersionSet::all(scheme);
  const std::size_t divider = text.find(prerelease_part);
  Result<VersionSet> set = read_world(scheme, text.substr(0, divider), World::finals);
  if (!set || divider == std::string_view::npos) return set;
  const std::string_view rest = text.substr(divider + prerelease_part.size());
  Result<VersionSet> prereleases = read_world(scheme, rest, World::prereleases);
  if (!prereleases) return prereleases;
  return set->unite(*prereleases);
}

}  // namespace buildable
