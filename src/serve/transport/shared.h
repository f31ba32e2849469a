// Inside the transport: what the threads of one server have in common.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>

#include "serve/transport/connection.h"
#include "serve/transport/server.h"

namespace buildable::http {

struct Shared {
  Shared(const ServerOptions& chosen, std::function<Instant()> wall_clock)
      : options(chosen),
        clock(std::move(wall_clock)),
        budget(options.held_memory),
        work(options.workers, options.waiting_work) {}

  Clock::time_point now() const {
    return options.steady_clock ? options.steady_clock() : Clock::now();
  }
  GenerationPtr shown() const {
    const std::lock_guard lock(mutex);
    return generation;
  }
  void show(GenerationPtr next) {
    const std::lock_guard lock(mutex);
    generation = std::move(next);
    version.fetch_add(1, std::memory_order_release);
  }

  const ServerOptions options;
  const std::function<Instant()> clock;
  Metrics metrics;
  Connections connections;
  MemoryBudget budget;
  std::atomic<std::size_t> freed{0};  // bytes, since memory was last given back to the system
  std::atomic<int> under_way{0};      // requests
  std::atomic<bool> stopping{false};
  std::atomic<std::uint64_t> version{1};  // of the generation
  WorkQueue work;                         // the last: its threads use the others

 private:
  mutable std::mutex mutex;
  GenerationPtr generation;
};

}  // namespace buildable::http
