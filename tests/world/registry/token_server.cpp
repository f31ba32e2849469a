#include "world/registry/token_server.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <array>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/text.h"

namespace buildable::world {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* service = "registry of a test";
constexpr const char* issuer = "token server of a test";

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string base64url(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                               reinterpret_cast<const unsigned char*>(bytes.data()),
                               static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(length));
  text = replace_all(replace_all(text, "+", "-"), "/", "_");
  return text.substr(0, text.find('='));
}

// What stands between the lines of a PEM file: the certificate in base64.
std::string certificate_text(const fs::path& path) {
  const std::string pem = text_of(path);
  std::string text;
  for (std::string_view line : split_lines(pem)) {
    if (line.substr(0, 5) != "-----") text += line;
  }
  return text;
}

using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;

Key key_in(const fs::path& path) {
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "r"), &std::fclose);
  Key key(file ? PEM_read_PrivateKey(file.get(), nullptr, nullptr, nullptr) : nullptr,
          &EVP_PKEY_free);
  if (!key) throw std::runtime_error("no key in " + path.string());
  return key;
}

// ES256: the two numbers of the signature, 32 bytes each (RFC 7518, 3.4).
std::string plain_numbers(const std::string& der) {
  const auto* begin = reinterpret_cast<const unsigned char*>(der.data());
  std::unique_ptr<ECDSA_SIG, void (*)(ECDSA_SIG*)> signature(
      d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(der.size())), &ECDSA_SIG_free);
  if (!signature) throw std::runtime_error("no signature");
  std::array<unsigned char, 64> numbers{};
  BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), numbers.data(), 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), numbers.data() + 32, 32);
  return {reinterpret_cast<const char*>(numbers.data()), numbers.size()};
}

std::string signature_of(const std::string& text, const fs::path& key_file) {
  Key key = key_in(key_file);
  std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  std::string der(256, '\0');
  std::size_t size = der.size();
  bool made = EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
              EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(der.data()), &size,
                             reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1;
  if (!made) throw std::runtime_error("the token was not signed");
  der.resize(size);
  return plain_numbers(der);
}

// "repository:group/name:pull,push" -> what the token allows.
Json access_of(const std::string& scope) {
  auto parts = split(scope, ':');
  if (parts.size() != 3) return Json::array();
  Json actions = Json::array();
  for (std::string_view action : split(parts[2], ',')) actions.push_back(std::string(action));
  Json access = {
      {"type", std::string(parts[0])}, {"name", std::string(parts[1])}, {"actions", actions}};
  return Json::array({access});
}

std::string decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      plain += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else {
      plain += text[i] == '+' ? ' ' : text[i];
    }
  }
  return plain;
}

std::string parameter_in(const std::string& query, std::string_view name) {
  for (std::string_view pair : split(query, '&')) {
    if (pair.substr(0, name.size() + 1) == std::string(name) + "=") {
      return decoded(pair.substr(name.size() + 1));
    }
  }
  return {};
}

}  // namespace

TokenServer::TokenServer(const fs::path& directory) : certificate_(make_certificate(directory)) {
  server_.on("/token", [this](const Seen& request) { return answer(request); });
}

TokenAuthentication TokenServer::authentication() const {
  return {server_.url("/token"), service, issuer, certificate_.certificate};
}

Answer TokenServer::answer(const Seen& request) const {
  if (parameter_in(request.query, "service") != service) return {.status = 400, .body = "{}"};
  std::time_t now = std::time(nullptr);
  Json header = {
      {"typ", "JWT"}, {"alg", "ES256"}, {"x5c", {certificate_text(certificate_.certificate)}}};
  Json claims = {
      {"iss", issuer},
      {"sub", ""},
      {"aud", service},
      {"nbf", now - 60},
      {"iat", now},
      {"exp", now + 300},
      {"access", refuses_ ? Json::array() : access_of(parameter_in(request.query, "scope"))}};
  std::string text = base64url(header.dump()) + "." + base64url(claims.dump());
  std::string token = text + "." + base64url(signature_of(text, certificate_.key));
  Json body = Json::object();
  body[otherwise_ ? "access_token" : "token"] = token;
  return {.body = body.dump()};
}

}  // namespace buildable::world
