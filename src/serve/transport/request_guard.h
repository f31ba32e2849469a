// A request's framing, judged byte by byte before the HTTP library sees it. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace buildable::http {

inline constexpr std::size_t longest_head = 8U << 10U;  // bytes of the request line and all fields
inline constexpr unsigned most_fields = 64;

// Why a request is answered without being read further, and the connection closed.
struct Refusal {
  int status;
  std::string_view detail;
  std::string_view help;
};

// Of one connection. RFC 9112 leaves it to a recipient what to do with framing that two readers may
// understand differently; here all of it is refused: space before a colon, folded lines, control
// characters, lines that do not end in CR LF, no Host or several, both a length and an encoding,
// several lengths.
class RequestGuard {
 public:
  // How many of the bytes, which follow those of the calls before, may go to the library. Where a
  // request is refused: those of the requests before it. Afterwards, and after a request whose body
  // is of no known length: none.
  std::size_t feed(std::string_view bytes);

  // Null as long as nothing was refused.
  const Refusal* refusal() const { return refusal_; }
  // Requests of which the last byte went to the library.
  std::uint64_t requests_passed() const { return requests_passed_; }
  bool has_seen_bytes() const { return has_seen_bytes_; }

 private:
  enum class State : std::uint8_t { request_line, fields, body, rest };
  // What is known of the request whose head is being read.
  struct Head {
    std::size_t size = 0;
    unsigned empty_lines = 0;  // before it
    unsigned fields = 0;
    unsigned hosts = 0;
    unsigned lengths = 0;
    std::uint64_t length = 0;
    bool encoded = false;  // Transfer-Encoding
    bool http_1_0 = false;
  };

  std::size_t feed_head(std::string_view bytes);
  void judge_line(std::string_view line);
  void judge_request_line(std::string_view line);
  void judge_field(std::string_view line);
  void judge_known_field(std::string_view name, std::string_view value);
  void judge_length(std::string_view value);
  void end_head();
  void end_request();
  void refuse(const Refusal& refusal) { refusal_ = &refusal; }

  State state_ = State::request_line;
  Head head_;
  std::string line_;  // the beginning of a line that is not there whole
  std::uint64_t body_left_ = 0;
  std::uint64_t requests_passed_ = 0;
  const Refusal* refusal_ = nullptr;
  bool has_seen_bytes_ = false;
};

}  // namespace buildable::http
