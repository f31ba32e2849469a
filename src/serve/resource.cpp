#include "serve/resource.h"

#include "base/digest.h"
#include "serve/compress.h"

namespace buildable::http {
namespace {

constexpr std::size_t tag_digits = 32;

std::string tag_of(std::string_view hash, std::string_view suffix) {
  return "\"" + std::string(hash.substr(0, tag_digits)) + std::string(suffix) + "\"";
}

Representation represent(std::string body, std::string etag, std::string_view coding,
                         std::vector<Header> headers) {
  headers.push_back({"ETag", etag});
  Representation made;
  made.etag = std::move(etag);
  made.not_modified.status = 304;
  for (const Header& header : headers)
    if (header.name != "Content-Type" && header.name != "Content-Security-Policy")
      made.not_modified.headers.push_back(header);
  made.full.headers = std::move(headers);
  if (!coding.empty()) made.full.headers.push_back({"Content-Encoding", std::string(coding)});
  made.full.body = std::move(body);
  made.full.reusable = made.not_modified.reusable = true;
  return made;
}

}  // namespace

const Representation& Resource::in(Coding coding) const {
  if (coding == Coding::brotli && brotli) return *brotli;
  if (coding == Coding::gzip && gzip) return *gzip;
  return identity;
}

ResourcePtr make_resource(std::string body, std::string_view type,
                          std::string_view security_policy) {
  std::vector<Header> headers = content_headers(type, reads_may_be_kept, security_policy);
  const std::string hash = sha256_hex(body);
  std::string gzip = gzipped(body);
  std::string brotli = brotlied(body);
  if (!gzip.empty() || !brotli.empty()) headers.push_back({"Vary", "Accept-Encoding"});
  auto made = std::make_shared<Resource>();
  if (!gzip.empty()) made->gzip = represent(std::move(gzip), tag_of(hash, "-gz"), "gzip", headers);
  if (!brotli.empty())
    made->brotli = represent(std::move(brotli), tag_of(hash, "-br"), "br", headers);
  made->identity = represent(std::move(body), tag_of(hash, ""), "", std::move(headers));
  return made;
}

AnswerPtr answer_with(const ResourcePtr& resource, const Request& request) {
  const Coding coding =
      choose(request.accept_encoding, {resource->gzip.has_value(), resource->brotli.has_value()});
  const Representation& chosen = resource->in(coding);
  const bool has_it = matches(request.if_none_match, chosen.etag);
  return AnswerPtr(resource, has_it ? &chosen.not_modified : &chosen.full);
}

AnswerPtr answer_once(std::string body, std::string_view type, const Request& request,
                      std::string_view security_policy, std::string_view vary) {
  std::string etag = tag_of(sha256_hex(body), "");
  std::vector<Header> headers = content_headers(type, reads_may_be_kept, security_policy);
  if (!vary.empty()) headers.push_back({"Vary", std::string(vary)});
  Representation made = represent(std::move(body), std::move(etag), "", std::move(headers));
  const bool has_it = matches(request.if_none_match, made.etag);
  auto answer = std::make_shared<Answer>(std::move(has_it ? made.not_modified : made.full));
  answer->reusable = false;
  answer->repeatable = !has_it;
  return answer;
}

}  // namespace buildable::http
