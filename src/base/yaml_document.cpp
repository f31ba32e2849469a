// A tree from libyaml's events. Marks count characters; here they become bytes.
#include <yaml.h>

#include <algorithm>
#include <optional>

#include "base/document.h"
#include "base/json5_document.h"
#include "base/text_index.h"
#include "base/yaml_scalar.h"

namespace buildable {
namespace {

using Kind = Node::Kind;

class Event {
 public:
  Event() = default;
  ~Event() { yaml_event_delete(&event_); }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  yaml_event_t* get() { return &event_; }
  const yaml_event_t* operator->() const { return &event_; }

 private:
  yaml_event_t event_{};
};

// Owns libyaml's parser over the text.
class EventReader {
 public:
  explicit EventReader(std::string_view text) {
    ready_ = yaml_parser_initialize(&parser_) == 1;
    // libyaml asserts that there is an address.
    const char* begin = text.empty() ? "" : text.data();
    const auto* bytes = reinterpret_cast<const unsigned char*>(begin);
    if (ready_) yaml_parser_set_input_string(&parser_, bytes, text.size());
  }
  ~EventReader() { yaml_parser_delete(&parser_); }
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;

  bool next(Event& event) { return ready_ && yaml_parser_parse(&parser_, event.get()) == 1; }

  Error error(std::string_view text, std::string_view file, const CharacterIndex& index) const {
    const char* problem = parser_.problem == nullptr ? "out of memory" : parser_.problem;
    const std::size_t offset = parser_.error == YAML_READER_ERROR
                                   ? parser_.problem_offset
                                   : index.byte(parser_.problem_mark.index);
    const bool tab = offset < text.size() && text[offset] == '\t';
    return error_at(text, file, offset, std::string("not YAML: ") + problem,
                    tab ? "YAML takes no tabs for indentation: use spaces" : "");
  }

 private:
  yaml_parser_t parser_{};
  bool ready_ = false;
};

struct OpenNode {
  Node* node;
  bool key_is_next = false;  // in an object
  std::string key;
  TextSpan key_span;
};

// libyaml holds each "%TAG" line against all before it, and each tag against all of them.
constexpr std::size_t max_tag_directives = 100;

// Where there is one too many.
std::optional<std::size_t> excess_directive(std::string_view text) {
  constexpr std::string_view directive = "%TAG";
  std::size_t count = 0;
  for (std::size_t at = text.find(directive); at != std::string_view::npos;
       at = text.find(directive, at + 1))
    if (++count > max_tag_directives) return at;
  return std::nullopt;
}

class YamlTreeBuilder {
 public:
  YamlTreeBuilder(std::string_view text, std::string_view file, YamlAliases aliases)
      : text_(text), file_(file), aliases_(aliases), index_(text) {}

  Result<std::vector<Node>> build() {
    EventReader reader(text_);
    while (true) {
      Event event;
      if (!reader.next(event)) return fail(reader.error(text_, file_, index_));
      if (event->type == YAML_STREAM_END_EVENT) return std::move(documents_);
      if (!take(*event.get())) return fail(std::move(*problem_));
    }
  }

 private:
  std::size_t begin_of(const yaml_event_t& event) const {
    return index_.byte(event.start_mark.index);
  }
  std::size_t end_of(const yaml_event_t& event) const { return index_.byte(event.end_mark.index); }
  bool refuse(std::size_t offset, std::string message, std::string hint = {}) {
    problem_ = error_at(text_, file_, offset, std::move(message), std::move(hint));
    return false;
  }

  bool take(const yaml_event_t& event);
  bool scalar(const yaml_event_t& event);
  bool alias(const yaml_event_t& event);
  bool open(const yaml_event_t& event, Kind kind, bool block);
  bool close(const yaml_event_t& event);
  template <class Data>
  bool properties(const yaml_event_t& event, const Data& data, std::size_t& value_begin);
  bool add(Node node);
  bool expects_key() const { return !open_.empty() && open_.back().key_is_next; }

  std::string_view text_;
  std::string_view file_;
  YamlAliases aliases_;
  CharacterIndex index_;
  std::vector<Node> documents_;
  std::vector<OpenNode> open_;  // the pointers stay good: a node gets no sibling before its end
  std::size_t count_ = 0;
  std::optional<Error> problem_;
};

bool YamlTreeBuilder::take(const yaml_event_t& event) {
  switch (event.type) {
    case YAML_SCALAR_EVENT:
      return scalar(event);
    case YAML_ALIAS_EVENT:
      return alias(event);
    case YAML_SEQUENCE_START_EVENT:
      return open(event, Kind::array, event.data.sequence_start.style == YAML_BLOCK_SEQUENCE_STYLE);
    case YAML_MAPPING_START_EVENT:
      return open(event, Kind::object, event.data.mapping_start.style == YAML_BLOCK_MAPPING_STYLE);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      return close(event);
    default:
      return true;  // the ends of stream and documents, which say nothing
  }
}

std::string_view text_of(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

bool is_string_tag(const yaml_char_t* tag) {
  return text_of(tag) == "!" || text_of(tag) == YAML_STR_TAG;
}

// Finds where the value begins, after anchor and tag.
template <class Data>
bool YamlTreeBuilder::properties(const yaml_event_t& event, const Data& data,
                                 std::size_t& value_begin) {
  value_begin = begin_of(event);
  if (data.tag != nullptr && aliases_ == YamlAliases::refuse)
    return refuse(value_begin, "a YAML tag, which is not taken here", "write it without the tag");
  const int count = (data.anchor == nullptr ? 0 : 1) + (data.tag == nullptr ? 0 : 1);
  value_begin += length_of_properties(text_.substr(value_begin), count);
  return true;
}

bool YamlTreeBuilder::scalar(const yaml_event_t& event) {
  const auto& data = event.data.scalar;
  const std::string_view value(reinterpret_cast<const char*>(data.value), data.length);
  TextSpan span{0, end_of(event)};
  if (!properties(event, data, span.begin)) return false;
  span.begin = std::min(span.begin, span.end);  // "key: &anchor" has no value
  if (expects_key()) {
    open_.back().key = value;
    open_.back().key_span = span;
    open_.back().key_is_next = false;
    return true;
  }
  Node node;
  node.span = span;
  node.quoted = data.style == YAML_SINGLE_QUOTED_SCALAR_STYLE ||
                data.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
  node.block = data.style == YAML_LITERAL_SCALAR_STYLE || data.style == YAML_FOLDED_SCALAR_STYLE;
  const bool plain = data.style == YAML_PLAIN_SCALAR_STYLE && !is_string_tag(data.tag);
  node.kind = plain ? core_kind(value) : Kind::string;
  if (node.kind != Kind::null) node.text = value;
  if (node.kind == Kind::boolean) node.text = to_lower_ascii(value);
  node.boolean = node.kind == Kind::boolean && node.text == "true";
  if (node.kind == Kind::number) node.kind = number_kind(node);
  if (node.block) node.span.end = end_of_block_scalar(text_, node.span);
  return add(std::move(node));
}

bool YamlTreeBuilder::alias(const yaml_event_t& event) {
  if (aliases_ == YamlAliases::refuse)
    return refuse(begin_of(event), "a YAML alias, which GitHub refuses in this file",
                  "write out what *" + shortened(text_of(event.data.alias.anchor)) + " stands for");
  if (expects_key()) return refuse(begin_of(event), "a key that is not a scalar");
  Node node;
  node.span = {begin_of(event), end_of(event)};
  return add(std::move(node));
}

bool YamlTreeBuilder::add(Node node) {
  if (++count_ > max_document_nodes)
    return refuse(node.span.begin, too_many_values(), std::string(excess_hint));
  if (open_.empty()) {
    documents_.push_back(std::move(node));
    return true;
  }
  OpenNode& parent = open_.back();
  if (parent.node->is(Kind::object)) {
    node.key = std::move(parent.key);
    node.key_span = parent.key_span;
    parent.key_is_next = true;
  }
  parent.node->children.push_back(std::move(node));
  return true;
}

bool YamlTreeBuilder::open(const yaml_event_t& event, Kind kind, bool block) {
  if (expects_key()) return refuse(begin_of(event), "a key that is not a scalar");
  Node node;
  node.kind = kind;
  node.block = block;
  const bool taken = kind == Kind::array
                         ? properties(event, event.data.sequence_start, node.span.begin)
                         : properties(event, event.data.mapping_start, node.span.begin);
  if (!taken) return false;
  if (!add(std::move(node))) return false;
  Node& opened = open_.empty() ? documents_.back() : open_.back().node->children.back();
  open_.push_back({&opened, kind == Kind::object, {}, {}});
  return open_.size() <= max_document_depth ||
         refuse(opened.span.begin, too_deep(), std::string(excess_hint));
}

bool YamlTreeBuilder::close(const yaml_event_t& event) {
  Node& node = *open_.back().node;
  const std::string_view written = text_.substr(node.span.begin);
  // Not so the pair in "[key: value]", which is in flow style.
  const bool in_brackets = !node.block && (written.starts_with('{') || written.starts_with('['));
  node.span.end = in_brackets ? end_of(event) : node.span.begin;
  if (!in_brackets && !node.children.empty()) node.span.end = node.children.back().span.end;
  open_.pop_back();
  if (!node.is(Kind::object)) return true;
  const Node* repeated = repeated_key(node, aliases_ == YamlAliases::keep);
  return repeated == nullptr ||
         refuse(repeated->key_span.begin, "the key " + in_quotes(repeated->key) + " is there twice",
                "keep one of the two");
}

}  // namespace

Result<std::vector<Node>> parse_yaml_documents(std::string_view text, std::string_view file,
                                               YamlAliases aliases) {
  if (Result<void> valid = require_utf8(text, file); !valid) return fail(valid.error());
  if (const auto excess = excess_directive(text))
    return fail(error_at(text, file, *excess,
                         "more than " + std::to_string(max_tag_directives) + " \"%TAG\" directives",
                         std::string(excess_hint)));
  return YamlTreeBuilder(text, file, aliases).build();
}

Result<Node> parse_yaml(std::string_view text, std::string_view file, YamlAliases aliases) {
  auto documents = parse_yaml_documents(text, file, aliases);
  if (!documents) return fail(std::move(documents.error()));
  if (documents->empty()) return Node{};
  if (documents->size() > 1)
    return fail(error_at(text, file, (*documents)[1].span.begin,
                         "a second document, where one was expected"));
  return std::move(documents->front());
}

}  // namespace buildable
