#include "model/rules.h"

#include "model/rules_fields.h"

namespace buildable {

std::string_view name_of(SourceKind kind) {
  for (const auto& [name, meant] : EnumNames<SourceKind>::list)
    if (meant == kind) return name;
  return {};
}

}  // namespace buildable
