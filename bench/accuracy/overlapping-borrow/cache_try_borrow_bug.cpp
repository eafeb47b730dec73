// oracle: abort
// Cache: a lookup first tries to read and fills the gap on a miss.
#include "ref_cell.h"
#include <iostream>
#include <map>
#include <memory>
#include <string>

class ThumbnailCache {
public:
  using Image = std::shared_ptr<std::string>;

  Image get(const std::string &Path) {
    if (auto Images = Images_.try_borrow()) {
      auto It = (*Images)->find(Path);
      if (It != (*Images)->end()) {
        ++*Hits_.borrow_mut();
        return It->second;
      }
      ++*Misses_.borrow_mut();
      Image Made = render(Path);
      Images_.borrow_mut()->emplace(Path, Made); /*BUG*/
      return Made;
    } else {
      return nullptr; // being rebuilt
    }
  }

  bool rebuild() {
    auto Images = Images_.try_borrow_mut();
    if (!Images)
      return false;
    (*Images)->clear();
    return true;
  }

  int misses() const { return *Misses_.borrow(); }

private:
  static Image render(const std::string &Path) {
    return std::make_shared<std::string>("<" + Path + ">");
  }

  bb::RefCell<std::map<std::string, Image>> Images_;
  bb::RefCell<int> Hits_{0}, Misses_{0};
};

int main() {
  ThumbnailCache Cache;
  auto A = Cache.get("a.png");
  auto B = Cache.get("a.png");
  std::cout << (A == B) << ' ' << Cache.misses() << '\n';
  return Cache.rebuild() && A == B ? 0 : 1;
}
