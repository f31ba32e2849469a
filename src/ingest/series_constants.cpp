#include "ingest/limits.h"
#include "ingest/source_constants.h"

namespace buildable::ingest {
namespace {

tl::unexpected<Error> problem_of(const std::string& name, std::string message) {
  return fail(Diagnostic{.message = std::move(message),
                         .path = name,
                         .hint = "the source has changed its form: read it by hand"});
}

Result<int> number_of(const SourceConstants& constants, const std::string& name) {
  Result<std::string> text = integer_constant(constants, name);
  if (!text) return fail(std::move(text.error()));
  int number = 0;  // at most nine digits: integer_constant
  for (char digit : *text) number = number * 10 + (digit - '0');
  return number;
}

Result<std::map<std::string, std::string>> aliases_of(const SourceConstants& constants,
                                                      const SeriesConstantNames& names) {
  std::map<std::string, std::string> aliases;
  for (const auto& [name, constant] : constants) {
    if (name.rfind(names.alias_prefix, 0) != 0) continue;
    std::string series = names.series + name.substr(names.alias_prefix.size());
    Result<std::string> version = version_constant(constants, name);
    if (!version) return fail(std::move(version.error()));
    if (version->rfind(series + ".", 0) != 0) {
      return problem_of(name, "the version " + *version + " is not of the series " + series);
    }
    aliases.emplace(std::move(series), std::move(*version));
  }
  return aliases;
}

Result<void> check_span(const SeriesConstants& read, const SeriesConstantNames& names, int oldest,
                        int newest) {
  constexpr int widest = 100;
  if (oldest > newest || newest - oldest > widest) {
    return problem_of(names.newest,
                      "no span: " + std::to_string(oldest) + " to " + std::to_string(newest));
  }
  for (int number = oldest; number <= newest; ++number) {
    std::string series = names.series + std::to_string(number);
    if (read.aliases.find(series) != read.aliases.end()) continue;
    return problem_of(names.alias_prefix + std::to_string(number), "the constant is missing");
  }
  auto span = static_cast<std::size_t>(newest) - static_cast<std::size_t>(oldest) + 1;
  if (read.aliases.size() == span) return {};
  return problem_of(names.alias_prefix, "an alias outside of the span of series");
}

}  // namespace

Result<SeriesConstants> parse_series_constants(std::string_view source,
                                               const SeriesConstantNames& names) {
  Result<SourceConstants> constants = parse_source_constants(source);
  if (!constants) return fail(std::move(constants.error()));
  SeriesConstants read;
  Result<std::string> by_default = version_constant(*constants, names.default_version);
  if (!by_default) return fail(std::move(by_default.error()));
  read.default_version = std::move(*by_default);
  auto aliases = aliases_of(*constants, names);
  if (!aliases) return fail(std::move(aliases.error()));
  read.aliases = std::move(*aliases);

  bool has_oldest = constants->find(names.oldest) != constants->end();
  bool has_newest = constants->find(names.newest) != constants->end();
  if (!has_oldest && !has_newest && read.aliases.empty()) return read;
  Result<int> oldest = number_of(*constants, names.oldest);
  if (!oldest) return fail(std::move(oldest.error()));
  Result<int> newest = number_of(*constants, names.newest);
  if (!newest) return fail(std::move(newest.error()));
  Result<void> checked = check_span(read, names, *oldest, *newest);
  if (!checked) return fail(std::move(checked.error()));
  read.oldest_series = names.series + std::to_string(*oldest);
  read.newest_series = names.series + std::to_string(*newest);
  return read;
}

}  // namespace buildable::ingest
