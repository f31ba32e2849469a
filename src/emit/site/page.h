// The page for people: a question and its answer, what each track can build and how far it is
// behind upstream, what a track is, how to use it, what changed. One file; nothing is loaded from
// elsewhere. It works without its script, which only answers the search as one types.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emit/tree.h"

namespace buildable::emit {

// index.html of the tree: no server answers its search, so the script does, from policy.json.
std::string emit_page(const TreeInput& input, const TreeOptions& options);

// The same page as a server gives it, without what only a request tells.
struct PageParts {
  std::string before;
  std::string after;
  // In place of `after` where a request tells the address of the tree, which goes between each two.
  // Empty: it is configured, and stands in `after`.
  std::vector<std::string> around_address;

  // `search` is a `search_section` (emit/site/search.h); `address` ends with "/", is put in as it
  // is, and is empty where it is not known.
  std::string whole(std::string_view search, std::string_view address) const;
};
PageParts served_page(const TreeInput& input, const TreeOptions& options);

// For persons who ask for an address that is not served. `help` is a sentence or two.
std::string not_found_page(std::string_view platform, std::string_view path, std::string_view help);

// Content-Security-Policy of both: the page's own style and script by their hashes, nothing else.
// frame-ancestors is left out where it stands in the page itself, which may not say it.
std::string page_security_policy();

// page.css and page.js. Neither holds one of & < > ", so that they are the same text to a reader of
// HTML and of XML, and their hashes in the security policy are right.
std::string_view page_style();
std::string_view page_script();

}  // namespace buildable::emit
