#include "base/public_url.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/characters.h"
#include "base/text.h"

namespace buildable {
namespace {

constexpr std::string_view hidden = "…";

bool are_words_or(std::string_view text, std::string_view others) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return is_letter_or_digit(c) || others.find(c) != std::string_view::npos;
  });
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    decoded += low >= 0 ? static_cast<char>(high * 16 + low) : text[i];
    if (low >= 0) i += 2;
  }
  return decoded;
}

// How GitLab, GitHub, Slack and others begin their tokens, and how a JSON Web Token begins.
bool is_token(std::string_view word) {
  static constexpr std::array<std::string_view, 14> beginnings{
      "glpat-", "gldt-", "glcbt-", "glptt-", "glrt-",       "gloas-", "ghp_",
      "gho_",   "ghs_",  "ghu_",   "ghr_",   "github_pat_", "xoxb-",  "eyJ"};
  return word.size() >= 12 &&
         std::any_of(beginnings.begin(), beginnings.end(),
                     [word](std::string_view each) { return word.starts_with(each); });
}

bool is_secret_parameter(std::string_view name) {
  static constexpr std::array<std::string_view, 30> names{
      "access_key",    "access_token",  "api_key",  "apikey",        "auth",
      "authorization", "client_secret", "code",     "credentials",   "deploy_token",
      "id_token",      "job_token",     "jwt",      "key",           "oauth_token",
      "pass",          "passwd",        "password", "pat",           "personal_access_token",
      "private_key",   "private_token", "pwd",      "refresh_token", "secret",
      "secret_key",    "session",       "sig",      "signature",     "token"};
  std::string plain = to_lower_ascii(percent_decoded(name));
  std::replace(plain.begin(), plain.end(), '-', '_');
  return std::find(names.begin(), names.end(), plain) != names.end() || plain.starts_with("x_amz_");
}

// A word without a value may be the secret itself.
bool may_be_secret(std::string_view word) {
  constexpr std::size_t longest_name = 40;
  return is_token(word) || word.size() > longest_name;
}

std::string public_parameter(std::string_view parameter) {
  const std::size_t equals = parameter.find('=');
  const std::string_view name = parameter.substr(0, equals);
  if (is_secret_parameter(name)) return std::string(name) + "=" + std::string(hidden);
  if (may_be_secret(name)) return std::string(hidden);
  if (equals == std::string_view::npos) return std::string(name.size() < 16 ? name : hidden);
  const bool secret = is_token(percent_decoded(parameter.substr(equals + 1)));
  return secret ? std::string(name) + "=" + std::string(hidden) : std::string(parameter);
}

std::string public_query(std::string_view query) {
  std::string shown;
  for (const std::string_view parameter : split(query, '&')) {
    if (!shown.empty()) shown += '&';
    shown += public_parameter(parameter);
  }
  return shown;
}

// A part of a path may have parameters of its own: "x;token=y" (RFC 3986, 3.3).
std::string public_segment(std::string_view segment) {
  const std::size_t semicolon = segment.find(';');
  const std::string_view name = segment.substr(0, semicolon);
  std::string shown(is_token(percent_decoded(name)) ? hidden : name);
  if (semicolon == std::string_view::npos) return shown;
  for (const std::string_view parameter : split(segment.substr(semicolon + 1), ';'))
    shown += ";" + public_parameter(parameter);
  return shown;
}

std::string public_path(std::string_view path) {
  std::vector<std::string> segments;
  for (const std::string_view segment : split(path, '/'))
    segments.push_back(public_segment(segment));
  return join(segments, "/");
}

struct UrlParts {
  std::string_view scheme;
  std::string_view user;  // with the password
  std::string_view host;  // with the port
  std::string_view path;
  std::string_view query;
  bool has_query = false;
};

// Nothing where there is no "scheme://".
std::optional<UrlParts> parts_of(std::string_view url) {
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos || colon == 0 || !is_letter(url.front()) ||
      !are_words_or(url.substr(0, colon), "+.-"))
    return std::nullopt;
  UrlParts parts;
  parts.scheme = url.substr(0, colon);
  std::string_view rest = url.substr(colon + 3);
  rest = rest.substr(0, rest.find('#'));
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
  const std::size_t at = authority.rfind('@');
  parts.user = at == std::string_view::npos ? std::string_view() : authority.substr(0, at);
  parts.host = at == std::string_view::npos ? authority : authority.substr(at + 1);
  rest.remove_prefix(authority.size());
  const std::size_t query = rest.find('?');
  parts.path = rest.substr(0, query);
  parts.has_query = query != std::string_view::npos;
  if (parts.has_query) parts.query = rest.substr(query + 1);
  return parts;
}

bool is_host(std::string_view text) {
  if (text.starts_with('[')) return text.ends_with(']') && are_words_or(text, "[]:.%");
  return !text.empty() && are_words_or(text, ".-_");
}

// A host, with a port or without.
bool is_endpoint(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (is_host(text)) return true;
  if (colon == std::string_view::npos) return false;
  const std::string_view port = text.substr(colon + 1);
  return is_host(text.substr(0, colon)) && port.size() <= 5 &&
         std::all_of(port.begin(), port.end(), is_digit);
}

bool holds_at(std::string_view text) {
  return percent_decoded(text).find('@') != std::string::npos;
}

// "scheme://host/…": the host is what stands behind the last "@", where that looks like one.
std::string public_malformed(const UrlParts& parts, std::string_view url) {
  const std::string scheme = std::string(parts.scheme) + "://";
  const std::size_t at = url.rfind('@');
  if (at == std::string_view::npos) return scheme + std::string(hidden);
  const std::string_view host = url.substr(at + 1, url.find_first_of("/:?#", at) - at - 1);
  return is_host(host) ? scheme + std::string(host) + "/" + std::string(hidden)
                       : scheme + std::string(hidden);
}

// "host:path" of "user@host:path"; a path of files stays.
std::string public_place(std::string_view place) {
  const bool is_path = place.find_first_of("/.~ ") == 0 && !place.starts_with("//");
  const std::size_t at = place.rfind('@');
  const std::size_t query = place.find('?');
  if (is_path) return std::string(place);
  if (at == std::string_view::npos && query == std::string_view::npos) return public_path(place);
  if (at == std::string_view::npos)
    return public_path(place.substr(0, query)) + "?" + public_query(place.substr(query + 1));
  const std::string_view before = place.substr(0, at);
  const bool is_user = !before.empty() && are_words_or(before, "._-");
  const std::string_view rest = place.substr(at + 1);
  if (is_user) return public_path(rest);
  return std::string(hidden) + "@" + std::string(rest.substr(0, rest.find_first_of("/:?#")));
}

struct Secret {
  std::string text;
  bool anywhere;  // not only as a word of its own
};

void add_secret(std::vector<Secret>& secrets, std::string_view text) {
  constexpr std::size_t shortest = 3;
  constexpr std::size_t telling = 6;
  for (const std::string& form : {std::string(text), percent_decoded(text)})
    if (form.size() >= shortest) secrets.push_back({form, form.size() >= telling});
}

// All pieces of what is not shown.
void add_pieces(std::vector<Secret>& secrets, std::string_view url, std::string_view shown) {
  while (!url.empty()) {
    const std::size_t end = std::min(url.find_first_of("/:@?&=;# "), url.size());
    const std::string_view piece = url.substr(0, end);
    if (shown.find(piece) == std::string_view::npos) add_secret(secrets, piece);
    url.remove_prefix(std::min(end + 1, url.size()));
  }
}

std::vector<Secret> secrets_of(std::string_view url) {
  std::vector<Secret> secrets;
  const auto parts = parts_of(url);
  const bool well_formed =
      parts && is_endpoint(parts->host) && !holds_at(parts->path) && !holds_at(parts->query);
  if (!well_formed) {
    if (url.find('@') != std::string_view::npos) add_pieces(secrets, url, public_url(url));
    return secrets;
  }
  const std::size_t colon = parts->user.find(':');
  // A token may stand where the user would; the user of an ssh address is not a secret.
  if (colon != std::string_view::npos)
    add_secret(secrets, parts->user.substr(colon + 1));
  else if (parts->scheme.starts_with("http"))
    add_secret(secrets, parts->user);
  for (const std::string_view parameter : split(parts->query, '&'))
    if (public_parameter(parameter) != parameter)
      add_secret(secrets, parameter.substr(parameter.find('=') + 1));
  return secrets;
}

std::string without(std::string_view text, const Secret& secret) {
  std::string shown;
  std::size_t begin = 0;
  for (std::size_t at = text.find(secret.text); at != std::string_view::npos;
       at = text.find(secret.text, at + secret.text.size())) {
    const std::size_t end = at + secret.text.size();
    const bool is_part = (at > 0 && is_letter_or_digit(text[at - 1])) ||
                         (end < text.size() && is_letter_or_digit(text[end]));
    if (is_part && !secret.anywhere) continue;
    shown.append(text.substr(begin, at - begin)).append(hidden);
    begin = end;
  }
  return shown.append(text.substr(begin));
}

// A word of what a program said: a URL may begin inside of it.
std::string public_word(std::string_view word) {
  const std::size_t colon = word.find("://");
  if (colon == std::string_view::npos) {
    const std::size_t at = word.rfind('@');
    const bool has_password = at != std::string_view::npos && word.substr(0, at).find(':') < at;
    if (has_password) return public_place(word);
    return is_token(word) ? std::string(hidden) : std::string(word);
  }
  std::size_t begin = colon;
  while (begin > 0 && (is_letter_or_digit(word[begin - 1]) || word[begin - 1] == '+')) --begin;
  return std::string(word.substr(0, begin)) + public_url(word.substr(begin));
}

}  // namespace

std::string public_url(std::string_view url) {
  // A blank before it makes it no other place.
  url.remove_prefix(std::min(url.find_first_not_of(" \t\r\n"), url.size()));
  const auto parts = parts_of(url);
  if (!parts) return public_place(url.substr(0, url.find('#')));
  if (parts->scheme == "file" && parts->host.empty()) return std::string(url);
  if (!is_endpoint(parts->host)) return public_malformed(*parts, url);
  if (holds_at(parts->path) || holds_at(parts->query))
    return std::string(parts->scheme) + "://" + std::string(hidden);
  std::string shown =
      std::string(parts->scheme) + "://" + std::string(parts->host) + public_path(parts->path);
  if (parts->has_query) shown += "?" + public_query(parts->query);
  return shown;
}

std::string without_secrets(std::string_view text, std::string_view url) {
  std::string plain = url.empty() ? std::string(text) : replace_all(text, url, public_url(url));
  for (const Secret& secret : secrets_of(url)) plain = without(plain, secret);
  constexpr std::string_view between = " \t\r\n'\"`<>";
  std::string shown;
  std::string_view rest = plain;
  while (!rest.empty()) {
    const std::size_t begin = std::min(rest.find_first_not_of(between), rest.size());
    shown += rest.substr(0, begin);
    rest.remove_prefix(begin);
    const std::size_t end = std::min(rest.find_first_of(between), rest.size());
    shown += public_word(rest.substr(0, end));
    rest.remove_prefix(end);
  }
  return shown;
}

Result<void> check_authority(std::string_view url) {
  const auto parts = parts_of(url);
  if (!parts || is_endpoint(parts->host) || parts->scheme == "file") return {};
  return fail(Diagnostic{.message = "is not a well-formed address",
                         .file = public_url(url),
                         .hint = "write \"/\" in a user or password as %2F, \":\" as %3A; better "
                                 "still, leave both to a credential helper of git"});
}

}  // namespace buildable
