// publish --observe: from the platform to a commit, in one command.
#include "world/support.h"

using namespace buildable;
using namespace buildable::world;

namespace {

std::string git(const Place& place, const std::string& words) {
  const std::string out = (place.here / "git.out").string();
  REQUIRE(std::system(("cd '" + place.here.path().string() + "' && git --git-dir=remote.git " +
                       words + " >'" + out + "' 2>/dev/null")
                          .c_str()) == 0);
  const std::string text = content(out);
  return text.substr(0, text.find_last_not_of('\n') + 1);
}

Ran publish(Place& place, const std::string& at) {
  return place.run("publish --observe --quiet --repo remote.git --at " + at);
}

}  // namespace

TEST_CASE("what is observed is published; where it is doubted nothing is") {
  Place place;
  git(place, "init -q --bare -b main remote.git");
  const Ran first = publish(place, "2026-04-10");
  REQUIRE_MESSAGE(first.code == 0, first.err);
  CHECK(has(first.out, "published 2026.04."));
  const std::string head = git(place, "rev-parse main");
  const std::string snapshot = git(place, "show main:snapshot.json");

  CHECK(has(publish(place, "2026-04-11").out, "unchanged 2026.04."));

  // A job that keeps nothing goes on from what is published: evidence and all.
  std::filesystem::remove_all(place.here / "state");
  std::filesystem::remove_all(place.here / "cache");
  const Ran forgetful = publish(place, "2026-04-12");
  CHECK_MESSAGE(has(forgetful.out, "unchanged 2026.04."), forgetful.out << forgetful.err);
  CHECK(git(place, "rev-parse main") == head);

  place.world.spoil("", [](const Seen&, Answer& answer) { answer = {.status = 500}; });
  const Ran unanswered = publish(place, "2026-04-13");
  CHECK(unanswered.code == 5);
  CHECK(unanswered.out == "");
  place.world.spoil("", [](const Seen&, Answer& answer) { answer = {.status = 404}; });
  const Ran doubtful = publish(place, "2026-04-13");
  CHECK(doubtful.code == 3);
  CHECK(doubtful.out == "");
  CHECK(git(place, "rev-parse main") == head);
  CHECK(git(place, "show main:snapshot.json") == snapshot);
}
