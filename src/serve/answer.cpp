#include "serve/answer.h"

#include "emit/json_writer.h"

namespace buildable::http {
namespace {

std::shared_ptr<Answer> make_problem(int status, std::string_view detail, std::string_view help,
                                     std::string_view key = {}) {
  emit::JsonWriter json;
  json.open_object().member("title", phrase_of(status)).member("status", status);
  json.member("detail", detail).member_if_known("help", help).member_if_known("key", key).close();
  auto answer = std::make_shared<Answer>();
  answer->status = status;
  answer->headers = content_headers("application/problem+json", keep_nothing);
  answer->body = std::move(json).take();
  return answer;
}

}  // namespace

std::string_view phrase_of(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 411:
      return "Length Required";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 431:
      return "Request Header Fields Too Large";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Error";
  }
}

const std::string* Answer::header(std::string_view name) const {
  for (const Header& header : headers)
    if (header.name == name) return &header.value;
  return nullptr;
}

std::vector<Header> content_headers(std::string_view type, std::string_view cache_control,
                                    std::string_view security_policy) {
  return {{"Content-Type", std::string(type)},
          {"Cache-Control", std::string(cache_control)},
          {"Access-Control-Allow-Origin", "*"},
          {"X-Content-Type-Options", "nosniff"},
          {"Content-Security-Policy", std::string(security_policy)}};
}

AnswerPtr problem(int status, std::string_view detail, std::string_view help,
                  std::string_view key) {
  return make_problem(status, detail, help, key);
}

AnswerPtr problem(int status, const Error& error) {
  const Diagnostic& first = error.diagnostics().front();
  const std::string place = first.path.empty() ? std::string() : first.path + ": ";
  return make_problem(status, place + first.message, first.hint, first.path);
}

AnswerPtr busy(std::string_view detail) {
  auto answer = make_problem(503, detail, "ask again in a few seconds, for less at once");
  answer->headers.push_back({"Retry-After", "5"});
  return answer;
}

AnswerPtr method_not_allowed(std::string_view allowed) {
  auto answer =
      make_problem(405, "this address takes " + std::string(allowed), "use one of these methods");
  answer->headers.push_back({"Allow", std::string(allowed)});
  return answer;
}

}  // namespace buildable::http
