// How long to wait before the next attempt.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <random>

namespace buildable::net {

class Backoff {
 public:
  // `seed` 0: from the system.
  explicit Backoff(std::uint32_t seed) : random_(seed == 0 ? std::random_device()() : seed) {}

  // `first` doubled for every attempt after the first, of that a random share from half to all, so
  // that clients which failed together do not come back together.
  std::chrono::milliseconds wait(std::chrono::milliseconds first, int attempts_made) {
    constexpr int most_doublings = 16;
    const auto longest = first * (1 << std::min(attempts_made - 1, most_doublings));
    return longest * std::uniform_int_distribution<int>(500, 1000)(random_) / 1000;
  }

 private:
  std::mt19937 random_;
};

}  // namespace buildable::net
