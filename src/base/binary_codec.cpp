#include "base/binary_codec.h"

#include <limits>

namespace buildable {

void BinaryWriter::write_unsigned(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>((value & 0x7F) | 0x80);
  bytes_ += static_cast<char>(value);
}

void BinaryWriter::write(int value) {
  // The sign goes to the lowest bit, so that small negative numbers stay short.
  std::int64_t wide = value;
  write_unsigned((static_cast<std::uint64_t>(wide) << 1) ^ static_cast<std::uint64_t>(wide >> 63));
}

void BinaryWriter::write(std::string_view value) {
  write_unsigned(value.size());
  bytes_ += value;
}

std::uint64_t BinaryReader::read_unsigned() {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 64 && ok_ && !rest_.empty(); shift += 7) {
    auto byte = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return value;
  }
  refuse();
  return 0;
}

std::size_t BinaryReader::read_count() {
  std::uint64_t count = read_unsigned();
  if (count <= rest_.size()) return static_cast<std::size_t>(count);
  refuse();
  return 0;
}

void BinaryReader::read(bool& value) {
  std::uint64_t number = read_unsigned();
  if (number > 1) refuse();
  value = number == 1;
}

void BinaryReader::read(int& value) {
  std::uint64_t number = read_unsigned();
  auto wide = static_cast<std::int64_t>(number >> 1) ^ -static_cast<std::int64_t>(number & 1);
  if (wide < std::numeric_limits<int>::min() || wide > std::numeric_limits<int>::max()) refuse();
  value = static_cast<int>(wide);
}

void BinaryReader::read(std::string_view& value) {
  std::size_t size = read_count();
  value = rest_.substr(0, size);
  rest_.remove_prefix(size);
}

void BinaryReader::read(std::string& value) {
  std::string_view view;
  read(view);
  value = view;
}

}  // namespace buildable
