// The interface of a buildpack's model, and the list of models.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/stop.h"
#include "build/answer.h"
#include "build/files.h"
#include "build/state.h"

namespace buildable::build {

struct Context {
  const Files& files;
  const State& state;
  const BuildpackReference& buildpack;  // this model's, in the version that the state holds
  const StopAsked& stop;                // asked where the work grows faster than one file

  bool behaves(std::string_view name) const { return state.behaves(buildpack.id, name); }
  std::string_view value(std::string_view name) const { return state.value(buildpack.id, name); }
  // After it has said yes, what is answered does not matter.
  bool stopped() const { return is_stopped(stop); }
};

// What a buildpack says when it is asked whether it takes part: the buildpack specification's
// detection with its build plan. In a group every name that one requires has to be provided by it
// or by one before it; an optional buildpack whose names nobody requires is left out.
struct Detection {
  bool passes = false;
  std::vector<std::string_view> provides;
  std::vector<std::string_view> requirements;
  std::vector<std::string_view> may_provide;  // provided where a later one requires it
  // Why it could not even tell: then it does not pass, and where no other group passes either this
  // is what the build fails with.
  std::optional<Answer> broken = std::nullopt;
};

// How one buildpack works. The functions are pure and cheap for a repository that is not theirs.
struct Model {
  std::string_view buildpack;  // "heroku/python"
  // Whether the text of a file at this path is ever read; of other files the presence is known.
  bool (*wants)(std::string_view path);
  Detection (*detect)(const Context& context);
  // Adds one answer for each runtime and package manager that it handles.
  void (*build)(const Context& context, std::vector<Answer>& answers);
};

// Every model; one a buildpack.
std::span<const Model* const> models();
const Model* model_of(std::string_view buildpack);

// Buildpacks that are made of others: the groups that one stands for, tried in order. Their
// parts have its version.
struct Composite {
  std::string_view buildpack;  // "heroku/java"
  std::string_view behaviour;  // only in versions that behave so; empty: in all
  struct Part {
    std::string_view buildpack;
    bool optional = false;
  };
  std::vector<std::vector<Part>> groups;
};
const std::vector<Composite>& composites();

// The models, each in a file of its own.
extern const Model dotnet_model;
extern const Model go_model;
extern const Model gradle_model;
extern const Model java_model;
extern const Model maven_model;
extern const Model node_engine_model;
extern const Model node_model;
extern const Model node_yarn_model;
extern const Model php_model;
extern const Model procfile_model;
extern const Model python_model;
extern const Model ruby_model;
extern const Model sbt_model;

}  // namespace buildable::build
