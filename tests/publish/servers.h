// Servers on loopback, each its own process, that end with the test.
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "publish/repository.h"
#include "support/skip.h"

namespace buildable::test {

inline sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

inline int free_port() {
  const int listening = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  REQUIRE(::bind(listening, reinterpret_cast<sockaddr*>(&address), size) == 0);
  REQUIRE(::getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  ::close(listening);
  return ntohs(address.sin_port);
}

class Server {
 public:
  // Ready when something listens on the port.
  Server(std::vector<std::string> words, int port, const std::filesystem::path& log) {
    child_ = ::fork();
    if (child_ == 0) {
      const int to = ::open(log.c_str(), O_WRONLY | O_CREAT, 0644);
      ::dup2(to, STDOUT_FILENO);
      ::dup2(to, STDERR_FILENO);
      std::vector<char*> arguments;
      for (std::string& word : words) arguments.push_back(word.data());
      arguments.push_back(nullptr);
      ::execv(arguments[0], arguments.data());
      ::_exit(127);
    }
    for (int i = 0; i < 500 && !answers(port); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    REQUIRE_MESSAGE(answers(port), content(log));
  }
  ~Server() {
    ::kill(child_, SIGTERM);
    ::waitpid(child_, nullptr, 0);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

 private:
  static bool answers(int port) {
    const int trying = ::socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in address = loopback(port);
    const bool connected =
        ::connect(trying, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(trying);
    return connected;
  }

  pid_t child_;
};

// A program of the system; absent (and told) where it is not installed.
inline std::optional<std::string> installed(const std::string& name) {
  for (const char* folder : {"/usr/sbin/", "/usr/bin/", "/usr/lib/git-core/"})
    if (std::filesystem::exists(folder + name)) return folder + name;
  buildable::testing::skip("no " + name);
  return std::nullopt;
}

}  // namespace buildable::test
