// A request's way through a loop: what the library calls.
#include <sys/epoll.h>
#include <sys/socket.h>

#include <cstring>

#include "serve/transport/loop.h"
#include "serve/transport/received.h"

namespace buildable::http {
namespace {

constexpr std::size_t small_answer = 16U << 10U;  // need not count

std::chrono::microseconds since(Clock::time_point begin) {
  return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin);
}

// With this the library leaves targets as they are: the handler decodes them.
std::size_t leave_escaped(void*, MHD_Connection*, char* text) {
  return std::string_view(text).size();
}

// A request that outlives the library's memory of it.
struct KeptRequest {
  Method method;
  std::string target;
  std::string accept_encoding;
  std::string if_none_match;
  std::string content_type;
  std::string body;

  Request view() const {
    return {method, target, accept_encoding, if_none_match, content_type, body, {}, {}, {}};
  }
};

Request request_of(const Connection& connection, Method method) {
  const RequestHeaders& headers = connection.headers;
  return {method,
          connection.target,
          headers.accept_encoding,
          headers.if_none_match,
          headers.content_type,
          connection.body,
          headers.accept,
          headers.host,
          headers.forwarded_proto};
}

// All that an answer without a body of the request depends on.
std::string key_of(const Connection& connection) {
  const RequestHeaders& headers = connection.headers;
  return connection.target + '\n' + std::string(headers.host) + '\n' +
         std::string(headers.forwarded_proto);
}

// An answer as bytes, for a connection of which the library must not know why it ends.
std::string wire_text(const Answer& answer) {
  std::string text = "HTTP/1.1 " + std::to_string(answer.status) + " " +
                     std::string(phrase_of(answer.status)) + "\r\n";
  for (const Header& header : answer.headers) text += header.name + ": " + header.value + "\r\n";
  text += "Content-Length: " + std::to_string(answer.body.size()) + "\r\nConnection: close\r\n\r\n";
  return text + answer.body;
}

}  // namespace

MHD_Daemon* Loop::start_daemon(int socket) {
  const ServerOptions& options = shared_.options;
  const auto of_thread = [&](unsigned all) {
    return (all + options.threads - 1) / options.threads;
  };
  return MHD_start_daemon(
      MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, nullptr, nullptr, &Loop::on_request, this,  //
      MHD_OPTION_LISTEN_SOCKET, socket,                                                        //
      MHD_OPTION_CONNECTION_LIMIT, of_thread(options.connections),                             //
      MHD_OPTION_PER_IP_CONNECTION_LIMIT, of_thread(options.connections_per_address),          //
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, options.connection_memory,                           //
      MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,                                                    //
      MHD_OPTION_UNESCAPE_CALLBACK, &leave_escaped, nullptr,                                   //
      MHD_OPTION_URI_LOG_CALLBACK, &Loop::on_target, this,                                     //
      MHD_OPTION_NOTIFY_COMPLETED, &Loop::on_completed, this,                                  //
      MHD_OPTION_NOTIFY_CONNECTION, &Loop::on_connection, this, MHD_OPTION_END);
}

void Loop::on_connection(void* self, MHD_Connection* library, void** context,
                         MHD_ConnectionNotificationCode code) {
  auto& loop = *static_cast<Loop*>(self);
  if (code == MHD_CONNECTION_NOTIFY_STARTED) return loop.open(library, context);
  if (*context != nullptr) loop.close_up(static_cast<Connection*>(*context));
  *context = nullptr;
}

void Loop::open(MHD_Connection* library, void** context) {
  const int socket =
      MHD_get_connection_info(library, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
  auto* connection = new Connection(socket, library, unsettled_, shared_.now());
  *context = connection;
  watch_received(socket, *connection);
  epoll_event event{};
  event.events = EPOLLRDHUP | EPOLLET;
  event.data.ptr = connection;
  epoll_ctl(departures_, EPOLL_CTL_ADD, socket, &event);
  shared_.connections.add(connection);
  shared_.metrics.connections_opened.fetch_add(1, std::memory_order_relaxed);
}

void Loop::close_up(Connection* connection) {
  shared_.connections.remove(connection);
  forget_received(connection->socket);
  epoll_ctl(departures_, EPOLL_CTL_DEL, connection->socket, nullptr);
  std::erase(unsettled_, connection);
  shared_.freed.fetch_add(shared_.options.connection_memory, std::memory_order_relaxed);
  delete connection;
  shared_.metrics.connections_closed.fetch_add(1, std::memory_order_relaxed);
}

// The first that is called for a request; the only one that sees the target as it was sent. The
// handler reads the query: from the library, which would keep a record of each parameter and stands
// still when it has no memory for one more, it is taken away here, in the library's own buffer.
void* Loop::on_target(void* self, const char* target, MHD_Connection* library) {
  const MHD_ConnectionInfo* info =
      MHD_get_connection_info(library, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  auto* connection = static_cast<Connection*>(info->socket_context);
  connection->target = target;
  connection->body.clear();
  connection->begun = false;
  if (const char* query = std::strchr(target, '?')) const_cast<char*>(query)[1] = '\0';
  // Likewise each cookie; the first field of a name counts.
  MHD_set_connection_value(library, MHD_HEADER_KIND, MHD_HTTP_HEADER_COOKIE, "");
  static_cast<Loop*>(self)->shared_.under_way.fetch_add(1);
  return connection;
}

// Called when the headers are there, then with each piece of the body, then at its end, and once
// more when a job for it is over.
MHD_Result Loop::on_request(void* self, MHD_Connection*, const char*, const char* method_name,
                            const char*, const char* data, std::size_t* data_size, void** request) {
  auto& loop = *static_cast<Loop*>(self);
  auto& connection = *static_cast<Connection*>(*request);
  const Method method = method_named(method_name);
  if (!connection.begun) return loop.begin(connection, method);
  if (*data_size > 0) return loop.take_body(connection, data, *data_size);
  return loop.finish(connection, method);
}

MHD_Result Loop::begin(Connection& connection, Method method) {
  // Nothing may reach the library that the guard has not seen.
  if (!connection.guard.has_seen_bytes()) return MHD_NO;
  connection.begun = true;
  connection.takes_body = method != Method::head;
  connection.headers = headers_of(connection.library);
  AnswerPtr refused = refuse_early(method, connection.headers, shared_.options.body);
  const auto length = static_cast<std::size_t>(connection.headers.content_length);
  if (!refused && length > 0 && !hold(connection, length))
    refused = busy("too much is being sent at once");
  if (!refused) return MHD_YES;
  shared_.metrics.count(route_names().size() - 1, refused->status, {});
  return send(connection, refused, true);
}

// Room for so many bytes more. Where there is none those that have held theirs for long are ended:
// whoever asks next may have it.
bool Loop::hold(Connection& connection, std::size_t bytes) {
  if (!connection.hold.grow(shared_.budget, bytes)) {
    shared_.metrics.deadlines_passed += shared_.connections.end_holders(
        shared_.now() - shared_.options.hold_grace, std::max(bytes, shared_.options.body));
    return false;
  }
  connection.held_since = shared_.now();
  connection.held_bytes = connection.hold.bytes();
  return true;
}

MHD_Result Loop::take_body(Connection& connection, const char* data, std::size_t& size) {
  std::string& body = connection.body;
  if (body.empty()) body.reserve(static_cast<std::size_t>(connection.headers.content_length));
  body.append(data, size);  // never more than the length that was said
  size = 0;
  return MHD_YES;
}

MHD_Result Loop::finish(Connection& connection, Method method) {
  if (connection.resumed) {
    connection.resumed = false;
    if (!connection.worked_out.answer) return MHD_NO;
    const Handled made = std::exchange(connection.worked_out, {});
    connection.body = {};
    connection.held_bytes = 0;
    shared_.freed += connection.hold.release();
    return send_counted(connection, made, connection.work_begin);
  }
  if (takes_time(request_of(connection, method))) return hand_over(connection, method);
  const auto begin = Clock::now();
  return send_counted(connection, handled(connection, method), begin);
}

MHD_Result Loop::hand_over(Connection& connection, Method method) {
  const Request request = request_of(connection, method);
  auto job = std::make_shared<Job>();
  job->connection = &connection;
  job->begin = connection.work_begin = Clock::now();
  refresh_generation();
  job->work = [this, generation = generation_,
               kept = KeptRequest{method, connection.target, std::string(request.accept_encoding),
                                  std::string(request.if_none_match),
                                  std::string(request.content_type),
                                  std::move(connection.body)}](const std::function<bool()>& stop) {
    if (shared_.options.before_work) shared_.options.before_work();
    return handle(kept.view(), {generation, shared_.metrics, shared_.clock(),
                                shared_.stopping.load(std::memory_order_relaxed), stop});
  };
  job->done = [this](const JobPtr& over) {
    over->work = nullptr;  // and with it the body
    const std::lock_guard lock(mutex_);
    done_.push_back(over);
    wake();
  };
  const std::size_t route = route_of(request);
  connection.route = route;
  if (!shared_.work.submit(job))
    return send_counted(connection, {busy("too many checks wait already"), route}, job->begin);
  connection.job = std::move(job);
  connection.held_bytes = 0;  // it ends soon enough, and is not to be ended as one that dawdles
  working_.push_back(&connection);
  MHD_suspend_connection(connection.library);
  return MHD_YES;
}

void Loop::refresh_generation() {
  const std::uint64_t now = shared_.version.load(std::memory_order_acquire);
  if (version_ == now) return;
  responses_.clear();
  answers_.clear();
  version_ = now;
  generation_ = shared_.shown();
}

Handled Loop::handled(const Connection& connection, Method method) {
  refresh_generation();
  const bool simple =
      (method == Method::get || method == Method::head) && connection.headers.if_none_match.empty();
  const std::string asked = simple ? key_of(connection) : std::string();
  if (const Handled* known = simple ? answers_.find(asked) : nullptr) return *known;
  Handled made =
      handle(request_of(connection, method), {generation_,
                                              shared_.metrics,
                                              shared_.clock(),
                                              shared_.stopping.load(std::memory_order_relaxed),
                                              {}});
  return simple ? answers_.keep(asked, std::move(made)) : made;
}

MHD_Result Loop::send_counted(Connection& connection, const Handled& handled,
                              Clock::time_point begin) {
  AnswerPtr answer = handled.answer;
  // What is the same object for everybody costs nothing more.
  if (!answer->reusable && answer->body.size() > small_answer &&
      !hold(connection, answer->body.size()))
    answer = busy("too many large answers are being sent");
  shared_.metrics.count(handled.route, answer->status, since(begin));
  return send(connection, answer);
}

MHD_Result Loop::send(Connection& connection, const AnswerPtr& answer, bool last) {
  const auto status = static_cast<unsigned>(answer->status);
  const bool asks_no_more =
      connection.peer_closed && connection.requests_ended + 1 >= connection.guard.requests_passed();
  last = last || asks_no_more || shared_.stopping.load(std::memory_order_relaxed);
  connection.answering = true;
  if (answer->reusable && !last) {
    refresh_generation();
    const ResponseCache::Kept* kept = responses_.of(answer);
    if (kept == nullptr) return MHD_NO;
    connection.file_follows = kept->in_file && connection.takes_body;
    return MHD_queue_response(connection.library, status, kept->response.get());
  }
  const ResponsePtr response = make_response(answer, last);
  return response ? MHD_queue_response(connection.library, status, response.get()) : MHD_NO;
}

// Without the library, which has nothing more to say on this connection. Then a while is read on:
// whoever is closed upon while it sends may not see the answer.
void Loop::refuse(Connection& connection) {
  const Refusal& refusal = *connection.guard.refusal();
  const AnswerPtr answer = problem(refusal.status, refusal.detail, refusal.help);
  shared_.metrics.count(route_names().size() - 1, refusal.status, {});
  const std::string text = wire_text(*answer);
  (void)!::send(connection.socket, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  shutdown(connection.socket, SHUT_WR);
  connection.refused = true;
  connection.linger_until = Clock::now() + std::chrono::seconds(1);
}

void Loop::on_completed(void* self, MHD_Connection*, void** request, MHD_RequestTerminationCode) {
  if (*request == nullptr) return;
  Shared& shared = static_cast<Loop*>(self)->shared_;
  auto& connection = *static_cast<Connection*>(*request);
  connection.since.store(shared.now(), std::memory_order_relaxed);
  ++connection.requests_ended;
  connection.answering = connection.file_follows = false;
  connection.resumed = false;
  connection.worked_out = {};
  if (connection.hold.bytes() > 0) {
    connection.held_bytes = 0;
    shared.freed += connection.hold.release();
    connection.body = {};
  }
  shared.under_way.fetch_sub(1);
  *request = nullptr;
}

}  // namespace buildable::http
