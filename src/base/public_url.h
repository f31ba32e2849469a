// URLs as people may see them: in messages, files and logs. The one place that says what of a URL
// is a secret.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace buildable {

// Without user, password and fragment, and with "…" for what looks like a token and for the values
// of query parameters that are secrets. Of a URL that is not well-formed, or in which an "@" stands
// where a password may have been cut in two, only scheme and host, or the scheme alone. What is
// not a URL stays as it is, but for the user in "user@host:path".
std::string public_url(std::string_view url);

// What another program said, with every URL in it made public, and without the secrets of `url`,
// the address that it was given.
std::string without_secrets(std::string_view text, std::string_view url = {});

// Fails where "scheme://…" has no host, or a port that is not a number: then a part of a password
// would be taken for them.
Result<void> check_authority(std::string_view url);

}  // namespace buildable
