// What a Gemfile asks of Ruby: https://bundler.io/man/gemfile.5.html#RUBY. Bundler runs the file as
// a program; only what is written without one is read here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace buildable::build {

struct GemfileRuby {
  std::vector<std::string> requirements;  // "3.4.4", "~> 3.3": all of them have to hold
  std::string file;                       // of `ruby file: ".ruby-version"`, and no requirements
  int line = 0;                           // 1-based
};

// Nothing where it does not ask for one, where it asks for another engine, and where conditions,
// other files or code may decide.
std::optional<GemfileRuby> ruby_of_gemfile(std::string_view text);

}  // namespace buildable::build
