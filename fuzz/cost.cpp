#include "cost.h"

#include <sanitizer/allocator_interface.h>
#include <time.h>

#include <algorithm>
#include <atomic>
#include <cstdio>

namespace buildable::fuzz {
namespace {

// Wide margins: a sanitized build takes about five times as long as a plain one. A parser that is
// linear takes below 2 µs a byte in it; one that is quadratic passes 20 µs a byte at some 100 kB.
constexpr double seconds_floor = 0.2;
// What an empty input takes comes on top: some fuzzers do much for any input. Times differ by less.
constexpr double idle_factor = 3;
constexpr double seconds_per_byte = 20e-6;
// Below this a doubled input is not tried: noise would decide.
constexpr double doubling_floor = 0.05;
// Linear is 2, quadratic is 4. A doubled text may mean something else, and one measurement may be
// disturbed, so a finding is what grows like this twice in a row.
constexpr double doubling_most = 3.2;
// A node of a document costs some 130 bytes and can stand for one byte of text.
constexpr std::int64_t memory_floor = std::int64_t{64} << 20;
constexpr std::int64_t memory_per_byte = 1024;
constexpr int repetitions = 4;

std::atomic<std::int64_t> memory_now{0};
std::atomic<std::int64_t> memory_peak{0};

void count_allocation(const volatile void* block, std::size_t size) {
  if (block == nullptr) return;
  const std::int64_t now = memory_now += static_cast<std::int64_t>(size);
  std::int64_t peak = memory_peak;
  while (now > peak && !memory_peak.compare_exchange_weak(peak, now)) {
  }
}

void count_release(const volatile void* block) {
  if (block != nullptr)
    memory_now -=
        static_cast<std::int64_t>(__sanitizer_get_allocated_size(const_cast<const void*>(block)));
}

double thread_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double seconds_of(const Fuzzer& fuzzer, const std::uint8_t* data, std::size_t size) {
  const double begin = thread_seconds();
  fuzzer.run(data, size);
  return thread_seconds() - begin;
}

double least_seconds_of(const Fuzzer& fuzzer, const std::uint8_t* data, std::size_t size) {
  double least = seconds_of(fuzzer, data, size);
  for (int i = 1; i < repetitions; ++i) least = std::min(least, seconds_of(fuzzer, data, size));
  return least;
}

[[noreturn]] void finding(const Fuzzer& fuzzer, std::size_t size, const char* what, double found,
                          double allowed) {
  std::fprintf(stderr, "%.*s: an input of %zu bytes takes %g %s; %g are allowed\n",
               static_cast<int>(fuzzer.name.size()), fuzzer.name.data(), size, found, what,
               allowed);
  std::abort();
}

std::vector<std::uint8_t> repeated(const std::uint8_t* data, std::size_t size, std::size_t times) {
  std::vector<std::uint8_t> all;
  all.reserve(size * times);
  for (std::size_t i = 0; i < times; ++i) all.insert(all.end(), data, data + size);
  return all;
}

void measure_growth(const Fuzzer& fuzzer, const std::uint8_t* data, std::size_t size,
                    double seconds) {
  const std::vector<std::uint8_t> twice = repeated(data, size, 2);
  if (seconds_of(fuzzer, twice.data(), twice.size()) <= doubling_most * seconds) return;
  seconds = least_seconds_of(fuzzer, data, size);
  const double doubled = least_seconds_of(fuzzer, twice.data(), twice.size());
  if (seconds < doubling_floor || doubled <= doubling_most * seconds) return;
  const std::vector<std::uint8_t> fourfold = repeated(data, size, 4);
  const double quadrupled = least_seconds_of(fuzzer, fourfold.data(), fourfold.size());
  if (quadrupled > doubling_most * doubled)
    finding(fuzzer, size, "times as long when it is written four times", quadrupled / seconds,
            doubling_most * doubling_most);
}

void measure_time(const Fuzzer& fuzzer, const std::uint8_t* data, std::size_t size,
                  double seconds) {
  static const double idle = least_seconds_of(fuzzer, nullptr, 0);
  const double allowed =
      seconds_floor + idle_factor * idle + seconds_per_byte * static_cast<double>(size);
  if (seconds > allowed) {
    seconds = least_seconds_of(fuzzer, data, size);
    if (seconds > allowed) finding(fuzzer, size, "seconds", seconds, allowed);
  }
  if (seconds >= doubling_floor + idle_factor * idle && size >= 2)
    measure_growth(fuzzer, data, size, seconds);
}

}  // namespace

void run_and_measure(const Fuzzer& fuzzer, const std::uint8_t* data, std::size_t size) {
  static const int counting =
      __sanitizer_install_malloc_and_free_hooks(count_allocation, count_release);
  static const bool warm = (fuzzer.run(nullptr, 0), true);  // what is made once is nobody's cost
  require(counting > 0 && warm);
  const std::int64_t before = memory_now;
  memory_peak = before;
  const double seconds = seconds_of(fuzzer, data, size);
  const std::int64_t used = memory_peak - before;
  const std::int64_t allowed = memory_floor + memory_per_byte * static_cast<std::int64_t>(size);
  if (used > allowed)
    finding(fuzzer, size, "bytes of memory", static_cast<double>(used),
            static_cast<double>(allowed));
  measure_time(fuzzer, data, size, seconds);
}

}  // namespace buildable::fuzz
