#include "cli/verification.h"

#include <ostream>

#include "base/no_answer.h"

namespace buildable::cli {

bool is_url(const std::string& place) { return place.find("://") != std::string::npos; }

int verify_and_print(const Context& context, const VerifyArguments& arguments,
                     const app::TreeAccess& access) {
  const auto at = context.at();
  if (!at) return context.failed(at.error());
  const auto verified = app::verify_tree(
      {arguments.keys, arguments.not_older_than, arguments.state, arguments.allowed, *at}, access);
  if (!verified) {
    const int code = context.failed(verified.error());
    return is_no_answer(verified.error()) ? exit_no_answer : code;
  }
  if (verified->refused) {
    context.failed(*verified->refused);
    context.say("The tree cannot be trusted.");
    return exit_doubt;
  }
  const publish::Manifest& manifest = verified->manifest;
  context.out << "verified " << manifest.revision << '\n';
  context.say(std::to_string(manifest.files.size()) + " files, good until " +
              format_instant(manifest.expires));
  return exit_good;
}

}  // namespace buildable::cli
