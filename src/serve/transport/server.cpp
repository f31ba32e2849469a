#include "serve/transport/server.h"

#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "serve/transport/loop.h"

namespace buildable::http {
namespace {

constexpr std::chrono::milliseconds drain_step{5};
// What was freed since the last time, for it to be worth while to look.
constexpr std::size_t worth_giving_back = 2U << 20U;

// The C library raises its threshold for memory of its own mapping, which goes back to the system
// when it is freed, to the largest that ever was freed. Here bodies are to go back.
void map_large_blocks() {
  constexpr int threshold = 128 << 10;
  mallopt(M_MMAP_THRESHOLD, threshold);
  mallopt(M_TRIM_THRESHOLD, 2 * threshold);
}

}  // namespace

struct Server::State {
  State(const ServerOptions& options, std::function<Instant()> clock)
      : shared(options, std::move(clock)) {}

  void sweep();
  bool start_loops(int listening_socket);

  Shared shared;
  std::mutex mutex;
  bool ending = false;  // of the sweeper
  std::condition_variable ended;
  std::vector<std::unique_ptr<Loop>> loops;
  std::thread sweeper;
};

// Each thread listens at a descriptor of its own of the one socket.
bool Server::State::start_loops(int listening_socket) {
  for (unsigned i = 0; i < shared.options.threads; ++i) {
    const int socket = fcntl(listening_socket, F_DUPFD_CLOEXEC, 0);
    auto loop = socket < 0 ? nullptr : Loop::start(shared, socket);
    if (!loop) return false;
    loops.push_back(std::move(loop));
  }
  return true;
}

// Ends connections that take too long, and gives back what they held.
void Server::State::sweep() {
  const auto step = std::clamp<std::chrono::milliseconds>(
      shared.options.deadline / 10, std::chrono::milliseconds(10), std::chrono::milliseconds(1000));
  std::unique_lock lock(mutex);
  while (!ended.wait_for(lock, step, [this] { return ending; })) {
    lock.unlock();
    shared.metrics.deadlines_passed +=
        shared.connections.end_older_than(shared.now() - shared.options.deadline);
    if (shared.freed.load() >= worth_giving_back) {
      shared.freed = 0;
      malloc_trim(0);
    }
    lock.lock();
  }
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}

Result<std::unique_ptr<Server>> Server::start(int listening_socket, GenerationPtr first,
                                              const ServerOptions& options,
                                              std::function<Instant()> clock) {
  map_large_blocks();
  auto state = std::make_unique<State>(options, std::move(clock));
  state->shared.show(std::move(first));
  const bool started = state->start_loops(listening_socket);
  close(listening_socket);
  if (!started)
    return fail("the HTTP server does not start",
                "is the limit of open files above " + std::to_string(options.connections) + "?");
  state->sweeper = std::thread([running = state.get()] { running->sweep(); });
  return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::~Server() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->ending = true;
  }
  state_->ended.notify_all();
  state_->sweeper.join();
  // Jobs tell loops that they are done: these end afterwards.
  state_->shared.work.stop(std::chrono::hours(1));
  state_->loops.clear();
}

void Server::show(GenerationPtr next) { state_->shared.show(std::move(next)); }

GenerationPtr Server::shown() const { return state_->shared.shown(); }

void Server::announce_stop() { state_->shared.stopping = true; }

void Server::drain(std::chrono::milliseconds at_most) {
  announce_stop();
  for (const auto& loop : state_->loops) loop->stop_listening();
  const auto end = Clock::now() + at_most;
  while (state_->shared.under_way.load() > 0 && Clock::now() < end)
    std::this_thread::sleep_for(drain_step);
}

bool Server::stop_work(std::chrono::milliseconds at_most) {
  return state_->shared.work.stop(at_most);
}

std::size_t Server::held_memory() const { return state_->shared.budget.used(); }

}  // namespace buildable::http
