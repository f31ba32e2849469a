#include "model/policy.h"

namespace buildable {

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::buildable:
      return "buildable";
    case Verdict::unbuildable:
      return "unbuildable";
    case Verdict::unknown:
      return "unknown";
  }
  return "unknown";
}

}  // namespace buildable
