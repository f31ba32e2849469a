#include "ingest/archive_listing.h"
#include "ingest/support.h"

namespace buildable::ingest {
namespace {

using testing::check_error;
using testing::ingest_file;
using testing::with;

const Target target{"linux", "amd64", "ubuntu", "24.04", "heroku-24"};
const std::string url = "https://archives.s3.example.org/{stack}/{arch}/ruby-{version}.tgz";

TEST_CASE("a page of a listing gives its keys and where it goes on") {
  auto page = parse_archive_listing(ingest_file("good_listing.xml"));
  REQUIRE_MESSAGE(page, page.error().to_text());
  CHECK(page->bucket == "archives");
  CHECK(page->truncated);
  CHECK(page->continuation == "1A&B/==");
  CHECK(page->keys.size() == 5);
}

TEST_CASE("the archives of the target's pattern give versions") {
  auto page = parse_archive_listing(ingest_file("good_listing.xml"));
  REQUIRE(page);
  auto found = archive_versions(page->keys, url, Scheme::ruby, target);
  REQUIRE_MESSAGE(found, found.error().to_text());
  CHECK(found->versions == std::vector<std::string>{"3.4.9", "3.4.10"});
  CHECK(found->strange == std::vector<std::string>{"heroku-24/amd64/ruby-..tgz"});
}

TEST_CASE("other patterns of archives") {
  const std::vector<std::string> keys{"python-3.14.4-ubuntu-24.04-amd64.tar.zst",
                                      "heroku-22/runtimes/python-3.9.12.tar.gz"};
  auto newer = archive_versions(
      keys, "https://h.example/python-{version}-{distro}-{distro_version}-{arch}.tar.zst",
      Scheme::pep440, target);
  REQUIRE(newer);
  CHECK(newer->versions == std::vector<std::string>{"3.14.4"});
  Target old = target;
  old.stack = "heroku-22";
  auto older = archive_versions(keys, "https://h.example/{stack}/runtimes/python-{version}.tar.gz",
                                Scheme::pep440, old);
  REQUIRE(older);
  CHECK(older->versions == std::vector<std::string>{"3.9.12"});
}

TEST_CASE("a listing without a fitting archive and a bad pattern are errors") {
  const std::vector<std::string> keys{"a/ruby-1.tgz"};
  check_error(archive_versions(keys, url, Scheme::ruby, target), "no archive like");
  check_error(archive_versions({}, url, Scheme::ruby, target), "no archive like");
  check_error(archive_versions(keys, "https://h.example/ruby.tgz", Scheme::ruby, target),
              "no {version}");
  check_error(archive_versions(keys, "https://h.example/{what}-{version}", Scheme::ruby, target),
              "a placeholder that is not known");
  check_error(archive_versions(keys, "ruby-{version}", Scheme::ruby, target),
              "not the URL of an archive");
  check_error(archive_versions(keys, url, Scheme::ruby, Target{"linux", "amd64", "", "", ""}),
              "the target has no {stack}");
}

TEST_CASE("XML of another form is an error") {
  const std::string good = ingest_file("good_listing.xml");
  std::string nested;
  for (int i = 0; i < 80; ++i) nested += "<a>";
  struct Row {
    std::string text;
    const char* says;
  };
  for (const Row& row : {
           Row{"<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Access "
               "Denied</Message></Error>",
               "AccessDenied: Access Denied"},
           Row{"<Listing/>", "its root element is \"Listing\""},
           Row{"<!DOCTYPE x [<!ENTITY a \"b\">]><x/>", "a document type declaration"},
           Row{with(good, "&amp;", "&bogus;"), "undefined entity"},
           Row{with(good, "&#x2F;", "&#x0;"), "invalid character number"},
           Row{with(good, "&#x2F;", "&#xD800;"), "invalid character number"},
           Row{with(good, "&amp;", "&"), "not well-formed"},
           Row{with(good, "</Key>", "</Kay>"), "mismatched tag"},
           Row{good.substr(0, good.size() - 10), "unclosed token"},
           Row{good.substr(0, good.find("<Contents>")), "no element found"},
           Row{good + "<a/>", "junk after document element"},
           Row{good + "x", "junk after document element"},
           Row{with(good, "<Name>", "text<Name>"), "text beside elements"},
           Row{with(good, "xmlns=\"", "xmlns="), "not well-formed"},
           Row{with(good, "<IsTruncated>true</IsTruncated>", ""), "ListBucketResult.IsTruncated"},
           Row{with(good, "<IsTruncated>true", "<IsTruncated>maybe"), "true or false"},
           Row{with(good, "NextContinuationToken>1A&amp;B&#x2F;==</NextContinuationToken",
                    "Marker>1</Marker"),
               "no token"},
           Row{with(good, "<Name>archives</Name>", "<Name>archives</Name><Name>b</Name>"),
               "stands twice"},
           Row{nested, "nested deeper than 64"},
       }) {
    CAPTURE(row.says);
    check_error(parse_archive_listing(row.text), row.says);
  }
}

}  // namespace
}  // namespace buildable::ingest
