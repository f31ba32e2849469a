#include "cli/surroundings.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "store/directory.h"

namespace buildable {
namespace {

Instant now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

// https://no-color.org: any value that is not empty.
bool is_colour_terminal() {
  const char* no_colour = std::getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) == 1 && (no_colour == nullptr || *no_colour == '\0');
}

int say(const Farewell& farewell) {
  std::cout << farewell.out;
  std::cerr << farewell.err;
  return farewell.code;
}

}  // namespace

Result<Config> read_config(const std::string& named) {
  constexpr const char* usual = "buildable.toml";
  std::error_code error;
  if (named.empty() && !std::filesystem::exists(usual, error)) return Config{};
  const std::string file = named.empty() ? usual : named;
  const auto text = read_file(file);
  if (!text) return fail(text.error());
  return parse_config(*text, file);
}

int run_program(int count, const char* const* words,
                const std::function<int(const Context&)>& command) {
  std::ios::sync_with_stdio(false);
  const auto parsed = parse_arguments(count, words);
  if (const auto* farewell = std::get_if<Farewell>(&parsed)) return say(*farewell);
  const auto& arguments = std::get<Arguments>(parsed);
  Context context{std::cout, std::cerr, now(), is_colour_terminal(), arguments, {}};
  auto config = read_config(arguments.config);
  if (!config) return context.failed(config.error());
  context.config = std::move(*config);
  const int code = command(context);
  std::cout.flush();
  if (!std::cout) return context.failed(Diagnostic{.message = "cannot write to standard output"});
  return code;
}

}  // namespace buildable
