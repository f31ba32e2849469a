#include "app/network/state_provider.h"

#include "app/generated_tree.h"
#include "rules/embedded.h"

namespace buildable {

Result<Feed> feed_of_state(const Context& context, const State& state, Instant now,
                           Memory& memory) {
  const TreeOptions options{context.config.base_url};
  auto made = generation_of(state, now, options, memory);
  if (!made) return fail(std::move(made.error()));
  memory.history = made->history;
  memory.last = state;
  auto policy = std::make_shared<const Policy>(std::move(made->policy));
  const TreeInput input{embedded_rules(), *policy, {}, made->history, state.snapshot.releases};
  PageParts page = served_page(input, options);
  return Feed{{embedded_rules(), policy, std::move(made->tree), std::move(made->history),
               std::move(page), revision_of(made->effective)},
              state.origin,
              state.snapshot.observed};
}

}  // namespace buildable
