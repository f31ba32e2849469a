#include "cli/surroundings.h"

#include <filesystem>

#include "store/directory.h"

namespace buildable {

Instant now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

Result<Config> read_config(const std::string& named) {
  constexpr const char* usual = "buildable.toml";
  std::error_code error;
  if (named.empty() && !std::filesystem::exists(usual, error)) return Config{};
  const std::string file = named.empty() ? usual : named;
  const auto text = read_file(file);
  if (!text) return fail(text.error());
  return parse_config(*text, file);
}

}  // namespace buildable
