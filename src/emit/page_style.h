// Inside emit: what the page looks like, and its script.
#pragma once

#include <string_view>

namespace buildable {

// Neither holds one of & < > ", so that they are the same text to a reader of HTML and of XML, and
// their hashes in the security policy are right.
std::string_view page_style();
std::string_view page_script();

}  // namespace buildable
