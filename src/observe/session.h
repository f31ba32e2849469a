// What the steps of one observation share.
#pragma once

#include <string>
#include <vector>

#include "observe/metered_fetcher.h"
#include "observe/source_url.h"

namespace buildable::observe {

struct Answer {
  int status = 0;
  std::string text;
  Evidence evidence;
};

// Everything that a step starts ends inside of observe(), so callbacks may point at the steps.
class Session {
 public:
  using Done = std::function<void(Result<Answer>)>;

  Session(const Rules& by_rules, net::Fetcher& by_fetcher, const ObserveOptions& as_wanted)
      : rules(by_rules), options(as_wanted), fetcher(by_fetcher, as_wanted.progress) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // The platform's first source of that kind; null where there is none.
  const Source* source(SourceKind kind) const;
  // The one for this version of a buildpack.
  Result<const Source*> source(SourceKind kind, const BuildpackReference& buildpack) const;
  // Its URL, or the configured one instead, with the placeholders still in it.
  const std::string& pattern(const Source& source) const;

  // Asks for what lies at the source; statuses in `expected` are answers, too.
  void read(const Source& source, const Placeholders& values, std::size_t limit, Done done,
            std::vector<int> expected = {});
  void request(const Source& source, net::Request request, Done done);

  // The error with the source's name before it; the source's report says that it failed.
  Error failed(const Source& source, Error error);
  // What a source said cannot be used. Fatal unless it is optional.
  void give_up(const Source& source, Error error);
  void problem(const Error& error);
  void remark(std::string code, std::string text, Evidence evidence = {});
  // As the rules' [judgement] says: a problem, a remark or nothing. True: go on.
  bool doubt(const std::string& code, const std::string& text, std::vector<Error>& problems);

  Evidence evidence(const std::string& url, std::string_view bytes) const;

  const Rules& rules;
  const ObserveOptions& options;
  MeteredFetcher fetcher;
  std::vector<Diagnostic> problems;
  std::vector<Remark> remarks;
};

}  // namespace buildable::observe
