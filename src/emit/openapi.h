// openapi.json: the service described for programs (OpenAPI 3.1). Written by hand, beside this
// file; tests/serve holds it against the routes and their answers.
#pragma once

#include <string_view>

namespace buildable {

std::string_view openapi_text();

}  // namespace buildable
