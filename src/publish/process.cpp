#include "publish/process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>
#include <utility>

#include "store/file_descriptor.h"

namespace buildable::publish {
namespace {

using Clock = std::chrono::steady_clock;

struct Pipe {
  store::FileDescriptor read;
  store::FileDescriptor write;
};

tl::unexpected<Error> system_failure(const std::string& doing) {
  return fail(doing + ": " + std::strerror(errno));
}

Result<Pipe> make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return system_failure("cannot make a pipe");
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return Pipe{store::FileDescriptor(ends[0]), store::FileDescriptor(ends[1])};
}

// In memory, so that it need not be fed while the output is read.
Result<store::FileDescriptor> input_of(const std::string& text) {
  store::FileDescriptor file(::memfd_create("input", MFD_CLOEXEC));
  if (!file.is_open()) return system_failure("cannot make a file in memory");
  if (!store::write_all(file.value(), text)) return system_failure("cannot write to memory");
  ::lseek(file.value(), 0, SEEK_SET);
  return file;
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

class Child {
 public:
  Child(const ProcessRequest& request) : request_(request), end_(Clock::now() + request.deadline) {}
  Result<void> start();
  Result<ProcessResult> finish();

 private:
  [[noreturn]] void become(char* const* words, char* const* environment, int report, pid_t parent);
  Result<void> started(store::FileDescriptor& report);
  bool collect(store::FileDescriptor& from, std::string& to);
  Result<void> read_all();
  bool reap(int options);
  void wait_for_end();
  tl::unexpected<Error> end_it(const std::string& why);

  const ProcessRequest& request_;
  Clock::time_point end_;
  pid_t id_ = -1;
  bool ended_ = false;
  store::FileDescriptor input_;
  Pipe out_;
  Pipe err_;
  ProcessResult result_;
};

// Runs in the child between fork and exec: system calls only.
void Child::become(char* const* words, char* const* environment, int report, pid_t parent) {
  ::setsid();
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  ::dup2(input_.value(), STDIN_FILENO);
  ::dup2(out_.write.value(), STDOUT_FILENO);
  if (!request_.show_errors) ::dup2(err_.write.value(), STDERR_FILENO);
  ::execvpe(words[0], words, environment);
  const int error = errno;
  [[maybe_unused]] const ssize_t told = ::write(report, &error, sizeof error);
  ::_exit(127);
}

// The pipe closes when the program runs, and carries errno where it cannot.
Result<void> Child::started(store::FileDescriptor& report) {
  int error = 0;
  ssize_t got = 0;
  while ((got = ::read(report.value(), &error, sizeof error)) < 0 && errno == EINTR) {
  }
  if (got != sizeof error) return {};
  reap(0);
  return fail("cannot run " + request_.words.front() + ": " + std::strerror(error),
              error == ENOENT ? "install it, or put it on the PATH" : "");
}

Result<void> Child::start() {
  auto input = input_of(request_.input);
  auto out = make_pipe();
  auto err = make_pipe();
  auto report = make_pipe();
  if (!input) return fail(std::move(input.error()));
  if (!out || !err || !report) return system_failure("cannot make a pipe");
  input_ = std::move(*input);
  out_ = std::move(*out);
  err_ = std::move(*err);
  ::fcntl(report->read.value(), F_SETFL, 0);
  const auto words = pointers(request_.words);
  const auto environment = pointers(request_.environment);
  const pid_t parent = ::getpid();
  id_ = ::fork();
  if (id_ < 0) return system_failure("cannot start a process");
  if (id_ == 0) become(words.data(), environment.data(), report->write.value(), parent);
  input_.close();
  out_.write.close();
  err_.write.close();
  report->write.close();
  return started(report->read);
}

// What is there to be read now; false where it is too much.
bool Child::collect(store::FileDescriptor& from, std::string& to) {
  std::array<char, 1U << 16U> block;
  while (from.is_open()) {
    const ssize_t got = ::read(from.value(), block.data(), block.size());
    if (got > 0) to.append(block.data(), static_cast<std::size_t>(got));
    if (to.size() > request_.max_output) return false;
    if (got == 0) from.close();
    if (got < 0 && errno == EAGAIN) return true;
    if (got < 0 && errno != EINTR) from.close();
  }
  return true;
}

bool Child::reap(int options) {
  int status = 0;
  if (ended_ || ::waitpid(id_, &status, options) != id_) return ended_;
  ended_ = true;
  result_.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return true;
}

tl::unexpected<Error> Child::end_it(const std::string& why) {
  ::kill(-id_, SIGKILL);
  ::kill(id_, SIGKILL);
  reap(0);
  return fail(request_.words.front() + " " + why);
}

// Until both streams have ended, or the program has: what it left running (a connection that is
// kept for later) may hold them open.
Result<void> Child::read_all() {
  while (out_.read.is_open() || err_.read.is_open()) {
    if (Clock::now() >= end_)
      return end_it("took longer than " + std::to_string(request_.deadline.count() / 1000) +
                    " seconds and was ended");
    pollfd waiting[] = {{out_.read.value(), POLLIN, 0}, {err_.read.value(), POLLIN, 0}};
    ::poll(waiting, 2, 20);
    const bool ended = reap(WNOHANG);
    if (!collect(out_.read, result_.out) || !collect(err_.read, result_.err))
      return end_it("wrote more than " + std::to_string(request_.max_output) + " bytes");
    if (ended) return {};
  }
  return {};
}

void Child::wait_for_end() {
  while (!reap(WNOHANG) && Clock::now() < end_)
    std::this_thread::sleep_for(std::chrono::microseconds(200));
}

Result<ProcessResult> Child::finish() {
  auto read = read_all();
  if (!read) return fail(std::move(read.error()));
  wait_for_end();
  if (!ended_) return end_it("did not end in time and was ended");
  return std::move(result_);
}

}  // namespace

Result<ProcessResult> run_process(const ProcessRequest& request) {
  Child child(request);
  auto started = child.start();
  if (!started) return fail(std::move(started.error()));
  return child.finish();
}

std::vector<std::string> inherited_environment() {
  std::vector<std::string> values;
  for (char** value = environ; *value != nullptr; ++value) values.emplace_back(*value);
  return values;
}

}  // namespace buildable::publish
