#include "serve/transport/server.h"

#include <fcntl.h>
#include <microhttpd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "serve/routes.h"
#include "serve/transport/connection.h"
#include "serve/transport/loop.h"
#include "serve/transport/response_cache.h"

namespace buildable::http {
namespace {

constexpr std::chrono::milliseconds drain_step{5};

// What a thread of the transport keeps of the server that it works for, so that a request takes no
// lock.
struct OfThread {
  std::uint64_t server = 0;
  std::uint64_t version = 0;
  GenerationPtr generation;
  ResponseCache responses;
  AnswerCache answers;
};

std::uint64_t next_server() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

// With this the library leaves targets as they are: the handler decodes them.
std::size_t leave_escaped(void*, MHD_Connection*, char* text) {
  return std::string_view(text).size();
}

}  // namespace

struct Server::State {
  const std::uint64_t id = next_server();
  ServerOptions options;
  std::function<Instant()> clock;
  Metrics metrics;
  Connections connections;
  std::atomic<int> under_way{0};
  std::atomic<bool> stopping{false};

  mutable std::mutex mutex;  // of the following
  GenerationPtr generation;
  bool ending = false;
  std::condition_variable ended;
  std::atomic<std::uint64_t> version{1};

  std::vector<std::unique_ptr<Loop>> loops;
  std::thread sweeper;

  OfThread& of_this_thread();
  Handled handled(OfThread& kept, const Connection& state, Method method);
  MHD_Result answer(MHD_Connection* connection, Connection& state, Method method);
  MHD_Result send(MHD_Connection* connection, const AnswerPtr& answer, bool early);
  void sweep();
  MHD_Daemon* start_daemon(int socket);
  bool start_loops(int listening_socket);

  static void* on_target(void* self, const char* target, MHD_Connection* connection);
  static MHD_Result on_request(void* self, MHD_Connection* connection, const char* url,
                               const char* method, const char* version, const char* data,
                               std::size_t* data_size, void** request);
  static void on_completed(void* self, MHD_Connection* connection, void** request,
                           MHD_RequestTerminationCode code);
  static void on_connection(void* self, MHD_Connection* connection, void** context,
                            MHD_ConnectionNotificationCode code);
};

OfThread& Server::State::of_this_thread() {
  thread_local OfThread kept;
  const std::uint64_t now = version.load(std::memory_order_acquire);
  if (kept.server == id && kept.version == now) return kept;
  kept.responses.clear();
  kept.answers.clear();
  const std::lock_guard lock(mutex);
  kept.server = id;
  kept.version = version.load(std::memory_order_acquire);
  kept.generation = generation;
  return kept;
}

// The first that is called for a request; the only one that sees the target as it was sent.
void* Server::State::on_target(void* self, const char* target, MHD_Connection* connection) {
  const MHD_ConnectionInfo* info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  auto* state = static_cast<Connection*>(info->socket_context);
  state->target = target;
  state->body.clear();
  state->begun = false;
  static_cast<State*>(self)->under_way.fetch_add(1);
  return state;
}

// Called when the headers are there, then with each piece of the body, then at its end.
MHD_Result Server::State::on_request(void* self, MHD_Connection* connection, const char*,
                                     const char* method_name, const char*, const char* data,
                                     std::size_t* data_size, void** request) {
  auto& server = *static_cast<State*>(self);
  auto& state = *static_cast<Connection*>(*request);
  const Method method = method_named(method_name);
  if (!state.begun) {
    state.begun = true;
    state.headers = headers_of(connection);
    const AnswerPtr refused = refuse_early(method, state.headers, server.options.body);
    return refused ? server.send(connection, refused, true) : MHD_YES;
  }
  if (*data_size == 0) return server.answer(connection, state, method);
  if (state.body.size() + *data_size > server.options.body) return MHD_NO;
  state.body.append(data, *data_size);
  *data_size = 0;
  return MHD_YES;
}

Handled Server::State::handled(OfThread& kept, const Connection& state, Method method) {
  const bool simple =
      (method == Method::get || method == Method::head) && state.headers.if_none_match.empty();
  if (const Handled* known = simple ? kept.answers.find(state.target) : nullptr) return *known;
  Handled made =
      handle({method, state.target, state.headers.accept_encoding, state.headers.if_none_match,
              state.headers.content_type, state.body},
             {kept.generation, metrics, clock(), stopping.load(std::memory_order_relaxed)});
  return simple ? kept.answers.keep(state.target, std::move(made)) : made;
}

MHD_Result Server::State::answer(MHD_Connection* connection, Connection& state, Method method) {
  const auto begin = Clock::now();
  const Handled made = handled(of_this_thread(), state, method);
  metrics.count(made.route, made.answer->status,
                std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin));
  return send(connection, made.answer, false);
}

MHD_Result Server::State::send(MHD_Connection* connection, const AnswerPtr& answer, bool early) {
  if (early) metrics.count(route_names().size() - 1, answer->status, {});
  const auto status = static_cast<unsigned>(answer->status);
  const bool last = early || stopping.load(std::memory_order_relaxed);
  if (answer->reusable && !last) {
    MHD_Response* response = of_this_thread().responses.response_of(answer);
    return response == nullptr ? MHD_NO : MHD_queue_response(connection, status, response);
  }
  const ResponsePtr response = make_response(answer, last);
  return response ? MHD_queue_response(connection, status, response.get()) : MHD_NO;
}

void Server::State::on_completed(void* self, MHD_Connection*, void** request,
                                 MHD_RequestTerminationCode) {
  if (*request == nullptr) return;
  auto& state = *static_cast<Connection*>(*request);
  state.since.store(Clock::now(), std::memory_order_relaxed);
  constexpr std::size_t much = 64U << 10U;
  if (state.body.capacity() > much) std::string().swap(state.body);
  static_cast<State*>(self)->under_way.fetch_sub(1);
  *request = nullptr;
}

void Server::State::on_connection(void* self, MHD_Connection* connection, void** context,
                                  MHD_ConnectionNotificationCode code) {
  auto& server = *static_cast<State*>(self);
  if (code == MHD_CONNECTION_NOTIFY_STARTED) {
    const MHD_ConnectionInfo* info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    auto* state = new Connection(info->connect_fd);
    *context = state;
    server.connections.add(state);
    server.metrics.connections_opened.fetch_add(1, std::memory_order_relaxed);
  } else if (*context != nullptr) {
    auto* state = static_cast<Connection*>(*context);
    server.connections.remove(state);
    delete state;
    *context = nullptr;
    server.metrics.connections_closed.fetch_add(1, std::memory_order_relaxed);
  }
}

void Server::State::sweep() {
  const auto step = std::clamp<std::chrono::milliseconds>(
      options.deadline / 10, std::chrono::milliseconds(10), std::chrono::milliseconds(1000));
  std::unique_lock lock(mutex);
  while (!ended.wait_for(lock, step, [this] { return ending; })) {
    lock.unlock();
    metrics.deadlines_passed += connections.end_older_than(Clock::now() - options.deadline);
    lock.lock();
  }
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}

MHD_Daemon* Server::State::start_daemon(int socket) {
  const unsigned threads = options.threads;
  const auto of_thread = [threads](unsigned all) { return (all + threads - 1) / threads; };
  return MHD_start_daemon(
      MHD_USE_EPOLL, 0, nullptr, nullptr, &State::on_request, this,                    //
      MHD_OPTION_LISTEN_SOCKET, socket,                                                //
      MHD_OPTION_CONNECTION_LIMIT, of_thread(options.connections),                     //
      MHD_OPTION_PER_IP_CONNECTION_LIMIT, of_thread(options.connections_per_address),  //
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, options.connection_memory,                   //
      MHD_OPTION_STRICT_FOR_CLIENT, 1,                                                 //
      MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,                                            //
      MHD_OPTION_UNESCAPE_CALLBACK, &leave_escaped, nullptr,                           //
      MHD_OPTION_URI_LOG_CALLBACK, &State::on_target, this,                            //
      MHD_OPTION_NOTIFY_COMPLETED, &State::on_completed, this,                         //
      MHD_OPTION_NOTIFY_CONNECTION, &State::on_connection, this, MHD_OPTION_END);
}

// Each thread listens at a descriptor of its own of the one socket.
bool Server::State::start_loops(int listening_socket) {
  for (unsigned i = 0; i < options.threads; ++i) {
    const int socket = fcntl(listening_socket, F_DUPFD_CLOEXEC, 0);
    MHD_Daemon* daemon = socket < 0 ? nullptr : start_daemon(socket);
    if (daemon == nullptr) {
      if (socket >= 0) close(socket);
      return false;
    }
    loops.push_back(std::make_unique<Loop>(daemon));
  }
  return true;
}

Result<std::unique_ptr<Server>> Server::start(int listening_socket, GenerationPtr first,
                                              const ServerOptions& options,
                                              std::function<Instant()> clock) {
  auto state = std::make_unique<State>();
  state->options = options;
  state->clock = std::move(clock);
  state->generation = std::move(first);
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
  state_->loops.clear();
}

void Server::show(GenerationPtr next) {
  const std::lock_guard lock(state_->mutex);
  state_->generation = std::move(next);
  state_->version.fetch_add(1, std::memory_order_release);
}

GenerationPtr Server::shown() const {
  const std::lock_guard lock(state_->mutex);
  return state_->generation;
}

void Server::announce_stop() { state_->stopping = true; }

void Server::drain(std::chrono::milliseconds at_most) {
  announce_stop();
  for (const auto& loop : state_->loops) loop->stop_listening();
  const auto end = Clock::now() + at_most;
  while (state_->under_way.load() > 0 && Clock::now() < end)
    std::this_thread::sleep_for(drain_step);
}

}  // namespace buildable::http
