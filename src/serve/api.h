// The bodies of /v1: each in an envelope that says of which state it is and whether that is stale.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "emit/json_writer.h"
#include "serve/generation.h"

namespace buildable::http {

// Opens the envelope up to the value of "result", which the caller writes before close_envelope().
void open_envelope(emit::JsonWriter& json, const Generation& generation);
std::string close_envelope(emit::JsonWriter&& json);

// The answers that do not depend on parameters, by path.
std::map<std::string, std::string> prepared_bodies(const Generation& generation);

// The states that began at `since` or later, oldest first.
std::string changes_body(const Generation& generation, Instant since);

std::string health_body();
std::string readiness_body(const Generation& generation, bool stopping);

}  // namespace buildable::http
