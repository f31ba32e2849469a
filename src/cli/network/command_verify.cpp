#include "cli/network/command_verify.h"

#include "app/network/tree_reader.h"
#include "app/verify_tree.h"

namespace buildable {

int command_verify_url(const Context& context, const VerifyArguments& arguments) {
  const auto reader = tree_reader(context, arguments.place);
  if (!reader) return context.failed(reader.error());
  return verify_tree(context, arguments, {*reader, {}});
}

}  // namespace buildable
