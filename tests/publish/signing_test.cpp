// Keys and signatures: what is accepted, what is refused, and that another program agrees.
#include "publish/signing.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <random>

#include "base/text.h"
#include "support/program.h"
#include "support/skip.h"

using namespace buildable;
using namespace buildable::publish;
using namespace buildable::test;

namespace {

struct Keys {
  KeyPair pair = *generate_key_pair();
  SigningKey secret = *SigningKey::parse(pair.secret_line, "secret");
  PublicKey open = *PublicKey::parse(pair.public_line, "public");
};

// "word ed25519 name base64\n" -> base64
std::string payload(const std::string& line) { return std::string(trim(split(line, ' ')[3])); }

}  // namespace

TEST_CASE("a signature holds for its bytes and its key, and for nothing else") {
  const Keys ours;
  const Keys others;
  std::mt19937 random(7);
  for (int i = 0; i < 200; ++i) {
    std::string bytes(random() % 3000, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    const std::string signature = ours.secret.sign(bytes);
    CHECK(check_signature(bytes, signature, {ours.open}));
    CHECK(check_signature(bytes, signature, {others.open, ours.open}));
    CHECK_FALSE(check_signature(bytes, signature, {others.open}));
    CHECK_FALSE(check_signature(bytes, signature, {}));
    CHECK_FALSE(check_signature(bytes + "x", signature, {ours.open}));
    if (bytes.empty()) continue;
    std::string changed = bytes;
    changed[random() % changed.size()] ^= static_cast<char>(1U << (random() % 8));
    CHECK_FALSE(check_signature(changed, signature, {ours.open}));
  }
}

TEST_CASE("a signature with any character changed is refused") {
  const Keys ours;
  const std::string bytes = "{\"revision\":\"2026.05.14\"}";
  const std::string signature = ours.secret.sign(bytes);
  REQUIRE(check_signature(bytes, signature, {ours.open}));
  for (std::size_t at = 0; at + 1 < signature.size(); ++at) {
    std::string changed = signature;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    CHECK_FALSE(check_signature(bytes, changed, {ours.open}));
  }
}

TEST_CASE("the same key signs the same bytes alike: nothing changes where nothing changed") {
  const Keys ours;
  CHECK(ours.secret.sign("text") == ours.secret.sign("text"));
  CHECK(SigningKey::parse(ours.pair.secret_line, "")->sign("text") == ours.secret.sign("text"));
}

TEST_CASE("what is not a key is refused, and a secret is never shown") {
  const Keys ours;
  struct Case {
    const char* why;
    std::string line;
  };
  std::string cut = ours.pair.secret_line;
  cut.erase(cut.size() - 6, 4);
  std::string renamed = ours.pair.secret_line;
  renamed[renamed.find("ed25519 ") + 8] ^= 1;
  const Case cases[] = {{"nothing", ""},
                        {"a public key", ours.pair.public_line},
                        {"too short", cut},
                        {"another name", renamed},
                        {"two lines", ours.pair.secret_line + ours.pair.secret_line},
                        {"no words", "secret\n"}};
  for (const Case& it : cases) {
    CAPTURE(it.why);
    const auto key = SigningKey::parse(it.line, "the-file");
    REQUIRE_FALSE(key);
    CHECK(key.error().to_text().find("the-file") != std::string::npos);
    CHECK(key.error().to_text().find(payload(ours.pair.secret_line).substr(0, 8)) ==
          std::string::npos);
  }
  CHECK_FALSE(PublicKey::parse(ours.pair.secret_line, "public"));
}

TEST_CASE("openssl verifies what was signed") {
  const Keys ours;
  const Scratch scratch;
  put(scratch / "message", "a manifest\n");
  put(scratch / "key", payload(ours.pair.public_line) + "\n");
  put(scratch / "signature", payload(ours.secret.sign("a manifest\n")) + "\n");
  // The prefix makes a SubjectPublicKeyInfo of the 32 bytes (RFC 8410).
  const Ran ran = run_shell_in(
      scratch.path,
      "command -v openssl >/dev/null || exit 77\n"
      "{ printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'; base64 -d key; } "
      ">key.der && base64 -d signature >signature.bin && openssl pkeyutl -verify -pubin -inkey "
      "key.der -keyform DER -rawin -in message -sigfile signature.bin");
  if (ran.code == 77) {
    buildable::testing::skip("no openssl");
    return;
  }
  CHECK_MESSAGE(ran.code == 0, ran.err);
}
