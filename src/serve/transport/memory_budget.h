// What all clients together may make the service hold for them: bodies that come in and answers
// that were made for one request.
#pragma once

#include <atomic>
#include <cstddef>
#include <utility>

namespace buildable::http {

class MemoryBudget {
 public:
  explicit MemoryBudget(std::size_t bytes) : bytes_(bytes) {}

  // A quarter is left to what is small: large bodies cannot keep out those of normal clients.
  bool take(std::size_t bytes) {
    const std::size_t bound = bytes <= small ? bytes_ : bytes_ - bytes_ / 4;
    std::size_t used = used_.load(std::memory_order_relaxed);
    do {
      if (bytes > bound || used > bound - bytes) return false;
    } while (!used_.compare_exchange_weak(used, used + bytes, std::memory_order_relaxed));
    return true;
  }
  void give_back(std::size_t bytes) { used_.fetch_sub(bytes, std::memory_order_relaxed); }
  std::size_t used() const { return used_.load(std::memory_order_relaxed); }

 private:
  static constexpr std::size_t small = 64U << 10U;

  const std::size_t bytes_;
  std::atomic<std::size_t> used_{0};
};

// A part of the budget, given back at the end.
class Hold {
 public:
  Hold() = default;
  ~Hold() { release(); }
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;

  // False, and nothing changes, where the budget does not have that much.
  bool grow(MemoryBudget& budget, std::size_t bytes) {
    if (!budget.take(bytes)) return false;
    budget_ = &budget;
    bytes_ += bytes;
    return true;
  }
  // How much it was.
  std::size_t release() {
    if (bytes_ > 0) budget_->give_back(bytes_);
    return std::exchange(bytes_, 0);
  }
  std::size_t bytes() const { return bytes_; }

 private:
  MemoryBudget* budget_ = nullptr;
  std::size_t bytes_ = 0;
};

}  // namespace buildable::http
