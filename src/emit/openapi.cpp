#include "emit/openapi.h"

// Defined by the assembler file beside this one.
extern "C" const char buildable_openapi_begin[];
extern "C" const char buildable_openapi_end[];

namespace buildable {

std::string_view openapi_text() {
  return {buildable_openapi_begin,
          static_cast<std::size_t>(buildable_openapi_end - buildable_openapi_begin)};
}

}  // namespace buildable
