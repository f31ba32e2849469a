#include "observe/metered_fetcher.h"

namespace buildable::observe {
namespace {

SourceReport judged(SourceReport report, bool fresh) {
  const bool undecided =
      report.outcome == SourceOutcome::read || report.outcome == SourceOutcome::unchanged;
  if (undecided) report.outcome = fresh ? SourceOutcome::read : SourceOutcome::unchanged;
  return report;
}

}  // namespace

MeteredFetcher::Account& MeteredFetcher::account(const std::string& source) {
  const auto [at, added] = accounts_.try_emplace(source);
  if (added) {
    at->second.report.source = source;
    at->second.began = std::chrono::steady_clock::now();
  }
  return at->second;
}

void MeteredFetcher::hold(const std::string& source) { ++account(source).open; }
void MeteredFetcher::let_go(const std::string& source) { close(source); }

void MeteredFetcher::get(net::Request request, Done done) {
  const std::string source = request.source;
  Account& asked = account(source);
  if (asked.report.requests == 0) asked.began = std::chrono::steady_clock::now();
  ++asked.open;
  ++asked.report.requests;
  real_.get(std::move(request),
            [this, source, done = std::move(done)](Result<net::Response> response) {
              take(account(source), response);
              done(std::move(response));
              close(source);
            });
}

void MeteredFetcher::take(Account& account, const Result<net::Response>& response) {
  if (!response) return;
  account.fresh = account.fresh || !response->from_cache;
  account.report.bytes += response->body.size();
}

void MeteredFetcher::close(const std::string& source) {
  Account& it = account(source);
  it.report.duration = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - it.began);
  if (--it.open > 0 || it.report.requests == 0 || !progress_) return;
  progress_(judged(it.report, it.fresh));
}

void MeteredFetcher::add_detail(const std::string& source, const std::string& detail) {
  std::string& told = account(source).report.detail;
  if (told.find(detail) == std::string::npos) told += (told.empty() ? "" : "; ") + detail;
}

void MeteredFetcher::failed(const std::string& source, const std::string& why) {
  account(source).report.outcome = SourceOutcome::failed;
  add_detail(source, why);
}

void MeteredFetcher::absent(const std::string& source, const std::string& what) {
  SourceReport& report = account(source).report;
  if (report.outcome != SourceOutcome::failed) report.outcome = SourceOutcome::absent;
  add_detail(source, what);
}

void MeteredFetcher::found(const std::string& source, const std::string& what) {
  add_detail(source, what);
}

std::map<std::string, SourceReport> MeteredFetcher::reports() const {
  std::map<std::string, SourceReport> reports;
  for (const auto& [name, account] : accounts_)
    if (account.report.requests > 0 || account.report.outcome == SourceOutcome::failed)
      reports.emplace(name, judged(account.report, account.fresh));
  return reports;
}

}  // namespace buildable::observe
