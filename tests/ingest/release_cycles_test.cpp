#include "ingest/release_cycles.h"

#include "ingest/support.h"

using namespace buildable;
using namespace buildable::ingest;
using namespace buildable::testing;

namespace {

const std::string good =
    R"({"schema_version":"1.2.0","result":{"name":"it","releases":[)"
    R"({"name":"3.14","codename":null,"releaseDate":"2025-10-07","isEol":false,)"
    R"("eolFrom":"2030-10-31","latest":{"name":"3.14.7","date":"2026-08-04","link":null}},)"
    R"({"name":"2.7","releaseDate":null,"eolFrom":null,"latest":null}]}})";

}  // namespace

TEST_CASE("release cycles are read, what is not known stays empty") {
  const auto cycles = parse_release_cycles(good);
  REQUIRE_MESSAGE(cycles, cycles.error().to_text());
  REQUIRE(cycles->size() == 2);
  CHECK((*cycles)[0] == ReleaseCycle{"3.14", "2025-10-07", "3.14.7", "2026-08-04", "2030-10-31"});
  CHECK((*cycles)[1] == ReleaseCycle{"2.7", "", "", "", ""});
}

TEST_CASE("another form is an error") {
  struct Row {
    const char* piece;
    const char* by;
    const char* says;
  };
  const Row rows[] = {
      {"\"result\"", "\"results\"", "result"},
      {"\"2025-10-07\"", "\"soon\"", "no day"},
      {"\"2025-10-07\"", "true", "releaseDate"},
      {"\"name\":\"3.14\"", "\"cycle\":\"3.14\"", "name"},
      {"\"3.14.7\"", "{}", "latest.name"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.piece);
    check_error(parse_release_cycles(with(good, row.piece, row.by)), row.says);
  }
  check_error(parse_release_cycles("[]"), "");
  check_error(parse_release_cycles(R"({"result":{"releases":[]}})"), "empty");
  check_error(parse_release_cycles(with(good, "3.14.7", std::string(201, '1'))), "too long");
}
