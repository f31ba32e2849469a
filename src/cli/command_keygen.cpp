#include <filesystem>
#include <ostream>

#include "base/text.h"
#include "cli/commands.h"
#include "publish/signing.h"
#include "store/file_writer.h"

namespace buildable::cli {
namespace {

namespace fs = std::filesystem;

Result<void> write_new(const std::string& path, const std::string& text, unsigned mode) {
  auto written = store::write_file(
      path, text, {.existing = store::Existing::kept, .synced = true, .mode = mode});
  std::error_code error;
  if (written || fs::symlink_status(path, error).type() == fs::file_type::not_found) return written;
  Diagnostic diagnostic = written.error().diagnostics().front();
  diagnostic.hint = "a key is never overwritten: name another file";
  return fail(std::move(diagnostic));
}

}  // namespace

int command_keygen(const Context& context, const KeygenArguments& arguments) {
  const auto pair = publish::generate_key_pair();
  if (!pair) return context.failed(pair.error());
  const std::string public_file = arguments.out + ".pub";
  const auto secret = write_new(arguments.out, pair->secret_line, 0600);
  if (!secret) return context.failed(secret.error());
  const auto open = write_new(public_file, pair->public_line, 0644);
  if (!open) {
    std::error_code ignored;
    fs::remove(arguments.out, ignored);
    return context.failed(open.error());
  }
  context.out << pair->name << '\n';
  context.say("The secret key is in " + printable(arguments.out) + ", the public one in " +
              printable(public_file) + ".");
  return exit_good;
}

}  // namespace buildable::cli
