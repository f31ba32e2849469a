#include <algorithm>

#include "base/text.h"
#include "emit/tracks.h"
#include "report/builder_text.h"
#include "report/injected.h"

namespace buildable::report {

namespace {

// What cannot be printed, in a form that can: people read a command before they run it.
std::string printed_by_shell(std::string_view text) {
  std::string out = "\"$(printf '";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    for (const unsigned shift : {6U, 3U, 0U})
      out += (shift == 6U ? "\\" : "") + std::to_string((byte >> shift) & 7U);
  }
  return out + "')\"";
}

// Quoted for a POSIX shell where it has to be.
std::string shell_word(std::string_view text) {
  constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:@=,+";
  if (!text.empty() && text.find_first_not_of(plain) == std::string_view::npos)
    return std::string(text);
  if (printable(text) != text) return printed_by_shell(text);
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// One comment, whatever the text holds.
void append_comment(std::string& out, std::string_view text) {
  const std::string line = replace_all(replace_all(text, "\n", " "), "\r", " ");
  out.append("# ").append(printable(line)).append("\n");
}

bool has_buildpack(const BuilderView& view, const std::string& id) {
  const std::vector<const Candidate*> candidates = candidates_of(view);
  return !id.empty() &&
         std::any_of(candidates.begin(), candidates.end(), [&](const Candidate* candidate) {
           return std::any_of(candidate->buildpacks.begin(), candidate->buildpacks.end(),
                              [&](const auto& known) { return known.id == id; });
         });
}

// What pack can be given for it: an image, or the name of a buildpack that the builder holds; empty
// where neither is known.
std::string pack_name(const BuilderView& view, const InjectedBuildpack& injected) {
  if (!injected.image.empty()) return injected.image;
  return has_buildpack(view, injected.id) ? injected.id : std::string();
}

void append_command(std::string& out, const BuilderView& view) {
  const auto option = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) out.append(" \\\n  ").append(name).append(" ").append(shell_word(value));
  };
  out += "pack build app";
  option("--path", ".");
  option("--builder", view.track.builder);
  option("--run-image", view.track.runner);
  for (const InjectedBuildpack* injected : injected_on(view.platform, view.track))
    if (injected->trigger.empty()) option("--pre-buildpack", pack_name(view, *injected));
  out += " \\\n  --trust-builder\n";
}

struct BuilderValue {
  std::string_view output;    // of GitHub Actions
  std::string_view variable;  // of GitLab CI
  std::string value;
};

std::vector<BuilderValue> values_of(const BuilderView& view) {
  const TrackPolicy& track = view.track;
  std::vector<std::string> always;
  for (const InjectedBuildpack* injected : injected_on(view.platform, track))
    if (const std::string name = pack_name(view, *injected);
        injected->trigger.empty() && !name.empty())
      always.push_back(name);
  const std::string digest = track.builder_digest.empty() ? "" : "@" + track.builder_digest;
  return {{"track", "BUILDABLE_TRACK", track.track},
          {"builder", "BUILDABLE_BUILDER", track.builder + digest},
          {"run-image", "BUILDABLE_RUN_IMAGE", track.runner},
          {"pre-buildpacks", "BUILDABLE_PRE_BUILDPACKS", join(always, ",")}};
}

std::string value_lines(const BuilderView& view, std::string_view BuilderValue::*name) {
  std::string lines;
  for (const BuilderValue& it : values_of(view))
    lines.append(it.*name).append("=").append(printable(it.value)).append("\n");
  return lines;
}

void append_injected(std::string& out, const BuilderView& view, const InjectedBuildpack& injected) {
  const std::string name = pack_name(view, injected);
  const std::string what = (injected.id.empty() ? "" : injected.id + ": ") + injected.what +
                           (injected.trigger.empty() ? "" : ", when there is " + injected.trigger);
  if (name.empty())
    append_comment(out, "Added by the platform, not reproduced here: " + what);
  else if (!injected.trigger.empty())
    append_comment(
        out, "Added by the platform: " + what + ". Then add: --pre-buildpack " + shell_word(name));
  if (!injected.unknown.empty()) append_comment(out, "Not known: " + injected.unknown);
}

}  // namespace

std::string builder_shell(const BuilderView& view) {
  const TrackPolicy& track = view.track;
  std::string out;
  append_comment(out, view.platform.name + ", track " + track.track);
  if (!track.builder_digest.empty())
    append_comment(out, "The builder image was seen as " + track.builder_digest);
  if (track.expired)
    append_comment(out, "The platform refuses this track since " + day_of(track.valid_until));
  append_command(out, view);
  for (const InjectedBuildpack* injected : injected_on(view.platform, track))
    append_injected(out, view, *injected);
  if (!track.certain || !view.builder)
    append_comment(out, "Not known: which versions of the buildpacks are inside this image.");
  return out;
}

std::string builder_outputs(const BuilderView& view) {
  return value_lines(view, &BuilderValue::output);
}

std::string builder_variables(const BuilderView& view) {
  return value_lines(view, &BuilderValue::variable);
}

}  // namespace buildable::report
