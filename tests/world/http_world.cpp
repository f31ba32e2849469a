#include "world/http_world.h"

#include <httplib.h>

#include <atomic>
#include <cstdlib>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "base/digest.h"
#include "base/text.h"

namespace buildable::world {

Certificate make_certificate(const std::filesystem::path& directory) {
  Certificate made{directory / "certificate.pem", directory / "key.pem"};
  const std::string command =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
      "-subj /CN=localhost -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' -keyout '" +
      made.key.string() + "' -out '" + made.certificate.string() + "' 2>/dev/null";
  if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl made no certificate");
  return made;
}

struct HttpServer::State {
  explicit State(std::unique_ptr<httplib::Server> transport, std::string name)
      : server(std::move(transport)), scheme(std::move(name)) {}

  void begin();
  void answer(const httplib::Request& request, httplib::Response& response);
  Seen remember(const httplib::Request& request);
  std::shared_ptr<const Handler> handler_of(const std::string& path);

  std::unique_ptr<httplib::Server> server;
  std::string scheme;
  int port = 0;
  std::thread thread;
  mutable std::mutex mutex;
  // Shared, not copied: a handler may have state of its own.
  std::map<std::string, std::shared_ptr<const Handler>> handlers;
  std::shared_ptr<const Handler> any;
  std::vector<Seen> seen;
  std::atomic<int> under_way{0};
  std::atomic<int> most{0};
};

void HttpServer::State::begin() {
  // A connection holds a thread for as long as it is kept alive.
  server->new_task_queue = [] { return new httplib::ThreadPool(16); };
  server->set_tcp_nodelay(true);
  server->set_keep_alive_max_count(10000);
  server->set_keep_alive_timeout(2);
  server->set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& out) {
    answer(request, out);
    return httplib::Server::HandlerResponse::Handled;
  });
  port = server->bind_to_any_port("127.0.0.1");
  if (port <= 0) throw std::runtime_error("no port for the stand-in server");
  thread = std::thread([this] { server->listen_after_bind(); });
  while (!server->is_running()) std::this_thread::yield();
}

Seen HttpServer::State::remember(const httplib::Request& request) {
  Seen one;
  one.method = request.method;
  const std::size_t query = request.target.find('?');
  one.path = request.target.substr(0, query);
  if (query != std::string::npos) one.query = request.target.substr(query + 1);
  for (const auto& [name, value] : request.headers) one.headers[to_lower_ascii(name)] = value;
  one.connection = request.remote_port;
  std::lock_guard lock(mutex);
  seen.push_back(one);
  return one;
}

std::shared_ptr<const HttpServer::Handler> HttpServer::State::handler_of(const std::string& path) {
  std::lock_guard lock(mutex);
  const auto found = handlers.find(path);
  return found == handlers.end() ? any : found->second;
}

void HttpServer::State::answer(const httplib::Request& request, httplib::Response& response) {
  const int now = ++under_way;
  for (int before = most; now > before && !most.compare_exchange_weak(before, now);) {
  }
  const Seen one = remember(request);
  const auto handler = handler_of(one.path);
  const Answer given = handler ? (*handler)(one) : Answer{.status = 404, .body = "{}"};
  std::this_thread::sleep_for(given.delay);
  response.status = given.status;
  for (const auto& [name, value] : given.headers) response.set_header(name, value);
  if (given.status != 304) response.set_content(given.body, given.type);
  --under_way;
}

HttpServer::HttpServer()
    : state_(std::make_unique<State>(std::make_unique<httplib::Server>(), "http")) {
  state_->begin();
}

HttpServer::HttpServer(const Certificate& certificate)
    : state_(std::make_unique<State>(std::make_unique<httplib::SSLServer>(
                                         certificate.certificate.c_str(), certificate.key.c_str()),
                                     "https")) {
  state_->begin();
}

HttpServer::~HttpServer() {
  state_->server->stop();
  state_->thread.join();
}

void HttpServer::on(const std::string& path, Handler handler) {
  std::lock_guard lock(state_->mutex);
  state_->handlers[path] = std::make_shared<const Handler>(std::move(handler));
}

void HttpServer::on(const std::string& path, Answer answer) {
  on(path, [answer = std::move(answer)](const Seen&) { return answer; });
}

void HttpServer::on_with_etag(const std::string& path, const std::string& body) {
  on(path, [body, etag = "\"" + sha256_hex(body).substr(0, 16) + "\""](const Seen& request) {
    const auto known = request.headers.find("if-none-match");
    Answer answer{.body = body, .headers = {{"ETag", etag}}};
    if (known != request.headers.end() && known->second == etag) answer.status = 304;
    return answer;
  });
}

void HttpServer::on_any(Handler handler) {
  std::lock_guard lock(state_->mutex);
  state_->any = std::make_shared<const Handler>(std::move(handler));
}

int HttpServer::port() const { return state_->port; }

std::string HttpServer::endpoint() const { return "127.0.0.1:" + std::to_string(port()); }

std::string HttpServer::url(const std::string& path) const {
  return state_->scheme + "://" + endpoint() + path;
}

std::vector<Seen> HttpServer::seen() const {
  std::lock_guard lock(state_->mutex);
  return state_->seen;
}

std::vector<Seen> HttpServer::seen(const std::string& path) const {
  std::vector<Seen> matching;
  for (const Seen& one : seen()) {
    if (one.path == path) matching.push_back(one);
  }
  return matching;
}

void HttpServer::forget() {
  std::lock_guard lock(state_->mutex);
  state_->seen.clear();
  state_->most = 0;
}

int HttpServer::most_at_once() const { return state_->most; }

}  // namespace buildable::world
