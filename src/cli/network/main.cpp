// buildable-network: the commands of `buildable` that need the network; it is run by that.
#include <unistd.h>

#include <iostream>

#include "cli/network/command_observe.h"
#include "cli/surroundings.h"

namespace buildable {
namespace {

int run(const Arguments& arguments) {
  Context context{std::cout, std::cerr, now(), isatty(STDOUT_FILENO) == 1, arguments, {}};
  auto config = read_config(arguments.config);
  if (!config) return context.failed(config.error());
  context.config = std::move(*config);
  const auto* observe = std::get_if<ObserveArguments>(&arguments.command);
  if (observe == nullptr)
    return context.failed(Diagnostic{.message = "this command is one of the program buildable"});
  const int code = command_observe(context, *observe);
  std::cout.flush();
  if (!std::cout) return context.failed(Diagnostic{.message = "cannot write to standard output"});
  return code;
}

}  // namespace
}  // namespace buildable

int main(int count, char** words) {
  std::ios::sync_with_stdio(false);
  const auto parsed = buildable::parse_arguments(count, words);
  if (const auto* farewell = std::get_if<buildable::Farewell>(&parsed)) {
    std::cout << farewell->out;
    std::cerr << farewell->err;
    return farewell->code;
  }
  return buildable::run(std::get<buildable::Arguments>(parsed));
}
