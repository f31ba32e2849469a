#include "serve/compress.h"

#include <brotli/encode.h>
#include <zlib.h>

#include <cstdint>

namespace buildable::http {
namespace {

// Headers of a small answer weigh more than what compressing saves.
constexpr std::size_t too_small = 256;

// zlib's way to ask for gzip's format: 16 above the window's bits.
constexpr int gzip_format = 16 + MAX_WBITS;
constexpr int gzip_level = 6;
constexpr int gzip_memory = 8;
// From 6 on its tables grow with each step, to 32 MB for every body at 9: a start took four times
// as long, for some percent less.
constexpr int brotli_quality = 5;

std::string if_smaller(std::string packed, std::size_t whole) {
  if (packed.size() >= whole) packed.clear();
  return packed;
}

}  // namespace

std::string gzipped(std::string_view bytes) {
  if (bytes.size() < too_small) return {};
  z_stream stream{};
  if (deflateInit2(&stream, gzip_level, Z_DEFLATED, gzip_format, gzip_memory, Z_DEFAULT_STRATEGY) !=
      Z_OK)
    return {};
  std::string packed(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib only reads it
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  packed.resize(done ? stream.total_out : 0);
  deflateEnd(&stream);
  return if_smaller(std::move(packed), bytes.size());
}

std::string brotlied(std::string_view bytes) {
  if (bytes.size() < too_small) return {};
  std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
  std::string packed(size, '\0');
  const auto* input = reinterpret_cast<const std::uint8_t*>(bytes.data());
  auto* output = reinterpret_cast<std::uint8_t*>(packed.data());
  const bool done = BrotliEncoderCompress(brotli_quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT,
                                          bytes.size(), input, &size, output) == BROTLI_TRUE;
  packed.resize(done ? size : 0);
  return if_smaller(std::move(packed), bytes.size());
}

}  // namespace buildable::http
