#include "cli/process_environment.h"

#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "cli/output_stream.h"
#include "store/file_reader.h"

namespace buildable::cli {
namespace {

constexpr std::size_t largest_settings = std::size_t{1} << 20U;

Instant now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

// https://no-color.org: any value that is not empty.
bool is_colour_terminal() {
  const char* no_colour = std::getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) == 1 && (no_colour == nullptr || *no_colour == '\0');
}

int leave(const EarlyExit& early) {
  OutputStream out(std::cout, {});
  OutputStream err(std::cerr, {});
  out << early.out << std::flush;
  err << early.err << std::flush;
  return early.code;
}

// GitHub's own format is made of lines that its runner obeys.
bool writes_workflow_commands(const Arguments& arguments) {
  const auto* check = std::get_if<CheckArguments>(&arguments.command);
  return check != nullptr && check->format == "github";
}

}  // namespace

Result<app::Settings> read_settings(const std::string& named, SettingsStream stream) {
  if (named.empty()) {
    constexpr const char* usual = "buildable.toml";
    const auto text = store::read_file_if_there(usual, {.max_bytes = largest_settings});
    if (!text) return fail(text.error());
    return *text ? app::parse_settings(**text, usual) : app::Settings{};
  }
  const auto text = stream == SettingsStream::taken
                        ? store::read_argument(named, largest_settings)
                        : store::read_file(named, {.max_bytes = largest_settings});
  if (!text) return fail(text.error());
  return app::parse_settings(*text, named);
}

int run_program(int count, const char* const* words,
                const std::function<int(const Context&)>& command) {
  std::ios::sync_with_stdio(false);
  const auto parsed = parse_arguments(count, words);
  if (const auto* early = std::get_if<EarlyExit>(&parsed)) return leave(*early);
  const auto& arguments = std::get<Arguments>(parsed);
  OutputTraits traits{.workflow_commands = writes_workflow_commands(arguments)};
  traits.colors = arguments.color == "always" || is_colour_terminal();
  OutputStream out(std::cout, traits);
  OutputStream err(std::cerr, {});
  err << std::unitbuf;
  Context context{out, err, now(), is_colour_terminal(), arguments, {}};
  auto settings = read_settings(arguments.config, SettingsStream::taken);
  if (!settings) return context.failed(settings.error());
  context.settings = std::move(*settings);
  const int code = command(context);
  out.flush();
  if (!out) return context.failed(Diagnostic{.message = "cannot write to standard output"});
  return code;
}

}  // namespace buildable::cli
