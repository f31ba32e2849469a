// References to buildpacks as labels and files write them. Private to ingest.
#pragma once

#include <vector>

#include "ingest/document_view.h"
#include "model/snapshot.h"

namespace buildable::ingest {

// {id, version, optional?}
Result<BuildpackReference> read_buildpack(const DocumentView& object);
// [{group: [{id, version, optional?}]}]; an empty order or group is an error.
Result<std::vector<OrderGroup>> read_order(const DocumentView& list);

// Each once, in the order of first appearance, none of them optional. Two versions of one id are an
// error: which one builds would not be known.
Result<std::vector<BuildpackReference>> distinct_buildpacks(const std::vector<OrderGroup>& groups);

}  // namespace buildable::ingest
