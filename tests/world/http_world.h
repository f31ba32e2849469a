// A stand-in HTTP server on loopback, well behaved, that answers what the test tells it to and
// remembers what it was asked. What a well-behaved server cannot do is in world/raw_server.h.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace buildable::world {

struct Seen {
  std::string method;
  std::string path;                            // without the query
  std::string query;                           // without "?"
  std::map<std::string, std::string> headers;  // lower-case names
  int connection = 0;                          // the same number: the same connection
};

struct Answer {
  int status = 200;
  std::string body;
  std::string type = "application/json";
  std::map<std::string, std::string> headers;
  std::chrono::milliseconds delay{0};
};

// A certificate for localhost and 127.0.0.1 that signs itself: it is its own authority.
struct Certificate {
  std::filesystem::path certificate;
  std::filesystem::path key;
};
Certificate make_certificate(const std::filesystem::path& directory);

class HttpServer {
 public:
  using Handler = std::function<Answer(const Seen&)>;

  HttpServer();                                         // http
  explicit HttpServer(const Certificate& certificate);  // https
  ~HttpServer();                                        // waits until all connections have ended
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // Answers for a path, whatever the method (HEAD: without the body) and the query; 404 for others.
  // May be called while the server runs. Requests on several connections call a handler at once.
  void on(const std::string& path, Handler handler);
  void on(const std::string& path, Answer answer);
  // Answers with an ETag made from the body, and 304 where the request has it.
  void on_with_etag(const std::string& path, const std::string& body);
  // For every path that has no answer of its own.
  void on_any(Handler handler);

  int port() const;
  std::string endpoint() const;                    // "127.0.0.1:port"
  std::string url(const std::string& path) const;  // with the scheme

  std::vector<Seen> seen() const;
  std::vector<Seen> seen(const std::string& path) const;
  void forget();
  int most_at_once() const;  // the largest number of requests that were under way together

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace buildable::world
