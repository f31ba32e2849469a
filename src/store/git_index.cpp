#include "store/git_index.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace buildable::store {
namespace {

constexpr std::size_t stat_size = 40;  // of an entry: times, device, inode, mode, owner, size
constexpr std::size_t sha1_size = 20;
constexpr std::size_t sha256_size = 32;
constexpr unsigned extended_flag = 0x4000;
constexpr unsigned largest_length = 0xFFF;  // a longer path has this length in its flags

// Reads forward; what is not there is an error of the whole.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::size_t at() const { return at_; }
  bool is_good() const { return good_; }
  bool is_at_end() const { return at_ == text_.size(); }

  std::string_view take(std::size_t count) {
    if (count > text_.size() - at_) {
      good_ = false;
      return {};
    }
    at_ += count;
    return text_.substr(at_ - count, count);
  }

  std::uint32_t number(std::size_t bytes) {
    std::uint32_t value = 0;
    for (const char byte : take(bytes)) value = value << 8U | static_cast<unsigned char>(byte);
    return value;
  }

  // Up to a zero byte, which is taken too.
  std::string_view text_to_zero() {
    const std::size_t end = text_.find('\0', at_);
    if (end == std::string_view::npos) {
      good_ = false;
      return {};
    }
    const std::string_view found = text_.substr(at_, end - at_);
    at_ = end + 1;
    return found;
  }

  // A number of seven bits in each byte, as in packs: each further byte adds one.
  std::size_t packed_number() {
    std::size_t value = 0;
    for (bool first = true; good_; first = false) {
      const std::uint32_t byte = number(1);
      if (value > largest_packed) good_ = false;
      value = ((first ? 0 : value + 1) << 7U) | (byte & 0x7FU);
      if ((byte & 0x80U) == 0) break;
    }
    return value;
  }

 private:
  static constexpr std::size_t largest_packed = 1U << 24U;

  std::string_view text_;
  std::size_t at_ = 0;
  bool good_ = true;
};

// The path of one entry; `previous` is that of the one before.
std::string take_path(Reader& reader, std::uint32_t version, std::size_t begin, unsigned length,
                      const std::string& previous, bool& good) {
  if (version == 4) {
    const std::size_t dropped = reader.packed_number();
    good = good && dropped <= previous.size();
    std::string path = previous.substr(0, good ? previous.size() - dropped : 0);
    return path.append(reader.text_to_zero());
  }
  std::string path(reader.text_to_zero());
  if (length < largest_length) good = good && path.size() == length;
  // One to eight zero bytes make the entry's size a multiple of eight.
  while (reader.is_good() && (reader.at() - begin) % 8 != 0)
    good = reader.take(1) == std::string_view("\0", 1) && good;
  return path;
}

std::optional<std::vector<std::string>> take_entries(Reader& reader, std::uint32_t version,
                                                     std::uint32_t count, std::size_t name_size) {
  std::vector<std::string> paths;
  bool good = true;
  for (std::uint32_t i = 0; i < count && good; ++i) {
    const std::size_t begin = reader.at();
    reader.take(stat_size + name_size);
    const std::uint32_t flags = reader.number(2);
    if (version >= 3 && (flags & extended_flag) != 0) reader.take(2);
    std::string path = take_path(reader, version, begin, flags & largest_length,
                                 paths.empty() ? std::string() : paths.back(), good);
    good = good && reader.is_good();  // a split index has entries without a path
    paths.push_back(std::move(path));
  }
  if (!good) return std::nullopt;
  return paths;
}

// What an index of names of that size says; nothing where it is none.
struct Parsed {
  std::vector<std::string> paths;
  bool is_split = false;
};

std::optional<Parsed> parse_with(std::string_view text, std::size_t name_size) {
  if (text.size() < name_size) return std::nullopt;
  Reader reader(text.substr(0, text.size() - name_size));  // without the checksum at the end
  if (reader.take(4) != "DIRC") return std::nullopt;
  const std::uint32_t version = reader.number(4);
  const std::uint32_t count = reader.number(4);
  if (version < 2 || version > 4) return std::nullopt;
  auto paths = take_entries(reader, version, count, name_size);
  if (!paths) return std::nullopt;
  Parsed parsed{*std::move(paths), false};
  while (reader.is_good() && !reader.is_at_end()) {
    if (reader.take(4) == "link") parsed.is_split = true;
    reader.take(reader.number(4));
  }
  if (!reader.is_good()) return std::nullopt;
  return parsed;
}

}  // namespace

Result<GitIndex> GitIndex::parse(std::string_view text) {
  auto parsed = parse_with(text, sha1_size);
  if (!parsed) parsed = parse_with(text, sha256_size);
  if (!parsed) return fail("is not an index of git in version 2, 3 or 4");
  if (parsed->is_split)
    return fail("is split over two files", "git update-index --no-split-index makes it one");
  GitIndex index;
  index.paths_ = std::move(parsed->paths);
  if (!std::is_sorted(index.paths_.begin(), index.paths_.end()))
    std::sort(index.paths_.begin(), index.paths_.end());
  return index;
}

bool GitIndex::contains(std::string_view path) const {
  const auto found = std::lower_bound(paths_.begin(), paths_.end(), path);
  return found != paths_.end() && *found == path;
}

bool GitIndex::contains_below(std::string_view folder) const {
  const auto found = std::lower_bound(paths_.begin(), paths_.end(), folder);
  return found != paths_.end() && found->starts_with(folder);
}

}  // namespace buildable::store
