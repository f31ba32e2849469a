// A tree of files put in a directory's place by one rename, where nothing else can be lost by it.
#pragma once

#include <map>
#include <string>

#include "publish/directory.h"
#include "publish/directory_plan.h"

namespace buildable::publish {

enum class Placed : std::uint8_t {
  yes,
  no,  // nothing was changed: somebody has created the directory, or it cannot be replaced so here
};

// Where there is no directory yet.
Result<Placed> place_new(const std::filesystem::path& target,
                         const std::map<std::string, std::string>& tree);

// Whether the directory may be another one afterwards: all in it is ours, it has no rights of its
// own, and no one is known to stand in it.
bool may_be_replaced(const store::InnerFiles& files, const DirectoryPlan& plan);

// The new tree, written beside, and the directory exchanged. Precondition: it may be replaced.
Result<Placed> exchange(const store::InnerFiles& files, const DirectoryPlan& plan,
                        const std::map<std::string, std::string>& tree, Delivery& delivery);

}  // namespace buildable::publish
