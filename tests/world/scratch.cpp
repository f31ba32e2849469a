#include "world/scratch.h"

#include <cstdlib>
#include <stdexcept>

namespace buildable::world {

Scratch::Scratch() {
  char name[] = "/tmp/buildable-test-XXXXXX";
  if (::mkdtemp(name) == nullptr) throw std::runtime_error("no directory for the test");
  path_ = name;
}

Scratch::~Scratch() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

}  // namespace buildable::world
