// What the service counts, and Prometheus' text of it
// (https://prometheus.io/docs/instrumenting/exposition_formats/).
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"

namespace buildable::http {

class Generation;

// Upper bounds in microseconds; what is slower falls into the last bucket, +Inf.
inline constexpr std::array<std::int64_t, 12> latency_bounds{
    50, 100, 250, 500, 1'000, 2'500, 5'000, 10'000, 25'000, 50'000, 250'000, 1'000'000};
inline constexpr std::size_t most_routes = 16;
inline constexpr std::array<int, 14> counted_statuses{200, 304, 400, 404, 405, 411, 413, 414,
                                                      415, 431, 500, 503, 505, 0};  // 0: others

// Counted from every thread of the transport at once.
class Metrics {
 public:
  using Counter = std::atomic<std::uint64_t>;

  // `route`: an index of routes(), or tree_route or no_route.
  void count(std::size_t route, int status, std::chrono::microseconds took);

  std::uint64_t requests(std::size_t route, std::size_t status) const {
    return requests_[route][status].load(std::memory_order_relaxed);
  }
  std::uint64_t in_bucket(std::size_t bucket) const {
    return buckets_[bucket].load(std::memory_order_relaxed);
  }
  std::uint64_t microseconds() const { return microseconds_.load(std::memory_order_relaxed); }

  Counter connections_opened{0};
  Counter connections_closed{0};
  Counter deadlines_passed{0};  // connections that were ended because no request came to its end

 private:
  std::array<std::array<Counter, counted_statuses.size()>, most_routes> requests_{};
  std::array<Counter, latency_bounds.size() + 1> buckets_{};
  Counter microseconds_{0};
};

std::string metrics_text(const Metrics& metrics, const Generation& generation, Instant now);

}  // namespace buildable::http
