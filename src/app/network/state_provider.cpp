#include "app/network/state_provider.h"

#include "rules/embedded.h"

namespace buildable::app {

Result<http::Material> material_of(const State& state, Instant now,
                                   const emit::TreeOptions& options, KnownHistory& known) {
  auto made = generate_tree(state, now, options, known);
  if (!made) return fail(std::move(made.error()));
  known = {made->history, state};
  emit::PageParts page = emit::served_page(
      {embedded_rules(), made->policy, {}, made->history, state.snapshot.releases}, options);
  std::string revision = revision_of(made->effective);
  return http::Material{embedded_rules(),    std::move(*made), std::move(page),
                        std::move(revision), state.origin,     state.snapshot.observed};
}

}  // namespace buildable::app
