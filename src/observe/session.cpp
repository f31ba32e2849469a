#include "observe/session.h"

#include <algorithm>

#include "base/digest.h"
#include "net/url.h"
#include "policy/judgement.h"
#include "rules/selection.h"

namespace buildable::observe {

const Source* Session::source(SourceKind kind) const {
  for (const Source& source : rules.platform.sources)
    if (source.kind == kind) return &source;
  return nullptr;
}

Result<const Source*> Session::source(SourceKind kind, const BuildpackReference& buildpack) const {
  for (const Source& source : rules.platform.sources) {
    if (source.kind != kind || source.buildpack != buildpack.id) continue;
    const auto covered = covers(source.versions, buildpack.version);
    if (!covered) return fail(covered.error());
    if (*covered) return &source;
  }
  return nullptr;
}

const std::string& Session::pattern(const Source& source) const {
  const auto configured = options.urls.find(source.name);
  return configured == options.urls.end() ? source.url : configured->second;
}

void Session::read(const Source& source, const Placeholders& values, std::size_t limit, Done done,
                   std::vector<int> expected) {
  auto url = fill_url(pattern(source), values);
  if (!url) return done(fail(std::move(url.error())));
  net::Request asked{.url = std::move(*url)};
  asked.max_bytes = limit;
  asked.expected = std::move(expected);
  request(source, std::move(asked), std::move(done));
}

void Session::request(const Source& source, net::Request request, Done done) {
  request.source = source.name;
  const std::string url = request.url;
  fetcher.get(std::move(request),
              [this, url, done = std::move(done)](Result<net::Response> response) {
                if (!response) return done(fail(std::move(response.error())));
                Evidence where = evidence(url, response->body);
                done(Answer{response->status, std::move(response->body), std::move(where)});
              });
}

// Callers hand the error over.
// NOLINTNEXTLINE(performance-unnecessary-value-param)
Error Session::failed(const Source& source, Error error) {
  const std::string prefix = source.name + ": ";
  const auto is_named = [&](const std::string& text) {
    return text.compare(0, prefix.size(), prefix) == 0;  // as the fetcher does it
  };
  const std::string& first = error.message();
  fetcher.failed(source.name, is_named(first) ? first.substr(prefix.size()) : first);
  std::vector<Diagnostic> diagnostics = error.diagnostics();
  for (Diagnostic& diagnostic : diagnostics)
    if (!is_named(diagnostic.message)) diagnostic.message.insert(0, prefix);
  return Error(std::move(diagnostics));
}

void Session::give_up(const Source& source, Error error) {
  const Error named = failed(source, std::move(error));
  if (!source.optional) problem(named);
}

void Session::problem(const Error& error) {
  // What several buildpacks need is told once.
  for (const Diagnostic& diagnostic : error.diagnostics()) {
    const bool told = std::any_of(problems.begin(), problems.end(), [&](const Diagnostic& each) {
      return to_text(each) == to_text(diagnostic);
    });
    if (!told) problems.push_back(diagnostic);
  }
}

void Session::remark(std::string code, std::string text, Evidence evidence) {
  remarks.push_back({std::move(code), std::move(text), std::move(evidence)});
}

bool Session::doubt(const std::string& code, const std::string& text, std::vector<Error>& found) {
  switch (outcome_of(rules.platform.judgement, code)) {
    case Severity::refuse:
      found.push_back(Diagnostic{.message = text, .path = code});
      return false;
    case Severity::warn:
      remark(code, text);
      return true;
    case Severity::accept:
      break;
  }
  return true;
}

Evidence Session::evidence(const std::string& url, std::string_view bytes) const {
  return {.source = public_url(url),
          .digest = sha256_digest(bytes),
          .seen = format_instant(options.now)};
}

}  // namespace buildable::observe
