// Where all text leaves the program: standard output and standard error as commands see them.
#pragma once

#include <ostream>
#include <streambuf>
#include <string>

#include "base/printable.h"

namespace buildable::cli {

// Shows what is written to it on the target by an OutputFilter.
class OutputStream : public std::ostream {
 public:
  OutputStream(std::ostream& target, OutputTraits traits);

 private:
  class Buffer : public std::streambuf {
   public:
    Buffer(std::ostream& target, OutputTraits traits) : target_(target), filter_(traits) {}

   protected:
    int_type overflow(int_type c) override;
    std::streamsize xsputn(const char* text, std::streamsize size) override;
    int sync() override;

   private:
    bool show(std::size_t size);

    std::ostream& target_;
    OutputFilter filter_;
    std::string pending_;
  };

  Buffer buffer_;
};

}  // namespace buildable::cli
