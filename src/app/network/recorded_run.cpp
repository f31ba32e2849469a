#include "app/network/recorded_run.h"

#include <filesystem>

#include "base/json_codec.h"
#include "rules/load.h"
#include "store/file_reader.h"
#include "store/file_writer.h"

namespace buildable::app {

struct RecordedRun {
  std::string now;
};
}  // namespace buildable::app

namespace buildable {

template <>
struct Fields<app::RecordedRun> {
  static constexpr auto list() { return std::tuple{required("now", &app::RecordedRun::now)}; }
};

}  // namespace buildable

namespace buildable::app {

namespace {

constexpr const char* run_file = "/run.json";
constexpr const char* last_good_file = "/last_good.json";

}  // namespace

RunBasis known_basis(const std::string& state_directory, const Times& times) {
  RunBasis basis{times.at, std::nullopt};
  // Before the first state that is compiled in there is none.
  if (auto state = known_state_at(state_directory, times))
    basis.last_good = std::move(state->snapshot);
  return basis;
}

Result<void> write_basis(const std::string& directory, const RunBasis& basis) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) return fail(Diagnostic{.message = error.message(), .file = directory});
  if (basis.last_good) {
    auto written = store::write_file(directory + last_good_file, write_snapshot(*basis.last_good));
    if (!written) return written;
  } else {
    std::filesystem::remove(directory + last_good_file, error);
  }
  return store::write_file(directory + run_file, to_json(RecordedRun{format_instant(basis.now)}));
}

Result<RunBasis> read_basis(const std::string& directory) {
  const auto text = store::read_file(directory + run_file);
  if (!text) return fail(text.error());
  const auto run = from_json<RecordedRun>(*text, directory + run_file);
  if (!run) return fail(run.error());
  const auto now = parse_instant(run->now);
  if (!now) return fail(Error(now.error()).in_file(directory + run_file));
  RunBasis basis{*now, std::nullopt};
  const auto last = store::read_file_if_there(directory + last_good_file);
  if (!last) return fail(last.error());
  if (!*last) return basis;
  auto snapshot = parse_snapshot(**last, directory + last_good_file);
  if (!snapshot) return fail(std::move(snapshot.error()));
  basis.last_good = std::move(*snapshot);
  return basis;
}

}  // namespace buildable::app
