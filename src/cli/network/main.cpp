// buildable-network: the commands of `buildable` that need the network; it is run by that.
#include "cli/network/command_observe.h"
#include "cli/network/command_serve.h"
#include "cli/network/command_verify.h"
#include "cli/process_environment.h"

int main(int count, char** words) {
  using namespace buildable;
  using namespace buildable::cli;
  return run_program(count, words, [](const Context& context) {
    const auto* observe = std::get_if<ObserveArguments>(&context.arguments.command);
    if (observe != nullptr) return command_observe(context, *observe);
    const auto* verify = std::get_if<VerifyArguments>(&context.arguments.command);
    if (verify != nullptr) return command_verify_url(context, *verify);
    const auto* serve = std::get_if<ServeArguments>(&context.arguments.command);
    if (serve != nullptr) return command_serve(context, *serve);
    return context.failed(Diagnostic{.message = "this command belongs to the program buildable"});
  });
}
