// Whether the cost of reading grows with the length of the text and not with its square: ten times
// the text may take twenty times as long. Processor time of the thread, the best of several runs,
// so that what else the machine does hardly counts.
#pragma once

#include <doctest/doctest.h>
#include <time.h>

#include <algorithm>
#include <string>

namespace buildable::testing {

inline double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

template <class Read>
double seconds_to_read(const std::string& text, Read read) {
  double best = 1e9;
  for (int run = 0; run < 3; ++run) {
    const double begin = thread_seconds();
    read(text);
    best = std::min(best, thread_seconds() - begin);
  }
  return best;
}

// `text_of(count)` is a text whose length is proportional to the count.
template <class TextOf, class Read>
void check_linear(const std::string& what, TextOf text_of, Read read, std::size_t count = 2000) {
  const std::string short_text = text_of(count), long_text = text_of(10 * count);
  double few = 0, many = 0;
  // Ten times the text. What is quadratic takes a hundred times as long; a busy machine whose
  // caches others use may take three times what it should.
  constexpr double slack = 30;
  for (int attempt = 0; attempt < 3; ++attempt) {
    few = seconds_to_read(short_text, read);
    many = seconds_to_read(long_text, read);
    if (many <= slack * few + 0.002) break;
  }
  CAPTURE(what);
  CAPTURE(short_text.size());
  CAPTURE(few * 1e3);
  CAPTURE(many * 1e3);
  CHECK(many <= slack * few + 0.002);
}

// "begin", the piece count times with its number in place of "#", "end".
inline std::string repeated(const std::string& begin, const std::string& piece, std::size_t count,
                            const std::string& end = {}) {
  const std::size_t mark = piece.find('#');
  std::string text = begin;
  for (std::size_t i = 0; i < count; ++i) {
    text.append(piece, 0, mark);
    if (mark == std::string::npos) continue;
    text += std::to_string(i);
    text.append(piece, mark + 1);
  }
  return text + end;
}

struct Repetition {
  const char* what;
  const char* begin;
  const char* piece;
  const char* end;
};

template <class Read, std::size_t size>
void check_linear(const Repetition (&table)[size], Read read, std::size_t count = 2000) {
  for (const Repetition& row : table)
    check_linear(
        row.what,
        [&row](std::size_t times) { return repeated(row.begin, row.piece, times, row.end); }, read,
        count);
}

}  // namespace buildable::testing
