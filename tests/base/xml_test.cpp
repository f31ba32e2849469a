// XML as the one tree: what is read, where it stands, and what is refused.
#include <doctest/doctest.h>

#include "base/document.h"
#include "base/document_support.h"
#include "base/text_index.h"
#include "support/generated.h"
#include "support/growth.h"

using namespace buildable;
using namespace buildable::testing;

namespace {

std::string read(const std::string& text, XmlStrictness strictness = {}) {
  const auto node = parse_xml(text, "f.xml", strictness);
  return node ? shown(*node) : node.error().to_text();
}

}  // namespace

TEST_CASE("elements are members, as often as they stand there") {
  CHECK(read("<a/>") == "{a: null}");
  CHECK(read("<a></a>") == "{a: \"\"}");
  CHECK(read("<a> x \n y </a>") == "{a: \"x \n y\"}");
  CHECK(read("<?xml version=\"1.0\"?>\n<a><b>1</b><c/><b>2</b></a>\n") ==
        "{a: {b: \"1\", c: null, b: \"2\"}}");
  CHECK(read("<a b='c' d=\"e>f\">1</a>") == "{a: \"1\"}");
  CHECK(read("<a><!-- <b/> -->1<?x y?>2</a>") == "{a: \"12\"}");
  CHECK(read("<a>&lt;&#49;&#x32;&amp;<![CDATA[<b>]]></a>") == "{a: \"<12&<b>\"}");
  CHECK(read("\xEF\xBB\xBF"
             "<x:a xmlns:x='y'>é</x:a>") == "{x:a: \"é\"}");
}

TEST_CASE("text beside elements is passed over, or refused") {
  CHECK(read("<a>x<b>1</b>y</a>") == "{a: {b: \"1\"}}");
  for (const std::string text : {"<a>x<b>1</b></a>", "<a><b>1</b>x</a>", "<a><b/><c/>x</a>"})
    CHECK(read(text, {.text_beside_elements = false}).find("text beside elements") !=
          std::string::npos);
  CHECK(read("<a>\n <b>1</b>\n</a>", {.text_beside_elements = false}) == "{a: {b: \"1\"}}");
}

TEST_CASE("a value stands where its text does, without the white space around it") {
  const auto slice_of = [](const std::string& text) {
    const auto root = parse_xml(text, "f.xml");
    REQUIRE(root.has_value());
    const Node& value = root->children[0].children[0];
    CHECK(text.substr(value.key_span.begin, value.key_span.end - value.key_span.begin) ==
          value.key);
    return text.substr(value.span.begin, value.span.end - value.span.begin);
  };
  CHECK(slice_of("<a><b>17</b></a>") == "17");
  CHECK(slice_of("<a><b c='d'>\r\n  17\r\n</b></a>") == "17");
  CHECK(slice_of("<a><b>é 17 ü</b></a>") == "é 17 ü");
  CHECK(slice_of("<a><b>17 <!-- x --></b></a>") == "17");
  CHECK(slice_of("<a><b><!-- x --> 17</b></a>") == "17");
  CHECK(slice_of("<a><b>1<!-- x -->7</b></a>") == "1<!-- x -->7");
  CHECK(slice_of("<a><b> &#49;7 </b></a>") == "&#49;7");
  CHECK(slice_of("<a><b><![CDATA[17]]></b></a>") == "17");
  CHECK(slice_of("\xEF\xBB\xBF"
                 "<a><b>17</b></a>") == "17");
  CHECK(slice_of("<a><b></b></a>").empty());
  CHECK(slice_of("<a><b/></a>").empty());
}

TEST_CASE("what is not XML, or more than people write, is refused with its place") {
  const std::pair<std::string, std::string> table[] = {
      {"", "f.xml:1:1: not XML: no element found"},
      {"<a>\n<b></a>", "f.xml:2:6: not XML: mismatched tag"},
      {"<a>&b;</a>", "f.xml:1:4: not XML: undefined entity"},
      {"<a/><b/>", "f.xml:1:5: not XML: junk after document element"},
      {"<a>\xFF</a>", "f.xml:1:4: the text is not UTF-8"},
      {"<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "f.xml:1:1: a document type declaration"},
      {"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "f.xml:1:1: a document type declaration"},
      {repeated("", "<a>", 300'000), "f.xml:1:190: nested deeper than 64 levels"},
      {repeated("<a>", "<a/>", 1'000'001, "</a>"), "f.xml:1:4000000: more than 1000000 values"},
  };
  for (const auto& row : table) {
    const std::string error = read(row.first);
    CHECK_MESSAGE(error.starts_with(row.second), error);
  }
}

TEST_CASE("XML is read in linear time") {
  constexpr Repetition table[] = {
      {"elements", "<a>", "<b>#</b>", "</a>"},
      {"elements of many names", "<a>", "<b#/>", "</a>"},
      {"attributes", "<a ", "b#='c' ", "/>"},
      {"blank lines before a text", "<a>", "\n", "x</a>"},
      {"blank lines alone", "<a>", " \n", "</a>"},
      {"one long text", "<a>", "b&lt;é\n", "</a>"},
      {"one long attribute", "<a b='", "c\n", "'/>"},
      {"comments", "<a>", "<!-- # -->", "</a>"},
      {"a comment without an end", "<a><!--", " - ", ""},
      {"a tag without an end", "<a", " b", ""},
      {"text between elements", "<a>", "x<b/>", "</a>"},
      {"sections", "<a>", "<![CDATA[#]]>", "</a>"},
  };
  check_linear(table, [](const std::string& text) { (void)parse_xml(text, "f.xml"); });
}

TEST_CASE("damaged XML is an error or a tree whose parts stand in the text") {
  Generator generator(20261126);
  const std::string good =
      "<?xml version=\"1.0\"?><!-- c -->\n<a b='c'><d>1 &amp; 2</d><e/>x<d><![CDATA[y]]></d></a>";
  for (int i = 0; i < 3000; ++i) {
    const std::string text = generator.mutated(good);
    const auto root = parse_xml(text, "f.xml");
    if (!root) continue;
    each_node(*root, [&](const Node& node) {
      CHECK(node.span.begin <= node.span.end);
      CHECK(node.span.end <= text.size());
    });
  }
}
