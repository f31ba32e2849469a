// Shapes of small texts that several parsers check.
#pragma once

#include <string_view>

namespace buildable::ingest {

// "host/path/name:tag" or "…@sha256:<64 hex digits>"; the host is required.
bool is_image_reference(std::string_view text);
bool is_hex(std::string_view text, std::size_t length);
// "heroku/nodejs-engine": letters, digits and "./-_" as CNB allows for buildpack ids.
bool is_buildpack_id(std::string_view text);
// "6.5.0": three numbers, as CNB requires of buildpack versions.
bool is_buildpack_version(std::string_view text);

}  // namespace buildable::ingest
