# Dependabot's ecosystems, as far as ignore blocks are emitted for them: how a requirement is read and
# how a candidate is. A requirement that cannot be read voids a user's whole file.
require_relative "versions"

class UnreadableRequirement < StandardError; end

# RubyGems' operators; a comma is "and".
module GemRequirements
  def self.read(text)
    Gem::Requirement.new(text.split(",").map(&:strip))
  rescue Gem::Requirement::BadRequirementError => e
    raise UnreadableRequirement, e.message
  end
end

# Operators that are compared by `version`, between the bounds that a block gives.
class Bounds
  def initialize(bounds)
    @bounds = bounds
  end

  def satisfied_by?(version)
    @bounds.all? { |operator, bound| version.public_send(operator, bound) }
  end
end

# Maven's intervals, or one operator.
module MavenRequirements
  INTERVAL = /\A(?<open>[\[(])(?<low>[^,]*),(?<high>[^,]*)(?<close>[\])])\z/
  OPERATOR = /\A(?<operator>>=|<|<=|>)\s*(?<bound>\d[\w.-]*)\z/

  def self.read(text)
    if (operator = OPERATOR.match(text))
      return Bounds.new([[operator[:operator], MavenVersion.new(operator[:bound])]])
    end
    interval = INTERVAL.match(text) or raise UnreadableRequirement, text
    bounds = []
    low, high = interval[:low], interval[:high]
    bounds << [interval[:open] == "[" ? ">=" : ">", MavenVersion.new(low)] unless low.empty?
    bounds << [interval[:close] == "]" ? "<=" : "<", MavenVersion.new(high)] unless high.empty?
    Bounds.new(bounds)
  end
end

# Conda's: a comma is "or".
module CondaRequirements
  PART = /\A(?<operator>>=|<=|>|<)\s*(?<bound>\S+)\z/

  Any = Struct.new(:parts) do
    def satisfied_by?(version) = parts.any? { |part| part.satisfied_by?(version) }
  end

  def self.read(text)
    Any.new(text.split(",").map do |part|
      match = PART.match(part.strip)
      raise UnreadableRequirement, text unless match && CondaVersion.correct?(match[:bound])
      Bounds.new([[match[:operator], CondaVersion.new(match[:bound])]])
    end)
  end
end

Ecosystem = Struct.new(:requirements, :spelling, :candidate)

module Ecosystems
  IMAGE = Ecosystem.new(GemRequirements, "image", ->(text) { Tag.parse(text) })
  GEM = Ecosystem.new(GemRequirements, "plain", lambda { |text|
    Package.new(text, Gem::Version.new(text)) if Gem::Version.correct?(text)
  })
  MAVEN = Ecosystem.new(MavenRequirements, "plain", ->(text) { Package.new(text, MavenVersion.new(text)) })
  CONDA = Ecosystem.new(CondaRequirements, "plain", lambda { |text|
    Package.new(text, CondaVersion.new(text)) if CondaVersion.correct?(text)
  })

  ALL = {
    "docker" => IMAGE, "docker-compose" => IMAGE, "helm" => IMAGE,
    "dotnet-sdk" => GEM, "npm" => GEM, "bun" => GEM, "sbt" => MAVEN, "conda" => CONDA
  }.freeze

  # An ecosystem that is emitted and not modelled is not proven.
  def self.fetch(name)
    ALL.fetch(name) { raise "the ecosystem #{name} is not modelled" }
  end
end

# Requirement strings of one dependency, united.
class Reader
  attr_reader :strings

  def initialize(ecosystem, strings)
    @ecosystem = ecosystem
    @strings = strings
    @requirements = strings.map { |string| ecosystem.requirements.read(string) }
    @answers = {}
  end

  def ignores?(candidate)
    @answers.fetch(candidate.text) do |text|
      @answers[text] = @requirements.any? { |requirement| requirement.satisfied_by?(candidate.version) }
    end
  end

  def ignores_text?(text) = ignores?(@ecosystem.candidate.call(text))
end
