// The real program as a service, started and ended as a service manager does.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include <functional>
#include <thread>

#include "serve/transport/client.h"
#include "support/paths.h"
#include "support/scratch.h"

namespace buildable::testing {

class Service {
 public:
  // In `directory`, whose buildable.toml it reads. `prepare` is called in the new process.
  explicit Service(const std::filesystem::path& directory, std::vector<std::string> words = {},
                   const std::function<void()>& prepare = {})
      : log_(directory / "log.txt") {
    std::filesystem::remove(log_);  // of an earlier one
    words.insert(words.begin(), {program_file(), "serve"});
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    process_ = fork();
    REQUIRE(process_ >= 0);
    if (process_ != 0) return;
    const int log = open(log_.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600);
    const bool ready = chdir(directory.c_str()) == 0 && dup2(log, STDERR_FILENO) >= 0;
    if (ready && prepare) prepare();
    if (ready) execv(arguments[0], arguments.data());
    _exit(127);
  }
  ~Service() {
    if (process_ > 0) kill(process_, SIGKILL);
    wait_for_end();
  }
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  std::string log() const { return test::content(log_); }
  // Whether it says so in time.
  bool says(const std::string& text, Milliseconds patience = Milliseconds(60000)) const {
    return within(patience, [&] { return log().find(text) != std::string::npos; });
  }
  // The port that it says it listens on; 0: it does not come up.
  int port() const {
    const std::string before = "http://127.0.0.1:";
    if (!says(before)) return 0;
    const std::string said = log();
    return std::atoi(said.c_str() + said.find(before) + before.size());
  }
  void tell(int signal) const { kill(process_, signal); }
  // The exit code; -1: killed.
  int wait_for_end() {
    if (process_ <= 0) return code_;
    int status = 0;
    waitpid(process_, &status, 0);
    process_ = 0;
    code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return code_;
  }
  int process() const { return process_; }

  static bool within(Milliseconds patience, const std::function<bool()>& so) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!so()) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::sleep_for(Milliseconds(20));
    }
    return true;
  }

 private:
  std::filesystem::path log_;
  pid_t process_ = 0;
  int code_ = -1;
};

}  // namespace buildable::testing
