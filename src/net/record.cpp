#include "net/record.h"

#include <deque>

#include "base/digest.h"
#include "base/document.h"
#include "base/json_codec.h"
#include "base/path_name.h"
#include "base/text.h"
#include "net/request_key.h"
#include "net/url.h"
#include "store/file_reader.h"
#include "store/file_writer.h"

namespace buildable::net {

// An answer, or the error that came instead.
struct RecordedAnswer {
  std::string source;
  std::string method;
  std::string url;  // asked for, without secrets
  std::map<std::string, std::string> asked_with;
  bool authorized = false;  // credentials were sent: the same question without them is another one
  int status = 0;
  std::string answered_by;  // the URL after redirects, without secrets
  std::map<std::string, std::string> headers;
  std::string body;  // digest, the name of its file; empty when there is none
  std::string error;
  std::string error_url;
  std::string hint;
  std::string error_code;  // no_answer, or nothing

  bool operator==(const RecordedAnswer&) const = default;
};

}  // namespace buildable::net

namespace buildable {

template <>
struct Fields<net::RecordedAnswer> {
  static constexpr auto list() {
    using Answer = net::RecordedAnswer;
    return std::tuple{required("url", &Answer::url),
                      required("method", &Answer::method),
                      optional("source", &Answer::source),
                      optional("asked_with", &Answer::asked_with),
                      optional("authorized", &Answer::authorized),
                      optional("status", &Answer::status),
                      optional("answered_by", &Answer::answered_by),
                      optional("headers", &Answer::headers),
                      optional("body", &Answer::body),
                      optional("error", &Answer::error),
                      optional("error_url", &Answer::error_url),
                      optional("hint", &Answer::hint),
                      optional("error_code", &Answer::error_code)};
  }
};

}  // namespace buildable

namespace buildable::net {

struct Recording {
  std::vector<RecordedAnswer> answers;
};

}  // namespace buildable::net

namespace buildable {

template <>
struct Fields<net::Recording> {
  static constexpr auto list() { return std::tuple{required("answers", &net::Recording::answers)}; }
};

}  // namespace buildable

namespace buildable::net {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_index_bytes = 64U << 20U;
constexpr std::size_t max_body_bytes = std::size_t{1} << 30U;
constexpr const char* index_name = "index.json";
constexpr store::WriteOptions in_recording{.makes_directories = true};

std::string key_of(const RecordedAnswer& answer) {
  return request_key(answer.method, answer.url, answer.asked_with) +
         (answer.authorized ? "authorized" : "");
}

RecordedAnswer question_of(const Request& request) {
  return {.source = request.source,
          .method = request.method,
          .url = public_url(request.url),
          .asked_with = plain_headers(request),
          .authorized = has_credentials(request)};
}

// What a token endpoint answers, without the token: a replayed registry accepts any.
std::string without_token(const std::string& body) {
  return carries_token(body) ? R"({"token": "not-kept", "access_token": "not-kept"})" : body;
}

class RecordingFetcher final : public Fetcher {
 public:
  RecordingFetcher(std::unique_ptr<Fetcher> real, fs::path directory)
      : real_(std::move(real)), directory_(std::move(directory)) {}

  void get(Request request, Done done) override {
    RecordedAnswer question = question_of(request);
    real_->get(std::move(request), [this, question = std::move(question),
                                    done = std::move(done)](Result<Response> result) {
      if (auto kept = keep(question, result); !kept) {
        return done(fail(std::move(kept.error())));
      }
      done(std::move(result));
    });
  }
  void run() override { real_->run(); }

 private:
  Result<void> keep(RecordedAnswer answer, const Result<Response>& result);
  Result<void> write_index() const;

  std::unique_ptr<Fetcher> real_;
  fs::path directory_;
  std::map<std::string, RecordedAnswer> answers_;  // by key: the index does not depend on timing
};

// The index is written with every answer: a recording is most wanted of a run that ended badly.
Result<void> RecordingFetcher::keep(RecordedAnswer answer, const Result<Response>& result) {
  if (result) {
    answer.status = result->status;
    answer.answered_by = public_url(result->url);
    answer.headers = result->headers;
    answer.headers.erase("set-cookie");
    const std::string body = without_token(result->body);
    if (!body.empty()) {
      answer.body = sha256_hex(body);
      if (auto written = store::write_file(directory_ / "bodies" / answer.body, body, in_recording);
          !written) {
        return written;
      }
    }
  } else {
    const Diagnostic& first = result.error().diagnostics().front();
    answer.error = first.message;
    answer.error_url = first.file;
    answer.hint = first.hint;
    answer.error_code = first.path;
  }
  const std::string key = key_of(answer);
  answers_.insert_or_assign(key, std::move(answer));
  return write_index();
}

Result<void> RecordingFetcher::write_index() const {
  Recording recording;
  for (const auto& [key, answer] : answers_) recording.answers.push_back(answer);
  return store::write_file(directory_ / index_name, to_json(recording), in_recording);
}

class ReplayingFetcher final : public Fetcher {
 public:
  explicit ReplayingFetcher(fs::path directory)
      : directory_(std::move(directory)), answers_(read_index(directory_)) {}

  void get(Request request, Done done) override {
    queue_.emplace_back(std::move(request), std::move(done));
  }
  void run() override {
    while (!queue_.empty()) {
      const auto [request, done] = std::move(queue_.front());
      queue_.pop_front();
      done(answer_to(request));
    }
  }

 private:
  using Answers = std::map<std::string, RecordedAnswer>;

  static Result<Answers> read_index(const fs::path& directory);
  Result<Response> answer_to(const Request& request) const;
  Result<std::string> read_body(const RecordedAnswer& answer, std::size_t max_bytes) const;

  fs::path directory_;
  Result<Answers> answers_;  // the error is that of every request
  std::deque<std::pair<Request, Done>> queue_;
};

Result<ReplayingFetcher::Answers> ReplayingFetcher::read_index(const fs::path& directory) {
  const fs::path path = directory / index_name;
  auto text = store::read_file(path, {.max_bytes = max_index_bytes});
  if (!text) return fail(std::move(text.error()));
  auto recording = from_json<Recording>(*text, path.string());
  if (!recording) return fail(std::move(recording.error()));
  Answers answers;
  for (RecordedAnswer& answer : recording->answers) {
    const std::string key = key_of(answer);
    answers.insert_or_assign(key, std::move(answer));
  }
  return answers;
}

Result<Response> ReplayingFetcher::answer_to(const Request& request) const {
  if (!answers_) return fail(answers_.error());
  const RecordedAnswer question = question_of(request);
  const auto found = answers_->find(key_of(question));
  if (found == answers_->end()) {
    return fail({.message = request.source + ": " + request.method + " was not recorded",
                 .file = question.url,
                 .hint = "record again with this version of the program"});
  }
  const RecordedAnswer& answer = found->second;
  if (!answer.error.empty()) {
    return fail({.message = answer.error,
                 .file = answer.error_url,
                 .path = answer.error_code,
                 .hint = answer.hint});
  }
  auto body = read_body(answer, request.max_bytes);
  if (!body) return fail(std::move(body.error()));
  Response response;
  response.status = answer.status;
  response.url = answer.answered_by;
  response.headers = answer.headers;
  response.wire_bytes = body->size();
  response.body = std::move(*body);
  return response;
}

Result<std::string> ReplayingFetcher::read_body(const RecordedAnswer& answer,
                                                std::size_t max_bytes) const {
  if (answer.body.empty()) return std::string();
  // The name comes from a file that may come from elsewhere.
  const auto name = PathName::parse(answer.body);
  if (!name) return fail(name.error());
  const fs::path path = directory_ / "bodies" / name->text();
  auto body = store::read_file(path, {.max_bytes = std::min(max_bytes, max_body_bytes)});
  if (body && sha256_hex(*body) != answer.body) {
    return fail({.message = "the recorded body was changed or is damaged",
                 .file = path.string(),
                 .hint = "record again"});
  }
  return body;
}

}  // namespace

std::unique_ptr<Fetcher> recording_fetcher(std::unique_ptr<Fetcher> real, fs::path directory) {
  return std::make_unique<RecordingFetcher>(std::move(real), std::move(directory));
}

std::unique_ptr<Fetcher> replaying_fetcher(fs::path directory) {
  return std::make_unique<ReplayingFetcher>(std::move(directory));
}

}  // namespace buildable::net
