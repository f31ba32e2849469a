// The commands: each in its own file, command_<name>.cpp. They return the exit code.
#pragma once

#include "cli/context.h"

namespace buildable::cli {

int command_generate(const Context& context, const GenerateArguments& arguments);
int command_explain(const Context& context, const ExplainArguments& arguments);
int command_versions(const Context& context, const VersionsArguments& arguments);
int command_builder(const Context& context, const BuilderArguments& arguments);
int command_diff(const Context& context, const DiffArguments& arguments);
int command_check(const Context& context, const CheckArguments& arguments);
int command_fix(const Context& context, const FixArguments& arguments);
int command_apply(const Context& context, const ApplyArguments& arguments);
int command_publish(const Context& context, const PublishArguments& arguments);
int command_verify(const Context& context, const VerifyArguments& arguments);
int command_keygen(const Context& context, const KeygenArguments& arguments);

}  // namespace buildable::cli
