// Structs as compact bytes, by their Fields: the form that is compiled in. Lengths and numbers are
// little-endian base-128 integers, strings raw bytes, fields in order without names. The bytes mean
// something only to the program that was built from the same Fields. Decoding refuses junk, and no
// count makes it reserve more elements than there are bytes.
//
// Beyond the types of base/fields.h a std::string_view may be a field; decoded, it points into the
// bytes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/fields.h"
#include "base/result.h"
#include "base/time.h"

namespace buildable {

class BinaryWriter {
 public:
  void write(bool value) { bytes_ += value ? '\1' : '\0'; }
  void write(int value);
  void write(std::string_view value);
  void write(Instant value) {
    write_unsigned(static_cast<std::uint64_t>(value.time_since_epoch().count()));
  }
  void write(const std::string& value) { write(std::string_view(value)); }

  template <HasEnumNames E>
  void write(E value) {
    write_unsigned(static_cast<std::uint64_t>(value));
  }
  template <class T>
  void write(const std::optional<T>& value) {
    write(value.has_value());
    if (value) write(*value);
  }
  template <class T>
  void write(const std::vector<T>& value) {
    write_unsigned(value.size());
    for (const T& item : value) write(item);
  }
  template <class T>
  void write(const std::map<std::string, T>& value) {
    write_unsigned(value.size());
    for (const auto& [key, item] : value) {
      write(key);
      write(item);
    }
  }
  template <HasFields T>
  void write(const T& value) {
    std::apply([&](const auto&... field) { (write(value.*(field.member)), ...); },
               Fields<T>::list());
  }

  std::string take() { return std::move(bytes_); }

 private:
  void write_unsigned(std::uint64_t value);

  std::string bytes_;
};

// After the first thing that does not fit, `ok` is false and everything else reads as empty.
class BinaryReader {
 public:
  explicit BinaryReader(std::string_view bytes) : rest_(bytes) {}

  void read(bool& value);
  void read(int& value);
  void read(std::string_view& value);
  void read(Instant& value) {
    value = Instant(std::chrono::seconds(static_cast<std::int64_t>(read_unsigned())));
  }
  void read(std::string& value);

  template <HasEnumNames E>
  void read(E& value) {
    std::uint64_t number = read_unsigned();
    for (const auto& [name, meant] : EnumNames<E>::list) {
      if (static_cast<std::uint64_t>(meant) != number) continue;
      value = meant;
      return;
    }
    refuse();
  }
  template <class T>
  void read(std::optional<T>& value) {
    bool present = false;
    read(present);
    if (present) read(value.emplace());
  }
  template <class T>
  void read(std::vector<T>& value) {
    std::size_t count = read_count();
    value.reserve(count);
    for (std::size_t i = 0; i < count && ok_; ++i) read(value.emplace_back());
  }
  template <class T>
  void read(std::map<std::string, T>& value) {
    std::size_t count = read_count();
    for (std::size_t i = 0; i < count && ok_; ++i) {
      std::string key;
      read(key);
      T item{};
      read(item);
      // Written in order, so the end is the place; what is out of order or repeated is junk.
      if (!value.empty() && !(value.rbegin()->first < key)) return refuse();
      value.emplace_hint(value.end(), std::move(key), std::move(item));
    }
  }
  template <HasFields T>
  void read(T& value) {
    std::apply([&](const auto&... field) { (read(value.*(field.member)), ...); },
               Fields<T>::list());
  }

  bool finished() const { return ok_ && rest_.empty(); }

 private:
  std::uint64_t read_unsigned();
  // Of things that take a byte at least; so more than there are bytes cannot follow.
  std::size_t read_count();
  void refuse() { ok_ = false; }

  std::string_view rest_;
  bool ok_ = true;
};

template <HasFields T>
std::string encode(const T& value) {
  BinaryWriter writer;
  writer.write(value);
  return writer.take();
}

template <HasFields T>
Result<T> decode(std::string_view bytes) {
  BinaryReader reader(bytes);
  T value;
  reader.read(value);
  if (!reader.finished()) return fail("the compiled-in bytes are damaged");
  return value;
}

}  // namespace buildable
