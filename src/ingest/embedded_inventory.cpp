#include "ingest/embedded_inventory.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "ingest/inventory.h"
#include "ingest/limits.h"

namespace buildable::ingest {
namespace {

constexpr std::array<std::string_view, 2> headers = {"[[artifacts]]\n", "[[releases]]\n"};
constexpr std::string_view metadata_header = "[artifacts.metadata]\n";
constexpr std::string_view metadata_prefix = "metadata.";

bool is_key_char(char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '.'; }

bool is_value_char(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; }

std::string_view key_at(std::string_view text) {
  auto end = std::find_if_not(text.begin(), text.end(), is_key_char);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

// Whether an entry stands there, of this or another form: a header, then a key.
bool begins_entry(std::string_view text, std::string_view header) {
  if (!text.starts_with(header)) return false;
  std::string_view rest = text.substr(header.size(), limits::line);
  std::string_view key = key_at(rest);
  return !key.empty() && rest.substr(key.size()).starts_with(" = ");
}

// The length of `key = "text"` at the beginning, without what follows it; 0 when there is none.
std::size_t assignment_length(std::string_view text, bool in_metadata) {
  text = text.substr(0, limits::line);
  std::string_view key = key_at(text);
  std::string full = (in_metadata ? std::string(metadata_prefix) : std::string()).append(key);
  constexpr std::string_view between = " = \"";
  if (!is_inventory_key(full) || !text.substr(key.size()).starts_with(between)) return 0;
  std::string_view value = text.substr(key.size() + between.size());
  auto value_end = std::find_if_not(value.begin(), value.end(), is_value_char);
  if (value_end == value.end() || *value_end != '"') return 0;
  return key.size() + between.size() + static_cast<std::size_t>(value_end - value.begin()) + 1;
}

// The length of the list that begins with the header.
std::size_t list_length(std::string_view text, std::string_view header) {
  std::size_t length = header.size();
  bool in_metadata = false;
  while (length < text.size()) {
    std::string_view rest = text.substr(length);
    if (rest.front() == '\n') {
      ++length;
    } else if (begins_entry(rest, header)) {
      length += header.size();
      in_metadata = false;
    } else if (rest.starts_with(metadata_header) && !in_metadata) {
      length += metadata_header.size();
      in_metadata = true;
    } else {
      std::size_t assignment = assignment_length(rest, in_metadata);
      length += assignment;
      // Where something else than an end of line follows, the list ended without one.
      if (assignment == 0 || !text.substr(length).starts_with("\n")) break;
    }
  }
  return length;
}

// The header of the entry that stands there; empty when there is none.
std::string_view header_at(std::string_view text) {
  for (std::string_view header : headers) {
    if (begins_entry(text, header)) return header;
  }
  return {};
}

struct Found {
  std::string_view inventory;
  std::string_view header;
  bool several = false;
  std::vector<std::string_view> unread;  // headers of lists that are no inventory
};

void take(std::string_view list, std::string_view header, Found& found) {
  if (!parse_inventory(list)) {
    found.unread.push_back(header);
  } else if (found.inventory.empty()) {
    found.inventory = list;
    found.header = header;
  } else if (list != found.inventory) {
    found.several = true;
  }
}

Found find_lists(std::string_view binary) {
  Found found;
  std::size_t at = 0;
  while ((at = binary.find("[[", at)) != std::string_view::npos) {
    std::string_view rest = binary.substr(at);
    std::string_view header = header_at(rest);
    std::size_t length = header.empty() ? 1 : list_length(rest, header);
    if (!header.empty()) take(rest.substr(0, length), header, found);
    at += length;
  }
  return found;
}

}  // namespace

Result<std::string_view> embedded_inventory(std::string_view binary) {
  Found found = find_lists(binary);
  if (found.inventory.empty()) {
    return fail("the binary holds no inventory",
                "its form has changed, or this buildpack has none: take the one of its source");
  }
  if (found.several) {
    return fail("the binary holds two inventories that differ",
                "which one the buildpack uses is not known: take the one of its source");
  }
  // What looks like a part of it and cannot be read: then the rest is not all of it.
  if (std::count(found.unread.begin(), found.unread.end(), found.header) > 0) {
    return fail("a part of the inventory in the binary cannot be read",
                "its form has changed: take the one of its source");
  }
  return found.inventory;
}

}  // namespace buildable::ingest
