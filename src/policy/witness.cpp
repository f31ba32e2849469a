#include "policy/witness.h"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "policy/describe.h"
#include "version/range.h"

namespace buildable {
namespace {

Error bad_witness(const Witness& witness, const std::string& what) {
  return Error(Diagnostic{.message = "the witness " + witness.evidence.source + " of " +
                                     witness.runtime + " " + witness.version + ": " + what,
                          .path = "builders",
                          .hint = "correct the witness in the snapshot, or leave it out"});
}

Result<VersionSet> requested_by(const Witness& witness, const Version& version) {
  if (witness.request.empty()) return VersionSet::of(version);
  if (!witness.grammar.empty()) {
    const auto grammar = grammar_named(witness.grammar);
    if (!grammar) return fail(grammar.error());
    return parse_range(*grammar, version.scheme(), witness.request);
  }
  const auto named = parse_named(version.scheme(), witness.request);
  if (!named) return fail(named.error());
  return named->exact ? VersionSet::of(*named->exact)
                      : VersionSet::series(version.scheme(), named->series);
}

bool is_alias_of_another(const Testimony& testimony, const Alternative& state) {
  const auto alias = state.aliases.find(testimony.witness->request);
  if (alias == state.aliases.end()) return false;
  const auto installed = Version::parse(state.scheme, alias->second);
  return installed && *installed != testimony.version;
}

bool lists_a_newer_one(const Testimony& testimony, const Alternative& state) {
  // Other mechanisms name what is there today, not what was there when the build ran.
  if (state.mechanism != Mechanism::inventory) return false;
  return std::any_of(state.known.begin(), state.known.end(), [&](const Version* version) {
    return !version->is_prerelease() && order(*version, testimony.version) > 0 &&
           testimony.requested.contains(*version);
  });
}

// "heroku/cnb-builder-images@8c4d079" of a source that names repository, commit and file.
std::string short_source(const std::string& source) {
  constexpr std::size_t short_commit = 7;
  const auto at = source.find('@');
  const auto colon = source.find(':', at == std::string::npos ? source.size() : at);
  if (at == std::string::npos || colon == std::string::npos) return source;
  return source.substr(0, at + 1) + source.substr(at + 1, colon - at - 1).substr(0, short_commit);
}

// The repository is named once: "heroku/cnb-builder-images@8c4d079 and @16cb702".
std::string named(const Builder& builder, const std::vector<std::size_t>& places) {
  std::vector<std::string> names;
  std::string repository;
  for (const std::size_t place : places) {
    std::string name = short_source(builder.candidates[place].evidence.source);
    std::string of = name.substr(0, name.find('@'));
    if (of == repository && of.size() < name.size()) name.erase(0, of.size());
    repository = std::move(of);
    names.push_back(std::move(name));
  }
  return joined(names);
}

std::string told(const Testimony& testimony) {
  const Witness& witness = *testimony.witness;
  std::string text = "a build on " + day_of(witness.evidence.seen) + " installed " +
                     testimony.runtime->name + " " + witness.version;
  return witness.request.empty() ? text : text + " for " + in_quotes(witness.request);
}

Error contradiction(const Builder& builder, const Testimony& testimony) {
  return Error(Diagnostic{
      .message = "the witnesses of the builder " + builder.reference +
                 " rule out all of its candidates: " + told(testimony) + " (" +
                 testimony.witness->evidence.source + ")",
      .path = "builders",
      .hint = "a candidate is missing, a witness is mistaken, or the tag was moved to another "
              "image"});
}

}  // namespace

Result<Testimony> testimony_of(const Witness& witness, const Rules& rules) {
  const RuntimeRules* runtime = rules.find(witness.runtime);
  if (!runtime) return fail(bad_witness(witness, "there are no rules for this runtime"));
  auto version = Version::parse(runtime->scheme, witness.version);
  if (!version) return fail(bad_witness(witness, version.error().message()));
  auto requested = requested_by(witness, *version);
  if (!requested) return fail(bad_witness(witness, requested.error().message()));
  if (!requested->contains(*version))
    return fail(bad_witness(witness,
                            "the version does not meet the request " + in_quotes(witness.request)));
  const auto seen = parse_instant_or_day(witness.evidence.seen);
  if (!seen) return fail(bad_witness(witness, seen.error().message()));
  return Testimony{runtime, &witness, std::move(*version), std::move(*requested), *seen};
}

bool refutes(const Testimony& testimony, const Alternative& state) {
  return state.cannot_build(testimony.version) || lists_a_newer_one(testimony, state) ||
         is_alias_of_another(testimony, state);
}

Result<Hearing> hear_witnesses(const Builder& builder, const Rules& rules,
                               const StateOf& state_of) {
  Hearing hearing;
  hearing.standing.resize(builder.candidates.size());
  std::iota(hearing.standing.begin(), hearing.standing.end(), std::size_t{0});
  for (const Witness& witness : builder.witnesses) {
    auto testimony = testimony_of(witness, rules);
    if (!testimony) return fail(std::move(testimony.error()));
    std::vector<std::size_t> ruled_out;
    for (std::size_t place = 0; place < builder.candidates.size(); ++place) {
      const auto state = state_of(*testimony->runtime, builder.candidates[place], testimony->seen);
      if (!state) return fail(state.error());
      if (refutes(*testimony, **state)) ruled_out.push_back(place);
    }
    for (const std::size_t place : ruled_out) std::erase(hearing.standing, place);
    if (hearing.standing.empty()) return fail(contradiction(builder, *testimony));
    std::string text = told(*testimony);
    if (!ruled_out.empty()) text += "; " + named(builder, ruled_out) + " would not have";
    hearing.reasons.push_back({std::move(text), witness.evidence});
    hearing.testimonies.push_back(std::move(*testimony));
  }
  return hearing;
}

Snapshot as_known_at(Snapshot snapshot, Instant at) {
  const auto later = [at](const Witness& witness) {
    const auto seen = parse_instant_or_day(witness.evidence.seen);
    return seen && *seen > at;
  };
  for (Builder& builder : snapshot.builders) std::erase_if(builder.witnesses, later);
  return snapshot;
}

}  // namespace buildable
