#include "pins/syntax_image_text.h"

#include <algorithm>
#include <array>

#include "base/characters.h"
#include "base/ignore.h"
#include "base/text.h"
#include "version/version.h"

namespace buildable::pins {
namespace {

constexpr int max_nesting = 5;             // of variables that name variables
constexpr std::size_t max_length = 500;    // of a reference
constexpr std::size_t max_written = 2000;  // bytes of it with its variables
constexpr int max_variables = 100;         // replaced in one

// One variable as it is written.
struct Reference {
  std::string_view name;
  TextSpan whole;
  std::optional<TextSpan> fallback;
};

class Composer {
 public:
  Composer(std::string_view text, const Variables& variables, std::size_t choice)
      : text_(text), variables_(variables), choice_(choice) {}

  ComposedText compose(TextSpan place) {
    append(place, 0);
    return std::move(composed_);
  }
  std::size_t most_meanings() const { return most_meanings_; }

 private:
  void append(TextSpan place, int depth) {
    place.end = std::min(place.end, place.begin + max_written);
    for (std::size_t at = place.begin; at < place.end && composed_.text.size() < max_length;) {
      const auto reference = text_[at] == '$' ? reference_at(at, place.end) : std::nullopt;
      if (!reference) {
        put(text_[at], {at, at + 1});
        ++at;
        continue;
      }
      append_meaning(*reference, depth);
      at = reference->whole.end;
    }
  }

  void append_meaning(const Reference& reference, int depth) {
    const bool known = depth < max_nesting && ++replaced_ <= max_variables;
    const auto meanings = known ? variables_(reference.name) : std::vector<TextSpan>{};
    if (!meanings.empty()) {
      most_meanings_ = std::max(most_meanings_, meanings.size());
      return append(meanings[std::min(choice_, meanings.size() - 1)], depth + 1);
    }
    if (known && reference.fallback) return append(*reference.fallback, depth + 1);
    put('$', reference.whole);
  }

  void put(char byte, TextSpan origin) {
    composed_.text += byte;
    composed_.origins.push_back(origin);
  }

  std::optional<Reference> reference_at(std::size_t at, std::size_t end) const {
    const std::string_view rest = text_.substr(at, end - at);
    if (rest.starts_with("${{")) return braced(at, rest.find("}}"), 3, 2);
    if (rest.starts_with("${")) return braced(at, closing_brace(rest), 2, 1);
    std::size_t length = 1;
    while (length < rest.size() && is_word_character(rest[length])) ++length;
    if (length == 1) return std::nullopt;
    return Reference{rest.substr(1, length - 1), {at, at + length}, std::nullopt};
  }

  // Defaults may hold variables again.
  static std::size_t closing_brace(std::string_view rest) {
    int open = 0;
    for (std::size_t i = 0; i < rest.size(); ++i) {
      if (rest[i] == '{') ++open;
      if (rest[i] == '}' && --open == 0) return i;
    }
    return std::string_view::npos;
  }

  std::optional<Reference> braced(std::size_t at, std::size_t close, std::size_t before,
                                  std::size_t behind) const {
    if (close == std::string_view::npos) return std::nullopt;
    const std::string_view inner = text_.substr(at + before, close - before);
    Reference reference{trim(inner), {at, at + close + behind}, std::nullopt};
    std::size_t length = 0;
    while (length < inner.size() && is_word_character(inner[length])) ++length;
    if (behind == 2 || length == inner.size()) return reference;
    reference.name = inner.substr(0, length);
    const std::string_view op = inner.substr(length, 2);
    const std::size_t skipped = op == ":-" ? 2 : op.starts_with('-') ? 1 : 0;
    if (skipped > 0) {
      const std::size_t begin = at + before + length + skipped;
      reference.fallback = TextSpan{begin, at + close};
    }
    return reference;
  }

  std::string_view text_;
  const Variables& variables_;
  std::size_t choice_;
  std::size_t most_meanings_ = 0;
  int replaced_ = 0;
  ComposedText composed_;
};

// Without the registry's host and the folders that stand for Docker's official images: "python" of
// "docker.io/library/python", "dotnet/sdk" of "mcr.microsoft.com/dotnet/sdk".
std::string_view without_host_and_library(std::string_view name) {
  if (const std::size_t slash = name.find('/'); slash != std::string_view::npos) {
    const std::string_view host = name.substr(0, slash);
    const bool is_host = host == "localhost" || host.find_first_of(".:$") != std::string_view::npos;
    if (is_host) name.remove_prefix(slash + 1);
  }
  for (const std::string_view folder : {"docker/library/", "library/"})
    if (name.starts_with(folder)) return name.substr(folder.size());
  return name;
}

bool begins_prerelease(std::string_view segment) {
  constexpr std::array<std::string_view, 7> words{"alpha",   "beta", "rc", "pre",
                                                  "preview", "dev",  "ea"};
  const std::string_view word = segment.substr(0, segment.find_first_of("0123456789."));
  return std::find(words.begin(), words.end(), word) != words.end();
}

// How much of a tag names the version: of "3.12-slim" the "3.12", of "26-ea-jdk" the "26-ea".
std::size_t version_length(std::string_view tag, Scheme scheme) {
  const std::size_t first = std::min(tag.find('-'), tag.size());
  if (first < tag.size()) {
    const std::size_t second = std::min(tag.find('-', first + 1), tag.size());
    const bool prerelease = begins_prerelease(tag.substr(first + 1, second - first - 1));
    if (prerelease && parse_named(scheme, tag.substr(0, second))) return second;
  }
  if (parse_named(scheme, tag.substr(0, first))) return first;
  const std::size_t build = tag.substr(0, first).find('_');
  return build != std::string_view::npos && parse_named(scheme, tag.substr(0, build)) ? build
                                                                                      : first;
}

// "bullseye" of "-slim-bullseye".
std::string distribution_of(const Place& place, std::string_view behind_version) {
  for (const std::string_view part : split(behind_version, '-'))
    for (const std::string& pattern : *place.distributions)
      if (glob_matches(pattern, part)) return std::string(part);
  return {};
}

// What stands in one piece around a part of a composed text.
TextSpan widest_span(const ComposedText& text, std::size_t begin, std::size_t end) {
  const auto touch = [&](std::size_t i) {
    return text.origins[i - 1].end == text.origins[i].begin;
  };
  while (begin > 0 && begin < text.origins.size() && touch(begin)) --begin;
  while (end < text.origins.size() && end > 0 && touch(end)) ++end;
  return {text.origins[begin].begin, text.origins[end - 1].end};
}

bool is_image_of(const Place& place, std::string_view repository) {
  const auto& names = place.rules->names;
  return std::any_of(names.begin(), names.end(), [repository](const std::string& name) {
    return name == repository || glob_matches(name, repository);
  });
}

struct ImageName {
  std::size_t end;        // of the repository
  std::size_t tag_begin;  // equal to tag_end where there is no tag
  std::size_t tag_end;
};

ImageName parts_of(std::string_view reference) {
  const std::size_t end = std::min(reference.find('@'), reference.size());
  const std::string_view named = reference.substr(0, end);
  const std::size_t slash = named.rfind('/');
  const std::size_t colon = named.find(':', slash == std::string_view::npos ? 0 : slash);
  if (colon == std::string_view::npos) return {end, end, end};
  return {colon, colon + 1, end};
}

void add_tag(FileReading& file, const ComposedText& tag, FoundValue found) {
  const std::size_t length = version_length(tag.text, found.place->runtime->scheme);
  const ComposedText version = tag.part(0, length);
  const auto span = version.span();
  found.is_image_tag = true;
  found.distribution = distribution_of(*found.place, std::string_view(tag.text).substr(length));
  if (!span) {
    found.value = found.version = tag.origins.front();
    found.moves = "the version is put together from several places";
  } else {
    found.value = widest_span(tag, 0, length);
    found.version = *span;
    if (version.text.find('$') != std::string::npos)
      found.moves = "it comes from " + std::string(file.slice(*span));
  }
  file.add(std::move(found));
}

}  // namespace

ComposedText ComposedText::part(std::size_t begin, std::size_t end) const {
  const auto at = [this](std::size_t i) {
    return origins.begin() + static_cast<std::ptrdiff_t>(i);
  };
  return {text.substr(begin, end - begin), {at(begin), at(end)}};
}

std::optional<TextSpan> ComposedText::span() const {
  if (origins.empty()) return std::nullopt;
  for (std::size_t i = 1; i < origins.size(); ++i)
    if (origins[i - 1].end != origins[i].begin) return std::nullopt;
  return TextSpan{origins.front().begin, origins.back().end};
}

std::vector<ComposedText> compose(std::string_view file_text, TextSpan place,
                                  const Variables& variables) {
  std::vector<ComposedText> texts;
  std::size_t count = 1;
  for (std::size_t choice = 0; choice < count; ++choice) {
    Composer composer(file_text, variables, choice);
    texts.push_back(composer.compose(place));
    count = std::clamp<std::size_t>(composer.most_meanings(), count, max_meanings);
  }
  return texts;
}

ComposedText image_of(std::string_view file_text, TextSpan repository, TextSpan tag) {
  constexpr std::size_t max_parts = max_written;
  ComposedText image;
  const auto put = [&](TextSpan span) {
    span.end = std::min(span.end, span.begin + max_parts);
    for (std::size_t at = span.begin; at < span.end; ++at) {
      image.text += file_text[at];
      image.origins.push_back({at, at + 1});
    }
  };
  put(repository);
  image.text += ':';
  image.origins.push_back({tag.begin, tag.begin});
  put(tag);
  return image;
}

void add_image(FileReading& file, const Places& places, const ComposedText& reference,
               const ImageUse& use) {
  constexpr std::string_view scheme = "docker://";
  const std::size_t begin = reference.text.starts_with(scheme) ? scheme.size() : 0;
  const ComposedText image = reference.part(begin, reference.text.size());
  const ImageName parts = parts_of(image.text);
  const std::string_view repository =
      without_host_and_library(std::string_view(image.text).substr(0, parts.end));
  for (const Place* place : places) {
    if (repository.empty() || !is_image_of(*place, repository)) continue;
    FoundValue found;
    found.place = place;
    found.key = repository;
    found.image = image.text.substr(0, parts.end);
    found.where = std::string(use.how) + " " + std::string(repository);
    found.list = use.list;
    found.problem = use.problem;
    const bool has_digest = parts.tag_end < image.text.size();
    found.has_digest = has_digest || use.has_digest;
    if (parts.tag_begin < parts.tag_end) {
      add_tag(file, image.part(parts.tag_begin, parts.tag_end), std::move(found));
      continue;
    }
    const auto span = image.part(0, parts.end).span();
    if (!span || has_digest) continue;
    found.value = *span;
    found.version = {span->end, span->end};
    found.moves = "it has no tag, which means the latest";
    file.add(std::move(found));
  }
}

}  // namespace buildable::pins
