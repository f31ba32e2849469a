#include "serve/metrics.h"

#include <algorithm>

#include "base/document.h"
#include "base/text.h"
#include "serve/generation.h"
#include "serve/routes.h"

namespace buildable::http {
namespace {

std::size_t place_of_status(int status) {
  const auto found = std::find(counted_statuses.begin(), counted_statuses.end() - 1, status);
  return static_cast<std::size_t>(found - counted_statuses.begin());
}

// One family of series.
class Family {
 public:
  Family(std::string& text, std::string_view name, std::string_view type, std::string_view help)
      : text_(text), name_(name) {
    text_.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ");
    text_.append(name).append(" ").append(type).append("\n");
  }
  // `labels`: `name="value",…` or nothing.
  void add(std::string_view labels, const std::string& value, std::string_view suffix = {}) {
    text_.append(name_).append(suffix);
    if (!labels.empty()) text_.append("{").append(labels).append("}");
    text_.append(" ").append(value).append("\n");
  }

 private:
  std::string& text_;
  std::string_view name_;
};

std::string label(std::string_view name, std::string_view value) {
  std::string escaped = replace_all(replace_all(value, "\\", "\\\\"), "\"", "\\\"");
  return std::string(name) + "=\"" + replace_all(escaped, "\n", "\\n") + "\"";
}

// Microseconds as seconds: "0.00025", "1".
std::string seconds_text(std::uint64_t microseconds) {
  std::string text = std::to_string(microseconds / 1'000'000);
  std::string fraction = std::to_string(1'000'000 + microseconds % 1'000'000).substr(1);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  return fraction.empty() ? text : text + "." + fraction;
}

void write_requests(std::string& text, const Metrics& metrics) {
  Family family(text, "buildable_http_requests_total", "counter", "Requests answered.");
  for (std::size_t route = 0; route < route_names().size(); ++route)
    for (std::size_t i = 0; i < counted_statuses.size(); ++i) {
      const std::uint64_t count = metrics.requests(route, i);
      if (count == 0) continue;
      const std::string code =
          counted_statuses[i] == 0 ? "other" : std::to_string(counted_statuses[i]);
      family.add(label("route", route_names()[route]) + "," + label("code", code),
                 std::to_string(count));
    }
}

void write_latency(std::string& text, const Metrics& metrics) {
  Family family(text, "buildable_http_request_duration_seconds", "histogram",
                "From the whole request to the answer, without sending it.");
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < latency_bounds.size(); ++i) {
    sum += metrics.in_bucket(i);
    family.add(label("le", seconds_text(static_cast<std::uint64_t>(latency_bounds[i]))),
               std::to_string(sum), "_bucket");
  }
  sum += metrics.in_bucket(latency_bounds.size());
  family.add(label("le", "+Inf"), std::to_string(sum), "_bucket");
  family.add({}, seconds_text(metrics.microseconds()), "_sum");
  family.add({}, std::to_string(sum), "_count");
}

void write_one(std::string& text, std::string_view name, std::string_view type,
               std::string_view help, std::uint64_t value) {
  Family(text, name, type, help).add({}, std::to_string(value));
}

void write_connections(std::string& text, const Metrics& metrics) {
  const std::uint64_t closed = metrics.connections_closed.load();
  const std::uint64_t opened = metrics.connections_opened.load();
  write_one(text, "buildable_http_connections", "gauge", "Connections that are open.",
            opened - std::min(opened, closed));
  write_one(text, "buildable_http_connections_total", "counter", "Connections taken.", opened);
  write_one(text, "buildable_http_deadlines_total", "counter",
            "Connections ended because no request on them came to its end in time.",
            metrics.deadlines_passed.load());
}

void write_sources(std::string& text, const RefreshStatus& status) {
  Family counts(text, "buildable_source_reads_total", "counter", "How reading each source went.");
  for (const SourceStatus& source : status.sources)
    for (const auto& [outcome, count] : source.counts)
      counts.add(label("source", source.source) + "," + label("outcome", outcome),
                 std::to_string(count));
  Family failing(text, "buildable_source_failing", "gauge", "1: its last reading failed.");
  for (const SourceStatus& source : status.sources)
    failing.add(label("source", source.source), source.outcome == "failed" ? "1" : "0");
}

void write_instant(std::string& text, std::string_view name, std::string_view help,
                   std::optional<Instant> instant) {
  if (instant)
    Family(text, name, "gauge", help).add({}, std::to_string(instant->time_since_epoch().count()));
}

void write_refreshes(std::string& text, const RefreshStatus& status) {
  Family counts(text, "buildable_refreshes_total", "counter", "Refreshes by how they went.");
  for (const auto& [outcome, count] : status.counts)
    counts.add(label("outcome", outcome), std::to_string(count));
  write_one(text, "buildable_stale", "gauge", "1: the last refresh failed.", status.stale ? 1 : 0);
  write_instant(text, "buildable_refresh_attempt_timestamp_seconds", "The last refresh.",
                status.attempted);
  write_instant(text, "buildable_refresh_success_timestamp_seconds",
                "The last refresh that went well.", status.succeeded);
}

// Of the manifest as it is served: that of the tree that is followed, or our own.
void write_expiry(std::string& text, const Generation& generation) {
  const ResourcePtr* manifest = generation.file("/manifest.json");
  if (manifest == nullptr) return;
  const auto parsed = parse_json((*manifest)->identity.full.body, "/manifest.json");
  const Node* expires = parsed ? parsed->find("expires") : nullptr;
  if (expires == nullptr) return;
  if (const auto end = parse_instant(expires->text))
    write_instant(text, "buildable_manifest_expires_timestamp_seconds",
                  "When the manifest of the served tree ends.", *end);
}

}  // namespace

void Metrics::count(std::size_t route, int status, std::chrono::microseconds took) {
  requests_[route][place_of_status(status)].fetch_add(1, std::memory_order_relaxed);
  const auto bucket = std::lower_bound(latency_bounds.begin(), latency_bounds.end(), took.count());
  buckets_[static_cast<std::size_t>(bucket - latency_bounds.begin())].fetch_add(
      1, std::memory_order_relaxed);
  microseconds_.fetch_add(static_cast<std::uint64_t>(took.count()), std::memory_order_relaxed);
}

std::string metrics_text(const Metrics& metrics, const Generation& generation, Instant now) {
  std::string text;
  const RefreshStatus& status = generation.status();
  write_requests(text, metrics);
  write_latency(text, metrics);
  write_connections(text, metrics);
  write_refreshes(text, status);
  write_sources(text, status);
  if (const auto seen = generation.seen()) {
    const auto age = std::max<std::int64_t>((now - *seen).count(), 0);
    write_one(text, "buildable_snapshot_age_seconds", "gauge",
              "Since the state was last known to stand.", static_cast<std::uint64_t>(age));
  }
  write_instant(text, "buildable_snapshot_effective_timestamp_seconds", "When the state began.",
                generation.policy().effective);
  write_expiry(text, generation);
  Family(text, "buildable_snapshot_info", "gauge", "The state that is served.")
      .add(label("revision", generation.revision()) + "," +
               label("digest", generation.policy().snapshot_digest),
           "1");
  return text;
}

}  // namespace buildable::http
