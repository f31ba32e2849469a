#include "publish/signing.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "base/text.h"

namespace buildable::publish {
namespace {

constexpr std::string_view secret_word = "buildable-secret-key";
constexpr std::string_view public_word = "buildable-public-key";
constexpr std::string_view signature_word = "buildable-signature";

// Before anything else of the library.
bool is_ready() {
  static const bool ready = sodium_init() >= 0;
  return ready;
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string name_of_key(std::string_view public_key) {
  return sha256_hex(public_key).substr(0, 16);
}

std::string to_base64(std::string_view bytes) {
  constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), variant);
  text.pop_back();  // the final zero
  return text;
}

// Exactly `size` bytes; empty where it is anything else.
std::string from_base64(std::string_view text, std::size_t size) {
  std::string bytes(size, '\0');
  std::size_t got = 0;
  const int failed = sodium_base642bin(bytes_of(bytes), size, text.data(), text.size(), nullptr,
                                       &got, nullptr, sodium_base64_VARIANT_ORIGINAL);
  return failed == 0 && got == size ? bytes : std::string();
}

std::string line_of(std::string_view word, std::string_view name, std::string_view bytes) {
  return std::string(word) + " ed25519 " + std::string(name) + " " + to_base64(bytes) + "\n";
}

struct Line {
  std::string name;
  std::string bytes;
};

Result<Line> parse_line(std::string_view text, std::string_view word, std::size_t size,
                        std::string_view file) {
  const auto lines = split_lines(trim(text));
  const auto words = split(lines.empty() ? std::string_view() : lines.front(), ' ');
  const bool formed =
      lines.size() == 1 && words.size() == 4 && words[0] == word && words[1] == "ed25519";
  std::string bytes = formed ? from_base64(words[3], size) : std::string();
  if (bytes.empty())
    return fail(Diagnostic{
        .message = "not one line \"" + std::string(word) + " ed25519 ...\"",
        .file = std::string(file),
        .hint = word == secret_word || word == public_word ? "`buildable keygen` makes keys" : ""});
  return Line{std::string(words[2]), std::move(bytes)};
}

tl::unexpected<Error> wrong_name(std::string_view file) {
  return fail(Diagnostic{.message = "the key does not belong to the name that is written beside it",
                         .file = std::string(file)});
}

}  // namespace

Result<KeyPair> generate_key_pair() {
  if (!is_ready()) return fail("the system gives no random numbers");
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret;
  std::string public_key(crypto_sign_PUBLICKEYBYTES, '\0');
  crypto_sign_keypair(bytes_of(public_key), secret.data());
  std::string seed(crypto_sign_SEEDBYTES, '\0');
  crypto_sign_ed25519_sk_to_seed(bytes_of(seed), secret.data());
  const std::string name = name_of_key(public_key);
  return KeyPair{line_of(secret_word, name, seed), line_of(public_word, name, public_key), name};
}

Result<SigningKey> SigningKey::parse(std::string_view line, std::string_view file) {
  if (!is_ready()) return fail("the system gives no random numbers");
  auto parsed = parse_line(line, secret_word, crypto_sign_SEEDBYTES, file);
  if (!parsed) return fail(std::move(parsed.error()));
  SigningKey key;
  key.secret_.resize(crypto_sign_SECRETKEYBYTES);
  std::string public_key(crypto_sign_PUBLICKEYBYTES, '\0');
  crypto_sign_seed_keypair(bytes_of(public_key), bytes_of(key.secret_), bytes_of(parsed->bytes));
  key.name_ = name_of_key(public_key);
  if (key.name_ != parsed->name) return wrong_name(file);
  return key;
}

std::string SigningKey::sign(std::string_view bytes) const {
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(bytes_of(signature), nullptr, bytes_of(bytes), bytes.size(),
                       bytes_of(std::string_view(secret_)));
  return line_of(signature_word, name_, signature);
}

Result<PublicKey> PublicKey::parse(std::string_view line, std::string_view file) {
  if (!is_ready()) return fail("the system gives no random numbers");
  auto parsed = parse_line(line, public_word, crypto_sign_PUBLICKEYBYTES, file);
  if (!parsed) return fail(std::move(parsed.error()));
  PublicKey key;
  key.bytes_ = std::move(parsed->bytes);
  key.name_ = name_of_key(key.bytes_);
  if (key.name_ != parsed->name) return wrong_name(file);
  return key;
}

Result<void> check_signature(std::string_view bytes, std::string_view signature_line,
                             const std::vector<PublicKey>& keys) {
  const auto signature = parse_line(signature_line, signature_word, crypto_sign_BYTES, {});
  if (!signature) return fail(signature.error());
  std::vector<std::string> names;
  for (const PublicKey& key : keys) {
    names.push_back(key.name());
    if (key.name() != signature->name) continue;
    if (crypto_sign_verify_detached(bytes_of(signature->bytes), bytes_of(bytes), bytes.size(),
                                    bytes_of(key.bytes())) == 0)
      return {};
    return fail("the signature is bad: the file is not what key " + key.name() + " signed");
  }
  return fail("signed by another key: " + in_quotes(signature->name),
              "accepted: " + join(names, ", "));
}

}  // namespace buildable::publish
