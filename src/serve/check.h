// /v1/check and the page's search: what is asked of one version, or of a repository's files.
#pragma once

#include <string>
#include <string_view>

#include "serve/routes.h"

namespace buildable::http {

// GET: one version. POST: the pins in files.
AnswerPtr check(const Call& call);
AnswerPtr page(const Call& call);

// 404 for a track or else a runtime of it that there is none of, with the nearest name.
AnswerPtr refuse_unknown(const Generation& generation, std::string_view track,
                         std::string_view runtime);

}  // namespace buildable::http
