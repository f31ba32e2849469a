#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ostream>

#include "cli/commands.h"
#include "publish/signing.h"

namespace buildable {
namespace {

Result<void> write_new(const std::string& path, const std::string& text, unsigned mode) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (file < 0)
    return fail(Diagnostic{.message = std::strerror(errno),
                           .file = path,
                           .hint = errno == EEXIST ? "a key is never overwritten" : ""});
  const auto written = ::write(file, text.data(), text.size());
  const bool good = written == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  if (::close(file) == 0 && good) return {};
  ::unlink(path.c_str());
  return fail(Diagnostic{.message = "cannot be written", .file = path});
}

}  // namespace

int command_keygen(const Context& context, const KeygenArguments& arguments) {
  const auto pair = generate_key_pair();
  if (!pair) return context.failed(pair.error());
  const std::string public_file = arguments.out + ".pub";
  const auto secret = write_new(arguments.out, pair->secret_line, 0600);
  if (!secret) return context.failed(secret.error());
  const auto open = write_new(public_file, pair->public_line, 0644);
  if (!open) {
    ::unlink(arguments.out.c_str());
    return context.failed(open.error());
  }
  context.out << pair->name << '\n';
  context.say("The secret key is in " + arguments.out + ", the public one in " + public_file + ".");
  return exit_good;
}

}  // namespace buildable
