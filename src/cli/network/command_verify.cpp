#include "cli/network/command_verify.h"

#include "app/network/tree_reader.h"
#include "cli/verification.h"

namespace buildable::cli {

int command_verify_url(const Context& context, const VerifyArguments& arguments) {
  const auto reader = app::tree_reader(context.settings, arguments.place);
  if (!reader) return context.failed(reader.error());
  return verify_and_print(context, arguments, {*reader, {}});
}

}  // namespace buildable::cli
