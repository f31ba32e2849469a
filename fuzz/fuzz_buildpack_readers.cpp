// The readers that take what Rust's and PHP's take: any bytes are an error with a line inside the
// text, or what they hold.
#include "build/composer_files.h"
#include "build/java_properties.h"
#include "build/openjdk_version.h"
#include "build/php_platform.h"
#include "build/quick_xml.h"
#include "build/roxmltree.h"
#include "build/rust_semver.h"
#include "fuzz.h"

using namespace buildable;
using namespace buildable::build;

namespace {

// Every part of the tree as serde would ask for it.
void walk(const XmlPiece& piece) {
  fuzz::require(piece.line > 0);
  if (piece.is_text) return;
  if (const auto name = xml_attribute(piece, "Name"); !name)
    fuzz::require(!name.error().message.empty());
  if (const auto text = xml_text(piece); text) fuzz::require(text->find('\r') == std::string::npos);
  const auto list = xml_list(piece, "PropertyGroup");
  if (list) fuzz::require(list->size() <= piece.children.size());
  for (const XmlPiece& child : piece.children) walk(child);
}

void read_projects(std::string_view text) {
  const auto root = read_quick_xml(text);
  if (root) walk(*root);
  if (!root) fuzz::require(!root.error().message.empty() && root.error().line > 0);
  const auto found = read_roxmltree(text, "TargetFramework");
  if (!found) fuzz::require(!found.error().message.empty());
}

void read_properties(std::string_view text) {
  const auto properties = read_java_properties(text);
  if (!properties) return fuzz::require(properties.error().line > 0);
  for (const auto& [key, property] : *properties) {
    fuzz::require(property.line > 0);
    const auto requirement = parse_openjdk_requirement(property.value);
    fuzz::require(requirement.series || requirement.exact.version ||
                  !requirement.exact.error.code.empty());
    static_cast<void>(rust::parse_semver(property.value));
  }
}

void read_composer(std::string_view text) {
  const SourceFile file{.path = "composer.lock", .text = text};
  const auto json = read_composer_json(file);
  if (!json) fuzz::require(!json.error().message.empty());
  const auto lock = read_composer_lock(file);
  if (!lock) return fuzz::require(!lock.error().message.empty());
  static_cast<void>(accepted_php(demands_of(*lock)));
}

}  // namespace

static int run(const std::uint8_t* data, std::size_t size) {
  const auto [choice, text] = fuzz::choice_and_text(data, size, 3);
  if (choice == 0) read_projects(text);
  if (choice == 1) read_properties(text);
  if (choice == 2) read_composer(text);
  return 0;
}

static const fuzz::Registered registered{"buildpack_readers", "xml json", run};
