#include "serve/transport/loop.h"

#include <poll.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdint>

namespace buildable::http {
namespace {

using std::chrono::milliseconds;

// Whether bytes came that were not read yet.
bool has_unread(int socket) {
  int unread = 0;
  return ioctl(socket, FIONREAD, &unread) == 0 && unread > 0;
}

// A refusal is bounded in bytes as well as in time: a quick sender gets nothing out of a second.
bool has_lingered(const Connection& connection) {
  constexpr std::size_t most_dropped = std::size_t{4} << 20U;
  return connection.dropped_bytes > most_dropped || Clock::now() >= connection.linger_until;
}

}  // namespace

Loop::Loop(Shared& shared)
    : shared_(shared),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      departures_(epoll_create1(EPOLL_CLOEXEC)) {}

std::unique_ptr<Loop> Loop::start(Shared& shared, int listening_socket) {
  std::unique_ptr<Loop> loop(new Loop(shared));
  loop->daemon_ = loop->start_daemon(listening_socket);
  if (loop->daemon_ == nullptr) {
    close(listening_socket);
    return nullptr;
  }
  loop->thread_ = std::thread([running = loop.get()] { running->run(); });
  return loop;
}

Loop::~Loop() {
  ending_ = true;
  wake();
  if (thread_.joinable()) thread_.join();
  close(departures_);
  close(wake_);
}

void Loop::stop_listening() {
  quiet_wanted_ = true;
  wake();
  quiet_.wait(false);
}

void Loop::wake() const {
  const std::uint64_t one = 1;
  (void)!write(wake_, &one, sizeof one);  // it cannot be full
}

void Loop::run() {
  // Of writing to whoever has gone: sendfile(2) has no flag against it, as send(2) has.
  sigset_t broken_pipe;
  sigemptyset(&broken_pipe);
  sigaddset(&broken_pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
  while (!ending_) {
    wait();
    if (quiet_wanted_ && !quiet_) {
      const int listening = MHD_quiesce_daemon(daemon_);
      if (listening >= 0) close(listening);
      quiet_ = true;
      quiet_.notify_all();
    }
    take_back_jobs();
    MHD_run(daemon_);
    expire_jobs();
    settle();
  }
  end();
}

void Loop::end() {
  while (!working_.empty()) give_up(*working_.back(), {});
  MHD_run(daemon_);  // the library does not end while connections wait for a job
  MHD_stop_daemon(daemon_);
}

// In milliseconds: until something here is due that no descriptor tells of.
int Loop::longest_wait() {
  constexpr milliseconds longest{1000};
  constexpr milliseconds while_unsettled{50};
  milliseconds wait = unsettled_.empty() ? longest : while_unsettled;
  const Clock::time_point now = Clock::now();
  for (const Connection* connection : working_) {
    const auto left = connection->job->begin + shared_.options.work_deadline - now;
    wait = std::min(wait, std::chrono::ceil<milliseconds>(left));
  }
  MHD_UNSIGNED_LONG_LONG given = longest.count();
  if (MHD_get_timeout(daemon_, &given) == MHD_YES)
    wait = std::min(wait, milliseconds(std::min<std::uint64_t>(given, longest.count())));
  return static_cast<int>(std::max(wait, milliseconds(0)).count());
}

// Until the daemon or somebody here has something to do; a second at most.
void Loop::wait() {
  const MHD_DaemonInfo* info = MHD_get_daemon_info(daemon_, MHD_DAEMON_INFO_EPOLL_FD);
  std::array<pollfd, 3> ready{
      {{info->epoll_fd, POLLIN, 0}, {wake_, POLLIN, 0}, {departures_, POLLIN, 0}}};
  if (poll(ready.data(), ready.size(), longest_wait()) <= 0) return;
  if (ready[1].revents != 0) {
    std::uint64_t count = 0;
    (void)!read(wake_, &count, sizeof count);
  }
  if (ready[2].revents != 0) note_departures();
}

// The library learns that the other side has closed only by reading on, and where the end came
// together with the last bytes (0.9.75 takes a short read for all there is, and waits for an event
// that has passed) or while it waits for a job it never does.
void Loop::note_departures() {
  std::array<epoll_event, 64> events{};
  const int count = epoll_wait(departures_, events.data(), static_cast<int>(events.size()), 0);
  for (int i = 0; i < count; ++i) {
    auto* connection = static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr);
    connection->peer_closed = true;
    connection->look_after();
  }
}

void Loop::settle() {
  std::erase_if(unsettled_, [this](Connection* connection) {
    const bool settled = has_settled(*connection);
    if (settled) connection->is_unsettled = false;
    return settled;
  });
}

// Whether it needs no looking after any more: it was ended, or everything is as it should be.
bool Loop::has_settled(Connection& connection) {
  if (connection.job) {
    if (connection.peer_closed) give_up(connection, {});
    return false;
  }
  const bool answered = connection.requests_ended >= connection.guard.requests_passed();
  if (connection.answering || connection.resumed || !answered) return false;
  if (connection.guard.refusal() != nullptr && !connection.refused) refuse(connection);
  const bool over = connection.refused ? connection.peer_closed || has_lingered(connection)
                                       : connection.peer_closed && !has_unread(connection.socket);
  // The library is told by the event that this causes.
  if (over) shutdown(connection.socket, SHUT_RDWR);
  return over;
}

void Loop::take_back_jobs() {
  std::vector<JobPtr> done;
  {
    const std::lock_guard lock(mutex_);
    done.swap(done_);
  }
  for (const JobPtr& job : done)
    if (job->connection != nullptr) give_up(*job->connection, std::move(job->handled));
}

void Loop::expire_jobs() {
  const Clock::time_point now = Clock::now();
  const std::vector<Connection*> working = working_;
  for (Connection* connection : working)
    if (now - connection->job->begin >= shared_.options.work_deadline)
      give_up(*connection, {busy("the check takes too long"), connection->route});
}

// The request goes on without its job; without an answer it ends.
void Loop::give_up(Connection& connection, Handled instead) {
  connection.job->cancelled = true;
  connection.job->connection = nullptr;
  connection.job.reset();
  std::erase(working_, &connection);
  connection.worked_out = std::move(instead);
  connection.resumed = true;
  MHD_resume_connection(connection.library);
}

}  // namespace buildable::http
