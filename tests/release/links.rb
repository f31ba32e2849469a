# Every relative link of the Markdown files below FOLDER leads to a file or a folder there, and its fragment to a
# heading: links.rb FOLDER. What stands in code is no link.
require "cgi"

root = File.realpath(ARGV[0])
# As GitHub and GitLab make them.
anchors = lambda do |file|
  seen = Hash.new(0)
  text = File.read(file)
  text.scan(/<a id="([^"]+)">/).flatten + text.gsub(/^```.*?^```/m, "").scan(/^\#{1,6} +(.+?)\s*$/).flatten.map do |title|
    anchor = title.gsub(/\[([^\]]*)\]\([^)]*\)/, '\1').downcase.gsub(/[^\p{L}\p{N}\s_-]/, "").tr(" ", "-")
    (seen[anchor] += 1) > 1 ? "#{anchor}-#{seen[anchor] - 1}" : anchor
  end
end
broken = []
files = Dir.glob("#{root}/**/*.md", File::FNM_DOTMATCH)
abort "no documents below #{root}" if files.empty?
files.each do |file|
  text = File.read(file).gsub(/^ *```.*?^ *```/m, "").gsub(/`[^`\n]*`(?!\])/) { |code| code.gsub(/[\[\]()]/, " ") }
  targets = text.scan(/\]\(([^)\s]+)\)/).flatten + text.scan(/^\[[^\]]+\]: +(\S+)/).flatten
  targets.reject { |target| target.match?(/\A[a-z]+:/) }.each do |target|
    path, fragment = target.split("#", 2)
    there = path.empty? ? file : File.expand_path(CGI.unescape(path), File.dirname(file))
    good = File.exist?(there) && File.realpath(there).start_with?(root)
    good &&= anchors.call(there).include?(fragment) if fragment && there.end_with?(".md")
    broken << "#{file.delete_prefix("#{root}/")}: #{target}" unless good
  end
end
abort "links that lead nowhere:\n  #{broken.join("\n  ")}" unless broken.empty?
