#include "publish/object_id.h"

#include "base/digest.h"

namespace buildable::publish {

std::string blob_id(std::string_view content) {
  std::string object = "blob " + std::to_string(content.size());
  object += '\0';
  object += content;
  return sha1_hex(object);
}

}  // namespace buildable::publish
