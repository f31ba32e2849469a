// The newest embedded state, as the service shows it.
#pragma once

#include "policy/compile.h"
#include "rules/embedded.h"
#include "rules/load.h"
#include "serve/routes.h"

namespace buildable::fuzz {

inline http::GenerationPtr make_generation() {
  const EmbeddedSnapshot& newest = embedded_snapshots().back();
  const Snapshot snapshot = embedded_snapshot(newest);
  auto policy = std::make_shared<const Policy>(
      compile(snapshot, embedded_rules(), newest.effective, newest.digest).value());
  const TreeInput input{embedded_rules(), *policy, write_snapshot(snapshot),
                        embedded_history().states};
  http::Material material{
      embedded_rules(),       policy,      emit_tree(input, {}).value(), input.history,
      served_page(input, {}), "2026.05.14"};
  return http::Generation::make(std::move(material), {}, nullptr).value();
}

}  // namespace buildable::fuzz
