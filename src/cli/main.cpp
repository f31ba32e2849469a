// The program `buildable`: one command a run.
#include "cli/commands.h"
#include "cli/network_program.h"
#include "cli/process_environment.h"
#include "cli/verification.h"

namespace buildable::cli {
namespace {

struct Run {
  const Context& context;
  char** words;
  int operator()(std::monostate) const { return exit_failed; }
  int operator()(const GenerateArguments& it) const { return command_generate(context, it); }
  int operator()(const ExplainArguments& it) const { return command_explain(context, it); }
  int operator()(const VersionsArguments& it) const { return command_versions(context, it); }
  int operator()(const BuilderArguments& it) const { return command_builder(context, it); }
  int operator()(const DiffArguments& it) const { return command_diff(context, it); }
  int operator()(const CheckArguments& it) const { return command_check(context, it); }
  int operator()(const FixArguments& it) const { return command_fix(context, it); }
  int operator()(const ApplyArguments& it) const { return command_apply(context, it); }
  int operator()(const ObserveArguments&) const { return run_network_program(context, words); }
  int operator()(const ServeArguments&) const { return run_network_program(context, words); }
  int operator()(const PublishArguments& it) const { return command_publish(context, it); }
  int operator()(const VerifyArguments& it) const {
    return is_url(it.place) ? run_network_program(context, words) : command_verify(context, it);
  }
  int operator()(const KeygenArguments& it) const { return command_keygen(context, it); }
  int operator()(const CompletionArguments&) const { return exit_good; }
};

}  // namespace
}  // namespace buildable::cli

int main(int count, char** words) {
  return buildable::cli::run_program(count, words, [words](const buildable::cli::Context& context) {
    context.say_what_it_rests_on();
    return std::visit(buildable::cli::Run{context, words}, context.arguments.command);
  });
}
