#include "net/registry_challenge.h"

#include <algorithm>

#include "base/document.h"
#include "base/text.h"

namespace buildable::net {
namespace {

constexpr std::size_t longest_header = 8192;
constexpr std::size_t longest_token = 16384;
constexpr std::string_view unreserved =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

bool is_token_char(char c) {
  return unreserved.find(c) != std::string_view::npos ||
         std::string_view("!#$%&'*+^`|").find(c) != std::string_view::npos;
}

bool is_token68_char(char c) {
  return unreserved.find(c) != std::string_view::npos || c == '+' || c == '/';
}

bool is_visible(char c) { return c > ' ' && c < '\x7f'; }

class ChallengeReader {
 public:
  explicit ChallengeReader(std::string_view text) : rest_(text) {}

  Result<std::vector<Challenge>> read() {
    for (skip(" \t,"); !rest_.empty(); skip(" \t,")) {
      std::string name = take_token();
      if (name.empty()) return problem("a name is missing");
      bool spaced = skip(" \t");
      if (!rest_.empty() && rest_.front() == '=') {
        Result<void> read = read_parameter(name);
        if (!read) return fail(std::move(read.error()));
      } else {
        challenges_.push_back({to_lower_ascii(name), {}});
        if (spaced) skip_token68();
      }
    }
    return std::move(challenges_);
  }

 private:
  tl::unexpected<Error> problem(const std::string& what) const {
    return fail("the registry's challenge cannot be read: " + what + " at " + in_quotes(rest_),
                "its answer is not what RFC 9110 allows: check the address");
  }

  bool skip(std::string_view characters) {
    std::size_t count = std::min(rest_.find_first_not_of(characters), rest_.size());
    rest_.remove_prefix(count);
    return count > 0;
  }

  std::string take_token() {
    auto end = std::find_if_not(rest_.begin(), rest_.end(), is_token_char);
    std::string token(rest_.begin(), end);
    rest_.remove_prefix(token.size());
    return token;
  }

  // Credentials in one piece ("Negotiate YII="), which nothing here uses.
  void skip_token68() {
    auto end = std::find_if_not(rest_.begin(), rest_.end(), is_token68_char);
    end = std::find_if_not(end, rest_.end(), [](char c) { return c == '='; });
    std::string_view after = rest_.substr(static_cast<std::size_t>(end - rest_.begin()));
    std::string_view next = trim(after);
    if (next.empty() || next.front() == ',') rest_ = after;
  }

  Result<void> read_parameter(const std::string& name) {
    if (challenges_.empty()) return problem("a parameter of no challenge");
    rest_.remove_prefix(1);
    skip(" \t");
    std::string value;
    if (!rest_.empty() && rest_.front() == '"') {
      Result<std::string> text = take_quoted();
      if (!text) return fail(std::move(text.error()));
      value = std::move(*text);
    } else {
      value = take_token();
      if (value.empty()) return problem("a value is missing");
    }
    bool first = challenges_.back().parameters.emplace(to_lower_ascii(name), value).second;
    return first ? Result<void>{} : problem("'" + name + "' stands twice");
  }

  Result<std::string> take_quoted() {
    std::string value;
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      if (rest_[i] == '"') {
        rest_.remove_prefix(i + 1);
        return value;
      }
      if (rest_[i] == '\\' && ++i == rest_.size()) break;
      value += rest_[i];
    }
    return problem("a quote without an end");
  }

  std::string_view rest_;
  std::vector<Challenge> challenges_;
};

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (unreserved.find(c) != std::string_view::npos || c == ':' || c == '/') {
      encoded += c;
    } else {
      encoded += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return encoded;
}

std::string parameter_of(const Challenge& challenge, const std::string& name) {
  auto at = challenge.parameters.find(name);
  return at == challenge.parameters.end() ? std::string{} : at->second;
}

// https without credentials or a fragment: nothing may be sent in the clear, or to a place that
// only looks like the one it is.
bool is_safe_realm(std::string_view realm, bool plain_http) {
  std::string_view scheme = realm.substr(0, realm.find("://"));
  if (scheme != "https" && !(plain_http && scheme == "http")) return false;
  std::string_view rest = realm.substr(scheme.size() + std::min<std::size_t>(3, realm.size()));
  std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
  return !authority.empty() && authority.find('@') == std::string_view::npos &&
         realm.find_first_of("#\\\"<>") == std::string_view::npos &&
         std::all_of(realm.begin(), realm.end(), is_visible);
}

}  // namespace

Result<std::vector<Challenge>> parse_challenges(std::string_view header) {
  if (header.size() > longest_header) return fail("the registry's challenge is too long");
  return ChallengeReader(header).read();
}

Result<std::string> token_url(std::string_view header, std::string_view scope, bool plain_http) {
  auto challenges = parse_challenges(header);
  if (!challenges) return fail(std::move(challenges.error()));
  auto bearer =
      std::find_if(challenges->begin(), challenges->end(),
                   [](const Challenge& challenge) { return challenge.scheme == "bearer"; });
  if (bearer == challenges->end()) {
    return fail("the registry asks for credentials, not for a token: " + in_quotes(header),
                "only images that anybody may pull can be read");
  }
  std::string realm = parameter_of(*bearer, "realm");
  if (!is_safe_realm(realm, plain_http)) {
    return fail("the registry's token server is not acceptable: " + in_quotes(realm),
                "it has to be an https address without credentials");
  }
  std::string service = parameter_of(*bearer, "service");
  std::string wanted = parameter_of(*bearer, "scope");
  std::string url = realm + (realm.find('?') == std::string::npos ? "?" : "&");
  if (!service.empty()) url += "service=" + percent_encoded(service) + "&";
  return url + "scope=" + percent_encoded(wanted.empty() ? scope : std::string_view(wanted));
}

Result<std::string> token_in(std::string_view body, std::string_view url) {
  Result<Node> answer = parse_json(body, url);
  if (!answer) return fail(std::move(answer.error()));
  const Node* token = answer->find("token");
  if (token == nullptr || token->text.empty()) token = answer->find("access_token");
  bool usable = token != nullptr && token->is(Node::Kind::string) && !token->text.empty() &&
                token->text.size() <= longest_token &&
                std::all_of(token->text.begin(), token->text.end(), is_visible);
  if (usable) return token->text;
  return fail(Diagnostic{.message = "the token server's answer holds no token",
                         .file = std::string(url),
                         .hint = "check the registry: an anonymous token was refused"});
}

}  // namespace buildable::net
