#include "build/model.h"

#include <algorithm>
#include <array>

namespace buildable::build {
namespace {

const std::array all_models{
    &dotnet_model,      &go_model,   &gradle_model,    &java_model, &maven_model,
    &node_engine_model, &node_model, &node_yarn_model, &php_model,  &procfile_model,
    &python_model,      &ruby_model, &sbt_model,
};

}  // namespace

std::span<const Model* const> models() { return all_models; }

const Model* model_of(std::string_view buildpack) {
  const auto at = std::find_if(all_models.begin(), all_models.end(),
                               [&](const Model* each) { return each->buildpack == buildpack; });
  return at == all_models.end() ? nullptr : *at;
}

const std::vector<Composite>& composites() {
  // heroku/buildpacks-jvm: meta-buildpacks/java/buildpack.toml and meta-buildpacks/scala.
  static const std::vector<Composite> all{
      {"heroku/java",
       "",
       {{{"heroku/jvm"}, {"heroku/maven"}}, {{"heroku/jvm"}, {"heroku/gradle"}}}},
      {"heroku/scala", "", {{{"heroku/jvm"}, {"heroku/sbt"}}}},
  };
  return all;
}

}  // namespace buildable::build
