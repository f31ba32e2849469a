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
  emit::GeneratedTree generated{
      compile(snapshot, embedded_rules(), newest.effective, newest.digest).value(),
      newest.effective,
      embedded_history().states,
      {}};
  const emit::TreeInput input{embedded_rules(), generated.policy, write_snapshot(snapshot),
                              generated.history};
  emit::PageParts page = emit::served_page(input, {});
  generated.tree = emit::emit_tree(input, {}).value();
  http::Material material{
      embedded_rules(), std::move(generated), std::move(page), "2026.05.14", {}, {}};
  return http::Generation::make(std::move(material), {}, nullptr).value();
}

}  // namespace buildable::fuzz
