// The names that git gives to contents.
#pragma once

#include <string>
#include <string_view>

namespace buildable::publish {

// The id of a file with this content: 40 digits. (Repositories with ids of SHA-256 are refused by
// git itself, which does not transfer between the two.)
std::string blob_id(std::string_view content);

}  // namespace buildable::publish
