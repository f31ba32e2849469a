#include "emit/site/badge.h"

#include "emit/json_writer.h"
#include "emit/site/lag.h"
#include "emit/site/markup.h"
#include "emit/tracks.h"

namespace buildable::emit {
namespace {

struct Color {
  std::string_view name;
  std::string_view value;  // on which white text stands out
};
constexpr Color good{"brightgreen", "#2c7a1f"};
constexpr Color late{"orange", "#a35200"};
constexpr Color none{"red", "#b3261e"};
constexpr Color grey{"lightgrey", "#5c6166"};

std::string_view value_of(std::string_view name) {
  for (const Color& color : {good, late, none})
    if (color.name == name) return color.value;
  return grey.value;
}

constexpr int height = 20;
constexpr int padding = 6;

// Of text in 11px Verdana, near enough: the text is fitted to it.
int width_of(std::string_view text) {
  int width = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0U) == 0x80U) continue;  // inside a character
    width += c == '.' || c == ' ' || c == 'i' || c == 'l' || c == 'j' ? 4 : 7;
  }
  return width;
}

void write_box(MarkupWriter& svg, int x, int width, std::string_view fill) {
  svg.leaf("rect").attribute("x", std::to_string(x)).attribute("width", std::to_string(width));
  svg.attribute("height", std::to_string(height)).attribute("fill", fill);
}

void write_words(MarkupWriter& svg, int x, int width, std::string_view text) {
  svg.open("text").attribute("x", std::to_string(x)).attribute("y", "14");
  svg.attribute("textLength", std::to_string(width)).text(text).close();
}

}  // namespace

Badge badge_of(const SiteInput& input, const TrackPolicy& track, const RuntimeRules& runtime) {
  Badge badge{runtime.name + " on " + track.track, {}, std::string(grey.name)};
  const RuntimePolicy* policy = track.find(runtime.id);
  if (track.expired) {
    badge.message = "ended";
  } else if (policy == nullptr || !policy->governed) {
    badge.message = "not known";
  } else if (policy->buildable.empty()) {
    badge.message = "none";
    badge.color = none.name;
  } else {
    const std::string_view newest = newest_known(*policy);
    badge.message = newest.empty() ? span_of(*policy) : newest;
    if (badge.message.empty()) badge.message = "some";
    const auto lag = lag_of(*policy, track.track, releases_of(input.releases, runtime.id),
                            input.history, input.policy.observed);
    badge.color = lag && !lag->waiting_for.empty() ? late.name : good.name;
  }
  return badge;
}

std::string badge_svg(const Badge& badge) {
  const int label = width_of(badge.label);
  const int message = width_of(badge.message);
  const int left = label + 2 * padding;
  const int right = message + 2 * padding;
  MarkupWriter svg{"<?xml version=\"1.0\" encoding=\"utf-8\"?>"};
  svg.open("svg").attribute("xmlns", "http://www.w3.org/2000/svg");
  svg.attribute("width", std::to_string(left + right));
  svg.attribute("height", std::to_string(height)).attribute("role", "img");
  svg.attribute("aria-label", badge.label + ": " + badge.message);
  svg.element("title", badge.label + ": " + badge.message);
  write_box(svg, 0, left, "#3a3f44");
  write_box(svg, left, right, value_of(badge.color));
  svg.open("g").attribute("fill", "#fff").attribute("font-size", "11");
  svg.attribute("font-family", "Verdana,DejaVu Sans,sans-serif");
  write_words(svg, padding, label, badge.label);
  write_words(svg, left + padding, message, badge.message);
  svg.close().close();
  return std::move(svg).take();
}

std::string badge_json(const Badge& badge) {
  JsonWriter json;
  json.open_object().member("schemaVersion", 1).member("label", badge.label);
  json.member("message", badge.message).member("color", badge.color).close();
  return std::move(json).take();
}

}  // namespace buildable::emit
