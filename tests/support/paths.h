// Where this build's sources and programs lie. Said by one small source, so that the objects of all
// other tests are the same in every checkout and a compiler cache can share them.
#pragma once

#include <filesystem>
#include <string>

namespace buildable::testing {

const std::filesystem::path& source_dir();
// The program `buildable`; `buildable-network` lies beside it. BUILDABLE_TEST_PROGRAM names another
// build of it.
const std::string& program_file();
bool is_other_program();

}  // namespace buildable::testing
