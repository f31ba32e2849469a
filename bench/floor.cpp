// The floor of `generate`: a program that knows the bytes and only writes them. It reads one pack
// ("<size> <path>\n<bytes>" repeated, made by run.sh from a real tree) and writes its files into a
// new directory; with one argument it prints the file, which is the floor of `explain`.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

namespace {

std::string read_all(const char* path) {
  const int file = ::open(path, O_RDONLY);
  struct stat about {};
  if (file < 0 || ::fstat(file, &about) != 0) std::exit(2);
  std::string content(static_cast<std::size_t>(about.st_size), '\0');
  if (::read(file, content.data(), content.size()) != about.st_size) std::exit(2);
  ::close(file);
  return content;
}

void write_all(int file, const char* data, std::size_t size) {
  if (::write(file, data, size) != static_cast<ssize_t>(size)) std::exit(2);
}

void make_parents(std::string path) {
  for (std::size_t slash = path.find('/', 1); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    path[slash] = '\0';
    ::mkdir(path.c_str(), 0755);
    path[slash] = '/';
  }
}

}  // namespace

int main(int count, char** words) {
  const std::string pack = read_all(words[1]);
  if (count == 2) {
    write_all(STDOUT_FILENO, pack.data(), pack.size());
    return 0;
  }
  std::string last_parent;
  for (std::size_t at = 0; at < pack.size();) {
    const std::size_t space = pack.find(' ', at);
    const std::size_t line_end = pack.find('\n', space);
    const std::size_t size = std::strtoul(pack.c_str() + at, nullptr, 10);
    const std::string path =
        std::string(words[2]) + "/" + pack.substr(space + 1, line_end - space - 1);
    const std::string parent = path.substr(0, path.rfind('/'));
    if (parent != last_parent) make_parents(path);
    last_parent = parent;
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0644);
    if (file < 0) return 2;
    write_all(file, pack.data() + line_end + 1, size);
    ::close(file);
    at = line_end + 1 + size;
  }
  return 0;
}
