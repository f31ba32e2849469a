#include <doctest/doctest.h>
#include <yaml.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "emit/bots/dependabot.h"
#include "emit/embedded.h"
#include "emit/sample.h"

using namespace buildable;
using namespace buildable::emit;
using namespace buildable::testing;
using nlohmann::json;

namespace {

// The document as JSON. Scalars are strings; a versions string that is not in double quotes is
// marked, since unquoted it may be a number.
class YamlDocument {
 public:
  explicit YamlDocument(const std::string& text) {
    yaml_parser_initialize(&parser_);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                                 text.size());
    valid_ = yaml_parser_load(&parser_, &document_) == 1;
  }
  YamlDocument(const YamlDocument&) = delete;
  ~YamlDocument() {
    if (valid_) yaml_document_delete(&document_);
    yaml_parser_delete(&parser_);
  }

  bool valid() const { return valid_; }
  json value() { return value_of(yaml_document_get_root_node(&document_)); }

 private:
  json value_of(const yaml_node_t* node) {
    if (node->type == YAML_SCALAR_NODE) return scalar(*node);
    json made = node->type == YAML_MAPPING_NODE ? json::object() : json::array();
    if (node->type == YAML_SEQUENCE_NODE)
      for (auto item = node->data.sequence.items.start; item < node->data.sequence.items.top;
           ++item)
        made.push_back(value_of(yaml_document_get_node(&document_, *item)));
    if (node->type == YAML_MAPPING_NODE)
      for (auto pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; ++pair)
        made[scalar(*yaml_document_get_node(&document_, pair->key))] =
            value_of(yaml_document_get_node(&document_, pair->value));
    return made;
  }

  static std::string scalar(const yaml_node_t& node) {
    std::string text(reinterpret_cast<const char*>(node.data.scalar.value),
                     node.data.scalar.length);
    const bool digits = text.find_first_of("0123456789") != std::string::npos;
    const bool quoted = node.data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    return digits && !quoted && text != "2" ? "UNQUOTED " + text : text;
  }

  yaml_parser_t parser_{};
  yaml_document_t document_{};
  bool valid_ = false;
};

json yaml_of(const std::string& text) {
  YamlDocument document(text);
  REQUIRE_MESSAGE(document.valid(), text);
  return document.value();
}

}  // namespace

namespace {

void check_file(const json& file) {
  CHECK(file["version"] == "2");
  std::string before;
  for (const json& update : file["updates"]) {
    CHECK(update.size() == 4);
    CHECK(before < update["package-ecosystem"].get<std::string>());
    before = update["package-ecosystem"];
    CHECK(update["directory"] == "/");
    CHECK(update["schedule"] == json{{"interval", "weekly"}});
    CHECK(!update["ignore"].empty());
    for (const json& entry : update["ignore"]) {
      CHECK(entry.size() == 2);
      REQUIRE(entry["versions"].size() == 1);
      CHECK(entry["versions"][0].get<std::string>().find("UNQUOTED") == std::string::npos);
      CHECK(!entry["dependency-name"].get<std::string>().empty());
    }
  }
}

}  // namespace

TEST_CASE("the YAML is a whole dependabot.yml with one quoted string an entry") {
  for (const Tree& tree : {Sample().tree(), embedded_tree()})
    for (const char* track : {"default", "latest", "deprecated"})
      check_file(yaml_of(tree.at(std::string("dependabot/") + track + ".yml")));
}

TEST_CASE("the JSON says the same as the YAML") {
  const Tree tree = Sample().tree();
  const json yaml = yaml_of(tree.at("dependabot/default.yml"));
  const json data = json::parse(tree.at("dependabot/default.json"));
  REQUIRE(yaml["updates"].size() == data["ecosystems"].size());
  for (const json& update : yaml["updates"]) {
    json flat = json::array();
    for (const json& block : data["ecosystems"][update["package-ecosystem"].get<std::string>()])
      for (const json& entry : block["ignore"]) flat.push_back(entry);
    CHECK(flat == update["ignore"]);
  }
}

TEST_CASE("every name of a runtime gets every range of it") {
  const json data = json::parse(Sample().tree().at("dependabot/default.json"));
  std::map<std::string, int> entries;
  for (const json& block : data["ecosystems"]["docker"])
    for (const json& entry : block["ignore"]) ++entries[entry["dependency-name"]];
  CHECK(entries["snake"] > 0);
  CHECK(entries["snake"] == entries["library/snake"]);
  CHECK(entries["band/runtime"] > 0);
  CHECK(entries["gem"] > 0);
}

TEST_CASE("comments hold whatever a description holds") {
  Sample sample;
  sample.policy.tracks[0].runtimes[3].summary = "one\n- injected: true\r\n" + std::string(300, 'x');
  CHECK(yaml_of(sample.tree().at("dependabot/default.yml"))["updates"].size() == 2);
}

TEST_CASE("a control character in any text is never one in the YAML") {
  const std::string hostile = "x\x1b]0;owned\x07\x7f \\ \"\n# y";
  Sample sample;
  for (TrackPolicy& track : sample.policy.tracks) {
    track.builder = track.description = hostile;
    for (RuntimePolicy& runtime : track.runtimes) runtime.summary = hostile;
  }
  for (RuntimeRules& runtime : sample.rules.runtimes)
    for (DependabotNames& names : runtime.dependabot) names.dependencies.push_back(hostile);
  const Tree tree = sample.tree();
  for (const char* track : {"default", "latest", "deprecated"}) {
    const json yaml = yaml_of(tree.at(std::string("dependabot/") + track + ".yml"));
    std::set<std::string> names;
    for (const json& update : yaml["updates"])
      for (const json& entry : update["ignore"]) names.insert(entry["dependency-name"]);
    CHECK(names.contains(hostile));
  }
  for (const auto& file : tree)
    CHECK_MESSAGE(std::none_of(file.second.begin(), file.second.end(),
                               [](char c) {
                                 const auto byte = static_cast<unsigned char>(c);
                                 return (byte < 0x20 && c != '\n' && c != '\t');
                               }),
                  file.first);
}

TEST_CASE("an unknown ecosystem fails, naming it") {
  Sample sample;
  sample.rules.runtimes[0].dependabot[0].ecosystem = "no-such-thing";
  const auto tree = emit_tree({sample.rules, sample.policy, "", {}}, {});
  REQUIRE(!tree);
  CHECK(tree.error().message().find("no-such-thing") != std::string::npos);
}
