#include "net/curl_fetcher.h"

#include <algorithm>
#include <list>

#include "base/text.h"
#include "net/backoff.h"
#include "net/curl_transfer.h"
#include "net/destinations.h"
#include "net/http_cache.h"
#include "net/request_key.h"

namespace buildable::net {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int not_modified = 304;

// One request on its way through redirects and attempts.
struct Job {
  Request request;
  Fetcher::Done done;
  std::optional<Url> url;  // of this hop; none before the request was looked at
  bool foreign = false;    // a redirect has left the request's origin
  int redirects = 0;
  int attempts = 0;
  bool unconditional = false;  // what the cache holds did not help
  bool conditional = false;    // the attempt under way asks whether something changed
  Clock::time_point not_before{};
  Clock::time_point began{};
  std::size_t wire_bytes = 0;
};

struct Active {
  Job job;
  std::unique_ptr<CurlTransfer> transfer;
};

struct FreeMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};

bool is_plain_text(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 32 || c == 127; });
}

// A token or a realm from outside must not end its header's line.
bool has_safe_headers(const Request& request) {
  return std::all_of(request.headers.begin(), request.headers.end(), [](const auto& header) {
    return !header.first.empty() && is_plain_text(header.first) && is_plain_text(header.second);
  });
}

bool is_answer(const Request& request, int status) {
  return status / 100 == 2 || std::find(request.expected.begin(), request.expected.end(), status) !=
                                  request.expected.end();
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool is_unasked_web_page(const Request& request, CurlTransfer& transfer) {
  const auto type = transfer.headers().find("content-type");
  return transfer.status() / 100 == 2 && type != transfer.headers().end() &&
         to_lower_ascii(type->second).starts_with("text/html") &&
         header_value(request, "accept").find("html") == std::string::npos;
}

class CurlFetcher final : public Fetcher {
 public:
  explicit CurlFetcher(FetchPolicy policy);
  ~CurlFetcher() override { drop_active(); }

  void get(Request request, Done done) override {
    queue_.push_back({.request = std::move(request), .done = std::move(done)});
  }
  void run() override;

 private:
  void start_ready();
  bool admit(Job& job);
  bool has_room(const Job& job) const;
  void start(Job job);
  Attempt attempt_of(Job& job) const;
  void collect();
  void finish(Job job, CurlTransfer& transfer, CURLcode code);
  void finish_unchanged(Job job);
  void finish_answer(Job job, CurlTransfer& transfer);
  void follow(Job job, const std::string& location);
  void retry_or_fail(Job job, const Failure& failure);
  void fail_job(const Job& job, const Failure& failure);
  void succeed(const Job& job, Response response);
  void fail_rest();
  void drop_active();
  milliseconds next_wait() const;

  FetchPolicy policy_;
  HttpCache cache_;
  Backoff backoff_;
  std::unique_ptr<CURLM, FreeMulti> multi_;
  std::list<Job> queue_;
  std::map<CURL*, Active> active_;
  std::map<std::string, int> per_host_;  // attempts under way, by host and port
  Clock::time_point deadline_{};
};

CurlFetcher::CurlFetcher(FetchPolicy policy)
    : policy_(std::move(policy)), cache_(policy_.cache), backoff_(policy_.jitter_seed) {
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)initialised;
  multi_.reset(curl_multi_init());
  curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
  curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, 2L * policy_.limits.in_flight);
}

void CurlFetcher::run() {
  deadline_ = Clock::now() + policy_.limits.total;
  while (!queue_.empty() || !active_.empty()) {
    if (Clock::now() >= deadline_) {
      fail_rest();
      continue;
    }
    start_ready();
    int running = 0;
    curl_multi_perform(multi_.get(), &running);
    collect();
    if (queue_.empty() && active_.empty()) break;
    curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(next_wait().count()), nullptr);
  }
}

void CurlFetcher::start_ready() {
  for (auto job = queue_.begin(); job != queue_.end();) {
    if (!job->url && !admit(*job)) {
      job = queue_.erase(job);
    } else if (job->not_before <= Clock::now() && has_room(*job)) {
      Job ready = std::move(*job);
      job = queue_.erase(job);
      start(std::move(ready));
    } else {
      ++job;
    }
  }
}

bool CurlFetcher::admit(Job& job) {
  job.began = Clock::now();
  if (!has_safe_headers(job.request)) {
    fail_job(job, {"a header of the request holds control characters", "it may come from outside"});
    return false;
  }
  auto url = parse_url(job.request.url);
  if (!url) {
    fail_job(job, {url.error().message(), url.error().diagnostics().front().hint});
    return false;
  }
  if (const auto refused = refusal(policy_, *url)) {
    fail_job(job, *refused);
    return false;
  }
  job.url = std::move(*url);
  return true;
}

bool CurlFetcher::has_room(const Job& job) const {
  const auto found = per_host_.find(job.url->endpoint());
  const int here = found == per_host_.end() ? 0 : found->second;
  return here < policy_.limits.per_host &&
         active_.size() < static_cast<std::size_t>(policy_.limits.in_flight);
}

void CurlFetcher::start(Job job) {
  ++job.attempts;
  ++per_host_[job.url->endpoint()];
  auto transfer = std::make_unique<CurlTransfer>(policy_, attempt_of(job));
  CURL* easy = transfer->handle();
  active_.emplace(easy, Active{std::move(job), std::move(transfer)});
  curl_multi_add_handle(multi_.get(), easy);
}

Attempt CurlFetcher::attempt_of(Job& job) const {
  Attempt attempt{.url = *job.url,
                  .method = job.request.method,
                  .headers = job.request.headers,
                  .max_bytes = job.request.max_bytes};
  if (job.foreign) {  // nothing but what is accepted goes to another origin
    attempt.headers.clear();
    const std::string accept = header_value(job.request, "accept");
    if (!accept.empty()) attempt.headers.emplace_back("Accept", accept);
  }
  const auto entry = job.unconditional ? std::nullopt : cache_.find(job.request);
  const auto conditions = entry ? entry->conditions(job.url->text) : decltype(attempt.headers){};
  job.conditional = !conditions.empty();
  attempt.headers.insert(attempt.headers.end(), conditions.begin(), conditions.end());
  // Beyond the deadline, so that it is the deadline that is told of.
  const auto left = std::chrono::ceil<milliseconds>(deadline_ - Clock::now()) + milliseconds(1000);
  attempt.timeout = std::min(policy_.limits.request, left);
  return attempt;
}

void CurlFetcher::collect() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;  // the message does not outlive the removal
    const auto found = active_.find(message->easy_handle);
    curl_multi_remove_handle(multi_.get(), found->first);
    Active ended = std::move(found->second);
    active_.erase(found);
    --per_host_[ended.job.url->endpoint()];
    finish(std::move(ended.job), *ended.transfer, code);
  }
}

void CurlFetcher::finish(Job job, CurlTransfer& transfer, CURLcode code) {
  job.wire_bytes += transfer.wire_bytes();
  if (code != CURLE_OK) return retry_or_fail(std::move(job), transfer.failure(code));
  const int status = transfer.status();
  if (status == not_modified) return finish_unchanged(std::move(job));
  if (is_answer(job.request, status)) return finish_answer(std::move(job), transfer);
  const auto location = transfer.headers().find("location");
  if (is_redirect(status) && location != transfer.headers().end()) {
    return follow(std::move(job), location->second);
  }
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  retry_or_fail(std::move(job), status_failure(status, transfer.headers(), now));
}

void CurlFetcher::finish_unchanged(Job job) {
  auto kept = job.conditional ? cache_.load(job.request) : std::nullopt;
  if (kept) {
    kept->url = job.url->text;
    return succeed(job, std::move(*kept));
  }
  if (job.unconditional) {
    return fail_job(job, {"answered 304 to a request without conditions",
                          "the server, or a cache before it, is at fault"});
  }
  job.unconditional = true;
  --job.attempts;  // the same attempt, asked properly
  queue_.push_back(std::move(job));
}

void CurlFetcher::finish_answer(Job job, CurlTransfer& transfer) {
  if (is_unasked_web_page(job.request, transfer)) {
    return fail_job(job, {"answered with a web page",
                          "check the URL; it may lead to a login, a "
                          "notice of maintenance or a moved page"});
  }
  Response response;
  response.status = transfer.status();
  response.url = job.url->text;
  response.body = std::move(transfer.body());
  response.headers = std::move(transfer.headers());
  cache_.store(job.request, response);
  succeed(job, std::move(response));
}

void CurlFetcher::follow(Job job, const std::string& location) {
  auto target = resolve_url(*job.url, location);
  if (!target) {
    return fail_job(job, {"redirected: " + target.error().message(), "the server is at fault"});
  }
  if (const auto refused = redirect_refusal(policy_, *job.url, *target)) {
    return fail_job(job, *refused);
  }
  if (++job.redirects > policy_.limits.redirects) {
    return fail_job(job, {"more than " + std::to_string(policy_.limits.redirects) + " redirects",
                          "name the final URL itself"});
  }
  job.foreign = job.foreign || !target->same_origin(*job.url);
  job.url = std::move(*target);
  --job.attempts;  // the same attempt, elsewhere
  queue_.push_back(std::move(job));
}

void CurlFetcher::retry_or_fail(Job job, const Failure& failure) {
  if (!failure.may_pass || job.attempts >= policy_.limits.attempts) return fail_job(job, failure);
  const FetchLimits& limits = policy_.limits;
  const milliseconds wait =
      failure.wait ? milliseconds(*failure.wait)
                   : std::min(backoff_.wait(limits.backoff, job.attempts), limits.longest_wait);
  if (wait > limits.longest_wait) {
    Failure refused = failure;
    refused.what += "; wants a wait of " + std::to_string(failure.wait->count()) + " s";
    return fail_job(job, refused);
  }
  job.not_before = Clock::now() + wait;
  if (job.not_before >= deadline_) {
    Failure last = failure;
    last.what += "; no time is left for another attempt";
    return fail_job(job, last);
  }
  queue_.push_back(std::move(job));
}

void CurlFetcher::fail_job(const Job& job, const Failure& failure) {
  const std::string& url = job.url ? job.url->text : job.request.url;
  job.done(fail(to_error(failure, job.request.source, url, job.attempts)));
}

void CurlFetcher::succeed(const Job& job, Response response) {
  response.wire_bytes = job.wire_bytes;
  response.attempts = job.attempts;
  response.duration = std::chrono::duration_cast<milliseconds>(Clock::now() - job.began);
  job.done(std::move(response));
}

void CurlFetcher::fail_rest() {
  std::list<Job> rest = std::exchange(queue_, {});
  for (auto& [easy, active] : active_) rest.push_back(std::move(active.job));
  drop_active();
  for (const Job& job : rest) {
    fail_job(job, {"not finished within the " + seconds_text(policy_.limits.total) +
                       " that all sources have together",
                   "see which source is slow, or raise the limit", true});
  }
}

void CurlFetcher::drop_active() {
  for (auto& [easy, active] : active_) curl_multi_remove_handle(multi_.get(), easy);
  active_.clear();
  per_host_.clear();
}

// Until the next wait is over or the deadline has come; libcurl shortens it for its own timers.
milliseconds CurlFetcher::next_wait() const {
  const auto now = Clock::now();
  auto next = std::min(deadline_, now + std::chrono::seconds(1));
  for (const Job& job : queue_) {
    if (job.not_before > now) {
      next = std::min(next, job.not_before);
    } else if (!job.url || has_room(job)) {
      return milliseconds(0);
    }
  }
  return std::max(milliseconds(0), std::chrono::ceil<milliseconds>(next - now));
}

}  // namespace

std::unique_ptr<Fetcher> curl_fetcher(FetchPolicy policy) {
  return std::make_unique<CurlFetcher>(std::move(policy));
}

}  // namespace buildable::net
