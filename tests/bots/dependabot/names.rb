# The names by which Dependabot sees runtimes: of images the path, without the registry.
module Names
  def self.official(*names)
    names.flat_map { |name| [name, "library/#{name}", "docker/library/#{name}"] }
  end

  JAVA = official("eclipse-temurin", "openjdk", "amazoncorretto", "sapmachine", "adoptopenjdk") +
         %w[azul/zulu-openjdk azul/zulu-openjdk-alpine bellsoft/liberica-openjdk-debian
            bellsoft/liberica-openjre-alpine openjdk/jdk cimg/openjdk]
  IMAGES = {
    "python" => official("python"), "node" => official("node"), "go" => official("golang"),
    "php" => official("php"), "ruby" => official("ruby"), "java" => JAVA,
    "dotnet" => %w[dotnet/sdk dotnet/nightly/sdk dotnet/aspnet dotnet/runtime dotnet/runtime-deps]
  }.freeze
  ALL = {
    "docker" => IMAGES, "docker-compose" => IMAGES, "helm" => IMAGES,
    "dotnet-sdk" => { "dotnet" => %w[dotnet-sdk] },
    "npm" => { "node" => %w[node] },
    "bun" => { "node" => %w[node] },
    "conda" => { "python" => %w[python], "node" => %w[nodejs], "go" => %w[go], "php" => %w[php],
                 "ruby" => %w[ruby], "java" => %w[openjdk], "dotnet" => %w[dotnet-sdk], "sbt" => %w[sbt] },
    "sbt" => { "sbt" => %w[org.scala-sbt:sbt] }
  }.freeze
  # Images of .NET runtimes count 9.0.3 where the SDK counts 9.0.202: only their major tells.
  COUNTING_SERIES = %w[dotnet/aspnet dotnet/runtime dotnet/runtime-deps].freeze

  # Images and packages whose versions are no runtime's.
  OTHERS = %w[
    devcontainers/python vscode/devcontainers/php kindest/node calico/node nikolaik/python-nodejs
    paketobuildpacks/ruby pypy maven tomcat dotnet/monitor @types/node python-dateutil node-fetch
    nodejs-bin org.scala-lang:scala-library heroku/builder
  ].freeze
end
