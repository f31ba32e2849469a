#include "emit/site/markup.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "emit/well_formed.h"

namespace buildable::testing {

namespace {

class Checker {
 public:
  explicit Checker(std::string_view text) : text_(text) {}

  std::string problem() {
    skip_prologue();
    while (at_ < text_.size() && fault_.empty()) step();
    if (fault_.empty() && !open_.empty()) fail("not closed: " + std::string(open_.back()));
    if (fault_.empty() && roots_ != 1) fail("not one root element");
    return fault_;
  }

 private:
  void fail(const std::string& what) {
    if (fault_.empty()) fault_ = what + " at byte " + std::to_string(at_);
  }

  void skip_prologue() {
    if (text_.starts_with("<?xml ")) at_ = text_.find("?>") + 2;
    if (text_.starts_with("<!DOCTYPE html>")) at_ = 15;
  }

  void step() {
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with("</")) return close();
    if (rest.starts_with("<")) return start();
    if (rest[0] == '&') return entity();
    if (rest[0] == '>') return fail("a bare >");
    if (open_.empty() && rest[0] != '\n') return fail("text outside the root");
    ++at_;
  }

  void entity() {
    for (const std::string_view known : {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"})
      if (text_.substr(at_).starts_with(known)) {
        at_ += known.size();
        return;
      }
    fail("an unknown entity");
  }

  std::string_view name() {
    const std::size_t from = at_;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 ||
                                  text_[at_] == '-' || text_[at_] == ':'))
      ++at_;
    if (at_ == from) fail("no name");
    return text_.substr(from, at_ - from);
  }

  void close() {
    at_ += 2;
    const std::string_view closed = name();
    if (open_.empty() || open_.back() != closed) return fail("closes " + std::string(closed));
    open_.pop_back();
    if (at_ >= text_.size() || text_[at_++] != '>') fail("no end of a closing tag");
  }

  void start() {
    ++at_;
    const std::string_view opened = name();
    if (open_.empty()) ++roots_;
    std::set<std::string_view> seen;
    while (fault_.empty() && at_ < text_.size() && text_[at_] == ' ') attribute(seen);
    if (text_.substr(at_).starts_with("/>")) {
      at_ += 2;
      return;
    }
    if (at_ >= text_.size() || text_[at_++] != '>') return fail("no end of a tag");
    open_.push_back(opened);
  }

  void attribute(std::set<std::string_view>& seen) {
    ++at_;
    if (!seen.insert(name()).second) return fail("an attribute twice");
    if (!text_.substr(at_).starts_with("=\"")) return fail("an unquoted attribute");
    at_ += 2;
    while (at_ < text_.size() && text_[at_] != '"' && fault_.empty()) {
      if (text_[at_] == '<' || text_[at_] == '>') return fail("a bracket in an attribute");
      text_[at_] == '&' ? entity() : void(++at_);
    }
    ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int roots_ = 0;
  std::vector<std::string_view> open_;
  std::string fault_;
};

}  // namespace

std::string markup_problem(std::string_view text) { return Checker(text).problem(); }

TEST_CASE("the checker refuses what is not well-formed") {
  for (const char* text : {"<a>", "<a></b>", "<a/><b/>", "<a b=c/>", "<a b=\"1\" b=\"2\"/>",
                           "<a>&nbsp;</a>", "<a>x > y</a>", "x<a/>", "<a b=\"<\"/>", ""})
    CHECK_MESSAGE(markup_problem(text) != "", text);
  CHECK(markup_problem("<a b=\"&quot;\">x &lt;<c/></a>\n") == "");
}

TEST_CASE("text and attributes get in escaped only") {
  MarkupWriter writer("<!DOCTYPE html>");
  writer.open("p").attribute("title", "\"<&>'").text("<script>&\x01").close();
  const std::string text = std::move(writer).take();
  CHECK(text == "<!DOCTYPE html>\n<p title=\"&quot;&lt;&amp;&gt;'\">&lt;script&gt;&amp;</p>\n");
  CHECK(markup_problem(text) == "");
}

TEST_CASE("running text is not broken into lines") {
  MarkupWriter writer("");
  writer.open("div")
      .open("p")
      .text("see ")
      .open_inline("a")
      .attribute("href", "x")
      .text("x")
      .close();
  writer.text(" and ").inline_element("code", "y").close().leaf("br").close();
  CHECK(std::move(writer).take() ==
        "\n<div>\n <p>see <a href=\"x\">x</a> and <code>y</code></p>\n <br/>\n</div>\n");
}

}  // namespace buildable::testing
