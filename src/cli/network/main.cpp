// buildable-network: the commands of `buildable` that need the network; it is run by that.
#include "cli/network/command_observe.h"
#include "cli/surroundings.h"

int main(int count, char** words) {
  using namespace buildable;
  return run_program(count, words, [](const Context& context) {
    const auto* observe = std::get_if<ObserveArguments>(&context.arguments.command);
    if (observe != nullptr) return command_observe(context, *observe);
    return context.failed(Diagnostic{.message = "this command is one of the program buildable"});
  });
}
