// Private to src/pins/syntax_*.cpp: the reference of a container image as it is written, with
// variables, and the pin in it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pins/syntax.h"

namespace buildable::pins {

// A text put together from parts of a file: each byte knows the bytes of the file that it stands
// for. A variable that means nothing here is one "$" for all that is written of it.
struct ComposedText {
  std::string text;
  std::vector<TextSpan> origins;  // of each byte of `text`

  ComposedText part(std::size_t begin, std::size_t end) const;
  // Where it stands in the file; nothing where it is put together from several places.
  std::optional<TextSpan> span() const;
};

// More values of one variable are not put together into images.
inline constexpr std::size_t max_meanings = 50;

// The places where the value of a variable is written, several where it has several.
using Variables = std::function<std::vector<TextSpan>(std::string_view name)>;

// The text of a place of a file with $NAME, ${NAME}, ${NAME:-default} and ${{ expression }}
// replaced by what they mean: one text for each meaning of the variable that has most.
std::vector<ComposedText> compose(std::string_view file_text, TextSpan place,
                                  const Variables& variables);

// A repository and a tag that stand apart, as one reference.
ComposedText image_of(std::string_view file_text, TextSpan repository, TextSpan tag);

// What the pins of an image have in common.
struct ImageUse {
  std::string_view how;     // begins Pin::place: "FROM", "image"
  int list = 0;             // FoundValue::list
  std::string problem;      // FoundValue::problem
  bool has_digest = false;  // one that stands apart from the reference
};

// Adds a pin for each of the places whose image it is. An image by its digest alone names no
// version: it is not a pin.
void add_image(FileReading& file, const Places& places, const ComposedText& reference,
               const ImageUse& use);

// Values of COPY, FROM and ARG in Dockerfiles (https://docs.docker.com/reference/dockerfile).
void find_in_dockerfile(FileReading& file, const Places& places);

}  // namespace buildable::pins
