// A person's question, "python 3.14", and its answer on every track.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emit/site/markup.h"
#include "model/policy.h"

namespace buildable::emit {

struct SearchRow {
  std::string track;
  Verdict verdict = Verdict::unknown;
  std::string reason;
  std::string nearest;  // the nearest buildable version where the verdict is another; may be empty
};

struct SearchAnswer {
  std::string query;    // as asked, shortened; empty: nothing was asked
  std::string example;  // of a question; may be empty
  std::string problem;  // why there are no rows
  std::string subject;  // "Python 3.14"
  std::vector<SearchRow> rows;
};

// The name or id of a runtime, whatever its case, then the version, with any of " @:=/-" or nothing
// between: "Node.js v22", "python3.14", "go@1.24". Without a version it is asked what can be built.
SearchAnswer search(const Policy& policy, std::string_view query);

// The form and the answer below it. `live`: a server answers the form; else only a script can, and
// the form is hidden until that runs.
void write_search(MarkupWriter& page, const SearchAnswer& answer, bool live);
// The same, for a page that a server puts together.
std::string search_section(const SearchAnswer& answer);

}  // namespace buildable::emit
