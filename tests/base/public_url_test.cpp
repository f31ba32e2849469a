#include "base/public_url.h"

#include <doctest/doctest.h>

#include <vector>

using namespace buildable;

TEST_CASE("what a URL shows: all but its secrets, and of a malformed one scheme and host") {
  struct Row {
    const char* url;
    const char* shown;
  };
  for (const Row& row : std::vector<Row>{
           {"https://host/group/x.git", "https://host/group/x.git"},
           {"https://host:8443/x?page=2&with_tag=true", "https://host:8443/x?page=2&with_tag=true"},
           {"https://[2001:db8::1]:443/x", "https://[2001:db8::1]:443/x"},
           {"file:///srv/a@b/x.git", "file:///srv/a@b/x.git"},
           {"/srv/a@b/x.git", "/srv/a@b/x.git"},
           {"not a URL", "not a URL"},
           {"https://user:pw@host/x", "https://host/x"},
           {"https://TOKEN@host/x", "https://host/x"},
           {"http://TOKEN@host", "http://host"},
           {"https://me@corp.example:pw@host/x", "https://host/x"},
           {"https://a@b@host/x", "https://host/x"},
           {"ssh://git@host:22/x", "ssh://host:22/x"},
           {"git@host:group/x.git", "host:group/x.git"},
           {"https://user:to/ken@host/x.git", "https://host/…"},
           {"https://user:to?ken@host/x.git", "https://host/…"},
           {"https://user:to#ken@host/x.git", "https://host/…"},
           {"https://user:p@ss/word@host/x.git", "https://…"},
           {"https://user:12345/word@host/x.git", "https://…"},
           {"https://to/ken@host/x.git", "https://…"},
           {"https://to/ken%40host/x.git", "https://…"},
           {"https://user%3Atoken%40host/x", "https://…"},
           {"https://user:token\\x@host/x", "https://host/x"},
           {"https://user:token", "https://…"},
           {"https:///token@", "https://…"},
           {"https:/user:token@host/x", "…@host"},
           {"https:user:token@host/x", "…@host"},
           {"//user:token@host/x", "…@host"},
           {"user:to/ken@host/x", "…@host"},
           {"user:token@host:x", "…@host"},
           {" https://user:SECRET@host/x", "https://host/x"},
           {"https://host/x;private_token=SECRET/y", "https://host/x;private_token=…/y"},
           {"https://host/x.git?private_token=SECRET", "https://host/x.git?private_token=…"},
           {"https://host/x?Private%5FToken=SECRET&a=1", "https://host/x?Private%5FToken=…&a=1"},
           {"https://host/x?a=glpat-0123456789abcdef", "https://host/x?a=…"},
           {"https://host/x?glpat-0123456789abcdef", "https://host/x?…"},
           {"https://host/x?aVeryLongWordThatIsNoName", "https://host/x?…"},
           {"host/x?token=SECRET", "host/x?token=…"},
           {"https://host/api/glpat-0123456789abcdef/x", "https://host/api/…/x"},
           {"https://host/api/glpat%2D0123456789abcdef/x", "https://host/api/…/x"}}) {
    CAPTURE(row.url);
    CHECK(public_url(row.url) == row.shown);
    CHECK(public_url(public_url(row.url)).find("SECRET") == std::string::npos);
  }
}

TEST_CASE("what a program said is told without the secrets of the address it was given") {
  struct Row {
    const char* url;
    const char* said;
    const char* told;
  };
  for (const Row& row : std::vector<Row>{
           {"https://bot:hunter2@host/x.git",
            "fatal: unable to access 'https://bot:hunter2@host/x.git/': refused\nhunter2",
            "fatal: unable to access 'https://host/x.git/': refused\n…"},
           {"https://bot:h%75nter2@host/x.git", "bad password hunter2", "bad password …"},
           {"https://user:tok/x@host/g", "Could not resolve host: tok",
            "Could not resolve host: …"},
           {"https://user:tok/x@host/g", "the token is too short", "the token is too short"},
           {"https://host/x?private_token=SECRET1",
            "SECRET1 at 'https://host/x?private_token=SECRET1'",
            "… at 'https://host/x?private_token=…'"},
           {"/srv/x", "Unsupported proxy syntax in 'http://user:to/ken@proxy'",
            "Unsupported proxy syntax in 'http://proxy/…'"},
           {"/srv/x", "in 'user:token@proxy:80' there", "in '…@proxy' there"},
           {"/srv/x", "redirected to (https://u:p@elsewhere/x),",
            "redirected to (https://elsewhere/x),"},
           {"/srv/x", "remote: ask admin@example.org", "remote: ask admin@example.org"},
           {"/srv/x", "token glpat-0123456789abcdef expired", "token … expired"},
           {"ssh://git@host/x", "git@host: Permission denied (publickey).",
            "git@host: Permission denied (publickey)."},
           {"https://host/x.git", "nothing to hide\n", "nothing to hide\n"}}) {
    CAPTURE(row.said);
    CHECK(without_secrets(row.said, row.url) == row.told);
  }
}

TEST_CASE("an address whose password was cut in two is refused") {
  for (const char* bad : {"https://user:to/ken@host/x", "https://user:token", "http://",
                          "https:///x", "ssh://user:to?ken@host/x", "https://ho st/x"}) {
    CAPTURE(bad);
    const auto checked = check_authority(bad);
    REQUIRE_FALSE(checked);
    CHECK(checked.error().to_text().find("ken") == std::string::npos);
  }
  for (const char* good : {"https://user:token@host/x", "ssh://git@host:22/x", "git@host:x",
                           "/srv/x", "file:///srv/x", "https://[::1]:80/x", "x", "ext::sh -c x"}) {
    CAPTURE(good);
    CHECK(check_authority(good));
  }
}
