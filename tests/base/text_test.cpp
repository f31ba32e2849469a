#include "base/text.h"

#include <doctest/doctest.h>

using namespace buildable;

TEST_CASE("split keeps empty pieces") {
  CHECK(split("a,,b", ',') == std::vector<std::string_view>{"a", "", "b"});
  CHECK(split("", ',') == std::vector<std::string_view>{""});
  CHECK(split(",", ',') == std::vector<std::string_view>{"", ""});
}

TEST_CASE("split_lines knows both line ends") {
  CHECK(split_lines("a\r\nb\n\nc") == std::vector<std::string_view>{"a", "b", "", "c"});
  CHECK(split_lines("a\n") == std::vector<std::string_view>{"a"});
  CHECK(split_lines("").empty());
}

TEST_CASE("trim, join and lower case") {
  CHECK(trim(" \t a b\r\n") == "a b");
  CHECK(trim(" \n").empty());
  CHECK(join(std::vector<std::string>{"a", "b"}, ", ") == "a, b");
  CHECK(join(std::vector<std::string>{}, ", ").empty());
  CHECK(to_lower_ascii("AbÄ9") == "abÄ9");
  CHECK(replace_all("a{x}b{x}", "{x}", "") == "ab");
  CHECK(replace_all("aaa", "a", "aa") == "aaaaaa");
  CHECK(replace_all("abc", "", "z") == "abc");
}

TEST_CASE("is_valid_utf8 follows RFC 3629") {
  struct Row {
    std::string_view bytes;
    bool valid;
  };
  const Row rows[] = {
      {"plain", true},
      {"", true},
      {"é…😀", true},
      {"\xC2\x80", true},
      {"\xC1\xBF", false},  // overlong
      {"\xE0\x9F\xBF", false},
      {"\xE0\xA0\x80", true},
      {"\xED\x9F\xBF", true},
      {"\xED\xA0\x80", false},  // a surrogate
      {"\xF0\x8F\xBF\xBF", false},
      {"\xF4\x8F\xBF\xBF", true},
      {"\xF4\x90\x80\x80", false},  // above U+10FFFF
      {"\xF5\x80\x80\x80", false},
      {"\xE2\x82", false},  // cut off
      {"\x80", false},
      {"\xE2\x28\xA1", false},
      {"\xE2\x82\x28", false},
      {"a\xFFz", false},
  };
  for (const Row& row : rows) {
    CAPTURE(in_quotes(row.bytes));
    CHECK(is_valid_utf8(row.bytes) == row.valid);
  }
  CHECK(valid_utf8_prefix("é\xFF") == 2);
}

TEST_CASE("quoted is short and printable") {
  CHECK(in_quotes("a\nb\xFF") == "\"a\\x0ab\\xff\"");
  CHECK(in_quotes("é") == "\"é\"");
  std::string long_text(58, 'a');
  CHECK(in_quotes(long_text + "ééé") == "\"" + long_text + "é…\"");
  CHECK(in_quotes(std::string(60, 'a')) == "\"" + std::string(60, 'a') + "\"");
}

TEST_CASE("position_at counts lines and bytes from 1") {
  TextPosition position = position_at("ab\ncd\n", 4);
  CHECK(position.line == 2);
  CHECK(position.column == 2);
  CHECK(position_at("", 0).line == 1);
  CHECK(position_at("ab\n", 99).line == 2);
}

TEST_CASE("edit_distance counts insertions, deletions, replacements and swaps") {
  CHECK(edit_distance("builder", "builder") == 0);
  CHECK(edit_distance("bulider", "builder") == 1);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("abc", "") == 3);
  CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("nearest finds what was meant and nothing else") {
  const std::vector<std::string_view> names{"builder", "name", "valid_until", "id"};
  CHECK(nearest("bulider", names) == "builder");
  CHECK(nearest("valid-until", names) == "valid_until");
  CHECK(nearest("ids", names) == "id");
  CHECK(nearest("nane", names) == "name");
  CHECK_FALSE(nearest("colour", names).has_value());
  CHECK_FALSE(nearest(std::string(1000, 'n'), names).has_value());
  CHECK_FALSE(nearest("x", {}).has_value());
}
