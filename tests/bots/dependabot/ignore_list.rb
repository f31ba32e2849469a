# The `ignore` of one `updates` entry, as Dependabot reads it: all entries whose name matches and all
# strings of all lists are united.
class IgnoreList
  def initialize(entries)
    @entries = entries
  end

  # Requirement strings for a dependency.
  def strings_for(name)
    @entries.select { |entry| matches?(entry["dependency-name"], name) }
            .flat_map { |entry| entry["versions"] }
  end

  # What in the list does not mean the same to every reader, or voids the file.
  def problems(requirements)
    @entries.flat_map { |entry| problems_of(entry, requirements) }
  end

  private

  # "*" is any run of characters, "/" too; case is ignored; the whole name.
  def matches?(pattern, name)
    expression = pattern.split("*", -1).map { |part| Regexp.escape(part) }.join(".*")
    name.match?(/\A#{expression}\z/i)
  end

  def problems_of(entry, requirements)
    return ["unexpected keys: #{entry.keys}"] unless entry.keys.sort == %w[dependency-name versions]
    versions = entry["versions"]
    return ["not one quoted string: #{versions}"] unless versions in [String]
    requirements.read(versions[0])
    []
  rescue UnreadableRequirement => e
    ["#{entry["dependency-name"]}: the whole file is void: #{e.message}"]
  end
end
