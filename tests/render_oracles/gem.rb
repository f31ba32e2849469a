# Does RubyGems, which most of Dependabot's requirement classes are, read the strings as we do? Input,
# a line each: "R" and a requirement, then the versions that are asked of it, "+" or "-" and the
# version. Output: every disagreement, then how many versions were asked.
requirement = nil
asked = 0
$stdin.each_line(chomp: true) do |line|
  rest = line[1..]
  if line[0] == "R"
    requirement = Gem::Requirement.new(rest.split(",").map(&:strip))
    next
  end
  asked += 1
  satisfied = requirement.satisfied_by?(Gem::Version.new(rest)) ? "+" : "-"
  puts "#{rest}: ours #{line[0]}, RubyGems #{satisfied}: #{requirement}" if satisfied != line[0]
end
puts "asked #{asked}"
