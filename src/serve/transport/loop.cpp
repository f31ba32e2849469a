#include "serve/transport/loop.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>

namespace buildable::http {

Loop::Loop(MHD_Daemon* daemon)
    : daemon_(daemon), wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), thread_([this] { run(); }) {}

Loop::~Loop() {
  ending_ = true;
  wake();
  thread_.join();
  MHD_stop_daemon(daemon_);
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
  while (!ending_) {
    wait();
    if (quiet_wanted_ && !quiet_) {
      const int listening = MHD_quiesce_daemon(daemon_);
      if (listening >= 0) close(listening);
      quiet_ = true;
      quiet_.notify_all();
    }
    MHD_run(daemon_);
  }
}

// Until the daemon or somebody here has something to do; a second at most.
void Loop::wait() {
  constexpr std::uint64_t longest = 1000;
  MHD_UNSIGNED_LONG_LONG given = longest;
  if (MHD_get_timeout(daemon_, &given) == MHD_YES && given == 0) return;
  const MHD_DaemonInfo* info = MHD_get_daemon_info(daemon_, MHD_DAEMON_INFO_EPOLL_FD);
  pollfd ready[] = {{info->epoll_fd, POLLIN, 0}, {wake_, POLLIN, 0}};
  poll(ready, 2, static_cast<int>(std::min<std::uint64_t>(given, longest)));
  std::uint64_t count = 0;
  (void)!read(wake_, &count, sizeof count);
}

}  // namespace buildable::http
