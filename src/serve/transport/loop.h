// Inside the transport: a thread that drives one daemon of libmicrohttpd.
#pragma once

#include <microhttpd.h>

#include <atomic>
#include <thread>

namespace buildable::http {

// Not the library's own thread: where 128 events come at once, that waits for a further one before
// it looks at them (0.9.75, MHD_epoll), and busy connections stand still. Asked not to wait at all
// it has no such moment; the waiting is done here.
class Loop {
 public:
  // Takes over the daemon.
  explicit Loop(MHD_Daemon* daemon);
  // Ends its connections.
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // Returns when the daemon takes no new connections any more.
  void stop_listening();

 private:
  void run();
  void wait();
  void wake() const;

  MHD_Daemon* daemon_;
  int wake_;  // an eventfd
  std::atomic<bool> ending_{false};
  std::atomic<bool> quiet_wanted_{false};
  std::atomic<bool> quiet_{false};
  std::thread thread_;
};

}  // namespace buildable::http
