// oracle: timeout
// File index: a recursive walk locks the index in each directory.
#include <iostream>
#include <map>
#include <mutex>
#include <string>
#include <vector>

struct Dir {
  std::string Name;
  std::vector<Dir> Dirs;
};

class Index {
public:
  int add(const Dir &D, const std::string &Prefix) {
    std::string Path = Prefix + "/" + D.Name;
    M_.lock();
    Entries_[Path] = static_cast<int>(D.Dirs.size());
    M_.unlock();
    int Added = 1;
    for (const Dir &Child : D.Dirs)
      Added += add(Child, Path);
    return Added;
  }

  bool has(const std::string &Path) {
    M_.lock();
    bool Found = Entries_.count(Path) != 0;
    M_.unlock();
    return Found;
  }

private:
  std::mutex M_;
  std::map<std::string, int> Entries_;
};

int main() {
  Index I;
  int Flat = I.add({"tmp", {}}, "");
  int Deep = I.add({"usr", {{"bin", {}}, {"lib", {{"ssl", {}}}}}}, "");
  std::cout << Flat << ' ' << Deep << ' ' << I.has("/usr/lib/ssl") << '\n';
  return I.has("/usr/lib/ssl") ? 0 : 1;
}
