#include "emit/site/page_use.h"

#include "emit/site/matrix.h"
#include "emit/tracks.h"
#include "policy/describe.h"

namespace buildable::emit {
namespace {

const TrackRules* rules_of(const Rules& rules, std::string_view track) {
  for (const TrackRules& each : rules.platform.tracks)
    if (each.name == track) return &each;
  return nullptr;
}

void write_choice(MarkupWriter& page, const SiteInput& input, const TrackPolicy& track) {
  const TrackRules* rules = rules_of(input.rules, track.track);
  const std::string& file = input.rules.platform.components_file;
  if (rules == nullptr || (rules->command_option.empty() && rules->config_key.empty())) return;
  page.text(" Choose it");
  if (!rules->command_option.empty()) {
    page.text(" with ");
    page.inline_element("code", rules->command_option);
    page.text(" when you start the build");
  }
  if (!rules->config_key.empty() && !file.empty()) {
    page.text(std::string(rules->command_option.empty() ? "" : ",") + " with ");
    page.inline_element("code", rules->config_key + ": true");
    page.text(" under ").inline_element("code", "components.NAME.build");
    page.text(" in ").inline_element("code", file);
  }
  page.text(".");
}

void write_ended_track(MarkupWriter& page, const TrackPolicy& track) {
  page.open("p").attribute("id", track.track).open_inline("strong").text(track.track).close();
  page.text(" ended on " + day_of(track.valid_until) + ": nothing builds on it any more.").close();
}

void write_live_track(MarkupWriter& page, const SiteInput& input, const TrackPolicy& track) {
  page.open("h3").attribute("id", track.track).text(track.track).close();
  page.open("p").text(track.description + (track.description.empty() ? "" : " ") +
                      "Its builder is ");
  page.inline_element("code", short_reference(track.builder));
  page.text(".");
  if (!track.valid_until.empty()) page.text(" It ends on " + day_of(track.valid_until) + ".");
  write_choice(page, input, track);
  if (!track.certain) page.text(" What is inside this image is known from its tag only.");
  page.close();
  if (track.witnesses.empty()) return;
  page.open("details").element("summary", "How it is known what is inside");
  for (const Reason& witness : track.witnesses)
    page.element("p", "Witnessed: " + witness.text + " (" + witness.evidence.source + ").");
  page.close();
}

// --- snippets ------------------------------------------------------------------------------------

// A text to copy, with the address of the tree in it.
class Snippet {
 public:
  Snippet(MarkupWriter& page, std::string_view address) : page_(page), address_(address) {
    page_.open("div").attribute("class", "snippet");
    page_.open("button").attribute("type", "button").attribute("class", "copy");
    page_.attribute("hidden", "hidden").text("Copy").close();
    page_.open("pre").attribute("tabindex", "0").open_inline("code");
  }
  Snippet& text(std::string_view text) {
    page_.text(text);
    return *this;
  }
  Snippet& address(const std::string& path) {
    if (!address_.empty() && address_ != address_place) {
      page_.text(std::string(address_) + path);
      return *this;
    }
    // A script puts in what the browser has asked for: that is never wrong.
    page_.open_inline("span").attribute("data-address", "");
    if (address_.empty()) page_.text("./");
    if (!address_.empty()) page_.leaf(address_place);
    page_.close().text(path);
    return *this;
  }
  void close() { page_.close().close().close(); }

 private:
  MarkupWriter& page_;
  std::string_view address_;
};

void write_link(MarkupWriter& page, const std::string& path) {
  page.open_inline("a").attribute("href", path).text(path).close();
}

std::string first_track(const SiteInput& input) {
  const auto live = live_tracks(input.policy);
  for (const TrackPolicy* track : live)
    if (track->track == input.rules.platform.default_track) return track->track;
  return live.empty() ? input.rules.platform.default_track : live.front()->track;
}

void write_renovate(MarkupWriter& page, std::string_view address, const std::string& track) {
  page.element("h3", "Renovate");
  page.open("p").text("In ").inline_element("code", "renovate.json");
  page.text(", or let ").inline_element("code", "buildable apply");
  page.text(" write it:").close();
  Snippet(page, address)
      .text("{\n  \"extends\": [\"config:recommended\", \"")
      .address(track + ".json")
      .text("\"]\n}")
      .close();
  page.open("p").text("Opt-in, beside it: ");
  write_link(page, "renovate/" + track + "/coverage.json");
  page.text(" (pin files that Renovate does not see by itself), ");
  write_link(page, "renovate/" + track + "/take-back.json");
  page.text(" (the return from pins that are too new) and ");
  write_link(page, "renovate/" + track + "/libraries.json");
  page.text(" (no libraries that need a newer runtime).").close();
}

void write_dependabot(MarkupWriter& page, std::string_view address, const std::string& track) {
  page.element("h3", "Dependabot");
  page.open("p").text("In the repository. It puts the ignores into ");
  page.inline_element("code", ".github/dependabot.yml");
  page.text(" and keeps what else stands there; run it again when a builder changes:").close();
  Snippet(page, address).text("buildable apply --track " + track).close();
  page.open("p").text("The same entries as a file: ");
  write_link(page, "dependabot/" + track + ".yml");
  page.text(".").close();
}

// A runtime that is surely there.
std::string example_query(const SiteInput& input, const std::string& track) {
  for (const RuntimeRules* rules : shown_runtimes(input)) {
    const TrackPolicy* policy = input.policy.find(track);
    const RuntimePolicy* runtime = policy == nullptr ? nullptr : policy->find(rules->id);
    if (runtime == nullptr || runtime->series.empty()) continue;
    return "v1/check?runtime=" + rules->id + "&version=" + runtime->series.back().series +
           "&track=" + track;
  }
  return {};
}

void write_ci(MarkupWriter& page, const SiteInput& input, std::string_view address,
              const std::string& track) {
  page.element("h3", "CI");
  page.open("p").text("It exits with 1 where a deployment would fail:").close();
  Snippet(page, address).text("buildable check --track " + track).close();
  const std::string query = example_query(input, track);
  if (query.empty()) return;
  page.open("p").text("Without the program, of a server that serves this page:").close();
  Snippet(page, address)
      .text("curl -fsS '")
      .address(query)
      .text("' |\n  grep '\"verdict\": \"buildable\"'")
      .close();
}

}  // namespace

void write_tracks(MarkupWriter& page, const SiteInput& input) {
  const std::string& name = input.policy.platform_name;
  page.open("section").attribute("id", "tracks").element("h2", "Tracks");
  page.open("p").text("A track is one of the builder images that " + name +
                      " offers. Each holds other versions; a build uses the one of its track, ");
  page.text("and " + input.rules.platform.default_track + " where nothing else is said.");
  if (!input.rules.platform.homepage.empty()) {
    page.text(" ");
    page.open_inline("a").attribute("href", input.rules.platform.homepage);
    page.text(name + "’s own help").close();
    page.text(" says more.");
  }
  page.close();
  for (const TrackPolicy* track : live_tracks(input.policy)) write_live_track(page, input, *track);
  for (const TrackPolicy& track : input.policy.tracks)
    if (track.expired) write_ended_track(page, track);
  page.close();
}

void write_snippets(MarkupWriter& page, const SiteInput& input, std::string_view address) {
  const std::string track = first_track(input);
  page.open("section").attribute("id", "use").element("h2", "Hold your repository to it");
  page.open("p").text("On another track, write its name in place of ");
  page.inline_element("code", track).text(".").close();
  // A script knows the address, and puts it in place of this sentence's "./".
  if (address.empty()) {
    page.open("p").attribute("id", "relative").inline_element("code", "./");
    page.text(" stands for the address of this page.").close();
  }
  write_renovate(page, address, track);
  write_dependabot(page, address, track);
  write_ci(page, input, address, track);
  page.close();
}

}  // namespace buildable::emit
