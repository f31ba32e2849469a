#include "build/composer_shape.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/characters.h"
#include "base/text.h"

namespace buildable::build {
namespace {

enum class Shape : std::uint8_t {
  text,
  flag,
  texts,        // an array of strings
  one_or_many,  // a string or an array of strings
  text_map,     // an object of strings
  many_map,     // an object of strings or arrays of strings
  object,       // of anything
  address,      // an absolute URL
  stability,
  flags,      // an object of stabilities as numbers, or an empty array
  abandoned,  // a flag or the name of what to take instead
  authors,
  autoload,
  archive,
  funding,
  dist,
  source,
  repositories,
};

struct Field {
  std::string_view name;
  Shape shape;
  bool required = false;
  bool nullable = true;  // null is like nothing
};

constexpr Field never_null(std::string_view name, Shape shape) {
  return {.name = name, .shape = shape, .nullable = false};
}

using Problem = std::optional<SerdeProblem>;

SerdeProblem wrong(std::string_view name, const Node& node, std::string_view wanted) {
  return {"`" + printable(name) + "` is " + describe(node) + ", not " + std::string(wanted),
          node.line, "correct it as Composer's schema says, or run \"composer validate\""};
}

bool is_text(const Node& node) { return node.is(Node::Kind::string); }

bool are_texts(const Node& node) {
  return node.is(Node::Kind::array) &&
         std::all_of(node.children.begin(), node.children.end(), is_text);
}

template <class Predicate>
bool all_members(const Node& node, Predicate holds) {
  return node.is(Node::Kind::object) &&
         std::all_of(node.children.begin(), node.children.end(), holds);
}

// As the crate url takes it without a base: a scheme, and a host where the scheme wants one.
bool is_address(const Node& node) {
  if (!is_text(node)) return false;
  const std::string_view text = trim(node.text);
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || !is_letter(text.front())) return false;
  const std::string scheme = to_lower_ascii(text.substr(0, colon));
  const bool plain = std::all_of(scheme.begin(), scheme.end(), [](char c) {
    return is_letter_or_digit(c) || c == '+' || c == '-' || c == '.';
  });
  constexpr std::array<std::string_view, 5> hosted{"http", "https", "ftp", "ws", "wss"};
  if (std::find(hosted.begin(), hosted.end(), scheme) == hosted.end()) return plain;
  std::string_view host = text.substr(colon + 1);
  while (host.starts_with('/') || host.starts_with('\\')) host.remove_prefix(1);
  host = host.substr(0, host.find_first_of("/\\?#"));
  host = host.substr(host.rfind('@') == std::string_view::npos ? 0 : host.rfind('@') + 1);
  return !host.empty() && host.front() != ':' &&
         host.find_first_of(" <>^|%\t\n") == std::string_view::npos;
}

bool is_stability(const Node& node) {
  constexpr std::array<std::string_view, 6> known{"dev", "alpha", "beta", "rc", "RC", "stable"};
  return is_text(node) && std::find(known.begin(), known.end(), node.text) != known.end();
}

bool are_flags(const Node& node) {
  if (node.is(Node::Kind::array)) return node.children.empty();
  constexpr std::array<std::string_view, 5> known{"0", "5", "10", "15", "20"};
  return all_members(node, [&](const Node& each) {
    return each.is(Node::Kind::integer) &&
           std::find(known.begin(), known.end(), each.text) != known.end();
  });
}

Problem check(const Node& node, std::span<const Field> fields);

Problem check_each(const Node& node, std::string_view name, std::span<const Field> fields) {
  if (!node.is(Node::Kind::array)) return wrong(name, node, "an array");
  for (const Node& child : node.children)
    if (auto problem = check(child, fields)) return problem;
  return std::nullopt;
}

constexpr std::array authors_fields{Field{"name", Shape::text, true}, Field{"email", Shape::text},
                                    Field{"homepage", Shape::address}, Field{"role", Shape::text}};
constexpr std::array autoload_fields{Field{"psr-0", Shape::many_map},
                                     Field{"psr-4", Shape::many_map},
                                     Field{"classmap", Shape::texts}, Field{"files", Shape::texts},
                                     Field{"exclude-from-classmap", Shape::texts}};
constexpr std::array archive_fields{Field{"name", Shape::text}, Field{"exclude", Shape::texts}};
constexpr std::array funding_fields{Field{"type", Shape::text, true},
                                    Field{"url", Shape::text, true}};
constexpr std::array source_fields{Field{"type", Shape::text, true},
                                   Field{"url", Shape::text, true},
                                   Field{"reference", Shape::text}};
constexpr std::array path_dist_fields{
    Field{"url", Shape::text, true}, Field{"reference", Shape::text}, Field{"shasum", Shape::text}};
constexpr std::array dist_fields{Field{"type", Shape::text, true},
                                 Field{"url", Shape::address, true},
                                 Field{"reference", Shape::text}, Field{"shasum", Shape::text}};

Problem check_dist(const Node& node) {
  const Node* type = node.is(Node::Kind::object) ? node.find("type") : nullptr;
  if (type && is_text(*type) && type->text == "path") return check(node, path_dist_fields);
  return check(node, dist_fields);
}

bool is_false(const Node& node) { return node.is(Node::Kind::boolean) && !node.boolean; }

bool is_repository(const Node& node, bool named) {
  if (!node.is(Node::Kind::object)) return false;
  const Node* type = last_member(node, "type");
  if (!type || !is_text(*type)) return false;
  const Node* name = last_member(node, "name");
  const Node* canonical = last_member(node, "canonical");
  if (canonical && !canonical->is(Node::Kind::boolean) && !canonical->is(Node::Kind::null))
    return false;
  return !name || (named ? name->is(Node::Kind::null) : is_text(*name));
}

Problem check_repositories(const Node& node) {
  const bool named = node.is(Node::Kind::object);
  if (!named && !node.is(Node::Kind::array)) return wrong("repositories", node, "an array");
  for (const Node& child : node.children) {
    const bool disabled = child.is(Node::Kind::object) && child.children.size() == 1 &&
                          is_false(child.children.front());
    if (!is_repository(child, named) && !(named ? is_false(child) : disabled))
      return wrong("repositories", child, "the definition of a repository");
  }
  return std::nullopt;
}

Problem expect(bool holds, const Field& field, const Node& node, std::string_view wanted) {
  if (holds) return std::nullopt;
  return wrong(field.name, node, wanted);
}

Problem check_value(const Field& field, const Node& node) {
  const auto one_or_many = [](const Node& each) { return is_text(each) || are_texts(each); };
  switch (field.shape) {
    case Shape::text:
      return expect(is_text(node), field, node, "a string");
    case Shape::flag:
      return expect(node.is(Node::Kind::boolean), field, node, "true or false");
    case Shape::texts:
      return expect(are_texts(node), field, node, "an array of strings");
    case Shape::one_or_many:
      return expect(one_or_many(node), field, node, "a string or an array of strings");
    case Shape::text_map:
      return expect(all_members(node, is_text), field, node, "an object of strings");
    case Shape::many_map:
      return expect(all_members(node, one_or_many), field, node, "an object of strings");
    case Shape::object:
      return expect(node.is(Node::Kind::object), field, node, "an object");
    case Shape::address:
      return expect(is_address(node), field, node, "an absolute URL");
    case Shape::stability:
      return expect(is_stability(node), field, node, "a stability");
    case Shape::flags:
      return expect(are_flags(node), field, node, "an object of stabilities");
    case Shape::abandoned:
      return expect(is_text(node) || node.is(Node::Kind::boolean), field, node, "true or false");
    case Shape::authors:
      return check_each(node, field.name, authors_fields);
    case Shape::autoload:
      return check(node, autoload_fields);
    case Shape::archive:
      return check(node, archive_fields);
    case Shape::funding:
      return check_each(node, field.name, funding_fields);
    case Shape::dist:
      return check_dist(node);
    case Shape::source:
      return check(node, source_fields);
    case Shape::repositories:
      return check_repositories(node);
  }
  return std::nullopt;
}

Problem check(const Node& node, std::span<const Field> fields) {
  if (!node.is(Node::Kind::object)) return wrong(node.key, node, "an object");
  for (const Field& field : fields) {
    const Node* found = nullptr;
    for (const Node& child : node.children) {
      if (child.key != field.name) continue;
      if (found)
        return SerdeProblem{"duplicate field `" + printable(field.name) + "`", child.line,
                            "keep one of the two"};
      found = &child;
    }
    if (field.required && !found)
      return SerdeProblem{"missing field `" + printable(field.name) + "`", node.line,
                          "add " + in_quotes(field.name)};
    const bool passes = field.nullable && !field.required;
    if (!found || (passes && found->is(Node::Kind::null))) continue;
    if (auto problem = check_value(field, *found)) return problem;
  }
  return std::nullopt;
}

constexpr std::array package_fields{Field{"type", Shape::text},
                                    Field{"abandoned", Shape::abandoned},
                                    Field{"archive", Shape::archive},
                                    Field{"authors", Shape::authors},
                                    Field{"autoload", Shape::autoload},
                                    Field{"autoload-dev", Shape::autoload},
                                    Field{"bin", Shape::one_or_many},
                                    Field{"conflict", Shape::text_map},
                                    Field{"description", Shape::text},
                                    Field{"dist", Shape::dist},
                                    Field{"funding", Shape::funding},
                                    Field{"homepage", Shape::address},
                                    Field{"include-path", Shape::texts},
                                    Field{"keywords", Shape::texts},
                                    Field{"license", Shape::one_or_many},
                                    Field{"minimum-stability", Shape::stability},
                                    Field{"non-feature-branches", Shape::texts},
                                    Field{"prefer-stable", Shape::flag},
                                    Field{"provide", Shape::text_map},
                                    Field{"readme", Shape::text},
                                    Field{"replace", Shape::text_map},
                                    Field{"repositories", Shape::repositories},
                                    Field{"require", Shape::text_map},
                                    Field{"require-dev", Shape::text_map},
                                    Field{"scripts-descriptions", Shape::text_map},
                                    Field{"source", Shape::source},
                                    Field{"support", Shape::text_map},
                                    Field{"suggest", Shape::text_map},
                                    Field{"target-dir", Shape::text},
                                    Field{"time", Shape::text}};
constexpr std::array root_fields{Field{"name", Shape::text}, Field{"version", Shape::text},
                                 Field{"config", Shape::object}};
constexpr std::array lock_fields{
    never_null("content-hash", Shape::text),           Field{"platform-overrides", Shape::text_map},
    never_null("minimum-stability", Shape::stability), never_null("stability-flags", Shape::flags),
    never_null("prefer-stable", Shape::flag),          never_null("prefer-lowest", Shape::flag),
    Field{"plugin-api-version", Shape::text}};

}  // namespace

std::optional<SerdeProblem> misshapen_package(const Node& package) {
  return check(package, package_fields);
}

std::optional<SerdeProblem> misshapen_lock(const Node& lock) { return check(lock, lock_fields); }

std::optional<SerdeProblem> misshapen_root(const Node& root) { return check(root, root_fields); }

}  // namespace buildable::build
