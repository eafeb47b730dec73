// oracle: asan
// Renderer: textures are shared through a weak cache; names go to the log.
#include <iostream>
#include <map>
#include <memory>
#include <string>

struct Texture {
  std::string Path;
  int Uses = 0;
};

class TextureCache {
public:
  std::shared_ptr<Texture> load(const std::string &Path) {
    std::weak_ptr<Texture> &Slot = Slots_[Path];
    std::shared_ptr<Texture> T = Slot.lock();
    if (!T) {
      T = std::make_shared<Texture>(Texture{Path});
      Slot = T;
    }
    ++T->Uses;
    return T;
  }

  void touch(const std::string &Path) {
    auto It = Slots_.find(Path);
    if (It == Slots_.end())
      return;
    auto T = It->second.lock();
    if (T == nullptr) {
      std::cout << "lost " << T->Path << '\n'; /*BUG*/
      Slots_.erase(It);
      return;
    }
    ++T->Uses;
  }

  std::size_t slots() const { return Slots_.size(); }

private:
  std::map<std::string, std::weak_ptr<Texture>> Slots_;
};

int main() {
  TextureCache Cache;
  auto Wood = Cache.load("wood.png");
  {
    auto Brick = Cache.load("brick.png");
    Cache.touch("brick.png");
    std::cout << Brick->Uses << '\n';
  }
  Cache.touch("wood.png");
  Cache.touch("brick.png");
  std::cout << Wood->Uses << ' ' << Cache.slots() << '\n';
  return Cache.slots() == 1 ? 0 : 1;
}
