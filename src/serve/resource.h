// A body that is known before it is asked for: every form of it, and what answers a client that has
// it already, made once.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "serve/answer.h"
#include "serve/negotiate.h"
#include "serve/request.h"

namespace buildable::http {

struct Representation {
  Answer full;
  Answer not_modified;  // 304: the same headers without a body
  std::string etag;     // strong, in quotes; each coding has its own
};

struct Resource {
  Representation identity;
  std::optional<Representation> gzip;
  std::optional<Representation> brotli;

  const Representation& in(Coding coding) const;
};
using ResourcePtr = std::shared_ptr<const Resource>;

ResourcePtr make_resource(std::string body, std::string_view type,
                          std::string_view security_policy = data_security_policy);

// 200 or 304, in the coding that the client prefers.
AnswerPtr answer_with(const ResourcePtr& resource, const Request& request);

// An answer that was made for this request: one form of it, with its tag, or 304. `vary`: the
// header, beside Host, that it depends on, which caches on the way have to know; empty: none.
AnswerPtr answer_once(std::string body, std::string_view type, const Request& request,
                      std::string_view security_policy = data_security_policy,
                      std::string_view vary = {});

}  // namespace buildable::http
