// A generation of the newest state that is compiled in, and questions to it.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "emit/manifest.h"
#include "policy/compile.h"
#include "rules/embedded.h"
#include "rules/load.h"
#include "serve/routes.h"

namespace buildable::testing {

inline http::Material embedded_material(const std::string& day = {}) {
  const EmbeddedSnapshot& newest = embedded_snapshots().back();
  const auto at = day.empty() ? Result<Instant>(newest.effective) : parse_day(day);
  REQUIRE(at.has_value());
  const auto which = embedded_snapshot_at(*at);
  REQUIRE(which.has_value());
  const Snapshot snapshot = embedded_snapshot(*which);
  auto policy = compile(snapshot, embedded_rules(), *at, which->digest);
  REQUIRE(policy.has_value());
  emit::GeneratedTree generated{std::move(*policy), *at, embedded_history().states, {}};
  const emit::TreeInput input{embedded_rules(), generated.policy, write_snapshot(snapshot),
                              generated.history, snapshot.releases};
  auto tree = emit::emit_tree(input, {});
  REQUIRE(tree.has_value());
  (*tree)["manifest.json"] = emit::emit_manifest(*tree, "2026.05.14", which->digest,
                                                 {*at, *at + std::chrono::days(30), *at});
  emit::PageParts page = emit::served_page(input, {});
  generated.tree = std::move(*tree);
  generated.releases = snapshot.releases;
  return {embedded_rules(), std::move(generated), std::move(page), "2026.05.14", {}, {}};
}

// `seen`: when the state was last looked up; absent: that is not known.
inline http::GenerationPtr embedded_generation(const http::RefreshStatus& status = {},
                                               std::optional<Instant> seen = {}) {
  static const http::GenerationPtr whole = [] {
    auto made = http::Generation::make(embedded_material(), {}, nullptr);
    REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().to_text()));
    return *made;
  }();
  if (!seen) return whole->with(status);
  http::Material material = embedded_material();
  material.seen = seen;
  auto made = http::Generation::make(std::move(material), status, whole.get());
  REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().to_text()));
  return *made;
}

// One question after another to one generation.
struct Asking {
  http::GenerationPtr generation = embedded_generation();
  http::Metrics metrics;
  Instant now = *parse_instant("2026-05-20T00:00:00Z");
  bool stopping = false;

  http::Handled handled(const http::Request& request) {
    return http::handle(request, {generation, metrics, now, stopping});
  }
  http::AnswerPtr ask(const http::Request& request) { return handled(request).answer; }
  http::AnswerPtr get(std::string_view target) { return ask({http::Method::get, target}); }
};

inline std::string header(const http::AnswerPtr& answer, std::string_view name) {
  const std::string* value = answer->header(name);
  return value == nullptr ? std::string() : *value;
}

inline bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace buildable::testing
