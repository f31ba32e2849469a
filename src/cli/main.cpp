// The program: words -> arguments -> one command. The only place where the clock, the environment
// and the standard streams are taken.
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "cli/commands.h"
#include "cli/network_program.h"
#include "cli/surroundings.h"

namespace buildable {
namespace {

// https://no-color.org: any value that is not empty.
bool is_colour_terminal() {
  const char* no_colour = std::getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) == 1 && (no_colour == nullptr || *no_colour == '\0');
}

struct Run {
  const Context& context;
  char** words;
  int operator()(std::monostate) const { return exit_failed; }
  int operator()(const GenerateArguments& it) const { return command_generate(context, it); }
  int operator()(const ExplainArguments& it) const { return command_explain(context, it); }
  int operator()(const VersionsArguments& it) const { return command_versions(context, it); }
  int operator()(const BuilderArguments& it) const { return command_builder(context, it); }
  int operator()(const DiffArguments& it) const { return command_diff(context, it); }
  int operator()(const ObserveArguments&) const { return run_network_program(context, words); }
  int operator()(const CompletionArguments&) const { return exit_good; }
};

int run(const Arguments& arguments, char** words) {
  Context context{std::cout, std::cerr, now(), is_colour_terminal(), arguments, {}};
  auto config = read_config(arguments.config);
  if (!config) return context.failed(config.error());
  context.config = std::move(*config);
  const int code = std::visit(Run{context, words}, arguments.command);
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
  return buildable::run(std::get<buildable::Arguments>(parsed), words);
}
