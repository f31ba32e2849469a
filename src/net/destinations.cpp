#include "net/destinations.h"

#include <algorithm>

#include "base/text.h"

namespace buildable::net {
namespace {

bool contains(const std::vector<std::string>& list, const std::string& wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

}  // namespace

bool is_local(const FetchPolicy& policy, const Url& url) {
  return contains(policy.local_addresses, url.endpoint());
}

std::optional<Failure> refusal(const FetchPolicy& policy, const Url& url) {
  const bool local = is_local(policy, url);
  if (url.scheme != "https" && !(local && url.scheme == "http")) {
    return Failure{"the scheme " + in_quotes(url.scheme) + " is refused",
                   "use https; plain http is for addresses that the configuration names as local"};
  }
  if (local || contains(policy.hosts, url.host)) return std::nullopt;
  return Failure{"the host " + in_quotes(url.host) + " is not on the list of hosts",
                 "if it is meant, add it to the hosts of the configuration"};
}

std::optional<Failure> redirect_refusal(const FetchPolicy& policy, const Url& from, const Url& to) {
  std::optional<Failure> found = refusal(policy, to);
  if (!found && from.scheme == "https" && to.scheme != "https") {
    found = Failure{"the scheme " + in_quotes(to.scheme) + " is refused after https",
                    "name the target itself as the source's URL, if it is meant"};
  }
  if (found) found->what = "redirected to " + public_url(to.text) + ": " + found->what;
  return found;
}

}  // namespace buildable::net
