// Writes the manual pages and the completion scripts into a directory, where an installation has
// them: `buildable_documents DIRECTORY [DATE]`. Without a date they have that of the newest facts.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "app/program_version.h"
#include "cli/completion.h"
#include "cli/manual.h"

namespace {

namespace fs = std::filesystem;

bool write(const fs::path& path, const std::string& text) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  std::ofstream file(path, std::ios::binary);
  file << text << std::flush;
  if (file) return true;
  std::cerr << "buildable_documents: cannot write " << path.string() << '\n';
  return false;
}

}  // namespace

int main(int count, char** words) {
  using namespace buildable;
  if (count < 2) {
    std::cerr << "usage: buildable_documents DIRECTORY [DATE]\n";
    return 2;
  }
  const fs::path share = words[1];
  const std::string date = count > 2 && *words[2] != '\0' ? words[2] : app::facts_date();
  const cli::CommandTable table = cli::command_table();
  bool good = true;
  for (const auto& [name, text] :
       cli::manual_pages(table, cli::exit_code_table(), {app::program_version(), date}))
    good = write(share / "man/man1" / name, text) && good;
  constexpr std::pair<const char*, const char*> scripts[] = {
      {"bash", "bash-completion/completions/buildable"},
      {"zsh", "zsh/site-functions/_buildable"},
      {"fish", "fish/vendor_completions.d/buildable.fish"}};
  for (const auto& [shell, path] : scripts)
    good = write(share / path, cli::completion_script(shell, table)) && good;
  return good ? 0 : 1;
}
