// Inside the transport: a thread that drives one daemon of libmicrohttpd, and its connections.
#pragma once

#include <microhttpd.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "serve/transport/response_cache.h"
#include "serve/transport/shared.h"

namespace buildable::http {

// Not the library's own thread: where 128 events come at once, that waits for a further one before
// it looks at them (0.9.75, MHD_epoll), and busy connections stand still. Asked not to wait at all
// it has no such moment; the waiting is done here.
class Loop {
 public:
  // AcceptedCodings over the socket. Null where the library does not start.
  static std::unique_ptr<Loop> start(Shared& shared, int listening_socket);
  // Ends its connections.
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // Returns when the daemon takes no new connections any more.
  void stop_listening();

 private:
  explicit Loop(Shared& shared);
  MHD_Daemon* start_daemon(int socket);

  // The thread: loop.cpp.
  void run();
  void wait();
  int longest_wait();
  void wake() const;
  void note_departures();
  void settle();
  bool has_settled(Connection& connection);
  void take_back_jobs();
  void expire_jobs();
  void give_up(Connection& connection, Handled instead);
  void end();

  // Requests: exchange.cpp.
  MHD_Result begin(Connection& connection, Method method);
  MHD_Result take_body(Connection& connection, const char* data, std::size_t& size);
  MHD_Result finish(Connection& connection, Method method);
  MHD_Result hand_over(Connection& connection, Method method);
  Handled handled(const Connection& connection, Method method);
  MHD_Result send(Connection& connection, const AnswerPtr& answer, bool last = false);
  MHD_Result send_counted(Connection& connection, const Handled& handled, Clock::time_point begin);
  bool hold(Connection& connection, std::size_t bytes);
  void refuse(Connection& connection);
  void refresh_generation();
  void open(MHD_Connection* library, void** context);
  void close_up(Connection* connection);

  static void* on_target(void* self, const char* target, MHD_Connection* library);
  static MHD_Result on_request(void* self, MHD_Connection* library, const char* url,
                               const char* method, const char* version, const char* data,
                               std::size_t* data_size, void** request);
  static void on_completed(void* self, MHD_Connection* library, void** request,
                           MHD_RequestTerminationCode code);
  static void on_connection(void* self, MHD_Connection* library, void** context,
                            MHD_ConnectionNotificationCode code);

  Shared& shared_;
  MHD_Daemon* daemon_ = nullptr;
  const int wake_;        // an eventfd
  const int departures_;  // an epoll: connections of which the other side sends nothing more
  std::vector<Connection*> unsettled_;
  std::vector<Connection*> working_;  // for which a job is under way

  std::mutex mutex_;  // of the following
  std::vector<JobPtr> done_;

  // Of the generation that answers, so that a request takes no lock.
  std::uint64_t version_ = 0;
  GenerationPtr generation_;
  ResponseCache responses_;
  AnswerCache answers_;

  std::atomic<bool> ending_{false};
  std::atomic<bool> quiet_wanted_{false};
  std::atomic<bool> quiet_{false};
  std::thread thread_;
};

}  // namespace buildable::http
